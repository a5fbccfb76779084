"""The rules of transfers: the sheet's examples, every step, deadlines against the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.platform.calendar.api import WorkingCalendar, expected_holidays, is_working_day
from khuevan.registry.staff.api import positions_to_move_to
from khuevan.registry.transfers import rules
from khuevan.registry.transfers.kinds import (
    Matter,
    Paper,
    Route,
    Side,
    State,
    Step,
    Subject,
    Window,
)
from khuevan.registry.transfers.law import (
    consent_rules,
    deadlines,
    decision_rules,
    paper_rules,
    position_rules,
    window_rules,
)
from khuevan.registry.transfers.rules import Case, YearDays

YEARS = [YearDays(date(2025, 9, 5), date(2026, 1, 17)), YearDays(date(2026, 9, 5), None)]
DAYS = st.dates(date(2020, 11, 1), date(2027, 12, 31))
HOLIDAYS = frozenset(one.on for year in range(2020, 2030) for one in expected_holidays(year))
CALENDAR = WorkingCalendar(days_off=HOLIDAYS)


def matters(level: str, route: str, on: date, *, in_window: bool = True) -> set[tuple[str, str]]:
    found = rules.decisions_needed(level, route, on, in_window=in_window)
    return {(rule.office_of, rule.matter) for rule in found}


@pytest.mark.parametrize(
    ("on", "regulation", "confidence"),
    [
        (date(2025, 5, 20), "QD51-2002", "FROM_MEMORY"),
        (date(2025, 6, 30), "QD51-2002", "FROM_MEMORY"),
        (date(2025, 7, 1), "TT10-2025", "TEXT_SEEN"),
        (date(2025, 8, 20), "TT10-2025", "TEXT_SEEN"),
    ],
)
def test_the_letter_of_a_lower_secondary_pupil_follows_the_day(
    on: date, regulation: str, confidence: str
) -> None:
    """Examples 1 and 2: the district office until 30/6/2025, the commune's chair afterwards."""
    (letter,) = (
        rule
        for rule in rules.decisions_needed("THCS", Route.OTHER_AREA, on, in_window=True)
        if rule.matter == Matter.LETTER
    )
    assert (letter.office_of, letter.regulation, letter.confidence) == (
        Side.ORIGIN,
        regulation,
        confidence,
    )


def test_an_upper_secondary_pupil_between_provinces_goes_from_department_to_department() -> None:
    """Example 3."""
    on = date(2026, 8, 10)
    assert matters("THPT", Route.OUT, on) == {(Side.ORIGIN, Matter.LETTER)}
    assert matters("THPT", Route.IN, on) == {(Side.DESTINATION, Matter.CHECK)}


def test_a_move_asked_for_in_october_needs_an_exception() -> None:
    """Example 4."""
    on = date(2026, 10, 12)
    assert rules.open_window("THCS", on, YEARS) is None
    assert (Side.DESTINATION, Matter.EXCEPTION) in matters(
        "THCS", Route.SAME_AREA, on, in_window=False
    )


@pytest.mark.parametrize(
    ("on", "window"),
    [
        (date(2026, 8, 20), Window.YEAR_START),
        (date(2026, 1, 17), Window.FIRST_TERM_END),
        (date(2026, 1, 16), None),
        (date(2026, 2, 7), Window.FIRST_TERM_END),
        (date(2026, 2, 8), None),
    ],
)
def test_the_usual_times_of_the_year(on: date, window: str | None) -> None:
    found = rules.open_window("THCS", on, YEARS)
    assert (found.window if found else None) == window


STARTS = st.dates(date(2019, 8, 1), date(2029, 10, 1)).filter(lambda one: 7 < one.month < 11)


@given(st.lists(STARTS, min_size=1, max_size=5, unique_by=lambda one: one.year), st.data())
def test_a_move_is_in_time_by_its_own_day_alone(starts: list[date], data: st.DataObject) -> None:
    """From 92 days before a year begins until 14 days after it; then not before the term's end."""
    begins = data.draw(st.sampled_from(starts))
    known = [YearDays(one, one + timedelta(days=134)) for one in starts]

    def window(days: int) -> str | None:
        found = rules.open_window("THCS", begins + timedelta(days=days), known)
        return found.window if found else None

    assert window(data.draw(st.integers(-92, 14))) == Window.YEAR_START
    assert window(data.draw(st.integers(15, 133))) is None
    assert window(data.draw(st.integers(134, 155))) == Window.FIRST_TERM_END
    assert window(data.draw(st.integers(156, 170))) is None


@given(DAYS, st.dates(date(2021, 8, 1), date(2021, 10, 30)))
def test_a_year_not_decided_on_yet_is_expected_like_the_last(on: date, first: date) -> None:
    every = [
        YearDays(first.replace(year=year), date(year + 1, 1, 17)) for year in range(2019, 2029)
    ]
    told = rules.open_window("THPT", on, every)
    assert rules.open_window("THPT", on, every[2:3]) == told
    assert rules.open_window("THPT", on, []) is None


