"""Pupils who are assessed otherwise than their class: of a gradebook, of a pupil, of a school."""

from __future__ import annotations

from khuevan.kernel.actor import Actor
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.registry.schools.api import AcademicYear
from khuevan.registry.students.api import Student
from khuevan.school.gradebooks.models import Arrangement, ArrangementKind, Gradebook
from khuevan.school.gradebooks.permissions import MANAGE_BOOKS

BECAUSE = "of a gradebook that the actor reached"


def arrangements_of(book: Gradebook) -> dict[int, set[ArrangementKind]]:
    """Return who is assessed otherwise in a reached gradebook, and how, by pupil: one query."""
    rows = Arrangement.objects.unscoped(because=BECAUSE).filter(
        academic_year_id=book.academic_year_id,
        subject_name__in=["", book.subject_name, *book.parts],
    )
    found: dict[int, set[ArrangementKind]] = {}
    for student, kind in rows.values_list("student_id", "kind"):
        found.setdefault(student, set()).add(ArrangementKind(kind))
    return found


def exempt_from(book: Gradebook) -> set[int]:
    """Return who is exempt from the subject of a reached gradebook: one query."""
    found = arrangements_of(book).items()
    return {student for student, kinds in found if ArrangementKind.EXEMPT in kinds}


def arrangements(actor: Actor, year: AcademicYear) -> ScopedQuerySet[Arrangement]:
    """Return the arrangements of a year in reach, newest first."""
    rows = Arrangement.objects.visible_to(actor, MANAGE_BOOKS).filter(academic_year=year)
    return rows.select_related("person", "decided_by").order_by("-decided_at", "-pk")


def books_of_pupil(*, actor: Actor, student: Student, year: AcademicYear) -> list[Gradebook]:
    """Return the gradebooks of the class in which a pupil is today, of subjects, by name."""
    rows = Gradebook.objects.visible_to(actor, MANAGE_BOOKS).filter(
        academic_year=year,
        homeroom_class__in=student.placements.unscoped(because=BECAUSE)
        .filter(starts_on__lte=actor.today)
        .exclude(ends_on__lte=actor.today)
        .values("homeroom_class"),
    )
    found = rows.exclude(subject_name="").select_related("homeroom_class__grade_level", "school")
    return list(found.order_by("subject_name", "pk"))
