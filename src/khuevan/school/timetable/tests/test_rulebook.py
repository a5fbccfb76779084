"""The school's rules TT-H01 to H17 and TT-S01 to S11, with the worked examples of the sheet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from khuevan.school.timetable.core.checking import Findings, check
from khuevan.school.timetable.core.engine import kinds
from khuevan.school.timetable.core.rulebook import RULES, of_rule
from khuevan.school.timetable.core.telling import describe
from khuevan.school.timetable.core.values import Lesson, Placement, Room, StudentSet
from khuevan.school.timetable.tests.build import (
    C1,
    C3,
    C4,
    FRI,
    MON,
    P1,
    P2,
    P3,
    P4,
    P5,
    SAT,
    SCHOOL_WEEK,
    THU,
    TUE,
    WED,
    Taught,
    broken_rules,
    only,
    week,
)


def of(taught: list[Taught], code: str, *names: str, **given: Any) -> Findings:
    """Check a week by one rule alone."""
    built = {name: given.pop(name) for name in ("rooms", "held_in", "sites") if name in given}
    problem, places = week(taught, **built)
    return check(replace(problem, constraints=of_rule(code, *names, **given)), places)


def lan(*slots: tuple[int, int], subject: str = "Toán", classes: str = "6A") -> list[Taught]:
    return [("Lan", subject, classes, slot) for slot in slots]


# The sheet's section 4 and its extra worked examples.


def test_gaps_of_periods_1_2_and_5_are_two() -> None:
    one = only(of(lan((MON, P1), (MON, P2), (MON, P5)), "TT-S01", "Lan"))
    assert (one.count, one.weight, one.penalty, one.is_hard) == (2, 10, 20, False)
    assert one.message == "Lan có 2 tiết trống trong một buổi của Thứ Hai"


def test_the_noon_between_two_sessions_is_no_gap() -> None:
    assert of(lan((MON, P5), (MON, C1)), "TT-S01", "Lan").violations == ()


def test_two_campuses_without_a_free_period_between() -> None:
    taught = lan((MON, P1), (MON, P2))
    assert broken_rules(of(taught, "TT-H13", "Lan", sites=["A", "B"])) == ["TT-H13"]
    apart = lan((MON, P1), (MON, P3))
    assert of(apart, "TT-H13", "Lan", sites=["A", "B"]).violations == ()
    far = of(apart, "TT-H13", "Lan", sites=["A", "B"], far=("B|A",))
    assert broken_rules(far) == ["TT-H13"]
    half_days = lan((MON, P1), (MON, C1))
    assert of(half_days, "TT-H13", sites=["A", "B"], far=("A|B",)).violations == ()


def test_a_rooms_building_is_where_a_lesson_is() -> None:
    rooms = (Room("P1", building="A"), Room("P2", building="B"))
    taught = lan((MON, P1), (MON, P2))
    found = of(taught, "TT-H13", "Lan", rooms=rooms, held_in=["P1", "P2"])
    assert only(found).facts["there"] == "B"


def test_a_pair_across_the_long_break_costs_half() -> None:
    taught = lan((MON, P2), (MON, P3), (WED, P1), (FRI, P4), subject="Ngữ văn")
    wanted: dict[str, Any] = {"subject": "Ngữ văn", "pairs": 1}
    assert of(taught, "TT-S02", "6A", **wanted, across_long_break=True).penalty == 0
    split = only(of(taught, "TT-S02", "6A", **wanted))
    assert (split.count, split.penalty) == (0.5, 4)
    assert "nghỉ dài" in split.message


@pytest.mark.parametrize(
    ("slots", "pairs", "count"),
    [
        (((MON, P1), (MON, P2), (WED, P3), (WED, P4)), 2, 0),
        (((MON, P1), (MON, P2), (WED, P3), (WED, P4)), 1, 1),
        (((MON, P1), (TUE, P2), (WED, P3), (THU, P4)), 2, 2),
        (((MON, P5), (MON, C1)), 1, 1),
    ],
)
def test_exactly_so_many_double_periods(
    slots: tuple[tuple[int, int], ...], pairs: int, count: int
) -> None:
    found = of(lan(*slots), "TT-S02", "6A", subject="Toán", pairs=pairs)
    assert sum(one.count for one in found.violations) == count


def test_a_class_meeting_on_thursday_is_refused() -> None:
    taught = [*lan((THU, P5), subject="SHL"), *lan((FRI, P1))]
    meeting: dict[str, Any] = {"subject": "SHL", "students": "6A", "by": "Lan"}
    assert broken_rules(of(taught, "TT-H06", **meeting)) == ["TT-H06"]
    good = [*lan((SAT, P4), subject="SHL"), *lan((SAT, P1))]
    assert of(good, "TT-H06", **meeting).violations == ()
    other = of(good, "TT-H06", **{**meeting, "by": "Hùng"})
    assert only(other).message == "Tiết 1 (SHL) không do Hùng phụ trách"
    allowed = of(taught, "TT-H06", **meeting, or_slots=((THU, P5),))
    assert allowed.violations == ()


def test_history_has_its_own_number_in_each_half_year() -> None:
    """Two versions by semester: one and two periods a week."""
    taught = lan((MON, P1), subject="Lịch sử", classes="10A")
    first, second = (
        of(taught, "TT-H02", "10A", subject="Lịch sử", periods=periods) for periods in (1, 2)
    )
    assert first.violations == ()
    assert only(second).message == "10A có 1 tiết Lịch sử trong tuần, cần 2 tiết"


def test_an_option_block_at_two_times_is_broken() -> None:
    taught: list[Taught] = [("Lan", "Lí", "10A1", (MON, P1)), ("Hùng", "Địa", "10A2", (MON, P2))]
    assert broken_rules(of(taught, "TT-H09", lessons=(1, 2))) == ["TT-H09"]
    taught[1] = ("Hùng", "Địa", "10A2", (MON, P1))
    assert of(taught, "TT-H09", lessons=(1, 2)).violations == ()


def test_a_pupil_never_has_two_lessons() -> None:
    """Pupils mixed over two classes are a set of their own, shared by both."""
    mixed = StudentSet("nhóm Lí", 30)
    problem, places = week(
        [("Lan", "Lí", "nhóm Lí", (MON, P1)), ("Hùng", "Toán", "10A1", (MON, P1))]
    )
    sets = (StudentSet("10A1", 40, (mixed, StudentSet("10A1 còn lại", 10))), mixed)
    constraints = of_rule("TT-H01")
    found = check(replace(problem, students=sets, constraints=constraints), places)
    assert only(found).facts["who"] == "nhóm Lí"


def test_sports_twice_a_day_or_in_the_heat_are_broken() -> None:
    sports: dict[str, Any] = {"subject": "GDTC", "hours": (P4, P5, C1)}
    twice = of(lan((TUE, P1), (TUE, P2), subject="GDTC", classes="6B"), "TT-H12", "6B", **sports)
    assert broken_rules(twice) == ["TT-H12"]
    hot = of(lan((TUE, P5), subject="GDTC", classes="6B"), "TT-H12", "6B", **sports)
    assert broken_rules(hot) == ["TT-H12"]
    assert not of(lan((TUE, P5), (TUE, P1), classes="6B"), "TT-H12", "6B", **sports).violations


def test_six_periods_in_one_morning_are_too_many() -> None:
    """The sixth can only stand beside another: the engine counts periods taught."""
    long_morning = replace(SCHOOL_WEEK, sessions=((0, 6), (6, 10)))
    problem, places = week(lan(*((MON, hour) for hour in range(6))))
    problem = replace(problem, grid=long_morning, constraints=of_rule("TT-H14", "Lan"))
    assert only(check(problem, places)).facts["found"] == 6
    assert of(lan(*((MON, hour) for hour in range(5))), "TT-H14", "Lan").violations == ()
    eight = lan(*((MON, hour) for hour in (0, 1, 2, 3, 5, 6, 7, 8)))
    assert [one.constraint.kind for one in of(eight, "TT-H14").violations] == ["max_hours_daily"]


def test_a_day_at_the_other_school_is_kept() -> None:
    whole_day = tuple((WED, hour) for hour in range(10))
    away: dict[str, Any] = {"slots": whole_day, "reason": "dạy ở trường B theo văn bản"}
    one = only(of(lan((WED, P2)), "TT-H16", "Lan", **away))
    assert one.message == "Lan có tiết 1 vào Thứ Tư S2, nhưng: dạy ở trường B theo văn bản"
    assert of(lan((THU, P2)), "TT-H16", "Lan", **away).violations == ()


def test_two_periods_on_monday_and_tuesday_cost_six() -> None:
    assert of(lan((MON, P1), (TUE, P1), subject="Tin"), "TT-S03", "6A").penalty == 6
    assert of(lan((MON, P1), (WED, P1), subject="Tin"), "TT-S03", "6A").penalty == 0
    often = lan((MON, P1), (TUE, P1), (WED, P1), (FRI, P1))
    assert of(often, "TT-S03", "6A").penalty == 0


def test_one_member_who_teaches_while_the_department_meets_costs_nine() -> None:
    meeting: dict[str, Any] = {"slots": ((THU, C3), (THU, C4))}
    taught = [*lan((THU, C3)), ("Hùng", "Toán", "6B", (THU, P1))]
    found = of(taught, "TT-S06", "Lan", "Hùng", **meeting)
    assert found.penalty == 9
    assert only(found).facts["who"] == "Lan"


# The other rules.


def test_a_class_learns_in_its_session_alone() -> None:
    found = of(lan((MON, P1), (MON, C1), (MON, C3)), "TT-H03", "6A", sessions=(0,))
    assert only(found).count == 2


def test_a_class_has_five_periods_a_session_and_seven_a_day() -> None:
    full = lan(*((MON, hour) for hour in (0, 1, 2, 3, 4, 5, 6, 7)))
    assert [one.constraint.kind for one in of(full, "TT-H04").violations] == ["max_hours_daily"]
    least = of(full, "TT-H04", only="max_hours_per_session", most=4)
    assert only(least).facts["found"] == 5


def test_the_flag_ceremony_has_its_time_and_its_teacher() -> None:
    ceremony: dict[str, Any] = {
        "subject": "Chào cờ",
        "students": "6A",
        "slots": ((MON, P1),),
        "by": "Lan",
    }
    assert not of(lan((MON, P1), subject="Chào cờ"), "TT-H05", **ceremony).violations
    late = of(lan((MON, P2), subject="Chào cờ"), "TT-H05", **ceremony)
    assert only(late).constraint.kind == "preferred_starts"
    without = of([("Hùng", "Chào cờ", "6A", (MON, P1))], "TT-H05", **ceremony)
    assert only(without).constraint.kind == "taught_by"


def test_a_teacher_is_spared_first_and_last_periods() -> None:
    ends = tuple((day, hour) for day in range(6) for hour in (P1, P5))
    assert broken_rules(of(lan((FRI, P5)), "TT-H15", "Lan", slots=ends)) == ["TT-H15"]


def test_a_sports_ground_takes_two_classes_at_once() -> None:
    taught: list[Taught] = [
        ("Lan", "GDTC", "6A", (MON, P1)),
        ("Hùng", "GDTC", "6B", (MON, P1)),
        ("Mai", "GDTC", "6C", (MON, P1)),
    ]
    ground = Room("Sân", classes=2)
    found = of(taught, "TT-H08", rooms=(ground,), held_in=["Sân"] * 3)
    assert only(found).count == 1
    assert not of(taught[:2], "TT-H08", rooms=(ground,), held_in=["Sân"] * 2).violations
    small = of(taught[:1], "TT-H08", rooms=(Room("Tin", 30),), held_in=["Tin"])
    assert (only(small).facts["found"], only(small).facts["most"]) == (40, 30)


def test_combined_classes_share_each_lesson() -> None:
    together: dict[str, Any] = {"subject": "QPAN", "classes": ("10A", "10B")}
    assert not of(lan((MON, P1), subject="QPAN", classes="10A+10B"), "TT-H10", **together).hard
    apart = lan((MON, P1), subject="QPAN", classes="10A")
    taught = [*apart, *lan((MON, P2), subject="QPAN", classes="10B")]
    assert broken_rules(of(taught, "TT-H10", **together)) == ["TT-H10", "TT-H10"]


def test_one_subject_twice_a_day_and_no_oftener() -> None:
    thrice = lan((MON, P1), (MON, P2), (MON, P4))
    assert only(of(thrice, "TT-H11")).count == 1
    assert not of(thrice, "TT-H11", subject="Tin").violations
    assert not of(thrice[:2], "TT-H11").violations


def test_a_subject_of_many_periods_has_as_many_a_day_as_its_week_asks() -> None:
    """Vietnamese of grade 1: 13 periods in 6 days are three on one of them, and never four."""
    days = [(day, hour) for day in range(6) for hour in (P1, P2)]
    three = lan(*days, (MON, P3), subject="Tiếng Việt", classes="1A")
    assert not of(three, "TT-H11").violations
    assert only(of(three, "TT-H11", subject="Tiếng Việt")).count == 1, "named, it counts as it is"
    four = lan(*days[:-1], (MON, P3), (MON, P4), subject="Tiếng Việt", classes="1A")
    assert only(of(four, "TT-H11")).facts["most"] == 3


def test_pupils_have_no_hole_before_a_lesson() -> None:
    assert only(of(lan((MON, P2), (MON, P4)), "TT-H17", "6A")).count == 2
    assert not of(lan((MON, P1), (MON, P2), (MON, C1)), "TT-H17", "6A").violations


def test_heavy_subjects_are_not_always_last() -> None:
    found = of(lan((MON, P5), (TUE, P5)), "TT-S04", "6A", subjects=("Toán",))
    assert [one.constraint.kind for one in found.violations] == ["not_always_last"]
    assert not of(lan((MON, P5), (TUE, P1)), "TT-S04", "6A", subjects=("Toán",)).violations


def test_last_periods_are_shared_between_classes() -> None:
    taught = [
        *lan((MON, P5), (TUE, P5), (WED, P1)),
        *lan((MON, P1), (TUE, P1), classes="6B"),
    ]
    found = of(taught, "TT-S04", subjects=("Toán",))
    assert (only(found).facts["who"], only(found).count) == ("6A", 1)


def test_free_days_and_half_days_as_wished() -> None:
    every_day = lan(*((day, P1) for day in range(6)))
    assert of(every_day, "TT-S05", "Lan", days=1).penalty == 7
    assert of(every_day, "TT-S05", "Lan", sessions=8).penalty == 14
    assert not of(every_day[:5], "TT-S05", "Lan", days=1).violations


def test_days_are_alike() -> None:
    taught = lan((MON, P1), *((TUE, hour) for hour in range(5)), (WED, P1), (WED, P2))
    assert [one.facts["found"] for one in of(taught, "TT-S07").violations] == [1, 5]


def test_a_homeroom_teacher_sees_the_class_on_its_days() -> None:
    taught = lan((MON, P1), (FRI, P1)) + lan((SAT, P1), classes="6B")
    found = of(taught, "TT-S08", "Lan", students="6A", days=(MON, SAT))
    assert only(found).message == "Lan không dạy 6A vào Thứ Bảy"


def test_parallel_classes_go_in_step() -> None:
    parallel: dict[str, Any] = {"subject": "Toán", "classes": ("6A", "6B")}
    step = lan((MON, P1), (WED, P1)) + lan((MON, P2), (WED, P2), classes="6B")
    assert not of(step, "TT-S09", "Lan", **parallel).violations
    out = lan((MON, P1), (TUE, P1)) + lan((WED, P2), (FRI, P2), classes="6B")
    assert of(out, "TT-S09", "Lan", **parallel).penalty == 3


def test_each_moved_lesson_costs_five() -> None:
    taught = lan((MON, P1), (TUE, P1), (WED, P1))
    former = ((MON, P1), (TUE, P2), (WED, P2))
    found = of(taught, "TT-S10", lessons=(1, 2, 3), slots=former)
    assert found.penalty == 10
    assert found.violations[0].message == "Tiết 2 chuyển từ Thứ Ba S2 sang Thứ Ba S1"


def test_five_periods_running_are_one_too_many() -> None:
    assert of(lan(*((MON, hour) for hour in range(5))), "TT-S11", "Lan").penalty == 6
    assert of(lan(*((MON, hour) for hour in range(2, 7))), "TT-S11", "Lan").penalty == 0


def test_the_penalty_is_the_sum_of_weights_and_times() -> None:
    problem, places = week(lan((MON, P1), (MON, P3), (TUE, P1)))
    wishes = (*of_rule("TT-S01"), *of_rule("TT-S03"))
    assert check(replace(problem, constraints=wishes), places).penalty == 10 + 6


def test_every_rule_of_the_sheet_is_here_with_its_weight() -> None:
    hard = [f"TT-H{at:02}" for at in range(1, 18)]
    soft = [f"TT-S{at:02}" for at in range(1, 12)]
    assert list(RULES) == hard + soft
    assert all(RULES[code].weight == 100 for code in hard)
    assert [RULES[code].weight for code in soft] == [10, 8, 6, 4, 7, 9, 3, 4, 3, 5, 6]
    assert {part.kind for rule in RULES.values() for part in rule.parts} <= {
        name for name, _kind in kinds.items()
    }


def test_a_rule_is_told_in_words() -> None:
    (wish,) = of_rule("TT-S11", "Lan")
    assert describe(wish) == "Lan: nhiều nhất 4 tiết liền nhau"
    (wish,) = of_rule("TT-H11")
    assert describe(wish).startswith("Mọi lớp: ")
    assert all(describe(one) for code in RULES for one in _some(code))


def _some(code: str) -> Any:
    rule = RULES[code]
    given: dict[str, Any] = {name: 1 for part in rule.parts for name in part.needs}
    return of_rule(code, "Lan", **given)


def test_a_rule_asks_for_what_it_needs() -> None:
    with pytest.raises(TypeError, match="TT-H02 needs"):
        of_rule("TT-H02", "6A", subject="Toán")
    with pytest.raises(TypeError, match="TT-H02 knows nothing of colour"):
        of_rule("TT-H02", "6A", subject="Toán", periods=4, colour="red")


def test_two_lessons_of_one_length_are_counted_by_period() -> None:
    """A lesson of two periods is a pair, and two periods of the week."""
    problem, _places = week(lan((MON, P1)))
    double = Lesson(1, ("Lan",), "Toán", ("6A",), duration=2)
    wishes = (
        *of_rule("TT-S02", "6A", subject="Toán", pairs=1),
        *of_rule("TT-H02", "6A", subject="Toán", periods=2),
    )
    problem = replace(problem, lessons=(double,), constraints=wishes)
    assert check(problem, [Placement(1, MON, P4)]).violations == ()
