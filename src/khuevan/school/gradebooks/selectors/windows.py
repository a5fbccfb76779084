"""When marks may be entered: the windows of a school's periods, and columns that are closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from khuevan.kernel.actor import Actor, Permission
from khuevan.registry.schools.api import AcademicYear, School
from khuevan.school.gradebooks.models import EntryWindow, Gradebook, WindowExtension
from khuevan.school.gradebooks.permissions import MANAGE_BOOKS
from khuevan.school.gradebooks.slots import Slot, period_of

BECAUSE = "of a gradebook that the actor reached"


class Shut(StrEnum):
    """Why nothing is entered in a column."""

    CLOSED = "CLOSED"
    """Its teacher finished it."""
    LOCKED = "LOCKED"
    """The principal locked the period."""
    OVER = "OVER"
    """The days of entering are over."""
    EARLY = "EARLY"
    """The days of entering have not begun."""


def shut_slots(book: Gradebook, on: date) -> dict[Slot, Shut]:
    """Return the columns of a gradebook in which nothing is entered on a day, and why.

    Where a school set no window for a period, it is open. Two queries at most.
    """
    rows = EntryWindow.objects.unscoped(because=BECAUSE).filter(
        school_id=book.school_id,
        academic_year_id=book.academic_year_id,
        level=book.homeroom_class.grade_level.level,
    )
    shut = {one.period: why for one in rows if (why := shut_on(one, on)) is not None}
    if Shut.OVER in shut.values():
        longer = WindowExtension.objects.unscoped(because=BECAUSE).filter(
            gradebook=book, until__gt=on
        )
        for period in longer.values_list("period", flat=True):
            if shut.get(period) is Shut.OVER:
                del shut[period]
    found = {one: shut[period_of(one)] for one in book.slots if period_of(one) in shut}
    return {
        **found,
        **{
            one: Shut.CLOSED
            for one in book.slots
            if one in book.closed_slots and found.get(one) is not Shut.LOCKED
        },
    }


def locked_slots(book: Gradebook, on: date) -> set[Slot]:
    """Return the columns of a gradebook in which nothing is entered on a day.

    Those that their teacher closed, and those of periods that are locked, over, or not open yet.
    """
    return set(shut_slots(book, on))


def shut_on(window: EntryWindow, on: date) -> Shut | None:
    """Return why nothing is entered in a window's period on a day, None while it is open."""
    if window.locked_at is not None:
        return Shut.LOCKED
    if on < window.opens_on:
        return Shut.EARLY
    return Shut.OVER if on >= window.closes_on else None


def make_ups_end(window: EntryWindow) -> date:
    """Return the first day on which no missed test is made up any more."""
    return window.make_ups_until or window.closes_on


def windows_of(
    *,
    actor: Actor,
    school: School,
    year: AcademicYear,
    permission: Permission = MANAGE_BOOKS,
) -> dict[tuple[str, int], EntryWindow]:
    """Return the windows of a school's year by level and period: one query."""
    rows = EntryWindow.objects.visible_to(actor, permission).filter(
        school=school, academic_year=year
    )
    return {(one.level, one.period): one for one in rows.select_related("locked_by")}


def extensions_of(books: Iterable[Gradebook]) -> dict[int, list[WindowExtension]]:
    """Return the extensions of gradebooks the actor reached, by gradebook: one query."""
    found: dict[int, list[WindowExtension]] = {}
    rows = WindowExtension.objects.unscoped(because=BECAUSE).filter(gradebook__in=list(books))
    for one in rows.order_by("period"):
        found.setdefault(one.gradebook_id, []).append(one)
    return found
