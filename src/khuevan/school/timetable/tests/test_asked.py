"""Each rule of the sheet, as the editor's board holds a school's timetable against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, make_class, make_staff, make_year

from khuevan.registry.curriculum import api as curriculum
from khuevan.registry.schools.api import Campus, Room, RoomKind
from khuevan.registry.staff import api as staff
from khuevan.school.timetable.actions import rules
from khuevan.school.timetable.actions.rules import EVERYBODY, Whom, Word
from khuevan.school.timetable.asked.terms import TERMS, usual_params
from khuevan.school.timetable.boards import desk_of
from khuevan.school.timetable.core.checking import check
from khuevan.school.timetable.core.rulebook import RULES
from khuevan.school.timetable.core.values import Placement
from khuevan.school.timetable.errors import NoSuchRule, NumbersCross, TwoClassesNeeded
from khuevan.school.timetable.grids import read_spot
from khuevan.school.timetable.models import ScheduledLesson, Timetable
from khuevan.school.timetable.rule_models import RuleSetting, TeacherWish, WishState

MONDAY = date(2026, 11, 30)
WITH_CLASS = "Hoạt động trải nghiệm, hướng nghiệp"
SPORT = "Giáo dục thể chất"
Rows = list[tuple[str, str, str, str]]
"""Class, subject, teacher, and spot: day (2 is Monday) and period, “c” before the afternoon's."""


@dataclass
class School:
    """A school with a draft, whose lessons a test writes down."""

    cast: Cast
    timetable: Timetable
    people: dict[str, Any] = field(default_factory=dict)
    rooms: dict[str, Any] = field(default_factory=dict)

    def teacher(self, name: str) -> Any:
        """Return a teacher of the school, taken on when first named."""
        if name not in self.people:
            self.people[name] = make_staff(name, school=self.cast.school_a)
        return self.people[name]

    def room(self, name: str) -> Any:
        """Return a class of the school, opened when first named."""
        if name not in self.rooms:
            self.rooms[name] = make_class(name, school=self.cast.school_a)
        return self.rooms[name]

    def stand(self, rows: Rows) -> None:
        """Let the draft have these lessons alone."""
        ScheduledLesson.objects.unscoped(because="a test").filter(timetable=self.timetable).delete()
        for name, subject, teacher, spot in rows:
            member = self.teacher(teacher)
            day, half, period = spot_of(spot)
            ScheduledLesson.objects.create(
                timetable=self.timetable,
                school_id=self.timetable.school_id,
                homeroom_class=self.room(name),
                subject_name=subject,
                staff_member=member,
                person=member.person,
                weekday=day,
                half=half,
                period=period,
            )
        rules.touch(self.timetable.school_id)

    def says(self, code: str, whom: Whom = EVERYBODY, **params: Any) -> RuleSetting:
        """Say a rule as the principal; what isn't said is as usual."""
        is_on, weight = params.pop("is_on", True), params.pop("weight", RULES[code].weight)
        given = {**usual_params(code), **params}
        return rules.set_rule(
            actor=actor_of(self.cast.hung),
            school=self.cast.school_a,
            year=make_year(),
            word=Word(code, int(weight), is_on=is_on, params=given),
            whom=whom,
            now=NOW,
        )

    def wish(self, kind: str, teacher: str, **values: Any) -> None:
        """Let a teacher have asked for something, and the school have accepted it."""
        member = self.teacher(teacher)
        TeacherWish.objects.create(
            school=self.cast.school_a,
            academic_year=make_year(),
            staff_member=member,
            person=member.person,
            kind=kind,
            asked_at=NOW,
            **{"state": WishState.ACCEPTED, **values},
        )

    def broken(self) -> set[str]:
        """Return the rules that are broken on the editor's board."""
        row = Timetable.objects.unscoped(because="a test").get(pk=self.timetable.pk)
        return {one.constraint.source for one in desk_of(row).board.findings().violations}


