"""Writes a planned list with the app's own actions, inside the import's one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from typing import TypedDict, TypeVar

from khuevan.kernel.actor import Actor, Permission
from khuevan.platform.sheets.api import Outcome, PlannedRow, Promises
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.students.actions import (
    correct_students,
    enroll_students,
    place_students,
    register_students,
)
from khuevan.registry.students.data import Correction
from khuevan.registry.students.imports.classes import open_promised, promised_classes
from khuevan.registry.students.imports.norms import move_of
from khuevan.registry.students.imports.wanted import CLASS
from khuevan.registry.students.models import EntryKind
from khuevan.registry.students.permissions import IMPORT_STUDENTS

CHUNK = 200
NOTHING = Correction(0, 0, {})
T = TypeVar("T")


class Given(TypedDict):
    """What every action is given."""

    actor: Actor
    now: datetime
    permission: Permission


def write(
    *,
    actor: Actor,
    unit_id: int,
    rows: Sequence[PlannedRow],
    promises: Promises,
    on: date,
    now: datetime,
    progress: Callable[[int], None],
) -> None:
    """Open the promised classes, register the new pupils, correct and move the known ones."""
    done = 0
    needed = {goes_to for row in rows if (goes_to := move_of(row)[1]) is not None}
    promised = {key: one for key, one in promised_classes(promises).items() if key in needed}
    opened = open_promised(actor=actor, unit_id=unit_id, promised=promised, on=on, now=now)
    rows = [_in_real_class(row, opened) for row in rows] if opened else rows
    for chunk in _chunks([row for row in rows if row.outcome == Outcome.NEW]):
        _write_new(actor, unit_id, chunk, now=now)
        done += len(chunk)
        progress(done)
    for chunk in _chunks([row for row in rows if row.outcome == Outcome.CHANGED]):
        _write_changed(actor, unit_id, chunk, on=on, now=now)
        done += len(chunk)
        progress(done)


def _in_real_class(row: PlannedRow, opened: Mapping[int, int]) -> PlannedRow:
    """Return a row with the class that was opened in place of the promised one."""
    key = move_of(row)[1]
    if key is None or key not in opened:
        return row
    values = dict(row.values)
    for name in ("new", "arrival"):
        if name in values:
            values[name] = replace(values[name], homeroom_class_id=opened[key])
    if CLASS in values.get("correction", NOTHING).changes:
        changes = {**values["correction"].changes, CLASS: opened[key]}
        values["correction"] = replace(values["correction"], changes=changes)
    return replace(row, values=values)


def _write_new(actor: Actor, unit_id: int, chunk: Sequence[PlannedRow], *, now: datetime) -> None:
    """Register those whom nobody knows, and enroll those who come with a record."""
    given: Given = {"actor": actor, "now": now, "permission": IMPORT_STUDENTS}
    new = [row.values["new"] for row in chunk if "new" in row.values]
    arrivals = [row.values["arrival"] for row in chunk if "arrival" in row.values]
    if new:
        register_students(**given, school_id=unit_id, new=new, entry_kind=EntryKind.IMPORTED)
    if arrivals:
        enroll_students(
            **given, school_id=unit_id, arrivals=arrivals, entry_kind=EntryKind.IMPORTED
        )
    corrections = [row.values["correction"] for row in chunk if "arrival" in row.values]
    changed = [one for one in corrections if one.changes]
    if changed:
        correct_students(**given, corrections=changed)


def _write_changed(
    actor: Actor, unit_id: int, chunk: Sequence[PlannedRow], *, on: date, now: datetime
) -> None:
    corrections = [row.values["correction"] for row in chunk]
    facts = [one for one in corrections if one.changes.keys() - {CLASS}]
    if facts:
        correct_students(actor=actor, corrections=facts, now=now, permission=IMPORT_STUDENTS)
    moves = {
        row.values["uuid"]: correction.changes[CLASS]
        for row, correction in zip(chunk, corrections, strict=True)
        if CLASS in correction.changes
    }
    if moves:
        classes = HomeroomClass.objects.unscoped(because="of the school whose list was planned")
        by_id = classes.filter(school_id=unit_id).in_bulk(list(set(moves.values())))
        place_students(
            actor=actor,
            classes={uuid: by_id[pk] for uuid, pk in moves.items()},
            on=on,
            now=now,
            permission=IMPORT_STUDENTS,
        )


def _chunks(rows: Sequence[T]) -> Iterator[list[T]]:
    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        yield chunk