@pytest.mark.parametrize("level", ["MN", "GDTX"])
def test_levels_without_a_text_move_at_any_time_with_the_parents_request(level: str) -> None:
    on = date(2026, 12, 1)
    assert rules.is_usual_time(level, on, YEARS)
    assert not rules.is_time_ruled(level, on)
    assert not rules.is_usual_time("THCS", on, YEARS)
    ((paper, giver),) = rules.papers_of(level, Route.SAME_AREA, on, asker=Side.RELEASER)
    assert (paper.paper, paper.confidence, giver) == (
        Paper.REQUEST, "FROM_MEMORY", Side.RELEASER,
    )  # fmt: skip


def test_a_year_may_begin_on_a_leap_day() -> None:
    (before, own, after) = rules.years_around([YearDays(date(2024, 2, 29), None)], date(2024, 5, 1))
    assert [one.starts_on.isoformat() for one in (before, own, after)] == [
        "2023-02-28", "2024-02-29", "2025-02-28",
    ]  # fmt: skip


@given(DAYS)
def test_primary_pupils_move_at_any_time_and_no_office_decides(on: date) -> None:
    assert rules.open_window("TH", on, YEARS) is not None
    assert all(not matters("TH", route, on) for route in Route)


@given(DAYS, st.sampled_from(["ACCEPT", "RELEASE", "PLACE"]))
def test_a_deadline_is_a_working_day_and_counts_working_days_only(on: date, step: str) -> None:
    due = rules.due_on("TH", step, on, CALENDAR)
    limit = rules.deadline("TH", step, on)
    assert due is not None
    assert limit is not None
    assert is_working_day(due, CALENDAR)
    between = [on + timedelta(days=n) for n in range(1, (due - on).days + 1)]
    assert sum(is_working_day(one, CALENDAR) for one in between) == limit.days
    assert rules.days_late(due, due, CALENDAR) == 0
    late = rules.days_late(due, due + timedelta(days=7), CALENDAR)
    week = [due + timedelta(days=n) for n in range(1, 8)]
    assert late == sum(is_working_day(one, CALENDAR) for one in week)


@given(DAYS, st.sampled_from(["THCS", "THPT"]), st.sampled_from(list(Step)))
def test_no_deadline_is_invented_where_no_text_sets_one(on: date, level: str, step: str) -> None:
    assert rules.due_on(level, step, on, CALENDAR) is None


def test_the_culture_day_moves_a_deadline() -> None:
    """Asked on Friday 20/11/2026: Monday 23 is the first day, Tuesday 24 is off."""
    assert rules.due_on("TH", "ACCEPT", date(2026, 11, 20), CALENDAR) == date(2026, 11, 26)


@given(st.lists(st.sampled_from(list(Step)), max_size=20))
def test_no_sequence_of_steps_skips_one(steps: list[Step]) -> None:
    """A pupil is placed after the reception, received after the release, released once accepted."""
    state = State.REQUESTED
    done: list[Step] = []
    for step in steps:
        after = rules.after(state, step)
        if after is not None:
            state, done = after, [*done, step]
    for later, earlier in (
        (Step.PLACE, Step.RECEIVE),
        (Step.RECEIVE, Step.RELEASE),
        (Step.RELEASE, Step.ACCEPT),
    ):
        if later in done:
            assert earlier in done[: done.index(later)]
    if Step.WITHDRAW in done:
        assert done[-1] == Step.WITHDRAW
        assert state == State.WITHDRAWN


AGREE = ((), (Side.RECEIVER,), (Side.RECEIVER, Side.RELEASER))


@pytest.mark.parametrize("subject", list(Subject))
@pytest.mark.parametrize("route", list(Route))
@pytest.mark.parametrize("state", list(State))
def test_whoever_is_waited_for_may_do_what_is_next(
    state: State, route: Route, subject: Subject
) -> None:
    for open_sides in ((), (Side.ORIGIN,), (Side.ORIGIN, Side.DESTINATION)):
        for to_agree in AGREE:
            case = Case(state, route, subject, to_agree=to_agree, open_sides=open_sides)
            step = rules.next_step(case)
            for side in rules.waits_for(case):
                assert step is not None
                assert rules.may_do(step, side, case)


def test_an_office_waits_for_a_colleagues_whole_file() -> None:
    open_sides, owing = (Side.ORIGIN,), (Side.RELEASER,)
    case = Case(State.ACCEPTED, Route.SAME_AREA, Subject.STAFF, open_sides=open_sides, owing=owing)
    assert rules.waits_for(case) == [Side.RELEASER]
    assert not rules.may_do(Step.DECIDE, Side.ORIGIN, case)


