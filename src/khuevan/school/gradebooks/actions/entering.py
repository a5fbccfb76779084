"""Entering marks, one cell or a whole column at once, by whoever teaches the subject.

A cell names the version that its writer saw. What somebody else changed meanwhile is told and not
overwritten; what is sent a second time is found written and answered the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db import connection, transaction

from khuevan.kernel.actor import Actor
from khuevan.registry.students.api import ClassPlacement
from khuevan.school.gradebooks.actions.reckoning import refresh_results
from khuevan.school.gradebooks.averages import Results
from khuevan.school.gradebooks.cells import fits
from khuevan.school.gradebooks.errors import NotYourBook
from khuevan.school.gradebooks.models import Gradebook, Mark, MarkVersion
from khuevan.school.gradebooks.permissions import ENTER_MARKS
from khuevan.school.gradebooks.selectors.teaching import teaches
from khuevan.school.gradebooks.selectors.windows import locked_slots
from khuevan.school.gradebooks.slots import How, Slot, Word, content_of

BECAUSE = "of a gradebook that the actor reached"
Key = tuple[int, Slot]
"""A pupil and a column."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A value for a cell, over the version that its writer saw: 0 where it was empty."""

    student: UUID
    slot: Slot
    value: int
    base: int


class Outcome(StrEnum):
    """What became of an entry."""

    SAVED = "saved"
    CONFLICT = "conflict"
    """Somebody changed the cell meanwhile: a person decides."""
    LOCKED = "locked"
    INVALID = "invalid"
    GONE = "gone"
    """The pupil is not in the class."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands in the cell of an entry now."""

    entry: Entry
    outcome: Outcome
    value: int | None = None
    version: int = 0
    by_id: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """The answers in the order of the entries, and what follows for each pupil concerned."""

    answers: list[Answer]
    results: dict[UUID, Results]


@transaction.atomic
def enter_marks(
    *, actor: Actor, uuid: UUID, entries: Sequence[Entry], how: How, now: datetime
) -> Entered:
    """Write values into the cells of a gradebook; each entry has its own answer.

    :raises NotFound: when the gradebook is out of reach
    :raises NotYourBook: when the actor does not teach the subject there
    """
    book = lock_book(actor, uuid)
    require_teaches(actor, book)
    return write_marks(book, entries, by_id=actor.person_id, how=how, now=now, on=actor.today)


def lock_book(actor: Actor, uuid: UUID) -> Gradebook:
    """Return a gradebook in which the actor may enter marks, locked: one writer at a time."""
    found = Gradebook.objects.visible_to(actor, ENTER_MARKS).one(uuid)
    return Gradebook.objects.visible_to(actor, ENTER_MARKS).lock(found.pk)


def require_teaches(actor: Actor, book: Gradebook) -> None:
    """Let nobody in who does not give one of the subjects in this class today.

    :raises NotYourBook:
    """
    if not teaches(actor, book):
        raise NotYourBook


def write_marks(
    book: Gradebook,
    entries: Sequence[Entry],
    *,
    by_id: int | None,
    how: How,
    now: datetime,
    on: date,
    past_locks: bool = False,
) -> Entered:
    """Write entries into a locked gradebook: a step of actions that checked who writes.

    `past_locks` lets a decided correction into a closed column.
    """
    pupils = _pupils(book, {one.student for one in entries})
    locked = set() if past_locks else locked_slots(book, on)
    standing = _standing(book, pupils.values(), {one.slot for one in entries})
    answers: list[Answer] = []
    written: dict[Key, Mark] = {}
    for one in entries:
        answers.append(_decide(book, one, pupils, locked, standing, written, by_id, how, now))
    _write(book, list(written.values()))
    changed = {student for student, _slot in written}
    results = refresh_results(book, changed)
    by_uuid = {pk: uuid for uuid, pk in pupils.items()}
    return Entered(answers, {by_uuid[pk]: found for pk, found in results.items()})


def _decide(
    book: Gradebook,
    one: Entry,
    pupils: Mapping[UUID, int],
    locked: Collection[Slot],
    standing: Mapping[Key, Mark],
    written: dict[Key, Mark],
    by_id: int | None,
    how: How,
    now: datetime,
) -> Answer:
    student = pupils.get(one.student)
    if student is None:
        return Answer(one, Outcome.GONE)
    if one.slot not in book.slots or not fits(content_of(book.form, one.slot), one.value):
        return Answer(one, Outcome.INVALID)
    key = (student, one.slot)
    mark = written.get(key) or standing.get(key)
    version = mark.version if mark else 0
    if mark and mark.value == one.value:
        return _answer(one, Outcome.SAVED, mark)
    if version != one.base:
        was_there = mark is not None and _was_written(mark, one, by_id)
        return _answer(one, Outcome.SAVED if was_there else Outcome.CONFLICT, mark)
    if one.slot in locked:
        return _answer(one, Outcome.LOCKED, mark)
    if mark is None and one.value == Word.CLEARED:
        return Answer(one, Outcome.SAVED)
    new = Mark(
        gradebook=book,
        student_id=student,
        slot=one.slot,
        year=book.year,
        value=one.value,
        version=version + 1,
        by_id=by_id,
        at=now,
        how=how,
    )
    written[key] = new
    return _answer(one, Outcome.SAVED, new)


def _answer(entry: Entry, outcome: Outcome, mark: Mark | None) -> Answer:
    if mark is None:
        return Answer(entry, outcome)
    return Answer(entry, outcome, mark.value, mark.version, mark.by_id, mark.at)


def _was_written(mark: Mark, entry: Entry, by_id: int | None) -> bool:
    """Return whether this entry was written before, and somebody went on from it."""
    rows = MarkVersion.objects.unscoped(because=BECAUSE).filter(
        gradebook_id=mark.gradebook_id,
        student_id=mark.student_id,
        slot=mark.slot,
        year=mark.year,
        version=entry.base + 1,
        value=entry.value,
        by_id=by_id,
    )
    return rows.exists()


def _pupils(book: Gradebook, asked: Collection[UUID]) -> dict[UUID, int]:
    """Return the pupils who are or were in the class, by uuid."""
    rows = ClassPlacement.objects.unscoped(because=BECAUSE).filter(
        homeroom_class_id=book.homeroom_class_id, student__uuid__in=asked
    )
    return dict(rows.values_list("student__uuid", "student_id"))


def _standing(book: Gradebook, pupils: Collection[int], slots: Collection[Slot]) -> dict[Key, Mark]:
    rows = Mark.objects.unscoped(because=BECAUSE).filter(
        gradebook_id=book.pk, year=book.year, student_id__in=pupils, slot__in=slots
    )
    return {(one.student_id, one.slot): one for one in rows}


_UPSERT = """
INSERT INTO gradebooks_mark (gradebook_id, year, by_id, at, how, student_id, slot, value, version)
SELECT %s, %s, %s, %s, %s, cells.*
FROM unnest(%s::int[], %s::smallint[], %s::smallint[], %s::smallint[]) cells
ON CONFLICT (gradebook_id, student_id, slot, year) DO UPDATE
SET value = excluded.value, version = excluded.version, by_id = excluded.by_id,
    at = excluded.at, how = excluded.how
"""


def _write(book: Gradebook, marks: Sequence[Mark]) -> None:
    """Write marks of one gradebook, entered by one person at one time, in one statement."""
    if not marks:
        return
    first = marks[0]
    columns = [
        [getattr(one, name) for one in marks] for name in ("student_id", "slot", "value", "version")
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            _UPSERT, [book.pk, book.year, first.by_id, first.at, int(first.how), *columns]
        )