def spot_of(text: str) -> tuple[int | None, str, int | None]:
    """Return “2.1” as Monday's first period, “3.c2” as Tuesday's second in the afternoon."""
    if not text:
        return None, "", None
    day, period = text.split(".")
    half = "AFTERNOON" if period.startswith("c") else "MORNING"
    return int(day) - 1, half, int(period.removeprefix("c"))


@pytest.fixture
def school(cast: Cast) -> School:
    """Return a school with an empty draft."""
    made = Timetable.objects.create(
        school=cast.school_a, academic_year=make_year(), name="Bản nháp", starts_on=MONDAY, days=6
    )
    return School(cast, made)


def six(teacher: str, day: int, *periods: str) -> Rows:
    """Return lessons of one teacher in class after class, at these periods of a day."""
    rows = enumerate(periods)
    return [(f"6{chr(75 + at)}", f"Môn {at}", teacher, f"{day}.{one}") for at, one in rows]


def of(subject: str, *spots: str, room: str = "6Y", teacher: str = "Lê Thị Thời") -> Rows:
    """Return lessons of a subject of a class."""
    return [(room, subject, teacher, spot) for spot in spots]


def day_of(room: str, day: int, *periods: str) -> Rows:
    """Return lessons of different subjects and teachers of a class on a day."""
    return [(room, f"Môn {one}", f"Cô {one}", f"{day}.{one}") for one in periods]


def _homeroom(school: School) -> None:
    room, member = school.room("6Y"), school.teacher("Lê Thị Thời")
    staff.assign_homeroom(
        actor=EVERYTHING, homeroom_class=room, member=member, starts_on=MONDAY, now=NOW
    )


def _plan(school: School) -> None:
    curriculum.plan_subject(
        actor=EVERYTHING,
        class_uuid=school.room("6Y").uuid,
        subject_name="Ngữ văn",
        kind="COMPULSORY",
        weeks=[2] * 35,
        now=NOW,
    )


def _computer_room(school: School) -> None:
    _main, _far = _campuses(school)
    Room.objects.create(
        school=school.cast.school_a, campus=_main, name="Phòng Tin", match_name="phong tin",
        sort_key="tin", kind=RoomKind.COMPUTER, starts_on=date(2020, 1, 1),
    )  # fmt: skip


def _campuses(school: School) -> tuple[Campus, Campus]:
    rows = Campus.objects.unscoped(because="a test").filter(school=school.cast.school_a)
    main = rows.filter(is_main=True).first() or Campus.objects.create(
        school=school.cast.school_a, name="Điểm chính", match_name="diem chinh", is_main=True,
        starts_on=date(2020, 1, 1),
    )  # fmt: skip
    far = Campus.objects.create(
        school=school.cast.school_a, name="Bản Xa", match_name="ban xa", distance_km=2,
        starts_on=date(2020, 1, 1),
    )  # fmt: skip
    return main, far


def _two_campuses(school: School) -> None:
    _main, far = _campuses(school)
    room = school.room("6Z")
    room.campus = far
    room.save(update_fields=["campus"])


def _block(code: str) -> Callable[[School], None]:
    def arrange(school: School) -> None:
        rooms = [str(school.room(name).uuid) for name in ("6Y", "6Z")]
        school.says(code, classes=rooms, subjects=["Vật lí", "Địa lí"])

    return arrange


def _meeting(school: School) -> None:
    made = rules.set_department(
        actor=EVERYTHING, school=school.cast.school_a, year=make_year(), name="Tổ Toán",
        subjects=["Toán"], now=NOW,
    )  # fmt: skip
    school.says("TT-S06", Whom(department=made), spots=["4-AFTERNOON-3", "4-AFTERNOON-4"])


def _asked(kind: str, **values: Any) -> Callable[[School], None]:
    return lambda school: school.wish(kind, "Lê Thị Thời", **values)


