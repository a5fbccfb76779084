"""How a pupil is assessed otherwise than the class: decided with a reason, and ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import AcademicYear
from khuevan.registry.students.api import Student
from khuevan.school.gradebooks import audit_codes
from khuevan.school.gradebooks.actions.reckoning import refresh_results
from khuevan.school.gradebooks.errors import ArrangedAlready, NoPracticeHere, SubjectNeeded
from khuevan.school.gradebooks.models import Arrangement, ArrangementKind, Gradebook
from khuevan.school.gradebooks.permissions import MANAGE_BOOKS
from khuevan.school.gradebooks.selectors.arrangements import books_of_pupil

BECAUSE = "of a pupil whose arrangements the actor keeps"
PRACTICE = ("Giáo dục thể chất", "Giáo dục quốc phòng và an ninh")
"""Subjects of which the practice part may be left out for theory (Điều 10)."""


@dataclass(frozen=True, slots=True)
class ArrangementData:
    """How a pupil is assessed; no subject where it holds for all."""

    kind: str
    subject_name: str
    reason: str


@transaction.atomic
def arrange(
    *, actor: Actor, student: Student, year: AcademicYear, data: ArrangementData, now: datetime
) -> Arrangement:
    """Decide that a pupil is assessed otherwise for a year.

    :raises NotFound: when the pupil's class isn't the actor's to keep gradebooks of
    :raises SubjectNeeded: when an exemption names none
    :raises NoPracticeHere: when theory is to stand in where there is no practice
    :raises ArrangedAlready: when it is recorded
    """
    books = books_of_pupil(actor=actor, student=student, year=year)
    names = {one.subject_name for one in books}
    if not books or (data.subject_name and data.subject_name not in names):
        raise NotFound
    if not data.subject_name and data.kind != ArrangementKind.INDIVIDUAL:
        raise SubjectNeeded
    if data.kind == ArrangementKind.THEORY and data.subject_name not in PRACTICE:
        raise NoPracticeHere
    try:
        with transaction.atomic():
            made = Arrangement.objects.create(
                school_id=books[0].school_id,
                academic_year=year,
                student=student,
                person_id=student.person_id,
                kind=data.kind,
                subject_name=data.subject_name,
                reason=data.reason,
                decided_at=now,
                decided_by_id=actor.person_id,
            )
    except IntegrityError as error:
        raise ArrangedAlready from error
    _refresh(books, made)
    _note(audit_codes.ARRANGED, actor, made, now)
    return made


@transaction.atomic
def end_arrangement(*, actor: Actor, uuid: UUID, now: datetime) -> Student:
    """Let a pupil be assessed as the class again; what was decided stays in the row's history.

    :raises NotFound: when it is out of reach
    """
    found = Arrangement.objects.visible_to(actor, MANAGE_BOOKS).one(uuid)
    row = Arrangement.objects.visible_to(actor, MANAGE_BOOKS).lock(found.pk)
    student, year = row.student, row.academic_year
    books = books_of_pupil(actor=actor, student=student, year=year)
    _note(audit_codes.ARRANGEMENT_ENDED, actor, row, now)
    rows = Arrangement.objects.visible_to(actor, MANAGE_BOOKS)
    rows.filter(pk=row.pk).delete()
    _refresh(books, row)
    return student


def _refresh(books: Iterable[Gradebook], row: Arrangement) -> None:
    """Reckon the pupil's averages anew where the arrangement holds."""
    for book in books:
        if row.subject_name in ("", book.subject_name, *book.parts):
            locked = Gradebook.objects.unscoped(because=BECAUSE).lock(book.pk)
            refresh_results(locked, {row.student_id})


def _note(code: str, actor: Actor, row: Arrangement, now: datetime) -> None:
    record(
        code,
        actor=actor,
        at=now,
        target=row,
        unit_id=row.school_id,
        person_id=row.person_id,
        details={
            "kind": str(ArrangementKind(row.kind).label),
            "subject": row.subject_name,
            "reason": row.reason,
        },
    )
