"""How long something is kept, and why it may not be destroyed; the cases of REC-11."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.platform.regulations.api import Confidence
from khuevan.platform.retention.kinds import kinds
from khuevan.platform.retention.rules import (
    Refusal,
    Term,
    kept_until,
    latest_since,
    read_term,
    refusal,
)

TODAY = date(2026, 11, 21)
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 31))


def test_a_transcript_of_a_leaver_of_1995_is_never_destroyed() -> None:
    term = kinds()["TRANSCRIPT"].term
    found = refusal(term, date(1995, 5, 31), on=TODAY, has_decision=True)
    assert found is Refusal.PERMANENT


def test_test_papers_whose_time_is_over_wait_for_a_decision() -> None:
    term, since = kinds()["TEST_PAPERS"].term, date(2024, 8, 1)
    assert kept_until(since, term.years) == date(2026, 8, 1)
    assert refusal(term, since, on=TODAY, has_decision=False) is Refusal.NO_DECISION
    assert refusal(term, since, on=TODAY, has_decision=True) is None


def test_the_last_day_still_counts() -> None:
    term, since = Term(years=2), date(2024, 11, 21)
    assert refusal(term, since, on=TODAY, has_decision=True) is Refusal.TOO_EARLY
    assert refusal(term, since, on=date(2026, 11, 22), has_decision=True) is None


def test_what_goes_on_or_has_no_term_stays() -> None:
    assert refusal(Term(years=2), None, on=TODAY, has_decision=True) is Refusal.IN_USE
    assert refusal(Term(), TODAY, on=TODAY, has_decision=True) is Refusal.NO_TERM
    assert refusal(Term(days=90), TODAY, on=TODAY, has_decision=True) is Refusal.AUTOMATIC


@given(DAYS, DAYS, st.integers(min_value=1, max_value=70))
def test_the_list_of_what_is_over_agrees_with_the_rule(on: date, since: date, years: int) -> None:
    assert (since <= latest_since(on, years)) == (kept_until(since, years) < on)


@pytest.mark.parametrize("text", ["", "0y", "ever", "10", "y", "10y "])
def test_a_term_nobody_can_read_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$"):
        read_term(text)


def test_only_what_was_read_in_the_text_is_called_so() -> None:
    read = {kind.code for kind in kinds().values() if kind.confidence is Confidence.TEXT_SEEN}
    assert read == {"TRANSCRIPT", "LIFELONG_FILE"}
    assert all(kind.source for kind in kinds().values())
