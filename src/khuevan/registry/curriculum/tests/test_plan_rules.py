"""The plan of a class held against the programme: the sheet's examples, and any plan at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.registry.curriculum.assessing import assessment_of_subject
from khuevan.registry.curriculum.plan_rules import (
    Asked,
    Asking,
    PlanFaultKind,
    Planned,
    SessionFaultKind,
    first_changed,
    from_week_on,
    of_terms,
    plan_faults,
    runs,
    session_faults,
    spread,
    weekly,
)
from khuevan.registry.curriculum.plans import asked_of, choices_of
from khuevan.registry.curriculum.programme import (
    components,
    frame_of,
    programme_named,
    programme_of,
)
from khuevan.registry.curriculum.week_shapes import session_words
from khuevan.registry.schools.api import HomeroomClass

TERMS = (18, 17)
NOW = date(2026, 9, 5)
TOTALS = {
    **dict.fromkeys((1, 2), 875),
    3: 980,
    **dict.fromkeys((4, 5), 1050),
    **dict.fromkeys((6, 7), 1015),
    **dict.fromkeys((8, 9), 1032),
}
CHOSEN = ("Vật lí", "Hóa học", "Sinh học", "Tin học")


def whole_plan(
    grade: int, *, chosen: tuple[str, ...] = (), clusters: tuple[str, ...] = ()
) -> list[Planned]:
    """Return the plan that the programme of a grade asks for, with these choices."""
    plan = []
    for part in asked_of(grade, NOW):
        if part.kind == "COMPULSORY":
            names = part.subjects if part.component == "ARTS" else part.subjects[:1]
            plan += [
                Planned(name, part.kind, spread(part.periods // len(names), TERMS))
                for name in names
            ]
    plan += [Planned(name, "CHOSEN", spread(70, TERMS)) for name in chosen]
    plan += [Planned(name, "CLUSTER", spread(35, TERMS)) for name in clusters]
    return plan


def faults_of(grade: int, plan: list[Planned]) -> list[tuple[str, str, int]]:
    """Return kind, what and by how much a plan is off."""
    level = "TH" if grade < 6 else "THCS" if grade < 10 else "THPT"
    frame = frame_of(level, NOW)
    assert frame is not None
    found = plan_faults(
        asked_of(grade, NOW),
        plan,
        weeks=frame.weeks,
        chosen=frame.chosen,
        clusters=frame.clusters,
        tutoring=frame.tutoring,
    )
    return [(one.kind.name, one.what, one.off) for one in found]


@pytest.mark.parametrize(("grade", "total"), TOTALS.items())
def test_the_year_of_a_grade_adds_up_to_the_sheet(grade: int, total: int) -> None:
    asked = [one for one in programme_of(grade, NOW) if one.kind == "COMPULSORY"]
    assert sum(one.periods for one in asked) == total
    plan = whole_plan(grade)
    assert sum(one.annual for one in plan) == total
    assert faults_of(grade, plan) == []


@pytest.mark.parametrize("grade", [10, 11, 12])
def test_four_subjects_and_three_clusters_make_997(grade: int) -> None:
    plan = whole_plan(grade, chosen=CHOSEN, clusters=("Toán", "Vật lí", "Hóa học"))
    assert sum(one.annual for one in plan) == 997
    assert faults_of(grade, plan) == []


def test_three_choices_and_a_cluster_without_its_subject_are_told() -> None:
    three = whole_plan(10, chosen=CHOSEN[:3], clusters=("Toán", "Vật lí", "Hóa học"))
    assert faults_of(10, three) == [("CHOICES", "", 1)]
    stray = whole_plan(10, chosen=CHOSEN, clusters=("Toán", "Vật lí", "Địa lí"))
    assert faults_of(10, stray) == [("CLUSTER_ALONE", "Địa lí", 35)]


@pytest.mark.parametrize(
    ("grade", "subject", "periods", "told"),
    [
        (8, "Công nghệ", 35, [("DEFICIT", "TECHNOLOGY", 17)]),
        (10, "Lịch sử", 70, [("EXCESS", "HISTORY", 18)]),
    ],
)
def test_too_few_and_too_many_periods(
    grade: int, subject: str, periods: int, told: list[tuple[str, str, int]]
) -> None:
    choices = {"chosen": CHOSEN, "clusters": ("Toán", "Vật lí", "Hóa học")} if grade > 9 else {}
    plan = [one for one in whole_plan(grade, **choices) if one.subject != subject]
    plan.append(Planned(subject, "COMPULSORY", spread(periods, TERMS)))
    assert faults_of(grade, plan) == told


def test_a_cluster_asks_for_its_subject_among_the_lessons_and_not_in_the_second_session() -> None:
    plan = whole_plan(10, chosen=CHOSEN, clusters=("Toán", "Vật lí", "Địa lí"))
    plan.append(Planned("Địa lí", "SECOND", spread(35, TERMS)))
    assert faults_of(10, plan) == [("CLUSTER_ALONE", "Địa lí", 35)]


@pytest.mark.parametrize(
    ("grade", "given", "told"),
    [
        (1, {"Âm nhạc": 35, "Mĩ thuật": 35}, []),
        (1, {"Âm nhạc": 70}, [("EXCESS", "Âm nhạc", 35), ("MISSING", "Mĩ thuật", 35)]),
        (
            6,
            {"Âm nhạc": 52, "Mĩ thuật": 18},
            [("EXCESS", "Âm nhạc", 17), ("DEFICIT", "Mĩ thuật", 17)],
        ),
        (3, {"Tin học và Công nghệ": 70}, []),
        (3, {"Tin học": 35, "Công nghệ": 35}, []),
        (3, {"Tin học": 70}, [("EXCESS", "Tin học", 35), ("MISSING", "Công nghệ", 35)]),
    ],
)
def test_strands_have_equal_parts_of_the_year(
    grade: int, given: dict[str, int], told: list[tuple[str, str, int]]
) -> None:
    strands = {"Âm nhạc", "Mĩ thuật"} if "Âm nhạc" in given else {"Tin học và Công nghệ"}
    plan = [one for one in whole_plan(grade) if one.subject not in strands]
    plan += [Planned(name, "COMPULSORY", spread(count, TERMS)) for name, count in given.items()]
    assert faults_of(grade, plan) == told


@pytest.mark.parametrize(
    ("grade", "weekly_periods", "told"),
    [(8, 2, []), (8, 3, [("TUTORING", "Toán", 1)]), (4, 3, [])],
)
def test_tutoring_at_school_is_two_periods_a_week_of_a_subject(
    grade: int, weekly_periods: int, told: list[tuple[str, str, int]]
) -> None:
    plan = [*whole_plan(grade), Planned("Toán", "SECOND", (weekly_periods,) * 35)]
    assert faults_of(grade, plan) == told
    club = [*whole_plan(grade), Planned("Câu lạc bộ", "SECOND", (4,) * 35)]
    assert faults_of(grade, club) == []


def test_a_foreign_language_of_grade_1_is_a_choice() -> None:
    plan = [*whole_plan(1), Planned("Tiếng Anh", "OPTIONAL", spread(70, TERMS))]
    assert faults_of(1, plan) == []
    assert faults_of(1, whole_plan(1)[1:]) == [("MISSING", "VIETNAMESE", 420)]
    unknown = [*whole_plan(1), Planned("Hóa học", "COMPULSORY", spread(35, TERMS))]
    assert faults_of(1, unknown) == [("NOT_IN_PROGRAMME", "Hóa học", 35)]


def test_grades_learn_by_the_programme_of_their_year() -> None:
    assert named(9, 2023) == "GDPT2006"
    assert named(9, 2024) == "GDPT2018"
    assert programme_of(1, date(2005, 9, 5)) == []
    assert all(one.confidence and one.source for one in programme_of(10, NOW))
    assert {one.component for one in programme_of(10, NOW)} <= set(components())


@pytest.mark.parametrize(
    ("annual", "told"),
    [(140, (4, 4)), (52, (1, 2)), (35, (1, 1)), (18, (1, 0)), (17, (0, 1)), (70, (2, 2))],
)
def test_periods_a_week_follow_from_the_year(annual: int, told: tuple[int, int]) -> None:
    assert weekly(spread(annual, TERMS), TERMS) == told
    assert of_terms(told, TERMS) == spread(annual, TERMS)


@given(st.integers(0, 500), st.tuples(st.integers(1, 20), st.integers(1, 20)))
def test_whatever_is_spread_adds_up_and_is_even(annual: int, terms: tuple[int, int]) -> None:
    weeks = spread(annual, terms)
    assert sum(weeks) == annual
    assert len(weeks) == sum(terms)
    assert max(weeks) - min(weeks) <= 1


@given(
    st.lists(st.integers(0, 8), min_size=35, max_size=35),
    st.integers(0, 200),
)
def test_a_subject_is_right_when_its_year_is(weeks: list[int], asked: int) -> None:
    part = Asked("MATHEMATICS", ("Toán",), asked, "COMPULSORY")
    found = plan_faults([part], [Planned("Toán", "COMPULSORY", tuple(weeks))], weeks=35)
    assert (not found) == (sum(weeks) == asked)


@pytest.mark.parametrize(
    ("days", "least", "most", "told"),
    [
        ([(5, 3)], 0, 11, [(SessionFaultKind.DAY, 8, 7)]),
        ([(4, 3)] * 4 + [(4, 0)], 9, 0, []),
        ([(4, 3)] * 6, 0, 11, [(SessionFaultKind.TOO_MANY, 12, 11)]),
        ([(6, 0)], 0, 0, [(SessionFaultKind.SESSION, 6, 5)]),
        ([(4, 3)] * 4, 9, 0, [(SessionFaultKind.TOO_FEW, 8, 9)]),
    ],
)
def test_sessions_of_a_week(
    days: list[tuple[int, int]],
    least: int,
    most: int,
    told: list[tuple[SessionFaultKind, int, int]],
) -> None:
    found = session_faults(days, day_limit=7, session_limit=5, most=most, least=least)
    assert found == told


def test_two_sessions_a_day_have_days_and_periods_enough() -> None:
    primary, lower = frame_of("TH", NOW), frame_of("THCS", NOW)
    assert primary is not None
    assert lower is not None
    assert [primary.least_sessions, primary.least_periods, primary.most_sessions] == [9, 32, 0]
    assert [lower.least_days, lower.most_sessions, lower.tutoring] == [5, 11, 2]
    four = [(4, 3)] * 4
    told = session_faults(four, day_limit=7, session_limit=5, least_days=5, least_periods=32)
    assert told == [(SessionFaultKind.FEW_DAYS, 4, 5), (SessionFaultKind.FEW_PERIODS, 28, 32)]
    enough = [(4, 3)] * 4 + [(4, 0)]
    assert not session_faults(enough, day_limit=7, session_limit=5, least_days=5, least_periods=32)


def test_limits_of_2025_are_not_told_of_the_years_before() -> None:
    before = frame_of("THCS", date(2024, 9, 5))
    assert before is not None
    assert (before.most_sessions, before.tutoring) == (0, 0)
    assert "4567" not in before.source


def test_a_plan_of_other_weeks_is_told() -> None:
    found = plan_faults([], [Planned("Toán", "SECOND", (4,) * 30)], weeks=35)
    assert [(one.kind, one.found, one.asked) for one in found] == [(PlanFaultKind.WEEKS, 30, 35)]


def named(grade: int, year: int) -> str:
    """Return the code of the programme of a grade in a school year, with rows of it."""
    found = programme_named(grade, date(year, 9, 5))
    assert found is not None
    assert programme_of(grade, date(year, 9, 5))
    return found.code


@given(st.integers(1, 12), st.integers(2008, 2030))
def test_every_grade_of_every_year_learns_by_one_programme(grade: int, year: int) -> None:
    on = date(year, 9, 5)
    asked = asked_of(grade, on)
    assert len({(part.component, part.kind) for part in asked}) == len(asked)
    is_new = named(grade, year) == "GDPT2018"
    assert is_new == any(part.component.startswith("EXPERIENCE") for part in asked)
    level = "TH" if grade < 6 else "THCS" if grade < 10 else "THPT"
    frame = frame_of(level, on)
    assert frame is not None
    assert choices_of(frame, asked) == ((4, 3) if is_new and grade > 9 else (0, 0))


@pytest.mark.parametrize(
    ("grade", "weekly_periods"),
    [(1, 22), (2, 23), (3, 23), (4, 25), (5, 25), (6, 27), (7, 28.5), (8, 29.5), (9, 29)],
)
def test_the_programme_of_2006_adds_up(grade: int, weekly_periods: float) -> None:
    rows = [one for one in programme_of(grade, date(2018, 9, 5)) if one.kind == "COMPULSORY"]
    total = sum(one.periods for one in rows)
    assert total == pytest.approx(weekly_periods * 35, abs=2)


@pytest.mark.parametrize(
    ("grade", "subject", "year", "form"),
    [
        (7, "Khoa học tự nhiên", 2026, "COMMENT_AND_SCORE"),
        (10, "Mĩ thuật", 2026, "COMMENT"),
        (11, "Giáo dục quốc phòng và an ninh", 2026, "COMMENT_AND_SCORE"),
        (6, "Nội dung giáo dục của địa phương", 2026, "COMMENT"),
        (9, "Âm nhạc", 2023, "COMMENT"),
        (9, "Toán", 2023, "SCORE"),
        (3, "Tiếng Anh", 2026, "COMMENT_AND_TEST"),
        (2, "Tiếng Anh", 2026, "COMMENT"),
        (5, "Lịch sử và Địa lí", 2024, "COMMENT_AND_TEST"),
    ],
)
def test_subjects_are_assessed_as_their_text_says(
    grade: int, subject: str, year: int, form: str
) -> None:
    found = assessment_of_subject(grade, subject, date(year, 9, 5))
    assert found is not None
    assert (found.form, bool(found.source)) == (form, True)


WEEKS = st.lists(st.integers(0, 6), min_size=35, max_size=35)


@given(WEEKS)
def test_runs_are_the_weeks_again(weeks: list[int]) -> None:
    told = runs(weeks)
    assert [count for first, last, count in told for _week in range(first, last + 1)] == weeks
    assert all(one[2] != two[2] for one, two in zip(told, told[1:], strict=False))


@given(WEEKS, WEEKS, st.integers(1, 35))
def test_what_was_before_a_week_stays(before: list[int], after: list[int], week: int) -> None:
    found = from_week_on(before, after, week)
    assert list(found[: week - 1]) == before[: week - 1]
    assert list(found[week - 1 :]) == after[week - 1 :]
    changed = first_changed(before, list(found))
    assert changed == 0 or changed >= week


def test_sessions_of_a_week_are_told_in_sentences() -> None:
    frame = frame_of("THCS", NOW)
    room = HomeroomClass(session="FULL_DAY")
    told = session_words(room, frame, [(5, 3), (4, 3), (6, 0)])
    assert [one.split()[0] for one in told] == ["8", "6", "3"]
    primary = session_words(room, frame_of("TH", NOW), [(4, 3)] * 4)
    assert [one.split()[0] for one in primary] == ["8", "28"]
    assert session_words(room, None, [(9, 9)]) == []


SOCIAL = Asking(
    "Xã hội", frozenset({("Địa lí", "CHOSEN"), ("Vật lí", "CHOSEN"), ("Toán", "CLUSTER")})
)
SCIENCE = Asking("Tự nhiên", frozenset({("Hóa học", "CHOSEN"), ("Vật lí", "CHOSEN")}))


def planned_as(*subjects: tuple[str, str]) -> list[Planned]:
    """Plan subjects as chosen ones or clusters."""
    return [Planned(name, kind, (2,) * 35) for name, kind in subjects]


def test_a_class_of_two_combinations_has_the_subjects_of_both_and_no_fault() -> None:
    plan = planned_as(*(SOCIAL.learns | SCIENCE.learns))
    assert plan_faults([], plan, weeks=35, chosen=2, combinations=[SOCIAL, SCIENCE]) == []
    assert plan_faults([], plan, weeks=35, chosen=2, clusters=1) != []


def test_what_a_combination_lacks_and_what_none_asks_for_is_told_by_name() -> None:
    plan = planned_as(("Vật lí", "CHOSEN"), ("Hóa học", "CHOSEN"), ("Tin học", "CHOSEN"))
    found = plan_faults([], plan, weeks=35, chosen=4, combinations=[SOCIAL, SCIENCE])
    assert [(one.kind, one.what, one.within) for one in found] == [
        (PlanFaultKind.ASKED_CLUSTER, "Toán", "Xã hội"),
        (PlanFaultKind.ASKED_SUBJECT, "Địa lí", "Xã hội"),
        (PlanFaultKind.UNASKED_SUBJECT, "Tin học", ""),
    ]
