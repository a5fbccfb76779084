"""Which rule holds day by day: never two, never one that is not said of the subject."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from khuevan.platform.regulations.rules import (
    Subject,
    fits,
    highest_level,
    segment_on,
    timeline,
    weight,
)

DAY_0 = date(2025, 1, 1)


@dataclass(frozen=True)
class ARule:
    """A rule without a database."""

    level: str
    highest_level: str
    school_type: str
    ownership: str
    circumstance: str
    starts_on: date
    ends_on: date | None


def day(number: int) -> date:
    return DAY_0 + timedelta(days=number)


def rules() -> st.SearchStrategy[list[ARule]]:
    one = st.builds(
        lambda level, highest, kind, owner, case, start, length: ARule(
            level, highest, kind, owner, case, day(start), day(start + length) if length else None
        ),
        st.sampled_from(["", "TH", "THCS"]),
        st.sampled_from(["", "THCS"]),
        st.sampled_from(["", "TALENT"]),
        st.sampled_from(["", "FOREIGN"]),
        st.just(""),
        st.integers(0, 12),
        st.integers(0, 6),
    )
    return st.lists(one, max_size=8, unique_by=weight)


SUBJECT = Subject("THCS", "THCS", "TALENT", "FOREIGN", "")


@given(rules(), st.integers(-1, 25))
def test_the_rule_of_a_day_is_the_narrowest_that_holds(made: list[ARule], number: int) -> None:
    on = day(number)
    holding = [
        one
        for one in made
        if fits(one, SUBJECT) and one.starts_on <= on and (one.ends_on is None or on < one.ends_on)
    ]
    segments = timeline(made, SUBJECT)
    place = segment_on(segments, on)
    if not holding:
        assert place is None
    else:
        assert place is not None
        assert segments[place].rule == max(holding, key=weight)


@given(rules())
def test_periods_follow_each_other(made: list[ARule]) -> None:
    segments = timeline(made, SUBJECT)
    for one, two in zip(segments, segments[1:], strict=False):
        assert one.ends_on is not None
        assert one.starts_on < one.ends_on <= two.starts_on


def test_upper_secondary_is_highest_and_unknown_levels_count_for_nothing() -> None:
    assert highest_level(["TH", "THPT", "GDTX"]) == "THPT"
    assert highest_level(["MN", "TH"]) == "TH"
    assert highest_level([]) == ""
