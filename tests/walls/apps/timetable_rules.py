"""Rows of the matrix for what is asked of timetables: rules, departments, wishes, bell times."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from khuevan.kernel.actor import Actor
from khuevan.platform.sheets.api import SheetImport
from khuevan.registry.schools.actions import CampusData, add_campus
from khuevan.registry.schools.api import AcademicYear, Campus, HomeroomClass
from khuevan.school.timetable.actions import rules, terms, wishes
from khuevan.school.timetable.actions.bells import drop_bells, set_bells
from khuevan.school.timetable.actions.rules import Whom, Word
from khuevan.school.timetable.actions.wishes import Wish
from khuevan.school.timetable.bell_rules import usual_times
from khuevan.school.timetable.core.values import Grid, Lesson, Problem, StudentSet, Teacher
from khuevan.school.timetable.fet.document import Document
from khuevan.school.timetable.fet.writing import write_problem
from khuevan.school.timetable.models import BellPeriod
from khuevan.school.timetable.rule_models import (
    CampusWay,
    Department,
    PublishingNotice,
    RuleSetting,
    TeacherWish,
)
from khuevan.school.timetable.selectors.rules import Place, settings_of
from khuevan.school.timetable.selectors.wishes import wishes_of
from tests.cast import actor_of
from tests.factories import EVERYTHING, NOW, TODAY, UNITS_START, make_year
from tests.walls.apps.timetable import taught
from tests.walls.shapes import SEE_SCHOOL, Deed, Sample, code_a
from tests.walls.world import World, uuid_of

ROWS_OF_DAY = Word("TT-S11", 6, params={"most": 3})
SPOTS = {"spots": ["2-MORNING-1"], "reason": "Đi học"}
BELLS = {"starts_on": "01/12/2026", "MORNING-1-from": "07:00", "MORNING-1-to": "07:45"}
YESTERDAY = NOW - timedelta(days=1)
"""When wishes were asked: pages answer by the clock, which may stand before NOW."""
LAST_YEAR = date(2025, 8, 1)
LATER_BELLS = date(2027, 5, 3)
ON = {"is_on": "on", "kind": "wish", "cost": "5"}


def setting(world: World) -> RuleSetting:
    """Say how many periods in a row one teacher of school A has."""
    return rules.set_rule(
        actor=EVERYTHING,
        school=world.cast.school_a,
        year=make_year(),
        word=ROWS_OF_DAY,
        whom=Whom(member=world.cast.toan.staff_member),
        now=NOW,
    )


def department(world: World) -> Department:
    """Record a department of school A."""
    world.once(taught)
    return rules.set_department(
        actor=EVERYTHING,
        school=world.cast.school_a,
        year=make_year(),
        name="Tổ Văn",
        subjects=["Ngữ văn"],
        now=NOW,
    )


def own_wish(world: World) -> TeacherWish:
    """Let Lan of school A ask to be free on a day."""
    return wishes.ask_wish(
        actor=actor_of(world.cast.lan),
        school=world.cast.school_a,
        year=make_year(),
        wish=Wish("FREE", free_days=1),
        now=YESTERDAY,
    )


def wish(world: World) -> TeacherWish:
    """Record when a teacher of school A is away."""
    return wishes.record_wish(
        actor=EVERYTHING,
        school=world.cast.school_a,
        year=make_year(),
        member=world.cast.toan.staff_member,
        wish=Wish("AWAY", spots=("1-MORNING-1",)),
        on=TODAY,
        now=YESTERDAY,
    )


def _member(world: World) -> dict[str, Any]:
    member = world.cast.toan.staff_member
    return {**code_a(world), "uuid": member.uuid, "kind": "other_school"}


def _afternoon(world: World) -> dict[str, Any]:
    world.once(taught)
    return {"grade": "6", "session": "AFTERNOON"}


def of_last_year(world: World) -> RuleSetting:
    """Say a rule for the year before."""
    year, _made = AcademicYear.objects.get_or_create(
        code="2025-2026", defaults={"starts_on": LAST_YEAR, "ends_on": make_year().starts_on}
    )
    return rules.set_rule(
        actor=EVERYTHING,
        school=world.cast.school_a,
        year=year,
        word=Word("TT-S07", 3, params={"least": 1, "most": 5}),
        now=NOW,
    )


def copied(world: World) -> dict[str, Any]:
    """Return nothing to send, once there is something to take over."""
    world.once(of_last_year)
    return {}


def _campuses(world: World) -> list[Campus]:
    main = world.once(taught).campus
    rows = Campus.objects.unscoped(because="a test names them").filter(name="Bản Xa")
    far = rows.first() or add_campus(
        actor=EVERYTHING,
        school_id=world.cast.school_a.pk,
        data=CampusData("Bản Xa"),
        starts_on=UNITS_START,
        now=NOW,
    )
    return [main, far]


def _both_ends(world: World) -> dict[str, str]:
    one, other = _campuses(world)
    return {"one": str(one.uuid), "other": str(other.uuid)}


def way(world: World) -> dict[str, str]:
    """Say how far two campuses of school A are apart; return both."""
    one, other = _campuses(world)
    terms.set_way(
        actor=EVERYTHING,
        school=world.cast.school_a,
        one=one.uuid,
        other=other.uuid,
        km=Decimal(3),
        minutes=None,
        now=NOW,
    )
    return _both_ends(world)


def later_bells(world: World) -> dict[str, str]:
    """Set bell times that begin later; return their first day."""
    set_bells(
        actor=EVERYTHING,
        school=world.cast.school_a,
        level="",
        bells=usual_times(""),
        starts_on=LATER_BELLS,
        now=NOW,
    )
    return {"starts_on": LATER_BELLS.isoformat()}


def _problem(world: World) -> dict[str, Any]:
    """Return a problem of FET with one lesson."""
    world.once(taught)
    lesson = Lesson(1, ("Lê Thị Thời",), "Ngữ văn", ("6V",))
    problem = Problem(
        Grid(("Thứ 2",), ("1",)), (Teacher("Lê Thị Thời"),), (StudentSet("6V"),), (), (lesson,), ()
    )
    content = write_problem(Document(problem)).text.encode()
    return {"file": SimpleUploadedFile("khac.fet", content)}


def _rule(code: str) -> Any:
    return lambda world: {**code_a(world), "rule": code}


def _of(maker: Any) -> Any:
    return lambda world: uuid_of(world.once(maker))


def _grade(world: World) -> dict[str, Any]:
    world.once(taught)
    return {**ON, "whom": "GRADE:6", "most": "3"}


def _subjects(world: World) -> dict[str, Any]:
    world.once(taught)
    return {"name": "Tổ Toán", "subjects": ["Ngữ văn"]}


ROUTES = {
    "timetable:bells": Sample(code_a, also=SEE_SCHOOL),
    "timetable:grade_session": Sample(code_a),
    "GET /api/v1/schools/<code>/timetable-rules": Sample(code_a),
    "GET /api/v1/schools/<code>/timetable-wishes": Sample(code_a),
    "timetable:from_fet": Sample(code_a, also=SEE_SCHOOL),
    "timetable:terms": Sample(code_a, also=SEE_SCHOOL),
    "timetable:way": Sample(code_a, also=SEE_SCHOOL),
    "timetable:way_remove": Sample(code_a),
    "timetable:bells_drop": Sample(code_a),
    "timetable:own_wishes": Sample(own=lambda w: w.cast.lan),
    "timetable:own_wish": Sample(lambda _w: {"kind": "away"}, own=lambda w: w.cast.lan),
    "timetable:own_withdraw": Sample(_of(own_wish), own=lambda w: w.cast.lan),
    "timetable:wishes": Sample(code_a, also=SEE_SCHOOL),
    "timetable:member_wish": Sample(_member, also=SEE_SCHOOL),
    "timetable:wish_answer": Sample(_of(wish)),
    "timetable:wish_remove": Sample(_of(wish)),
    "timetable:rules": Sample(code_a, also=SEE_SCHOOL),
    "timetable:rules_copy": Sample(code_a),
    "timetable:rule": Sample(_rule("TT-S11"), also=SEE_SCHOOL),
    "timetable:rule_more": Sample(_rule("TT-H11"), also=SEE_SCHOOL),
    "timetable:rule_drop": Sample(_of(setting)),
    "timetable:department": Sample(code_a, also=SEE_SCHOOL),
    "timetable:department_remove": Sample(_of(department)),
}
DEEDS = {
    "timetable:bells": Deed(BellPeriod, lambda _w: BELLS),
    "timetable:from_fet": Deed(SheetImport, _problem),
    "timetable:terms": Deed(PublishingNotice, lambda _w: {"working_days": "4"}),
    "timetable:way": Deed(CampusWay, lambda w: {**_both_ends(w), "km": "7.5"}),
    "timetable:way_remove": Deed(CampusWay, lambda w: w.once(way)),
    "timetable:bells_drop": Deed(BellPeriod, lambda w: w.once(later_bells)),
    "timetable:grade_session": Deed(HomeroomClass, _afternoon),
    "timetable:own_wish": Deed(TeacherWish, lambda _w: SPOTS, is_own=True),
    "timetable:own_withdraw": Deed(TeacherWish, by=lambda w: w.cast.lan),
    "timetable:member_wish": Deed(TeacherWish, lambda _w: SPOTS),
    "timetable:wish_answer": Deed(TeacherWish, lambda _w: {"accepts": "1", "answer": "Được"}),
    "timetable:wish_remove": Deed(TeacherWish),
    "timetable:rules_copy": Deed(RuleSetting, copied),
    "timetable:rule": Deed(RuleSetting, lambda _w: {**ON, "most": "4"}),
    "timetable:rule_more": Deed(RuleSetting, _grade),
    "timetable:rule_drop": Deed(RuleSetting),
    "timetable:department": Deed(Department, _subjects),
    "timetable:department_remove": Deed(Department),
}


def _place(world: World) -> Place:
    return Place(world.cast.school_a, make_year())


def _settings(world: World, actor: Actor) -> list[Any]:
    world.once(setting)
    return settings_of(actor, _place(world))


def _wishes(world: World, actor: Actor) -> list[Any]:
    world.once(wish)
    return wishes_of(actor=actor, school=world.cast.school_a, year=make_year())


READS = {"rules of timetables": _settings, "wishes for the timetable": _wishes}
ACTS = {
    "set bell times": lambda w, actor: set_bells(
        actor=actor,
        school=w.cast.school_a,
        level="",
        bells=usual_times("THCS"),
        starts_on=TODAY,
        now=NOW,
    ),
    "take back bell times": lambda w, actor: drop_bells(
        actor=actor,
        school=w.cast.school_a,
        level="",
        starts_on=date.fromisoformat(w.once(later_bells)["starts_on"]),
        now=NOW,
    ),
    "say how early timetables are published": lambda w, actor: terms.set_notice(
        actor=actor, school=w.cast.school_a, working_days=5, now=NOW
    ),
    "say how far two campuses are apart": lambda w, actor: terms.set_way(
        actor=actor,
        school=w.cast.school_a,
        one=_campuses(w)[0].uuid,
        other=_campuses(w)[1].uuid,
        km=Decimal(4),
        minutes=None,
        now=NOW,
    ),
    "remove a way": lambda w, actor: terms.remove_way(
        actor=actor,
        school=w.cast.school_a,
        one=UUID(w.once(way)["one"]),
        other=UUID(w.once(way)["other"]),
        now=NOW,
    ),
    "record a wish for the timetable": lambda w, actor: wishes.record_wish(
        actor=actor,
        school=w.cast.school_a,
        year=make_year(),
        member=w.cast.toan.staff_member,
        wish=Wish("SPARED", spots=("1-MORNING-1",)),
        on=TODAY,
        now=NOW,
    ),
    "answer a wish for the timetable": lambda w, actor: wishes.answer_wish(
        actor=actor, uuid=w.once(wish).uuid, accepts=True, now=NOW
    ),
    "remove a wish for the timetable": lambda w, actor: wishes.remove_wish(
        actor=actor, uuid=w.once(wish).uuid, now=NOW
    ),
    "take over the rules of last year": lambda w, actor: rules.take_over_rules(
        actor=actor, school=w.cast.school_a, year=make_year(), now=NOW
    ),
    "set a rule of timetables": lambda w, actor: rules.set_rule(
        actor=actor,
        school=w.cast.school_a,
        year=make_year(),
        word=ROWS_OF_DAY,
        now=NOW,
    ),
    "take back a rule of timetables": lambda w, actor: rules.drop_rule(
        actor=actor, uuid=w.once(setting).uuid, now=NOW
    ),
    "record a department": lambda w, actor: rules.set_department(
        actor=actor,
        school=w.cast.school_a,
        year=make_year(),
        name="Tổ Toán",
        subjects=["Toán"],
        now=NOW,
    ),
    "remove a department": lambda w, actor: rules.remove_department(
        actor=actor, uuid=w.once(department).uuid, now=NOW
    ),
}
MAKES = (setting, department, of_last_year, own_wish, wish, way, later_bells)