@pytest.mark.parametrize(
    ("move", "route", "sides"),
    [
        ("WISH", Route.OTHER_AREA, {Side.RELEASER, Side.RECEIVER}),
        ("NEED", Route.SAME_AREA, {Side.RECEIVER}),
        ("SECONDMENT", Route.SAME_AREA, {Side.RELEASER, Side.RECEIVER}),
        ("WISH", Route.OUT, {Side.RELEASER}),
        ("WISH", Route.IN, {Side.RECEIVER}),
    ],
)
def test_which_schools_agree_to_a_move(move: str, route: Route, sides: set[Side]) -> None:
    assert set(rules.consents_needed(rules.TEACHERS, move, route, date(2026, 9, 1))) == sides


@pytest.mark.parametrize("position", ["PRINCIPAL", "VICE_PRINCIPAL", "DIRECTOR", "OFFICER"])
def test_leaders_and_offices_move_by_no_law_of_other_staff(position: str) -> None:
    assert rules.law_of_position(position, date(2026, 11, 2)) is None


@pytest.mark.parametrize(
    ("position", "law"),
    [("TEACHER", "TEACHERS"), ("YOUTH_LEADER", "TEACHERS"), ("CLERK", "OTHER_STAFF"),
     ("ACCOUNTANT", "OTHER_STAFF"), ("NURSE", "OTHER_STAFF")],
)  # fmt: skip
def test_the_teachers_decree_is_of_teachers_alone(position: str, law: str) -> None:
    on = date(2026, 11, 2)
    assert rules.law_of_position(position, on) == law
    (due,) = {rules.deadline(law, Step.DECIDE, on) and "30 working days"}
    assert (due is not None) == (law == "TEACHERS")
    told = [*rules.decisions_needed(law, Route.OTHER_AREA, on, in_window=True)]
    assert all((one.regulation == "ND93-2026") == (law == "TEACHERS") for one in told)


def test_every_position_that_moves_has_its_law() -> None:
    named = {code for one in position_rules() for code in one.positions}
    assert set(positions_to_move_to()) <= named


def test_a_colleagues_file_is_decided_within_thirty_working_days() -> None:
    due = rules.due_on("TEACHERS", Step.DECIDE, date(2026, 9, 1), CALENDAR)
    assert due is not None
    days = [date(2026, 9, 1) + timedelta(days=n) for n in range(1, 60)]
    assert sum(is_working_day(one, CALENDAR) for one in days if one <= due) == 30


def test_from_a_private_to_a_public_school_the_department_decides_too() -> None:
    on = date(2026, 8, 10)
    found = rules.decisions_needed("THPT", Route.OTHER_AREA, on, in_window=True, is_to_public=True)
    assert Matter.PUBLIC in {rule.matter for rule in found}
    assert Matter.PUBLIC not in {m for _side, m in matters("THPT", Route.OTHER_AREA, on)}


def test_nobody_outside_the_province_is_waited_for() -> None:
    for subject in Subject:
        for state in rules.OPEN:
            for route, side in ((Route.OUT, Side.RECEIVER), (Route.IN, Side.RELEASER)):
                needed = rules.consents_needed(subject, "WISH", route, date(2026, 9, 1))
                case = Case(state, route, subject, to_agree=tuple(needed))
                assert side not in rules.waits_for(case)


def test_papers_differ_by_level_and_group() -> None:
    on = date(2026, 11, 2)

    def needed(level: str, *groups: str) -> set[str]:
        found = rules.papers_of(level, Route.OTHER_AREA, on, asker=Side.RECEIVER, groups=groups)
        return {rule.paper for rule, _side in found if rule.is_required}

    assert Paper.ADMISSION in needed("THPT")
    assert Paper.ADMISSION not in needed("THCS")
    assert needed("TH", "DISABILITY") - needed("TH") == {Paper.INDIVIDUAL_PLAN}
    assert Paper.SCHOOL_LETTER not in needed("TH")


def test_every_line_of_the_law_has_codes_that_exist() -> None:
    assert {one.paper for one in paper_rules()} <= set(Paper.values)
    assert {one.matter for one in decision_rules()} <= set(Matter.values)
    assert {one.step for one in deadlines()} <= set(Step.values)
    assert {side for one in consent_rules() for side in one.sides} <= set(Side.values)
    assert {one.window for one in window_rules()} <= set(Window.values)
    named = (*deadlines(), *decision_rules(), *window_rules())
    assert all(line.regulation for line in named)
    for one in (*consent_rules(), *paper_rules()):
        assert one.regulation or (one.confidence == "FROM_MEMORY" and one.note)
    for line in (*named, *consent_rules(), *paper_rules()):
        assert line.confidence in {"TEXT_SEEN", "SECOND_HAND", "FROM_MEMORY"}
        assert line.ends_on is None or line.starts_on < line.ends_on