def _as_it_was(school: School) -> None:
    school.stand(of("Toán", "2.1", "3.1"))
    source = school.timetable
    school.timetable = Timetable.objects.create(
        school=source.school, academic_year=source.academic_year, name="Bản sau",
        starts_on=date(2026, 12, 7), days=6, copied_from=source,
    )  # fmt: skip


def _four_a_session(code: str) -> Callable[[School], None]:
    def arrange(school: School) -> None:
        school.says(code, session=4, day=7)

    return arrange


def _nothing(_school: School) -> None:
    """Leave all as usual."""


LAST = "7.5"
TWO_SPORT = of(SPORT, "3.1", "3.2")
LESSONS_WITH_CLASS = ("2.1", "3.1")
RULE_CASES: dict[str, tuple[Callable[[School], None], Rows, Rows]] = {
    "TT-H01": (
        _nothing,
        [*of("Toán", "2.1"), *of("Toán", "2.1", room="6Z")],
        [*of("Toán", "2.1"), *of("Toán", "2.2", room="6Z")],
    ),
    "TT-H02": (_plan, of("Ngữ văn", "2.1", "3.1", "4.1"), of("Ngữ văn", "2.1", "3.1")),
    "TT-H03": (_nothing, of("Toán", "2.c1"), of("Toán", "2.1")),
    "TT-H04": (
        _four_a_session("TT-H04"),
        day_of("6Y", 2, "1", "2", "3", "4", "5"),
        day_of("6Y", 2, "1", "2", "3", "4"),
    ),
    "TT-H05": (_nothing, of(WITH_CLASS, "3.1", LAST), of(WITH_CLASS, "2.1", LAST)),
    "TT-H06": (_nothing, [*of(WITH_CLASS, "2.1", "5.1"), *of("Toán", "6.1")],
               [*of(WITH_CLASS, "2.1", "6.2"), *of("Toán", "6.1")]),
    "TT-H07": (_asked("AWAY", spots=["1-MORNING-1"]), of("Toán", "2.1"), of("Toán", "2.2")),
    "TT-H08": (
        _computer_room,
        [*of("Tin học", "2.1"), *of("Tin học", "2.1", room="6Z", teacher="Cô Hai")],
        [*of("Tin học", "2.1"), *of("Tin học", "2.2", room="6Z", teacher="Cô Hai")],
    ),
    "TT-H09": (
        _block("TT-H09"),
        [*of("Vật lí", "2.1"), *of("Địa lí", "3.1", room="6Z", teacher="Cô Hai")],
        [*of("Vật lí", "2.1"), *of("Địa lí", "2.1", room="6Z", teacher="Cô Hai")],
    ),
    "TT-H10": (
        _block("TT-H10"),
        [*of("Vật lí", "2.1"), *of("Vật lí", "3.1", room="6Z")],
        [],
    ),
    "TT-H11": (_nothing, of("Toán", "2.1", "2.2", "2.3"), of("Toán", "2.1", "2.2", "3.1")),
    "TT-H12": (_nothing, TWO_SPORT, of(SPORT, "3.1", "5.1")),
    "TT-H13": (
        _two_campuses,
        [*of("Toán", "2.1"), *of("Toán", "2.2", room="6Z")],
        [*of("Toán", "2.1"), *of("Toán", "2.3", room="6Z")],
    ),
    "TT-H14": (
        _four_a_session("TT-H14"),
        six("Lê Thị Thời", 2, "1", "2", "3", "4", "5"),
        six("Lê Thị Thời", 2, "1", "2", "3", "4"),
    ),
    "TT-H15": (_asked("SPARED", spots=["1-MORNING-1"]), of("Toán", "2.1"), of("Toán", "2.2")),
    "TT-H16": (_asked("OTHER_SCHOOL", spots=["3-MORNING-1"]), of("Toán", "4.1"), of("Toán", "2.1")),
    "TT-H17": (_nothing, of("Toán", "2.1", "2.3"), of("Toán", "2.1", "2.2")),
    "TT-S01": (_nothing, six("Lê Thị Thời", 2, "1", "4"), six("Lê Thị Thời", 2, "1", "2")),
    "TT-S02": (
        _nothing,
        of("Toán", "2.1", "3.1", "5.1", "6.1"),
        of("Toán", "2.1", "2.2", "4.1", "6.1"),
    ),
    "TT-S03": (_nothing, of("Tin học", "2.1", "3.1"), of("Tin học", "2.1", "4.1")),
    "TT-S04": (_nothing, of("Toán", "2.5", "4.5"), of("Toán", "2.5", "4.1")),
    "TT-S05": (_asked("FREE", free_days=5), of("Toán", "2.1", "4.1"), of("Toán", "2.1", "2.2")),
    "TT-S06": (_meeting, of("Toán", "5.c3"), of("Toán", "5.c2")),
    "TT-S07": (_nothing, of("Toán", "2.1"), of("Toán", "2.1", "2.2")),
    "TT-S08": (_homeroom, of("Toán", "2.1", "3.1"), of("Toán", "2.1", "7.1")),
    "TT-S09": (
        _nothing,
        [*of("Toán", "2.1", "3.1"), *of("Toán", "4.1", "5.1", room="6Z")],
        [*of("Toán", "2.1", "4.1"), *of("Toán", "2.2", "4.2", room="6Z")],
    ),
    "TT-S10": (_as_it_was, of("Toán", "2.1", "4.1"), of("Toán", "2.1", "3.1")),
    "TT-S11": (
        _nothing,
        six("Lê Thị Thời", 2, "1", "2", "3", "4", "5"),
        six("Lê Thị Thời", 2, "1", "2", "3", "4"),
    ),
}  # fmt: skip


