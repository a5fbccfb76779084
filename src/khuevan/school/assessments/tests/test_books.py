"""Which circular holds for a grade in a year, and the earlier one's results."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.kernel.errors import NotFound
from khuevan.platform.regulations.api import RuleSetting
from khuevan.registry.schools.api import AcademicYear
from khuevan.school.assessments.rules.books import Book
from khuevan.school.assessments.rules.earlier import (
    BEFORE_26,
    SINCE_26,
    OldConduct,
    OldLevel,
    semester_average,
    study_result,
    year_title,
)
from khuevan.school.assessments.rules.values import (
    AdjustmentMode,
    Form,
    SubjectResult,
    Title,
    Verdict,
)
from khuevan.school.assessments.selectors import assessment_rules

OTHERS = ("PHYSICS", "CHEMISTRY", "BIOLOGY", "HISTORY", "GEOGRAPHY")


def year_of(first: int) -> AcademicYear:
    """Return a school year that is not recorded: it has its days all the same."""
    return AcademicYear(
        code=f"{first}-{first + 1}",
        starts_on=date(first, 8, 1),
        ends_on=date(first + 1, 8, 1),
    )


def results(
    *, others: int, verdict: Verdict = Verdict.PASS, **averages: int
) -> list[SubjectResult]:
    """Return results: some named, the others alike, and a comment."""
    scores = {**dict.fromkeys(OTHERS, others), **averages}
    scored = [SubjectResult(key, Form.COMMENT_AND_SCORE, one) for key, one in scores.items()]
    return [*scored, SubjectResult("SPORT", Form.COMMENT, verdict=verdict)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("level", "grade", "first", "code", "book"),
    [
        ("THCS", 6, 2021, "TT22-2021", Book.SECONDARY),
        ("THCS", 9, 2023, "TT58-2011", Book.EARLIER),
        ("THPT", 11, 2022, "TT58-2011", Book.EARLIER),
        ("THPT", 12, 2026, "TT22-2021", Book.SECONDARY),
        ("TH", 5, 2024, "TT27-2020", Book.PRIMARY),
        ("TH", 1, 2020, "TT27-2020", Book.PRIMARY),
        ("TH", 1, 2019, "TT22-2016", Book.PRIMARY),
        ("GDTX", 10, 2026, "TT43-2021", Book.SECONDARY),
    ],
)
def test_the_grade_and_the_year_choose(
    level: str, grade: int, first: int, code: str, book: Book
) -> None:
    found = assessment_rules(level, grade, year_of(first))
    assert (found.regulation.code, found.rules.book) == (code, book)
    assert found.rules.is_computed == (code not in ("TT58-2011", "TT22-2016"))


@pytest.mark.django_db
def test_a_year_of_which_nothing_is_recorded() -> None:
    with pytest.raises(NotFound):
        assessment_rules("THCS", 6, year_of(2009))
    with pytest.raises(NotFound):
        assessment_rules("MN", 0, year_of(2019))


@pytest.mark.django_db
def test_a_circular_that_comes_in_mid_year_holds_from_the_next_year() -> None:
    rows = RuleSetting.objects.filter(topic="ASSESSMENT", level="THCS", grade_from=6)
    now = rows.get(ends_on=None)
    change = date(2027, 1, 15)
    rows.filter(pk=now.pk).update(ends_on=change)
    value = {"min_subjects_at_level": 5, "adjustment_mode": "HYPOTHETICAL_REPLACE", "note": "x"}
    now.pk, now.starts_on, now.ends_on, now.value = None, change, None, value
    now.save()
    this, following = (assessment_rules("THCS", 6, year_of(one)).rules for one in (2026, 2027))
    assert this.secondary.min_subjects_at_level == 6
    assert following.secondary.min_subjects_at_level == 5
    assert following.secondary.adjustment_mode is AdjustmentMode.HYPOTHETICAL_REPLACE


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "is_amended"), [(2019, False), (2020, True), (2023, True)])
def test_foreign_language_counts_as_much_since_2020(first: int, is_amended: bool) -> None:
    found = assessment_rules("THCS", 9, year_of(first)).rules
    assert found.earlier == (SINCE_26 if is_amended else BEFORE_26)


def test_the_sheets_examples_of_the_earlier_circular() -> None:
    good = results(others=85, MATHEMATICS=80, LITERATURE=78, FOREIGN_LANGUAGE_1=80, CIVICS=65)
    assert study_result(good).level is OldLevel.GOOD
    one_low = results(others=87, MATHEMATICS=85, LITERATURE=82, FOREIGN_LANGUAGE_1=81, CIVICS=49)
    found = study_result(one_low)
    assert (found.level, found.adjusted_subject) == (OldLevel.FAIR, "CIVICS")
    assert "khoản 6" in str(found.why[-1])
    by_language = results(others=67, MATHEMATICS=63, LITERATURE=64, FOREIGN_LANGUAGE_1=66)
    assert study_result(by_language, SINCE_26).level is OldLevel.FAIR
    assert study_result(by_language, BEFORE_26).level is OldLevel.AVERAGE


def test_an_average_before_2020_weighs_tests() -> None:
    assert semester_average([80, 90], [70], 60) == 70  # (8 + 9 + 2 × 7 + 3 × 6) : 7


@pytest.mark.parametrize(
    ("conduct", "level", "title"),
    [
        (OldConduct.GOOD, OldLevel.GOOD, Title.GOOD_STUDENT),
        (OldConduct.FAIR, OldLevel.GOOD, Title.ADVANCED),
        (OldConduct.GOOD, OldLevel.FAIR, Title.ADVANCED),
        (OldConduct.AVERAGE, OldLevel.GOOD, None),
        (None, OldLevel.GOOD, None),
    ],
)
def test_titles_of_the_earlier_circular(
    conduct: OldConduct | None, level: OldLevel, title: Title | None
) -> None:
    assert year_title(conduct, level) is title


@given(
    scores=st.lists(st.integers(0, 100), min_size=8, max_size=8),
    verdict=st.sampled_from(Verdict),
    better=st.integers(0, 7),
)
def test_a_better_mark_never_lowers_the_earlier_level(
    scores: list[int], verdict: Verdict, better: int
) -> None:
    names = (*OTHERS, "MATHEMATICS", "LITERATURE", "FOREIGN_LANGUAGE_1")

    def of(marks: list[int]) -> OldLevel:
        found = study_result(
            results(others=0, verdict=verdict, **dict(zip(names, marks, strict=True)))
        )
        assert found.level is not None
        return found.level

    more = [100 if at == better else one for at, one in enumerate(scores)]
    assert of(more) >= of(scores)
