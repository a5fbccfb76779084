"""Since when a unit is what it is: a new row of its area's list changes nothing of it."""

from __future__ import annotations

from datetime import date

from khuevan.platform.organizations.models import OrgUnit, OrgUnitVersion
from khuevan.platform.organizations.tables import began

FIRST, LISTED, MOVED = date(2013, 1, 1), date(2025, 7, 1), date(2026, 1, 1)
UNIT = OrgUnit(pk=1, code="42-SGDDT", kind="DEPARTMENT")


def period(starts_on: date, ends_on: date | None, *, parent: int, area: int) -> OrgUnitVersion:
    return OrgUnitVersion(
        unit=UNIT, name="Sở GDĐT", starts_on=starts_on, ends_on=ends_on,
        parent_id=parent, area_id=area,
    )  # fmt: skip


def test_a_relation_counts_from_the_change_of_the_unit_above() -> None:
    one = period(FIRST, LISTED, parent=7, area=1)
    two = period(LISTED, MOVED, parent=7, area=2)
    three = period(MOVED, None, parent=8, area=2)
    periods = [one, two, three]
    assert began(two, periods) is one
    assert began(three, periods) is three
    assert began(one, periods) is one


def test_a_gap_or_another_name_begins_anew() -> None:
    one = period(FIRST, date(2025, 6, 1), parent=7, area=1)
    two = period(LISTED, None, parent=7, area=1)
    assert began(two, [one, two]) is two
    before = period(FIRST, LISTED, parent=7, area=1)
    before.name = "Ty Giáo dục"
    assert began(two, [before, two]) is two