def test_there_is_a_case_of_each_rule() -> None:
    assert set(RULE_CASES) == set(RULES) == set(TERMS)


@pytest.mark.parametrize("code", sorted(RULE_CASES))
def test_a_rule_is_told_when_broken_and_silent_when_kept(school: School, code: str) -> None:
    arrange, wrong, right = RULE_CASES[code]
    arrange(school)
    school.stand(wrong)
    assert code in school.broken()
    school.stand(right)
    assert code not in school.broken()
    if not TERMS[code].is_fixed and code not in {"TT-H09", "TT-H10", "TT-S06"}:
        school.stand(wrong)
        school.says(code, is_on=False)
        assert code not in school.broken(), "lifted by the school"


def test_the_nearest_word_counts(school: School) -> None:
    school.stand(of("Toán", "2.1", "2.2", "2.3"))
    grade = school.room("6Y").grade_level
    school.says("TT-H11", Whom(grade=grade), most=3)
    assert "TT-H11" not in school.broken()
    school.says("TT-H11", Whom(room=school.room("6Y")), most=2)
    assert "TT-H11" in school.broken()
    kept = school.says("TT-H11", Whom(subject="Toán"), most=3)
    assert "TT-H11" not in school.broken(), "of that subject something else is said"
    rules.drop_rule(actor=actor_of(school.cast.hung), uuid=kept.uuid, now=NOW)
    assert "TT-H11" in school.broken()


def test_a_rule_of_one_timetable_leaves_the_year_alone(school: School) -> None:
    school.stand(six("Lê Thị Thời", 2, "1", "4"))
    rules.set_rule(
        actor=actor_of(school.cast.hung), school=school.cast.school_a, year=make_year(),
        word=Word("TT-S01", 10, is_on=False), timetable=school.timetable, now=NOW,
    )  # fmt: skip
    assert "TT-S01" not in school.broken()
    other = School(school.cast, Timetable.objects.create(
        school=school.cast.school_a, academic_year=make_year(), name="Bản khác",
        starts_on=date(2026, 12, 14), days=6,
    ), school.people, school.rooms)  # fmt: skip
    other.stand(six("Lê Thị Thời", 2, "1", "4"))
    assert "TT-S01" in other.broken()


