"""One gradebook as a sheet: its columns of a period, its pupils, what stands in each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from khuevan.kernel.actor import Actor
from khuevan.school.gradebooks.models import Gradebook, Mark, SubjectResult
from khuevan.school.gradebooks.permissions import ENTER_MARKS
from khuevan.school.gradebooks.selectors.learners import Learner, learners_of
from khuevan.school.gradebooks.selectors.teaching import teaches
from khuevan.school.gradebooks.selectors.windows import locked_slots
from khuevan.school.gradebooks.slots import Slot, period_of

BECAUSE = "of a gradebook that the actor reached"
WHOLE_YEAR = 0
"""Asked for in a period's place: every column."""
Cell = tuple[int, int]
"""The value that stands there and its version."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A gradebook's page: columns of one period or all, pupils, cells by pupil and column."""

    book: Gradebook
    period: int
    slots: Sequence[Slot]
    locked: frozenset[Slot]
    learners: Sequence[Learner]
    cells: Mapping[tuple[int, Slot], Cell]
    results: Mapping[int, tuple[int | None, int | None, int | None]]
    may_enter: bool


def sheet_of(*, actor: Actor, book: Gradebook, period: int, on: date) -> Sheet:
    """Return a gradebook's sheet of a period; the gradebook was reached through a scope."""
    slots = [one for one in book.slots if period in {WHOLE_YEAR, period_of(one)}]
    marks = Mark.objects.unscoped(because=BECAUSE).filter(
        gradebook_id=book.pk, year=book.year, slot__in=slots
    )
    results = SubjectResult.objects.unscoped(because=BECAUSE).filter(
        gradebook_id=book.pk, year=book.year
    )
    return Sheet(
        book=book,
        period=period,
        slots=slots,
        locked=frozenset(locked_slots(book, on)),
        learners=learners_of(book, on),
        cells={
            (student, slot): (value, version)
            for student, slot, value, version in marks.values_list(
                "student_id", "slot", "value", "version"
            )
        },
        results={
            student: (first, second, annual)
            for student, first, second, annual in results.values_list(
                "student_id", "term_1", "term_2", "annual"
            )
        },
        may_enter=may_enter(actor, book),
    )


def may_enter(actor: Actor, book: Gradebook) -> bool:
    """Return whether the actor enters marks here: holds the permission, and teaches it today."""
    reach = actor.reach(ENTER_MARKS, "class")
    held = book.homeroom_class_id in reach or book.school_id in actor.reach(ENTER_MARKS, "school")
    return held and teaches(actor, book)
