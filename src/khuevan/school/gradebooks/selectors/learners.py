"""Who stands in a gradebook: the pupils of its class who learn the subject, in the roll's order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from khuevan.kernel.vietnamese import join_name
from khuevan.registry.curriculum.api import PlanKind, TeachingGroup
from khuevan.registry.students.api import ClassPlacement
from khuevan.school.gradebooks.models import Arrangement, ArrangementKind, Gradebook

BECAUSE = "of gradebooks that the actor reached through a scope"

NAME = ("person__family_name", "person__middle_name", "person__given_name")


@dataclass(frozen=True, slots=True)
class Learner:
    """A pupil of a gradebook: since when and until when, where that differs from the class."""

    id: int
    uuid: UUID
    name: str
    came_on: date | None = None
    """When the pupil came, where that was after most of the class."""
    left_on: date | None = None
    """Since when the pupil is not there any more."""
    is_exempt: bool = False

    @property
    def is_writable(self) -> bool:
        """Return whether marks of the pupil may be entered."""
        return self.left_on is None and not self.is_exempt


def learners_of(book: Gradebook, on: date) -> list[Learner]:
    """Return who learns a gradebook's subject, those who left among them: three queries."""
    rows = ClassPlacement.objects.unscoped(because=BECAUSE).filter(
        homeroom_class_id=book.homeroom_class_id, starts_on__lte=on
    )
    rows = rows.order_by("sort_key", "student_id", "starts_on")
    places = {  # a pupil who left and came back stands once, with the last stay
        student: (uuid, join_name(*names), starts, ends)
        for student, uuid, starts, ends, *names in rows.values_list(
            "student_id", "student__uuid", "starts_on", "ends_on", *NAME
        )
    }
    groups = _group_stays(book)
    exempt = _exempt(book)
    first = Counter(starts for _uuid, _name, starts, _ends in places.values()).most_common(1)
    opened = first[0][0] if first else on
    found: list[Learner] = []
    for student, (uuid, name, starts, ends) in places.items():
        until = ends if ends is not None and ends <= on else None
        if groups is not None:
            if student not in groups:
                continue
            out = groups[student]
            until = until or (out if out is not None and out <= on else None)
        came = starts if starts > opened else None
        found.append(Learner(student, uuid, name, came, until, student in exempt))
    return found


def _group_stays(book: Gradebook) -> dict[int, date | None] | None:
    """Return until when pupils learn the subject in groups; None where the class learns it whole.

    Study topics of a subject are learned by some; its own lessons are what the gradebook is of.
    """
    rows = (
        TeachingGroup.objects.unscoped(because=BECAUSE)
        .filter(
            school_id=book.school_id,
            academic_year_id=book.academic_year_id,
            subject_name__in=book.parts,
            classes__homeroom_class_id=book.homeroom_class_id,
        )
        .exclude(kind=PlanKind.CLUSTER)
        .values_list("pupils__student_id", "pupils__ends_on")
    )
    if not book.parts:
        return None
    stays: dict[int, date | None] = {}
    is_grouped = False
    for student, ends in rows:
        is_grouped = True
        if student is not None:
            known = stays.get(student, date.min)
            stays[student] = None if ends is None or known is None else max(known, ends)
    return stays if is_grouped else None


def _exempt(book: Gradebook) -> set[int]:
    rows = Arrangement.objects.unscoped(because=BECAUSE).filter(
        Q(subject_name__in=[*book.parts, book.subject_name]) | Q(subject_name=""),
        school_id=book.school_id,
        academic_year_id=book.academic_year_id,
        kind=ArrangementKind.EXEMPT,
    )
    return set(rows.values_list("student_id", flat=True)) if book.parts else set()
