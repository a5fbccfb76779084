"""Delegations, periods and levels as pure rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.kernel.actor import Permission
from khuevan.platform.access import rules
from khuevan.platform.access.rules import DelegationFault as Fault
from khuevan.platform.access.rules import DelegationPlan

TODAY = date(2026, 11, 20)
PLAN = DelegationPlan(
    kind="ABSENCE",
    from_person=1,
    to_person=2,
    roles=1,
    all_own=True,
    same_unit=True,
    instrument="",
    reason="Công tác xa",
    starts_on=TODAY,
    ends_on=TODAY + timedelta(days=7),
)


@pytest.mark.parametrize(
    ("kind", "change"),
    [("KT", {"to_deputy": True}), ("TL", {"to_division_head": True}), ("ABSENCE", {})],
)
def test_a_plain_delegation_within_the_unit_is_right(kind: str, change: dict[str, Any]) -> None:
    assert rules.delegation_faults(replace(PLAN, kind=kind, **change), today=TODAY) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"kind": "TUQ"}, Fault.NO_INSTRUMENT),
        ({"kind": "KT", "to_division_head": True}, Fault.NOT_DEPUTY),
        ({"kind": "TL", "to_deputy": True}, Fault.NOT_DIVISION_HEAD),
        ({"same_unit": False}, Fault.OTHER_UNIT),
        ({"to_person": 1}, Fault.TO_ONESELF),
        ({"all_own": False}, Fault.NOT_OWN),
        ({"roles": 0}, Fault.NO_ROLES),
        ({"ends_on": TODAY}, Fault.PERIOD),
        ({"starts_on": TODAY - timedelta(days=1)}, Fault.PAST),
        ({"ends_on": TODAY + timedelta(days=367)}, Fault.TOO_LONG),
        ({"reason": "  "}, Fault.NO_REASON),
    ],
)
def test_each_fault_is_told(change: dict[str, object], fault: Fault) -> None:
    assert rules.delegation_faults(replace(PLAN, **change), today=TODAY) == [fault]  # type: ignore[arg-type]


def test_a_special_authorization_with_its_decision_may_leave_the_unit() -> None:
    plan = replace(PLAN, kind="TUQ", instrument="12/UQ-HT", same_unit=False)
    assert rules.delegation_faults(plan, today=TODAY) == []


DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(DAYS, st.none() | DAYS, DAYS, DAYS)
def test_what_is_delegated_never_outlasts_what_is_held(
    own_from: date, own_to: date | None, given_from: date, given_to: date
) -> None:
    period = rules.delegated_period(own=(own_from, own_to), given=(given_from, given_to))
    for day in (own_from, given_from, given_to, own_to or given_to):
        is_own = own_from <= day and (own_to is None or day < own_to)
        is_given = given_from <= day < given_to
        inside = period is not None and period[0] <= day < period[1]
        assert inside == (is_own and is_given)


AREA = rules.Area(
    "students",
    (
        Permission("students.a:view", "a", "view"),
        Permission("students.b:view", "b", "view"),
        Permission("students.c:record", "c", "record"),
        Permission("students.d:manage", "d", "manage"),
    ),
)
EVERY = [permission.code for permission in AREA.permissions]


def test_a_level_holds_all_below_it() -> None:
    assert AREA.up_to("record") == {"students.a:view", "students.b:view", "students.c:record"}
    assert AREA.levels() == ["view", "record", "manage"]
    assert AREA.up_to("none") == frozenset()


@given(st.sets(st.sampled_from(EVERY)))
def test_the_level_told_is_exactly_what_is_held(held: set[str]) -> None:
    level = AREA.level_of(held)
    if level == rules.CUSTOM:
        assert all(AREA.up_to(one) != held for one in ("none", *AREA.levels()))
    else:
        assert AREA.up_to(level) == held


@given(
    st.sets(st.sampled_from([*EVERY, "staff.x:view"])), st.sampled_from(["none", "view", "manage"])
)
def test_setting_one_area_leaves_the_others_alone(held: set[str], level: str) -> None:
    after = rules.with_levels(held, {"students": level}, [AREA])
    assert AREA.level_of(after) == level
    assert ("staff.x:view" in after) == ("staff.x:view" in held)
    assert rules.with_levels(held, {"students": rules.CUSTOM}, [AREA]) == held
    assert rules.with_levels(held, {}, [AREA]) == held
