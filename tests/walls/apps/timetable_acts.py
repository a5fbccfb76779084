"""Selectors and actions of timetables, called past every page."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from khuevan.kernel.actor import Actor
from khuevan.school.timetable import actions
from khuevan.school.timetable.actions import Move
from khuevan.school.timetable.places import Place
from khuevan.school.timetable.selectors.versions import get_timetable_for, timetables
from tests.factories import NOW, make_year
from tests.walls.apps.school_places import room
from tests.walls.apps.timetable import (
    LATER,
    MARCH_TUESDAY,
    SPOT,
    TUESDAY,
    _joint,
    _of_class,
    _together,
    alike,
    doubled,
    draft,
    joined,
    lesson_of,
    paired,
    published,
    undone,
)
from tests.walls.world import World


def _versions(world: World, actor: Actor) -> list[Any]:
    world.once(draft)
    return list(timetables(actor=actor, school=world.cast.school_a))


READS = {"timetables": _versions}
ACTS = {
    "let somebody stand in for a day": lambda w, actor: actions.substitute_lesson(
        actor=actor,
        lesson=lesson_of(w.once(published)).uuid,
        on=TUESDAY,
        member=w.cast.toan.staff_member,
        now=NOW,
    ),
    "let a lesson be off": lambda w, actor: actions.cancel_lesson(
        actor=actor, lesson=lesson_of(w.once(published)).uuid, on=TUESDAY, now=NOW
    ),
    "move a lesson of a day": lambda w, actor: actions.move_lesson_of_day(
        actor=actor,
        lesson=lesson_of(w.once(published)).uuid,
        on=TUESDAY,
        to=Place(TUESDAY, "AFTERNOON", 4),
        now=NOW,
    ),
    "swap two lessons of a day": lambda w, actor: actions.swap_lessons_of_day(
        actor=actor,
        lesson=_of_class(w.once(paired), "6H")[0].uuid,
        on=MARCH_TUESDAY,
        other=_of_class(w.once(paired), "6H")[1].uuid,
        other_on=MARCH_TUESDAY,
        now=NOW,
    ),
    "let a day be as usual": lambda w, actor: actions.restore_day(
        actor=actor, lesson=lesson_of(w.once(published)).uuid, on=LATER, now=NOW
    ),
    "make a timetable": lambda w, actor: actions.make_timetable(
        actor=actor,
        school=w.cast.school_a,
        year=make_year(),
        name="Mới",
        starts_on=date(2026, 12, 14),
        days=6,
        now=NOW,
    ),
    "look at a draft": lambda w, actor: get_timetable_for(actor, w.once(draft).uuid),
    "move a lesson": lambda w, actor: actions.move_lesson(
        actor=actor,
        uuid=w.once(draft).uuid,
        lesson=lesson_of(w.once(draft)).uuid,
        to=Move(SPOT),
        now=NOW,
    ),
    "let two lessons change places": lambda w, actor: actions.swap_lessons(
        actor=actor,
        uuid=w.once(draft).uuid,
        lesson=lesson_of(w.once(draft)).uuid,
        other=lesson_of(w.once(draft), 1).uuid,
        now=NOW,
    ),
    "choose the room of a lesson": lambda w, actor: actions.choose_room(
        actor=actor,
        uuid=w.once(draft).uuid,
        lesson=lesson_of(w.once(draft)).uuid,
        room=room(w).uuid,
        now=NOW,
    ),
    "split a lesson": lambda w, actor: actions.split_lesson(
        actor=actor,
        uuid=w.once(doubled).uuid,
        lesson=lesson_of(w.once(doubled)).uuid,
        now=NOW,
    ),
    "join a lesson": lambda w, actor: actions.join_lesson(
        actor=actor, uuid=w.once(draft).uuid, lesson=lesson_of(w.once(draft)).uuid, now=NOW
    ),
    "let a lesson alternate": lambda w, actor: actions.alternate_lesson(
        actor=actor,
        uuid=w.once(draft).uuid,
        lesson=lesson_of(w.once(draft)).uuid,
        weeks="ODD",
        now=NOW,
    ),
    "put lessons into a room": lambda w, actor: actions.choose_rooms(
        actor=actor,
        uuid=w.once(draft).uuid,
        subject="Ngữ văn",
        room=room(w).uuid,
        now=NOW,
    ),
    "combine classes": lambda w, actor: actions.combine_classes(
        actor=actor,
        uuid=w.once(alike).uuid,
        subject="Ngữ văn",
        classes=[UUID(one) for one in _together(w)["classes"]],
        member=UUID(_together(w)["member"]),
        now=NOW,
    ),
    "take classes apart": lambda w, actor: actions.take_apart(
        actor=actor,
        uuid=w.once(joined).uuid,
        lesson=_joint(w).uuid,
        now=NOW,
    ),
    "pin a lesson": lambda w, actor: actions.lock_lesson(
        actor=actor,
        uuid=w.once(draft).uuid,
        lesson=lesson_of(w.once(draft)).uuid,
        is_locked=True,
        now=NOW,
    ),
    "place what fits": lambda w, actor: actions.place_rest(
        actor=actor, uuid=w.once(draft).uuid, now=NOW
    ),
    "take back a step": lambda w, actor: actions.undo_step(
        actor=actor, uuid=w.once(draft).uuid, now=NOW
    ),
    "do a step again": lambda w, actor: actions.redo_step(
        actor=actor, uuid=w.once(undone).uuid, now=NOW
    ),
    "publish a timetable": lambda w, actor: actions.publish_timetable(
        actor=actor, uuid=w.once(draft).uuid, accepts_clashes=True, now=NOW
    ),
    "remove a draft": lambda w, actor: actions.remove_timetable(
        actor=actor, uuid=w.once(draft).uuid, now=NOW
    ),
}
