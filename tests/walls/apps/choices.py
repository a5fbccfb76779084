"""Rows of the matrix for combinations, rounds of choosing, results and changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.platform.notifications.models import Notification
from khuevan.registry.choices import actions
from khuevan.registry.choices.models import (
    Allotment,
    ChoiceRound,
    Combination,
    CombinationChange,
    PupilCombination,
    WishList,
)
from khuevan.registry.choices.selectors.changes import waiting_changes
from khuevan.registry.choices.selectors.combinations import offers
from khuevan.registry.choices.selectors.rounds import rounds
from khuevan.registry.curriculum.models import ClassSubject, PlanKind
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.students.models import ClassPlacement
from tests.factories import (
    EVERYTHING,
    NOW,
    TODAY,
    make_class,
    make_grade,
    make_student,
    make_year,
)
from tests.walls.shapes import DAY, LAST_DAY, SEE_PUPIL, SEE_SCHOOL, Deed, Sample, code_a, pupil
from tests.walls.world import World, uuid_of

ONE_DAY = timedelta(days=1)
SCIENCE = ["Vật lí", "Hóa học", "Sinh học", "Tin học"]
TOPICS = ["Toán", "Vật lí", "Tin học"]


def _offer(world: World, name: str, grade: str = "6") -> Combination:
    """Offer grade 6 a combination of nothing, which its programme allows; grade 10 a real one."""
    is_upper = grade == "10"
    return actions.make_combination(
        actor=EVERYTHING,
        school=world.cast.school_a,
        year=make_year(),
        grade=make_grade(grade),
        data=actions.CombinationData(
            name,
            SCIENCE if is_upper else [],
            TOPICS if is_upper else [],
            2,
            [] if is_upper else [_room(world, grade).pk],
        ),
        now=NOW,
    )


def _room(world: World, grade: str) -> HomeroomClass:
    return world.cast.class_6a if grade == "6" else world.once(seventh).homeroom_class


def seventh(world: World) -> ClassPlacement:
    """Open a class of grade 7 with one pupil, of whom no other row of the matrix knows."""
    room = make_class("7K", school=world.cast.school_a)
    student = make_student("Phan Thị Bảy", homeroom_class=room)
    ClassSubject.objects.create(
        school=world.cast.school_a,
        homeroom_class=room,
        subject_name="Tin học",
        kind=PlanKind.CLUSTER,
        weeks=[1] * 35,
        annual=35,
    )
    rows = ClassPlacement.objects.unscoped(because="the walls' world")
    return rows.select_related("homeroom_class", "student").get(
        homeroom_class=room, person_id=student.person_id
    )


def third(world: World) -> Combination:
    """Offer grade 7 two combinations, which its class carries; return the second."""
    _offer(world, "Tổ hợp 1", "7")
    return _offer(world, "Tổ hợp 2", "7")


def first(world: World) -> Combination:
    """Offer grade 6 a combination."""
    return _offer(world, "Tổ hợp 1")


def second(world: World) -> Combination:
    """Offer it another one."""
    return _offer(world, "Tổ hợp 2")


def upper(world: World) -> Combination:
    """Offer grade 10 two combinations; return the second."""
    _offer(world, "Tổ hợp 1", "10")
    return _offer(world, "Tổ hợp 2", "10")


def _round(world: World, name: str, first_day: Any, last_day: Any, grade: str = "6") -> ChoiceRound:
    for make in (first, second, third):
        world.once(make)
    return actions.open_round(
        actor=EVERYTHING,
        school=world.cast.school_a,
        year=make_year(),
        grade=make_grade(grade),
        data=actions.RoundData(name, first_day, last_day, 2),
        now=NOW,
    )


def open_round(world: World) -> ChoiceRound:
    """Open a round of grade 6 that takes wishes today."""
    return _round(world, "Đợt 1", TODAY, TODAY + ONE_DAY)


def wished(world: World) -> ChoiceRound:
    """Make a round that is over, in which a pupil chose."""
    one = _round(world, "Đợt 2", TODAY - 3 * ONE_DAY, TODAY - ONE_DAY)
    actions.give_wishes(
        actor=EVERYTHING,
        round_uuid=one.uuid,
        student_uuid=world.cast.minh_anh.uuid,
        combination_ids=[world.once(first).pk],
        now=NOW,
    )
    return one


def computed(world: World) -> ChoiceRound:
    """Make a round that is over and computed."""
    one = _round(world, "Đợt 3", TODAY - 3 * ONE_DAY, TODAY - ONE_DAY, "7")
    actions.compute_result(actor=EVERYTHING, uuid=one.uuid, now=NOW)
    return one


def change(world: World) -> CombinationChange:
    """Ask for a combination for a pupil of grade 7."""
    return actions.ask_change(
        actor=EVERYTHING,
        student=world.once(seventh).student,
        after=world.once(third),
        data=actions.ChangeData(TODAY, "Theo đơn"),
        now=NOW,
    )


def _ask(world: World, actor: Actor) -> CombinationChange:
    return actions.ask_change(
        actor=actor,
        student=world.cast.minh_anh,
        after=world.once(second),
        data=actions.ChangeData(TODAY, "Theo đơn"),
        now=NOW,
    )


def _upper(world: World) -> dict[str, Any]:
    world.once(upper)
    return code_a(world)


def _carried(world: World) -> dict[str, Any]:
    world.once(third)
    return code_a(world)


def _of(make: Any) -> Any:
    return lambda world: {**code_a(world), **uuid_of(world.once(make))}


def _by_code(world: World) -> dict[str, Any]:
    return {"uuid": world.once(open_round).uuid}


def _pupil(world: World) -> dict[str, Any]:
    return {**_of(open_round)(world), "student": world.cast.minh_anh.uuid}


def _change(world: World) -> dict[str, Any]:
    world.once(second)
    return pupil(world)


DECIDES = (*SEE_SCHOOL, "choices.round:view", "choices.round:manage")

ROUTES = {
    "choices:board": Sample(code_a, also=SEE_SCHOOL),
    "choices:add": Sample(_upper, also=SEE_SCHOOL),
    "choices:follow": Sample(_carried, also=("curriculum.plan:manage",)),
    "choices:edit": Sample(_of(upper), also=(*SEE_SCHOOL, "choices.round:view")),
    "choices:close": Sample(_of(upper)),
    "choices:round_add": Sample(_upper, also=SEE_SCHOOL),
    "choices:round": Sample(_of(open_round), also=SEE_SCHOOL),
    "choices:round_edit": Sample(_of(open_round), also=SEE_SCHOOL),
    "choices:remind": Sample(_of(open_round)),
    "choices:compute": Sample(_of(wished)),
    "choices:publish": Sample(_of(computed), also=DECIDES),
    "choices:list": Sample(_of(open_round), also=SEE_SCHOOL),
    "choices:file": Sample(_of(open_round)),
    "choices:wishes": Sample(_pupil, also=SEE_SCHOOL),
    "choices:change": Sample(_change, also=(*SEE_PUPIL, "choices.round:view")),
    "choices:decide": Sample(lambda w: uuid_of(w.once(change))),
    "family:choices_home": Sample(status=302),
    "family:choices": Sample(pupil, own=lambda w: w.cast.huong, also=("family.child:view",)),
    "GET /api/v1/schools/<code>/combinations": Sample(code_a),
    "GET /api/v1/choice-rounds/<uuid>": Sample(_by_code),
}


def _said(_world: World) -> dict[str, Any]:
    return {"name": "Tổ hợp 9", "options": SCIENCE, "clusters": TOPICS, "capacity": "40"}


def _days(_world: World) -> dict[str, Any]:
    return {"name": "Đợt 9", "first": DAY, "last": LAST_DAY, "most_wishes": "2", "score_name": ""}


def _wish(world: World) -> dict[str, Any]:
    return {"wish_1": world.once(second).pk}


DEEDS = {
    "choices:add": Deed(Combination, _said),
    "choices:follow": Deed(ClassSubject),
    "choices:edit": Deed(Combination, _said),
    "choices:close": Deed(Combination),
    "choices:round_add": Deed(ChoiceRound, _days),
    "choices:round_edit": Deed(ChoiceRound, _days),
    "choices:remind": Deed(Notification),
    "choices:compute": Deed(Allotment),
    "choices:publish": Deed(ChoiceRound, lambda _w: {"takes_effect_on": DAY}),
    "choices:list": Deed(WishList, lambda _w: {"lines": "6A;Phạm Minh Anh;;8;Tổ hợp 2"}),
    "choices:wishes": Deed(WishList, _wish),
    "choices:change": Deed(
        CombinationChange,
        lambda w: {"after": w.once(second).uuid, "on": DAY, "reason": "Theo đơn"},
    ),
    "choices:decide": Deed(PupilCombination, lambda _w: {"answer": "yes"}),
    "family:choices": Deed(WishList, lambda w: {**_wish(w), "round": str(w.once(open_round).uuid)}),
}


def _offers(world: World, actor: Actor) -> list[Any]:
    world.once(first)
    return offers(actor=actor, school=world.cast.school_a, year=make_year(), on=TODAY)


def _rounds(world: World, actor: Actor) -> list[Any]:
    world.once(open_round)
    return rounds(actor=actor, school=world.cast.school_a, year=make_year())


def _changes(world: World, actor: Actor) -> list[Any]:
    world.once(change)
    return waiting_changes(actor=actor, school=world.cast.school_a)


READS = {
    "combinations of a school": _offers,
    "rounds of choosing": _rounds,
    "changes of combination that wait": _changes,
}

ACTS = {
    "offer a combination": lambda w, actor: actions.make_combination(
        actor=actor,
        school=w.cast.school_a,
        year=make_year(),
        grade=make_grade("6"),
        data=actions.CombinationData("Tổ hợp 3", [], [], 2),
        now=NOW,
    ),
    "change a combination": lambda w, actor: actions.change_combination(
        actor=actor,
        uuid=w.once(second).uuid,
        data=actions.CombinationData("Tổ hợp 4", [], [], 3),
        now=NOW,
    ),
    "close a combination": lambda w, actor: actions.close_combination(
        actor=actor, uuid=w.once(second).uuid, on=TODAY, now=NOW
    ),
    "let plans follow combinations": lambda w, actor: actions.plans_follow(
        actor=actor, school=w.cast.school_a, year=make_year(), now=NOW
    ),
    "make groups of combinations": lambda w, actor: actions.make_groups(
        actor=actor,
        school=w.cast.school_a,
        year=make_year(),
        grade=make_grade("6"),
        on=TODAY,
        now=NOW,
    ),
    "open a round": lambda w, actor: (
        w.once(open_round)
        and actions.open_round(
            actor=actor,
            school=w.cast.school_a,
            year=make_year(),
            grade=make_grade("6"),
            data=actions.RoundData("Đợt 8", TODAY + 60 * ONE_DAY, TODAY + 61 * ONE_DAY),
            now=NOW,
        )
    ),
    "change a round": lambda w, actor: actions.change_round(
        actor=actor,
        uuid=w.once(open_round).uuid,
        data=actions.RoundData("Đợt 1", TODAY, TODAY + 5 * ONE_DAY, 2),
        now=NOW,
    ),
    "give wishes": lambda w, actor: actions.give_wishes(
        actor=actor,
        round_uuid=w.once(open_round).uuid,
        student_uuid=w.cast.minh_anh.uuid,
        combination_ids=[w.once(first).pk],
        now=NOW,
    ),
    "list wishes": lambda w, actor: actions.list_wishes(
        actor=actor,
        uuid=w.once(open_round).uuid,
        said=[actions.Said(w.cast.minh_anh.pk, [w.once(first).pk])],
        now=NOW,
    ),
    "remind who has not chosen": lambda w, actor: actions.remind(
        actor=actor, uuid=w.once(open_round).uuid, now=NOW
    ),
    "compute a result": lambda w, actor: actions.compute_result(
        actor=actor, uuid=w.once(wished).uuid, now=NOW
    ),
    "publish a result": lambda w, actor: actions.publish_result(
        actor=actor, uuid=w.once(computed).uuid, takes_effect_on=TODAY, now=NOW
    ),
    "ask for another combination": _ask,
    "decide a change of combination": lambda w, actor: actions.decide_change(
        actor=actor, uuid=w.once(change).uuid, agrees=True, now=NOW
    ),
}

MAKES = (first, second, third, upper, open_round, wished, computed, change)
