"""Changing a timetable by hand: one step at a time, each taken back and done again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import Room
from khuevan.school.timetable.actions.versions import locked
from khuevan.school.timetable.boards import desk_of
from khuevan.school.timetable.core.board import Board
from khuevan.school.timetable.errors import (
    LessonLocked,
    NoSuchSpot,
    NothingToRedo,
    NothingToTakeBack,
    OverlapsItself,
    PublishedStays,
)
from khuevan.school.timetable.exchange import read_places
from khuevan.school.timetable.filling import fill
from khuevan.school.timetable.grids import Spot, Week
from khuevan.school.timetable.models import EditStep, ScheduledLesson, Timetable
from khuevan.school.timetable.problems import week_of
from khuevan.ui.errors import ChangedMeanwhile

PLACE = ("weekday", "half", "period", "room_id", "is_locked")
BECAUSE = "of a timetable that the actor makes"


@dataclass(frozen=True, slots=True)
class Move:
    """Where a lesson goes: a spot, or away; `room` is said or stays."""

    spot: Spot | None
    room: UUID | None = None
    changes_room: bool = False


@transaction.atomic
def move_lesson(
    *, actor: Actor, uuid: UUID, lesson: UUID, to: Move, revision: int | None = None, now: datetime
) -> Timetable:
    """Put a lesson at a spot, or away, with all that is taught jointly.

    Clashes are told, not refused: a timetable in the making has some.

    :raises ChangedMeanwhile: when another step was made since `revision` that moved this lesson
    :raises LessonLocked, NoSuchSpot, OverlapsItself, PublishedStays:
    """
    timetable = _open(actor, uuid)
    rows = _together(timetable, lesson)
    _require_unchanged(timetable, rows, revision)
    if any(row.is_locked for row in rows):
        raise LessonLocked
    week = week_of(timetable)
    if to.spot is not None:
        _require_room_in_day(week, to.spot, rows[0].length)
    values: dict[str, Any] = {
        "weekday": to.spot.weekday if to.spot else None,
        "half": to.spot.half if to.spot else "",
        "period": to.spot.period if to.spot else None,
    }
    if to.changes_room:
        values["room_id"] = _room(timetable, to.room)
    _step(timetable, actor, {row.pk: values for row in rows}, now)
    return timetable


@transaction.atomic
def lock_lesson(
    *, actor: Actor, uuid: UUID, lesson: UUID, is_locked: bool, now: datetime
) -> Timetable:
    """Pin a lesson where it stands, or let it go.

    :raises PublishedStays:
    """
    timetable = _open(actor, uuid)
    rows = _together(timetable, lesson)
    _step(timetable, actor, {row.pk: {"is_locked": is_locked} for row in rows}, now)
    return timetable


@transaction.atomic
def place_rest(*, actor: Actor, uuid: UUID, now: datetime) -> int:
    """Put each lesson without a place where it clashes with nothing and costs least; tell how many.

    What finds no spot stays where it was; one lesson in the way may go elsewhere. It is one step.

    :raises PublishedStays:
    """
    timetable = _open(actor, uuid)
    desk = desk_of(timetable)
    board = Board(desk.setting.problem, desk.setting.placements)
    pinned = {row.pk for row in desk.setting.rows.values() if row.is_locked}
    waiting = {row.pk for row in desk.setting.rows.values() if not row.is_placed}
    done: dict[int, dict[str, Any]] = {}
    for lesson in fill(board, pinned):
        spot = desk.setting.week.spot(board.placements[lesson].slot)
        values = {"weekday": spot.weekday, "half": spot.half, "period": spot.period}
        done.update(dict.fromkeys(desk.setting.members[lesson], values))
    if done:
        _step(timetable, actor, done, now)
    return len(waiting & set(done))


@transaction.atomic
def take_places(
    *, actor: Actor, uuid: UUID, content: bytes, name: str, now: datetime
) -> tuple[int, list[str]]:
    """Put lessons where a result of FET has them: one step. Return how many, and what fits nothing.

    Pinned lessons stay where they are.

    :raises UnreadableFile, FileRefused, PublishedStays:
    """
    timetable = _open(actor, uuid)
    setting, placements, faults = read_places(timetable, content, name)
    rooms = {label: pk for pk, label in setting.room_names.items()}
    done: dict[int, dict[str, Any]] = {}
    for one in placements:
        if setting.rows[one.lesson].is_locked:
            continue
        spot = setting.week.spot(one.slot)
        values: dict[str, Any] = {
            "weekday": spot.weekday,
            "half": spot.half,
            "period": spot.period,
        }
        if one.room is not None:
            values["room_id"] = rooms.get(one.room)
        done.update(dict.fromkeys(setting.members[one.lesson], values))
    _step(timetable, actor, done, now)
    return len(done), [str(one.message) for one in faults]


@transaction.atomic
def undo_step(*, actor: Actor, uuid: UUID, now: datetime) -> Timetable:
    """Take back the last step that holds.

    :raises NothingToTakeBack, PublishedStays:
    """
    timetable = _open(actor, uuid)
    step = _steps(timetable).filter(number=timetable.position).first()
    if step is None:
        raise NothingToTakeBack
    _apply(timetable, {one["lesson"]: one["before"] for one in step.changes})
    timetable.position -= 1
    _count_up(timetable)
    return timetable


@transaction.atomic
def redo_step(*, actor: Actor, uuid: UUID, now: datetime) -> Timetable:
    """Do again the step that was taken back last.

    :raises NothingToRedo, PublishedStays:
    """
    timetable = _open(actor, uuid)
    step = _steps(timetable).filter(number=timetable.position + 1).first()
    if step is None:
        raise NothingToRedo
    _apply(timetable, {one["lesson"]: one["after"] for one in step.changes})
    timetable.position += 1
    _count_up(timetable)
    return timetable


def _open(actor: Actor, uuid: UUID) -> Timetable:
    timetable = locked(actor, uuid)
    if timetable.is_published:
        raise PublishedStays
    return timetable


def _lessons(timetable: Timetable) -> Any:
    return ScheduledLesson.objects.unscoped(because=BECAUSE).filter(timetable=timetable)


def _steps(timetable: Timetable) -> Any:
    return EditStep.objects.unscoped(because=BECAUSE).filter(timetable=timetable)


def _together(timetable: Timetable, lesson: UUID) -> list[ScheduledLesson]:
    """Return a lesson with all that is taught jointly with it."""
    row = _lessons(timetable).filter(uuid=lesson).first()
    if row is None:
        raise NotFound
    if row.joint is None:
        return [row]
    return list(_lessons(timetable).filter(joint=row.joint).order_by("pk"))


def _require_unchanged(
    timetable: Timetable, rows: Sequence[ScheduledLesson], revision: int | None
) -> None:
    """Refuse a move by who has not seen that these lessons were moved by somebody else.

    Steps that moved other lessons meanwhile stand beside it.
    """
    if revision is None or revision >= timetable.revision:
        return
    missed = timetable.revision - revision
    ids = {row.pk for row in rows}
    for step in _steps(timetable).order_by("-number")[:missed]:
        if ids & {one["lesson"] for one in step.changes}:
            raise ChangedMeanwhile


def _require_room_in_day(week: Week, spot: Spot, length: int) -> None:
    slot = week.slot(spot)
    if slot is None:
        raise NoSuchSpot
    hours = range(slot[1], slot[1] + length)
    if hours[-1] >= len(week.bells) or week.bells[hours[-1]].half != spot.half:
        raise OverlapsItself


def _room(timetable: Timetable, uuid: UUID | None) -> int | None:
    if uuid is None:
        return None
    rows = Room.objects.unscoped(because=BECAUSE).filter(school_id=timetable.school_id, uuid=uuid)
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        raise NotFound
    return int(found)


def _step(
    timetable: Timetable, actor: Actor, wanted: Mapping[int, Mapping[str, Any]], now: datetime
) -> None:
    """Make a step of what really changes; what was taken back before it is forgotten."""
    rows = _lessons(timetable).in_bulk(list(wanted))
    changes: list[dict[str, Any]] = []
    for pk, values in wanted.items():
        before = {name: getattr(rows[pk], name) for name in PLACE}
        after = {**before, **values}
        if after != before:
            changes.append({"lesson": pk, "before": before, "after": after})
    if not changes:
        return
    _steps(timetable).filter(number__gt=timetable.position).delete()
    timetable.position += 1
    EditStep.objects.create(
        timetable=timetable,
        school_id=timetable.school_id,
        number=timetable.position,
        person_id=actor.person_id,
        made_at=now,
        changes=changes,
    )
    _apply(timetable, {one["lesson"]: one["after"] for one in changes})
    _count_up(timetable)


def _apply(timetable: Timetable, places: Mapping[Any, Mapping[str, Any]]) -> None:
    rows = list(_lessons(timetable).filter(pk__in=list(places)))
    for row in rows:
        for name in PLACE:
            setattr(row, name, places[row.pk][name])
    _save(rows)


def _save(rows: Iterable[ScheduledLesson]) -> None:
    found = list(rows)
    if found:
        ScheduledLesson.objects.unscoped(because=BECAUSE).bulk_update(found, PLACE)


def _count_up(timetable: Timetable) -> None:
    timetable.revision += 1
    timetable.save(update_fields=["revision", "position"])
