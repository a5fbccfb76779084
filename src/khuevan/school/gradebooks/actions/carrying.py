"""Marks that a pupil brings along: taken over from a former gradebook, or from a report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import AcademicYear
from khuevan.registry.students.api import Student
from khuevan.school.gradebooks import audit_codes
from khuevan.school.gradebooks.actions.entering import Entry, Outcome, write_marks
from khuevan.school.gradebooks.actions.reckoning import refresh_results
from khuevan.school.gradebooks.errors import NoSuchAverage, NothingToCarry
from khuevan.school.gradebooks.models import BroughtAverage, Gradebook, Mark
from khuevan.school.gradebooks.selectors.arrangements import books_of_pupil
from khuevan.school.gradebooks.selectors.carrying import proposals_for
from khuevan.school.gradebooks.slots import BookForm, How

BECAUSE = "gradebooks of a class that the actor keeps"
HIGHEST = {BookForm.SCORE: 100, BookForm.COMMENT: 1}


@transaction.atomic
def carry_marks(
    *, actor: Actor, student: Student, year: AcademicYear, count: int, now: datetime
) -> int:
    """Take over what a pupil's former gradebooks hold; `count` is how many marks were shown.

    Also into columns that are finished or locked: the pupil came later. Only empty cells are
    filled; the former gradebooks stay as they are.

    :raises NotFound: when the pupil's class isn't the actor's to keep gradebooks of
    :raises NothingToCarry: when nothing fits, or not as many marks as were shown
    """
    if not books_of_pupil(actor=actor, student=student, year=year):
        raise NotFound
    found = proposals_for(actor=actor, student=student, year=year)
    books = {one.book.pk for one in found}
    rows = Gradebook.objects.unscoped(because=BECAUSE).filter(pk__in=books)
    list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    found = proposals_for(actor=actor, student=student, year=year)
    if not found or sum(len(one.fit.fits) for one in found) != count:
        raise NothingToCarry
    written = 0
    for one in found:
        bases = _versions(one.book, student)
        entries = [
            Entry(student.uuid, slot, value, bases.get(slot, 0))
            for slot, value in one.fit.fits.items()
        ]
        entered = write_marks(
            one.book,
            entries,
            by_id=actor.person_id,
            how=How.CARRIED,
            now=now,
            on=actor.today,
            past_locks=True,
        )
        written += sum(answer.outcome is Outcome.SAVED for answer in entered.answers)
    record(
        audit_codes.MARKS_CARRIED,
        actor=actor,
        at=now,
        target=student,
        unit_id=found[0].book.school_id,
        person_id=student.person_id,
        details={"count": written},
    )
    return written


def _versions(book: Gradebook, student: Student) -> dict[int, int]:
    """Return the versions of a pupil's cells in a locked gradebook."""
    rows = Mark.objects.unscoped(because=BECAUSE).filter(
        gradebook_id=book.pk, year=book.year, student_id=student.pk
    )
    return dict(rows.values_list("slot", "version"))


@transaction.atomic
def bring_averages(
    *,
    actor: Actor,
    student: Student,
    year: AcademicYear,
    values: Mapping[str, int | None],
    paper: str,
    now: datetime,
) -> int:
    """Keep the results of term I of a pupil who came later, by subject, as a report says.

    None takes one back; a subject that isn't named stays as it is. Return how many are kept.

    :raises NotFound: when the pupil's class isn't the actor's to keep gradebooks of
    :raises NoSuchAverage: when a value is none of its subject's form
    """
    books = {
        one.subject_name: one
        for one in books_of_pupil(actor=actor, student=student, year=year)
        if one.form in HIGHEST
    }
    if not books or not values.keys() <= books.keys():
        raise NotFound
    kept = 0
    for name, value in sorted(values.items()):
        book = Gradebook.objects.unscoped(because=BECAUSE).lock(books[name].pk)
        if value is not None and not 0 <= value <= HIGHEST[BookForm(book.form)]:
            raise NoSuchAverage(subject=name, typed=value)
        kept += _bring(book, student, value, paper, actor, now)
        refresh_results(book, {student.pk})
    record(
        audit_codes.AVERAGES_BROUGHT,
        actor=actor,
        at=now,
        target=student,
        unit_id=next(iter(books.values())).school_id,
        person_id=student.person_id,
        details={"count": kept, "paper": paper},
    )
    return kept


def _bring(
    book: Gradebook,
    student: Student,
    value: int | None,
    paper: str,
    actor: Actor,
    now: datetime,
) -> bool:
    rows = BroughtAverage.objects.unscoped(because=BECAUSE)
    if value is None:
        rows.filter(gradebook=book, student=student).delete()
        return False
    rows.update_or_create(
        gradebook=book,
        student=student,
        defaults={
            "school_id": book.school_id,
            "person_id": student.person_id,
            "value": value,
            "paper": paper,
            "recorded_at": now,
            "recorded_by_id": actor.person_id,
        },
    )
    return True
