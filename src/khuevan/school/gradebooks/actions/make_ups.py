"""Missed tests that nobody made up before the deadline: nought, or not passed (ASM-02).

Only a cell of a midterm or final test that says "make-up due" is meant. An empty one says that
nobody entered anything, so nothing follows from it; regular marks never become nought.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from khuevan.kernel.actor import Actor
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.audit.api import record
from khuevan.registry.students.api import Student
from khuevan.school.gradebooks import audit_codes
from khuevan.school.gradebooks.actions.reckoning import refresh_results
from khuevan.school.gradebooks.errors import MakeUpsNotOver, NothingDue, PeriodLocked
from khuevan.school.gradebooks.models import EntryWindow, Gradebook, Mark
from khuevan.school.gradebooks.periods import period_name
from khuevan.school.gradebooks.permissions import LOCK_BOOKS
from khuevan.school.gradebooks.selectors.progress import SECONDARY
from khuevan.school.gradebooks.selectors.pupils import pupils_with_marks
from khuevan.school.gradebooks.selectors.windows import make_ups_end
from khuevan.school.gradebooks.slots import FINAL, MIDTERM, How, Slot, Word, slot
from khuevan.ui.formats import day

BECAUSE = "of a school whose periods the actor locks"
NOUGHT = 0
"""No points, or not passed: both are the lowest value of their columns."""


@dataclass(frozen=True, slots=True)
class DueTest:
    """A missed test that is still due."""

    book: Gradebook
    student: Student
    slot: Slot


def due_tests(window: EntryWindow, actor: Actor) -> list[DueTest]:
    """Return the missed midterm and final tests of a reached window's period: four queries."""
    books = _books(window)
    marks = _cells(window, books).filter(value=Word.MAKE_UP_DUE)
    needed = pupils_with_marks(list(books.values()), actor.today)
    found = [one for one in marks if one.student_id in needed[one.gradebook_id]]
    rows = Student.objects.unscoped(because=BECAUSE).select_related("person")
    students = rows.in_bulk({one.student_id for one in found})
    due = [DueTest(books[one.gradebook_id], students[one.student_id], one.slot) for one in found]
    return sorted(
        due,
        key=lambda one: (
            one.book.homeroom_class.sort_key,
            one.book.subject_name,
            one.student.person.sort_key,
            one.slot,
        ),
    )


@transaction.atomic
def settle_make_ups(*, actor: Actor, uuid: UUID, count: int, now: datetime) -> int:
    """Let the missed tests of a period be nought or not passed; `count` is how many were shown.

    :raises NotFound: when the window is out of reach
    :raises MakeUpsNotOver: while they may still be sat
    :raises PeriodLocked: when the period is locked
    :raises NothingDue: when none is due, or others than those that were shown
    """
    window = _window(actor, uuid)
    if actor.today < make_ups_end(window):
        raise MakeUpsNotOver(day=day(make_ups_end(window)))
    due = due_tests(window, actor)
    if not due or len(due) != count:
        raise NothingDue
    cells = [(one.book, one.student.pk, one.slot) for one in due]
    _rewrite(cells, Word.MAKE_UP_DUE, NOUGHT, How.DEADLINE, actor, now)
    _note(audit_codes.MAKE_UPS_SETTLED, actor, window, len(due), now)
    return len(due)


@transaction.atomic
def undo_make_ups(*, actor: Actor, uuid: UUID, now: datetime) -> int:
    """Let tests be due again that the deadline made nought and nobody changed since.

    :raises NotFound: when the window is out of reach
    :raises PeriodLocked: when the period is locked
    :raises NothingDue: when there is none
    """
    window = _window(actor, uuid)
    books = _books(window)
    marks = settled_cells(window)
    if not marks:
        raise NothingDue
    cells = [(books[one.gradebook_id], one.student_id, one.slot) for one in marks]
    _rewrite(cells, NOUGHT, Word.MAKE_UP_DUE, How.UNDONE, actor, now)
    _note(audit_codes.MAKE_UPS_UNDONE, actor, window, len(marks), now)
    return len(marks)


def settled_cells(window: EntryWindow) -> list[Mark]:
    """Return the cells of a reached window's period that the deadline made nought: two queries."""
    return list(_cells(window, _books(window)).filter(value=NOUGHT, how=How.DEADLINE))


def _window(actor: Actor, uuid: UUID) -> EntryWindow:
    found = EntryWindow.objects.visible_to(actor, LOCK_BOOKS).one(uuid)
    window = EntryWindow.objects.visible_to(actor, LOCK_BOOKS).lock(found.pk)
    if window.locked_at is not None:
        raise PeriodLocked(period=period_name(window.level, window.period))
    return window


def _books(window: EntryWindow) -> dict[int, Gradebook]:
    rows = Gradebook.objects.unscoped(because=BECAUSE).filter(
        school_id=window.school_id,
        academic_year_id=window.academic_year_id,
        homeroom_class__grade_level__level=window.level,
        form__in=SECONDARY,
    )
    return {one.pk: one for one in rows.select_related("homeroom_class")}


def _cells(window: EntryWindow, books: Collection[int]) -> ScopedQuerySet[Mark]:
    return (
        Mark.objects.unscoped(because=BECAUSE)
        .filter(
            gradebook_id__in=books,
            year=window.academic_year.starts_on.year,
            slot__in=[slot(window.period, place) for place in (MIDTERM, FINAL)],
        )
        .order_by("gradebook_id", "student_id", "slot")
    )


def _rewrite(
    cells: Iterable[tuple[Gradebook, int, Slot]],
    was: int,
    value: int,
    how: How,
    actor: Actor,
    now: datetime,
) -> None:
    """Write the same into cells of many gradebooks, each locked in turn, with their averages."""
    by_book: defaultdict[int, list[tuple[int, Slot]]] = defaultdict(list)
    books: dict[int, Gradebook] = {}
    for book, student, column in cells:
        books[book.pk] = book
        by_book[book.pk].append((student, column))
    rows = Gradebook.objects.unscoped(because=BECAUSE).filter(pk__in=by_book)
    list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    for pk, found in sorted(by_book.items()):
        for column in {one for _student, one in found}:
            standing = Mark.objects.unscoped(because=BECAUSE).filter(
                gradebook_id=pk,
                year=books[pk].year,
                slot=column,
                student_id__in=[student for student, one in found if one == column],
                value=was,
            )
            standing.update(
                value=value, version=F("version") + 1, by_id=actor.person_id, at=now, how=how
            )
        refresh_results(books[pk], {student for student, _one in found})


def _note(code: str, actor: Actor, window: EntryWindow, count: int, now: datetime) -> None:
    record(
        code,
        actor=actor,
        at=now,
        target=window,
        unit_id=window.school_id,
        details={"period": period_name(window.level, window.period), "count": count},
    )
