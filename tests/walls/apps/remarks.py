"""Rows of the matrix for comments on pupils and the phrases they are made of."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.curriculum.api import plan_subject
from khuevan.registry.students.api import ClassPlacement
from khuevan.school.gradebooks.api import Gradebook, open_books
from khuevan.school.gradebooks.models import WindowExtension
from khuevan.school.remarks import actions
from khuevan.school.remarks.api import VIEW_REMARKS
from khuevan.school.remarks.models import (
    Phrase,
    Remark,
    RemarkSetting,
    Source,
    State,
)
from khuevan.school.remarks.selectors.progress import targets_of_school
from khuevan.school.remarks.selectors.sheets import sheet_for
from khuevan.school.remarks.selectors.targets import get_target_for
from tests.factories import EVERYTHING, NOW, TODAY, make_class, make_staff, make_student, make_year
from tests.walls.shapes import SEE_SCHOOL, Deed, Sample, code_a
from tests.walls.world import World, uuid_of

TEXT = "Em học chăm, làm bài cẩn thận."
BECAUSE = "the matrix names it"


def room(world: World) -> Any:
    """Open a class of school A that has a plan, and a pupil."""
    found = make_class("6N", school=world.cast.school_a)
    plan_subject(
        actor=EVERYTHING,
        class_uuid=found.uuid,
        subject_name="Toán",
        kind="COMPULSORY",
        weeks=[4] * 35,
        now=NOW,
    )
    make_student("Hồ Thị Nhận", homeroom_class=found)
    return found


def book(world: World) -> Gradebook:
    """Open its gradebook of mathematics, with days beyond the windows that other rows set."""
    own = world.once(room)
    open_books(actor=EVERYTHING, school=world.cast.school_a, year=make_year(), now=NOW)
    found = Gradebook.objects.unscoped(because=BECAUSE).get(homeroom_class=own)
    WindowExtension.objects.create(
        school=world.cast.school_a,
        gradebook=found,
        period=1,
        until=TODAY + timedelta(days=30),
        reason="Ghi nhận xét",
        given_at=NOW,
    )
    return found


def teacher(world: World) -> Any:
    """Let somebody teach mathematics in that class."""
    world.once(book)
    return make_staff(
        "Lê Thị Xét", school=world.cast.school_a, teaches=[world.once(room)], subject="Toán"
    ).person


def phrase(world: World) -> Phrase:
    """Add a phrase to those of school A."""
    actions.add_phrases(
        actor=EVERYTHING,
        school=world.cast.school_a,
        subjects="MATH",
        part="NEXT",
        band="ANY",
        texts=["Em luyện thêm bài khó."],
        now=NOW,
    )
    return Phrase.objects.unscoped(because=BECAUSE).get(school=world.cast.school_a)


def own_phrase(world: World) -> Phrase:
    """Give that teacher a phrase."""
    return Phrase.objects.create(
        owner=world.once(teacher), subjects="MATH", part="NEXT", band="ANY", text="Em tính kĩ."
    )


def _pupil(world: World) -> Any:
    world.once(book)
    rows = ClassPlacement.objects.unscoped(because=BECAUSE)
    return rows.get(homeroom_class=world.once(room)).student


def _sheet(world: World) -> dict[str, Any]:
    return {**uuid_of(world.once(book)), "period": 1}


def _entries(world: World) -> dict[str, Any]:
    entry = {
        "student": str(_pupil(world).uuid),
        "text": TEXT,
        "state": int(State.APPROVED),
        "source": int(Source.TYPED),
        "base": 0,
    }
    return {"entries": json.dumps([entry])}


def _phrase(world: World) -> dict[str, Any]:
    return {**code_a(world), **uuid_of(world.once(phrase))}


def _own(world: World) -> dict[str, Any]:
    return uuid_of(world.once(own_phrase))


def _kind(**more: str) -> Any:
    return lambda _world: {"subjects": "MATH", "part": "NEXT", "band": "ANY", **more}


ROUTES = {
    "remarks:own": Sample(shared=True),
    "remarks:own_phrases": Sample(shared=True),
    "remarks:own_paste": Sample(shared=True),
    "remarks:own_edit": Sample(_own, own=lambda w: w.once(teacher)),
    "remarks:own_remove": Sample(_own, own=lambda w: w.once(teacher)),
    "remarks:sheet": Sample(_sheet),
    "remarks:save": Sample(_sheet),
    "remarks:print": Sample(_sheet),
    "remarks:workbook": Sample(_sheet),
    "remarks:school": Sample(code_a, also=SEE_SCHOOL),
    "remarks:phrases": Sample(code_a, also=SEE_SCHOOL),
    "remarks:paste": Sample(code_a, also=SEE_SCHOOL),
    "remarks:take": Sample(code_a, also=SEE_SCHOOL),
    "remarks:edit": Sample(_phrase, also=SEE_SCHOOL),
    "remarks:remove": Sample(_phrase, also=SEE_SCHOOL),
    "remarks:setting": Sample(code_a, also=SEE_SCHOOL),
}
DEEDS = {
    "remarks:save": Deed(Remark, _entries, status=200, by=lambda w: w.once(teacher)),
    "remarks:own_paste": Deed(Phrase, _kind(texts="Em ôn bài mỗi tối."), is_own=True),
    "remarks:own_edit": Deed(Phrase, _kind(text="Em tính cẩn thận."), by=lambda w: w.once(teacher)),
    "remarks:own_remove": Deed(Phrase, by=lambda w: w.once(teacher)),
    "remarks:paste": Deed(Phrase, _kind(texts="Em ôn bài mỗi tối.")),
    "remarks:take": Deed(Phrase),
    "remarks:edit": Deed(Phrase, _kind(text="Em tính cẩn thận.")),
    "remarks:remove": Deed(Phrase),
    "remarks:setting": Deed(
        RemarkSetting, lambda _w: {"longest": 200, "longest_overall": 400, "forbidden": "lơ là"}
    ),
}


def _one(world: World, actor: Actor) -> list[Any]:
    try:
        target = get_target_for(actor, world.once(book).uuid, VIEW_REMARKS)
    except NotFound:
        return []
    return sheet_for(actor=actor, target=target, period=1).rows


def _school(world: World, actor: Actor) -> list[Any]:
    world.once(book)
    return targets_of_school(actor=actor, school=world.cast.school_a, year=make_year())


READS = {
    "comments of a class": _one,
    "what is commented on at a school": _school,
}
ACTS = {
    "add phrases of a school": lambda w, actor: actions.add_phrases(
        actor=actor,
        school=w.cast.school_a,
        subjects="ALL",
        part="NEXT",
        band="ANY",
        texts=["Em giữ nhịp học."],
        now=NOW,
    ),
    "take over the shipped phrases": lambda w, actor: actions.take_shipped(
        actor=actor, school=w.cast.school_a, now=NOW
    ),
    "change a phrase of a school": lambda w, actor: actions.change_phrase(
        actor=actor,
        school=w.cast.school_a,
        uuid=w.once(phrase).uuid,
        subjects="ALL",
        part="NEXT",
        band="ANY",
        text="Em giữ nhịp học tốt.",
        now=NOW,
    ),
    "remove a phrase of a school": lambda w, actor: actions.remove_phrase(
        actor=actor, school=w.cast.school_a, uuid=w.once(phrase).uuid, now=NOW
    ),
    "say what comments may be": lambda w, actor: actions.set_limits(
        actor=actor,
        school=w.cast.school_a,
        longest=200,
        longest_overall=400,
        forbidden=[],
        now=NOW,
    ),
}
MAKES = (room, book, teacher, phrase, own_phrase)
