"""Who founds a school to be: the power `establish_school`, asked of what it will be."""

from __future__ import annotations

from datetime import date

from khuevan.platform.organizations.api import Around, OrgUnitVersion, versions_on
from khuevan.platform.regulations.api import (
    UNNAMED,
    Office,
    Subject,
    highest_level,
    power_rules,
    segment_on,
    timeline,
)
from khuevan.registry.authority.answers import SPOKEN
from khuevan.registry.authority.selectors import SEATS
from khuevan.registry.schools.api import Founded, Founder

POWER = "establish_school"


def founder_of(school: Founded, on: date) -> Founder | None:
    """Return who founds such a school on a day; None where nothing names an office."""
    subject = Subject("", highest_level(school.levels), school.school_type, school.ownership, "")
    segments = timeline(power_rules(POWER), subject)
    place = segment_on(segments, on)
    if place is None:
        return None
    rule = segments[place].rule
    if rule.decider in UNNAMED:
        return None
    office = Office(rule.decider)
    seat = _seat(office, school, on)
    source = rule.regulation.number if rule.regulation else ""
    spoken = SPOKEN.get(office)
    name = seat.name if seat else ""
    who = str(spoken) % {"unit": name} if spoken and name else name or str(office.label)
    return Founder(who, seat.unit_id if seat else None, SEATS[office], source)


def _seat(office: Office, school: Founded, on: date) -> OrgUnitVersion | None:
    """Return the unit of the office: above the school to be, else where it will stand."""
    kind = SEATS[office]
    line = Around(school.parent_id, on=on).line
    above = next((row for row in line if row.unit.kind == kind), None)
    if above is not None or school.area_id is None:
        return above
    there = versions_on(on).filter(unit__kind=kind, area_id=school.area_id)
    return there.order_by("unit_id").first()
