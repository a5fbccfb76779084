"""Pure rules of staff: positions, what a leave takes out of a period."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.registry.staff.rules import (
    Span,
    is_same_person,
    positions_of,
    roles_of_position,
    without,
)

DAY = date(2026, 9, 5)
SPANS = st.tuples(st.integers(0, 40), st.integers(1, 20) | st.none()).map(
    lambda pair: (
        DAY + timedelta(days=pair[0]),
        DAY + timedelta(days=pair[0] + pair[1]) if pair[1] else None,
    )
)


def days(span: Span) -> set[date]:
    """Return the days of a period, of an open one the first hundred."""
    end = span[1] or DAY + timedelta(days=100)
    return {span[0] + timedelta(days=number) for number in range((end - span[0]).days)}


@given(span=SPANS, gaps=st.lists(SPANS, max_size=4))
def test_what_is_left_is_each_day_that_no_gap_has(span: Span, gaps: list[Span]) -> None:
    left = without(span, gaps)
    kept = [days(one) for one in left]
    taken = set().union(*(days(gap) for gap in gaps)) if gaps else set()
    assert set().union(*kept) == days(span) - taken if kept else days(span) <= taken
    assert sum(map(len, kept)) == len(set().union(*kept)) if kept else True


@pytest.mark.parametrize(
    ("position", "kind", "roles"),
    [
        ("PRINCIPAL", "SCHOOL", ("principal", "school_staff")),
        ("NURSE", "SCHOOL", ("school_staff",)),
        ("OFFICER", "COMMUNE", ()),
        ("OFFICER", "DEPARTMENT", ()),
        ("DIRECTOR", "DEPARTMENT", ("department_director",)),
        ("OTHER", "COMMUNE", ()),
    ],
)
def test_a_position_brings_the_roles_of_its_place(
    position: str, kind: str, roles: tuple[str, ...]
) -> None:
    assert position in positions_of(kind)
    assert roles_of_position(position, kind) == roles


@pytest.mark.parametrize(
    ("told", "born", "is_same"),
    [
        ("Trần Thị Mai", DAY, True),
        ("TRẦN THỊ MAI", DAY, True),
        ("Trần Thị Mai", DAY + timedelta(days=1), False),
        ("Trần Thị Lan", DAY, False),
    ],
)
def test_who_shares_a_number_is_one_with_name_and_birth_date(
    told: str, born: date, is_same: bool
) -> None:
    assert is_same_person("Trần Thị Mai", DAY, told, born) is is_same
