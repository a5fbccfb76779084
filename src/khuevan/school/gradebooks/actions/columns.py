"""Columns of a gradebook: finished by their teacher, opened again, added and taken away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.platform.audit.api import record
from khuevan.registry.students.api import ClassPlacement
from khuevan.school.gradebooks import audit_codes
from khuevan.school.gradebooks.actions.entering import lock_book, require_teaches
from khuevan.school.gradebooks.column_names import slot_name
from khuevan.school.gradebooks.errors import (
    BookLocked,
    ColumnHasGaps,
    ColumnHolds,
    ColumnNeeded,
    ColumnsFull,
    NoSuchColumn,
)
from khuevan.school.gradebooks.models import Gradebook, Mark
from khuevan.school.gradebooks.permissions import LOCK_BOOKS
from khuevan.school.gradebooks.selectors.progress import SECONDARY
from khuevan.school.gradebooks.selectors.pupils import pupils_with_marks
from khuevan.school.gradebooks.selectors.windows import Shut, shut_slots
from khuevan.school.gradebooks.slots import (
    MOST_REGULAR,
    REGULAR,
    Slot,
    Word,
    is_regular,
    period_of,
    place_of,
)
from khuevan.school.gradebooks.slots import (
    slot as slot_at,
)

BECAUSE = "of a gradebook that the actor reached"
MOST_NAMED = 5


@transaction.atomic
def close_column(
    *, actor: Actor, uuid: UUID, slot: Slot, with_gaps: bool, now: datetime
) -> Gradebook:
    """Finish a column: what stands there changes by correction alone.

    :raises NotFound, NotYourBook: when it isn't the actor's to enter
    :raises NoSuchColumn: when the gradebook has no such column
    :raises ColumnHasGaps: when cells are empty or due, and nobody said that they may be
    """
    book = lock_book(actor, uuid)
    require_teaches(actor, book)
    _require_column(book, slot)
    gaps = gaps_in(book, slot, actor)
    if gaps and not with_gaps:
        named = ", ".join(gaps[:MOST_NAMED])
        raise ColumnHasGaps(count=len(gaps), names=f"{named}…" if len(gaps) > MOST_NAMED else named)
    if slot not in book.closed_slots:
        book.closed_slots = sorted([*book.closed_slots, slot])
        book.save(update_fields=["closed_slots"])
        _note(audit_codes.COLUMN_CLOSED, actor, book, slot, now, count=len(gaps))
    return book


@transaction.atomic
def reopen_column(*, actor: Actor, uuid: UUID, slot: Slot, reason: str, now: datetime) -> Gradebook:
    """Let a finished column be entered again, with a reason: the principal's decision.

    :raises NotFound: when the gradebook is out of reach
    :raises NoSuchColumn: when the column is not there, or not finished
    :raises BookLocked: when its period is locked
    """
    found = Gradebook.objects.visible_to(actor, LOCK_BOOKS).one(uuid)
    book = Gradebook.objects.visible_to(actor, LOCK_BOOKS).lock(found.pk)
    if slot not in book.closed_slots:
        raise NoSuchColumn
    if shut_slots(book, actor.today).get(slot) is Shut.LOCKED:
        raise BookLocked
    book.closed_slots = [one for one in book.closed_slots if one != slot]
    book.save(update_fields=["closed_slots"])
    _note(audit_codes.COLUMN_OPENED, actor, book, slot, now, reason=reason)
    return book


@transaction.atomic
def add_column(*, actor: Actor, uuid: UUID, period: int, now: datetime) -> Slot:
    """Add a regular column to a term and return it; all marks of a term count.

    :raises NotFound, NotYourBook: when it isn't the actor's to enter
    :raises NoSuchColumn: where the circular knows no regular columns
    :raises ColumnsFull: when there are as many as a term can hold
    :raises BookLocked: when the period takes nothing
    """
    book = lock_book(actor, uuid)
    require_teaches(actor, book)
    regular = [one for one in book.slots if is_regular(one) and period_of(one) == period]
    if book.form not in SECONDARY or not regular:
        raise NoSuchColumn
    _require_open(actor, book, period)
    free = set(range(REGULAR, MOST_REGULAR + 1)) - {place_of(one) for one in regular}
    if not free:
        raise ColumnsFull(most=MOST_REGULAR)
    new = slot_at(period, min(free))
    book.slots = sorted([*book.slots, new])
    book.save(update_fields=["slots"])
    _note(audit_codes.COLUMN_ADDED, actor, book, new, now)
    return new


@transaction.atomic
def remove_column(*, actor: Actor, uuid: UUID, slot: Slot, now: datetime) -> Gradebook:
    """Take an empty regular column away that is more than the circular requires.

    :raises NotFound, NotYourBook: when it isn't the actor's to enter
    :raises NoSuchColumn: when it is no regular column of the gradebook
    :raises ColumnNeeded: when the term would have fewer than required
    :raises ColumnHolds: when a mark stands in it
    :raises BookLocked: when the period takes nothing
    """
    book = lock_book(actor, uuid)
    require_teaches(actor, book)
    _require_column(book, slot)
    if not is_regular(slot):
        raise NoSuchColumn
    period = period_of(slot)
    _require_open(actor, book, period)
    regular = [one for one in book.slots if is_regular(one) and period_of(one) == period]
    if len(regular) <= book.required[period - 1]:
        raise ColumnNeeded(count=book.required[period - 1])
    marks = Mark.objects.unscoped(because=BECAUSE).filter(
        gradebook_id=book.pk, year=book.year, slot=slot
    )
    if marks.exclude(value=Word.CLEARED).exists():
        raise ColumnHolds
    book.slots = [one for one in book.slots if one != slot]
    book.closed_slots = [one for one in book.closed_slots if one != slot]
    book.save(update_fields=["slots", "closed_slots"])
    _note(audit_codes.COLUMN_REMOVED, actor, book, slot, now)
    return book


def gaps_in(book: Gradebook, slot: Slot, actor: Actor) -> Sequence[str]:
    """Return the names of the pupils without a mark in a column of a reached gradebook."""
    rows = Mark.objects.unscoped(because=BECAUSE).filter(
        gradebook_id=book.pk, year=book.year, slot=slot
    )
    filled = set(
        rows.exclude(value__in=(Word.CLEARED, Word.MAKE_UP_DUE)).values_list(
            "student_id", flat=True
        )
    )
    needed = pupils_with_marks([book], actor.today)[book.pk] - filled
    pupils = (
        ClassPlacement.objects.unscoped(because=BECAUSE)
        .filter(in_force(actor.today), homeroom_class_id=book.homeroom_class_id)
        .filter(student_id__in=needed)
        .select_related("person")
        .order_by("sort_key", "student_id")
    )
    return [one.person.full_name for one in pupils]


def _require_column(book: Gradebook, slot: Slot) -> None:
    if slot not in book.slots:
        raise NoSuchColumn


def _require_open(actor: Actor, book: Gradebook, period: int) -> None:
    shut = shut_slots(book, actor.today)
    here = [one for one in book.slots if period_of(one) == period]
    if all(one in shut for one in here):
        raise BookLocked


def _note(
    code: str, actor: Actor, book: Gradebook, slot: Slot, now: datetime, **more: object
) -> None:
    words = {
        "column": slot_name(book.form, slot),
        "subject": book.subject_name,
        "class": book.homeroom_class.name,
    }
    record(
        code,
        actor=actor,
        at=now,
        target=book,
        unit_id=book.school_id,
        details={**words, **more},
    )
