"""The rules as data and the score as arithmetic."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import TODAY

from khuevan.insight.quality.cells import CELLS
from khuevan.insight.quality.checks import SOURCES
from khuevan.insight.quality.places import PLACES
from khuevan.insight.quality.rule_list import (
    Kind,
    QualityRule,
    Topic,
    every_rule,
    rule_of,
    rules_on,
)
from khuevan.insight.quality.rules import WHOLE, Tally, gain_of, points_of, score_of
from khuevan.kernel.errors import NotFound
from khuevan.platform.regulations.api import Confidence
from khuevan.registry.schools.api import EducationLevel

RULES = every_rule()
TALLY = st.tuples(st.integers(0, 900), st.integers(0, 900), st.integers(1, 50)).map(
    lambda one: Tally(one[0] + one[1], one[0], one[2])
)
"""What a rule may have found: never more wrong than checked."""
TALLIES = st.lists(TALLY, max_size=6)


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.code)
def test_a_rule_says_all_that_a_page_needs(one: QualityRule) -> None:
    assert one.kind in Kind.values
    assert one.subject in Topic.values
    assert one.weight > 0
    assert set(one.levels) <= set(EducationLevel.values)
    assert all((one.name_vi, one.name_en, one.why_vi, one.why_en))
    assert one.place in PLACES
    assert not one.field or (one.subject, one.field) in CELLS
    assert bool(one.source) == bool(one.confidence), "a text is named with how sure it is"
    assert not one.confidence or one.confidence in Confidence.values
    assert len(one.code) <= 24, "the column of the counts"


def test_rules_and_checks_are_the_same() -> None:
    asked = {code for source in SOURCES.values() for code in source.checks}
    assert asked == {one.code for one in RULES}
    for subject, source in SOURCES.items():
        assert set(source.checks) == {one.code for one in RULES if one.subject == subject}


def test_a_rule_holds_from_its_day() -> None:
    assert rule_of("PUPIL_NUMBER", TODAY).weight == 5
    assert "PUPIL_NUMBER" not in {one.code for one in rules_on(date(2026, 5, 14))}
    with pytest.raises(NotFound):
        rule_of("PUPIL_NUMBER", date(2026, 5, 14))
    with pytest.raises(NotFound):
        rule_of("NO_SUCH_RULE", TODAY)


@given(TALLIES)
def test_a_score_is_whole_only_when_nothing_is_wrong(found: list[Tally]) -> None:
    lost, whole = points_of(found)
    score = score_of(lost, whole)
    if not whole:
        assert score is None
        return
    assert score is not None
    assert 0 <= score <= WHOLE
    assert (score == WHOLE) == (not any(one.wrong for one in found))


@given(TALLIES, st.integers(0, 11))
def test_mending_a_cell_never_lowers_a_score(found: list[Tally], at: int) -> None:
    wrong = [place for place, one in enumerate(found) if one.wrong]
    if not wrong:
        return
    place = wrong[at % len(wrong)]
    one = found[place]
    mended = [*found[:place], Tally(one.checked, one.wrong - 1, one.weight), *found[place + 1 :]]
    assert (score_of(*points_of(mended)) or 0) >= (score_of(*points_of(found)) or 0)


@given(TALLIES, TALLIES)
def test_a_unit_lies_between_its_schools(one: list[Tally], other: list[Tally]) -> None:
    scores = [score_of(*points_of(some)) for some in (one, other)]
    both = score_of(*points_of([*one, *other]))
    known = [score for score in scores if score is not None]
    assert (both is None) == (not known)
    if both is not None:
        assert min(known) <= both <= max(known)


@given(TALLIES)
def test_the_gains_add_up_to_what_is_missing(found: list[Tally]) -> None:
    lost, whole = points_of(found)
    gains = sum(gain_of(one, whole) for one in found)
    missing = WHOLE - (score_of(lost, whole) or 0) if whole else 0
    assert abs(gains - missing) <= len(found) / 2 + 1
