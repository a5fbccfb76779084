"""What teachers owe and do: the sheet's examples."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.registry.curriculum.errors import FactorUnfit, NormUnknown
from khuevan.registry.curriculum.load_rules import (
    Load,
    LoadFault,
    Taught,
    assigned_weeks,
    load_of,
    uncovered,
)
from khuevan.registry.curriculum.norms import (
    Circumstances,
    Held,
    conversions_on,
    duties_on,
    factor_for,
    norm_for,
    reduction_of,
)

NOW = date(2026, 9, 7)
OLD = date(2025, 4, 21)


def load(
    level: str,
    *taught: tuple[int, str],
    duties: tuple[str, ...] = (),
    who: str = "TEACHER",
    on: date = NOW,
) -> Load:
    """Return the load of somebody who gives these periods with these factors."""
    where = Circumstances(level)
    reductions = [reduction_of(Held(code), where, on=on) for code in duties]
    work = [Taught("x", Fraction(periods), Fraction(factor)) for periods, factor in taught]
    return load_of(norm_for(who, where, on=on), [one for one in reductions if one], work)


def test_1_lower_secondary_with_a_class_and_a_department() -> None:
    found = load("THCS", (14, "1"), duties=("HOMEROOM", "DEPARTMENT_HEAD"))
    assert [found.required, found.over, found.limit] == [12, 2, Fraction("9.5")]
    assert found.faults == ()


def test_2_three_duties_are_one_too_many() -> None:
    duties = ("HOMEROOM", "DEPARTMENT_DEPUTY", "COUNCIL_SECRETARY")
    assert LoadFault.TOO_MANY_DUTIES in load("THPT", (10, "1"), duties=duties).faults
    assert LoadFault.TOO_MANY_DUTIES not in load("THPT", (10, "1"), duties=duties[:2]).faults


def test_3_specialised_periods_count_three_times() -> None:
    assert load("THPT", (4, "3"), (3, "1")).credited == 15


def test_4_primary_with_a_class_is_exactly_met() -> None:
    found = load("TH", (19, "1"), duties=("HOMEROOM",))
    assert found.over == 0
    assert found.faults == ()


def test_5_no_duty_takes_the_place_of_a_deputys_lessons() -> None:
    found = load("THCS", (4, "1"), duties=("HOMEROOM",), who="VICE_PRINCIPAL")
    assert [found.required, found.over] == [4, 0]


def test_6_lessons_at_another_school_count() -> None:
    assert load("THCS", (12, "1"), (8, "1")).credited == 20


def test_7_more_than_half_the_norm_is_refused() -> None:
    found = load("THPT", (26, "1"))
    assert [found.over, found.limit] == [9, Fraction("8.5")]
    assert found.faults == (LoadFault.OVERTIME,)
    assert load("THPT", (25, "1")).faults == ()


def test_a_principal_owes_two() -> None:
    assert load("THPT", (1, "1"), who="PRINCIPAL").faults == (LoadFault.UNDER,)


@pytest.mark.parametrize(
    ("level", "school_type", "periods"),
    [
        ("TH", "", 23),
        ("THCS", "", 19),
        ("THPT", "", 17),
        ("TH", "ETHNIC_SEMI_BOARDING", 21),
        ("THCS", "ETHNIC_SEMI_BOARDING", 17),
        ("THCS", "ETHNIC_BOARDING", 17),
        ("THPT", "ETHNIC_BOARDING", 15),
        ("TH", "SPECIAL_NEEDS", 21),
        ("THCS", "SPECIAL_NEEDS", 17),
        ("THPT", "SPECIAL_NEEDS", 15),
        ("THPT", "GIFTED", 17),
    ],
)
def test_norms_by_level_and_type(level: str, school_type: str, periods: int) -> None:
    norm = norm_for("TEACHER", Circumstances(level, school_type), on=NOW)
    assert norm.periods == periods
    assert norm.source.startswith("Thông tư 05/2025/TT-BGDĐT, Điều 7")


@pytest.mark.parametrize(
    ("level", "classes", "zone", "periods"),
    [
        ("THCS", 20, 3, 6),
        ("THCS", 19, 1, 2),
        ("THCS", 30, 3, 2),
        ("THCS", 27, 3, 6),
        ("THCS", 28, 2, 2),
        ("TH", 19, 1, 2),
        ("TH", 18, 1, 8),
        ("TH", 27, 3, 8),
    ],
)
def test_norms_of_youth_leaders(level: str, classes: int, zone: int, periods: int) -> None:
    where = Circumstances(level, classes=classes, zone=zone)
    assert norm_for("YOUTH_LEADER", where, on=NOW).periods == periods


@pytest.mark.parametrize("level", ["TH", "THCS", "THPT"])
def test_a_youth_leader_of_a_school_of_several_levels(level: str) -> None:
    small, large = (
        Circumstances(level, classes=classes, of_several_levels=True) for classes in (20, 30)
    )
    assert norm_for("YOUTH_LEADER", small, on=NOW).periods == 6
    assert norm_for("YOUTH_LEADER", large, on=NOW).periods == 2
    teacher = norm_for("TEACHER", small, on=NOW)
    assert teacher.periods == norm_for("TEACHER", Circumstances(level), on=NOW).periods


def test_reductions_by_their_day_and_school() -> None:
    def periods(code: str, where: Circumstances, on: date = NOW) -> int:
        found = reduction_of(Held(code), where, on=on)
        return found.periods if found else 0

    assert periods("HOMEROOM", Circumstances("TH")) == 4
    assert periods("HOMEROOM", Circumstances("TH"), OLD) == 3
    assert periods("HOMEROOM", Circumstances("THCS"), OLD) == 4
    assert periods("PARTY_SECRETARY", Circumstances("THCS", classes=20, zone=1)) == 4
    assert periods("PARTY_SECRETARY", Circumstances("THCS", classes=20, zone=3)) == 3
    assert periods("SMALL_CHILD", Circumstances("TH")) == 4
    assert periods("SMALL_CHILD", Circumstances("THPT")) == 3
    assert periods("NOBODY", Circumstances("THPT")) == 0
    assert len({one.code for one in duties_on(NOW)}) == len(duties_on(NOW))


def test_what_stands_for_a_duty_that_is_none_counts_not_among_two() -> None:
    duties = ("HOMEROOM", "DEPARTMENT_HEAD", "SMALL_CHILD")
    assert LoadFault.TOO_MANY_DUTIES not in load("THCS", (9, "1"), duties=duties).faults


@pytest.mark.parametrize(
    ("code", "periods", "tenths", "credited"),
    [("REMEDIAL", 10, 15, 15), ("TEAM", 6, 20, 12), ("SPECIALISED", 4, 30, 12)],
)
def test_conversions(code: str, periods: int, tenths: int, credited: int) -> None:
    assert Taught(code, Fraction(periods), factor_for(code, tenths, on=NOW)).credited == credited


def test_a_factor_beyond_the_law_is_refused() -> None:
    with pytest.raises(FactorUnfit, match="2,5"):
        factor_for("TEAM", 25, on=NOW)
    assert all(one.least <= one.most for one in conversions_on(NOW))


def test_a_level_of_which_nothing_is_known_is_told() -> None:
    with pytest.raises(NormUnknown):
        norm_for("TEACHER", Circumstances("MN"), on=NOW)


def test_several_teachers_of_a_subject() -> None:
    plan = (4, 4, 4)
    assert assigned_weeks(plan, [None]) == [(4, 4, 4)]
    assert assigned_weeks(plan, [(2, 2, 2), None, None]) == [(2, 2, 2), (2, 2, 2), (0, 0, 0)]
    assert uncovered(plan, [(2, 2, 2), (2, 2, 2)]) == (0, 0)
    assert uncovered(plan, [(4, 4, 4), (2, 2, 2)]) == (0, 2)
    assert uncovered(plan, []) == (4, 0)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6), st.data())
def test_one_of_whom_nothing_is_said_has_the_rest(plan: list[int], data: st.DataObject) -> None:
    part = [data.draw(st.integers(0, count)) for count in plan]
    given_weeks = assigned_weeks(plan, [part, None])
    assert uncovered(plan, given_weeks) == (0, 0)
    assert [sum(week) for week in zip(*given_weeks, strict=True)] == plan


def test_who_is_on_leave_is_never_over() -> None:
    norm = norm_for("TEACHER", Circumstances("THCS"), on=NOW)
    away = load_of(norm, (), [Taught("x", Fraction(16))], is_away=True)
    assert away.required == 0
    assert not away.faults