def test_a_wish_made_a_must_is_a_clash(school: School) -> None:
    school.stand(six("Lê Thị Thời", 2, "1", "4"))
    row = Timetable.objects.unscoped(because="a test").get(pk=school.timetable.pk)
    assert not [
        one for one in desk_of(row).board.findings().hard if one.constraint.source == "TT-S01"
    ]
    school.says("TT-S01", weight=100)
    row.refresh_from_db()
    assert [one for one in desk_of(row).board.findings().hard if one.constraint.source == "TT-S01"]


def test_what_makes_no_sense_is_refused(school: School) -> None:
    for word, whom in (
        (Word("TT-H01", 100, is_on=False), EVERYBODY),
        (Word("TT-H14", 100, params={"session": 0, "day": 7}), EVERYBODY),
        (Word("TT-H14", 0, params={"session": 5, "day": 7}), EVERYBODY),
        (Word("TT-H17", 100), Whom(member=school.teacher("Lê Thị Thời"))),
    ):
        with pytest.raises(NoSuchRule):
            _say(school, word, whom)
    with pytest.raises(NumbersCross):
        _say(school, Word("TT-S07", 3, params={"least": 5, "most": 2}))
    with pytest.raises(TwoClassesNeeded):
        _say(school, Word("TT-H09", 100, params={"classes": ["x"], "subjects": ["Toán"]}))


def _say(school: School, word: Word, whom: Whom = EVERYBODY) -> None:
    rules.set_rule(
        actor=actor_of(school.cast.hung), school=school.cast.school_a, year=make_year(),
        word=word, whom=whom, now=NOW,
    )  # fmt: skip


def test_rules_go_along_into_a_new_year_once(school: School) -> None:
    school.says("TT-S11", most=3)
    school.says("TT-H11", Whom(room=school.room("6Y")), most=1)
    after = type(make_year()).objects.create(
        code="2027-2028", starts_on=make_year().ends_on, ends_on=date(2028, 8, 1)
    )
    count = rules.take_over_rules(
        actor=actor_of(school.cast.hung), school=school.cast.school_a, year=after, now=NOW
    )
    rows = RuleSetting.objects.unscoped(because="a test").filter(academic_year=after)
    assert count == 1
    assert [(row.code, row.params["most"]) for row in rows] == [("TT-S11", 3)]


@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    moves=st.lists(
        st.tuples(st.integers(0, 11), st.none() | st.tuples(st.integers(0, 5), st.integers(0, 9))),
        max_size=12,
    )
)
def test_the_board_costs_what_a_check_from_anew_says(
    school: School, moves: list[tuple[int, tuple[int, int] | None]]
) -> None:
    if not school.people:
        for arrange in (_homeroom, _block("TT-H09"), _meeting, _asked("FREE", free_days=2)):
            arrange(school)
        school.stand(
            [
                *of("Toán", "2.1", "2.2", "3.1", "4.2"),
                *of(WITH_CLASS, "2.3", "7.5"),
                *of("Toán", "2.4", "", room="6Z"),
                *of("Vật lí", "5.1"),
                *of("Địa lí", "5.1", room="6Z", teacher="Cô Hai"),
                *of(SPORT, "3.2", "3.3", room="6Z", teacher="Cô Hai"),
            ]
        )
    row = Timetable.objects.unscoped(because="a test").get(pk=school.timetable.pk)
    board = desk_of(row).board.copy()
    lessons = sorted(board.problem.active)
    for number, slot in moves:
        lesson = lessons[number % len(lessons)]
        board.move(lesson, Placement(lesson, *slot) if slot else None)
        anew = check(board.problem, board.placements.values())
        assert board.findings().penalty == pytest.approx(anew.penalty)
        assert len(board.findings().hard) == len(anew.hard)


def test_a_spot_reads_back() -> None:
    spot = read_spot("1-MORNING-2")
    assert spot is not None
    assert (spot.weekday, spot.half, spot.period) == (1, "MORNING", 2)
