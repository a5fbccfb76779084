"""Changing a timetable by hand: one step at a time, each taken back and done again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import Room
from khuevan.school.timetable.actions.steps import (
    BECAUSE,
    apply,
    at_spot,
    count_up,
    lessons_in,
    make_step,
    open_draft,
    place_of,
    require_room_in_day,
    require_seen,
    require_unchanged,
    steps_of,
    together,
)
from khuevan.school.timetable.boards import desk_of
from khuevan.school.timetable.core.board import Board
from khuevan.school.timetable.errors import LessonLocked, NothingToRedo, NothingToTakeBack
from khuevan.school.timetable.exchange import read_places
from khuevan.school.timetable.filling import fill
from khuevan.school.timetable.grids import Spot, spot_of
from khuevan.school.timetable.models import Timetable
from khuevan.school.timetable.problems import week_of


@dataclass(frozen=True, slots=True)
class Move:
    """Where a lesson goes: a spot, or away."""

    spot: Spot | None


@transaction.atomic
def move_lesson(
    *, actor: Actor, uuid: UUID, lesson: UUID, to: Move, revision: int | None = None, now: datetime
) -> Timetable:
    """Put a lesson at a spot, or away, with all that is taught jointly.

    Clashes are told, not refused: a timetable in the making has some.

    :raises ChangedMeanwhile: when another step was made since `revision` that moved this lesson
    :raises LessonLocked, NoSuchSpot, OverlapsItself, PublishedStays:
    """
    timetable = open_draft(actor, uuid)
    rows = together(timetable, lesson)
    require_unchanged(timetable, rows, revision)
    if any(row.is_locked for row in rows):
        raise LessonLocked
    week = week_of(timetable)
    if to.spot is not None:
        require_room_in_day(week, to.spot, rows[0].length)
    values = at_spot(to.spot)
    make_step(timetable, actor, {row.pk: values for row in rows}, now)
    return timetable


@transaction.atomic
def swap_lessons(
    *,
    actor: Actor,
    uuid: UUID,
    lesson: UUID,
    other: UUID,
    revision: int | None = None,
    now: datetime,
) -> Timetable:
    """Let two lessons change places, each with all that is taught jointly: one step.

    One without a place takes the other's, which then has none. Each keeps its room.

    :raises ChangedMeanwhile: when another step was made since `revision` that moved one of them
    :raises LessonLocked, OverlapsItself, PublishedStays:
    """
    timetable = open_draft(actor, uuid)
    ones, others = together(timetable, lesson), together(timetable, other)
    require_unchanged(timetable, [*ones, *others], revision)
    if any(row.is_locked for row in (*ones, *others)):
        raise LessonLocked
    week = week_of(timetable)
    wanted: dict[int, dict[str, Any]] = {}
    for rows, place in ((ones, others[0]), (others, ones[0])):
        spot = spot_of(place)
        if spot is not None:
            require_room_in_day(week, spot, rows[0].length)
        wanted.update(dict.fromkeys((row.pk for row in rows), place_of(place)))
    make_step(timetable, actor, wanted, now)
    return timetable


@transaction.atomic
def choose_room(
    *,
    actor: Actor,
    uuid: UUID,
    lesson: UUID,
    room: UUID | None,
    revision: int | None = None,
    now: datetime,
) -> Timetable:
    """Choose the room of a lesson, pinned or not; none is the own room of its class.

    :raises ChangedMeanwhile: when another step was made since `revision` that moved this lesson
    :raises PublishedStays:
    """
    timetable = open_draft(actor, uuid)
    rows = together(timetable, lesson)
    require_unchanged(timetable, rows, revision)
    values = {"room_id": room_in(timetable, room).pk if room else None}
    make_step(timetable, actor, {row.pk: values for row in rows}, now)
    return timetable


@transaction.atomic
def choose_rooms(
    *, actor: Actor, uuid: UUID, subject: str, room: UUID | None, now: datetime
) -> tuple[int, int]:
    """Put all lessons of a subject into a room: one step. Return how many it has, and has not.

    Classes of another campus than the room's keep the room they had.

    :raises PublishedStays:
    """
    timetable = open_draft(actor, uuid)
    found = None if room is None else room_in(timetable, room)
    rows = list(lessons_in(timetable).filter(subject_name=subject).select_related("homeroom_class"))
    campuses = {None, found.campus_id} if found else set()
    there = [row for row in rows if not found or row.homeroom_class.campus_id in campuses]
    values = {"room_id": found.pk if found else None}
    make_step(timetable, actor, {row.pk: values for row in there}, now)
    return len(there), len(rows) - len(there)


@transaction.atomic
def lock_lesson(
    *, actor: Actor, uuid: UUID, lesson: UUID, is_locked: bool, now: datetime
) -> Timetable:
    """Pin a lesson where it stands, or let it go.

    :raises PublishedStays:
    """
    timetable = open_draft(actor, uuid)
    rows = together(timetable, lesson)
    make_step(timetable, actor, {row.pk: {"is_locked": is_locked} for row in rows}, now)
    return timetable


@transaction.atomic
def place_rest(*, actor: Actor, uuid: UUID, now: datetime) -> int:
    """Put each lesson without a place where it clashes with nothing and costs least; tell how many.

    What finds no spot stays where it was; one lesson in the way may go elsewhere. It is one step.

    :raises PublishedStays:
    """
    timetable = open_draft(actor, uuid)
    desk = desk_of(timetable)
    board = Board(desk.setting.problem, desk.setting.placements)
    pinned = {row.pk for row in desk.setting.rows.values() if row.is_locked}
    waiting = {row.pk for row in desk.setting.rows.values() if not row.is_placed}
    done: dict[int, dict[str, Any]] = {}
    rooms = {head: desk.setting.room_of(head) for head in desk.setting.members}
    for lesson in fill(board, pinned, rooms):
        spot = desk.setting.week.spot(board.placements[lesson].slot)
        done.update(dict.fromkeys(desk.setting.members[lesson], at_spot(spot)))
    if done:
        make_step(timetable, actor, done, now)
    return len(waiting & set(done))


@transaction.atomic
def take_places(
    *, actor: Actor, uuid: UUID, content: bytes, name: str, now: datetime
) -> tuple[int, list[str]]:
    """Put lessons where a result of FET has them: one step. Return how many, and what fits nothing.

    Pinned lessons stay where they are.

    :raises UnreadableFile, FileRefused, PublishedStays:
    """
    timetable = open_draft(actor, uuid)
    setting, placements, faults = read_places(timetable, content, name)
    rooms = {label: pk for pk, label in setting.room_names.items()}
    done: dict[int, dict[str, Any]] = {}
    for one in placements:
        if setting.rows[one.lesson].is_locked:
            continue
        spot = setting.week.spot(one.slot)
        values = at_spot(spot)
        if one.room and one.room != setting.problem.active[one.lesson].home:
            values["room_id"] = rooms.get(one.room)
        done.update(dict.fromkeys(setting.members[one.lesson], values))
    make_step(timetable, actor, done, now)
    return len(done), [str(one.message) for one in faults]


@transaction.atomic
def undo_step(*, actor: Actor, uuid: UUID, revision: int | None = None, now: datetime) -> Timetable:
    """Take back the last step that holds.

    :raises ChangedMeanwhile: when somebody else made that step since `revision`
    :raises NothingToTakeBack, PublishedStays:
    """
    timetable = open_draft(actor, uuid)
    step = steps_of(timetable).filter(number=timetable.position).first()
    if step is None:
        raise NothingToTakeBack
    require_seen(timetable, step, actor, revision)
    apply(timetable, {one["lesson"]: one["before"] for one in step.changes})
    timetable.position -= 1
    count_up(timetable)
    return timetable


@transaction.atomic
def redo_step(*, actor: Actor, uuid: UUID, revision: int | None = None, now: datetime) -> Timetable:
    """Do again the step that was taken back last.

    :raises ChangedMeanwhile: when it is somebody else's, of which nothing was seen at `revision`
    :raises NothingToRedo, PublishedStays:
    """
    timetable = open_draft(actor, uuid)
    step = steps_of(timetable).filter(number=timetable.position + 1).first()
    if step is None:
        raise NothingToRedo
    require_seen(timetable, step, actor, revision)
    apply(timetable, {one["lesson"]: one["after"] for one in step.changes})
    timetable.position += 1
    count_up(timetable)
    return timetable


def room_in(timetable: Timetable, uuid: UUID) -> Room:
    """Return a room of the timetable's school, or raise `NotFound`."""
    rows = Room.objects.unscoped(because=BECAUSE).filter(school_id=timetable.school_id, uuid=uuid)
    found: Room | None = rows.first()
    if found is None:
        raise NotFound
    return found
