"""Who decides about a school that may still be one to be: a power asked of what it will be."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from khuevan.platform.organizations.api import Around, OrgUnitVersion, UnitKind, versions_on
from khuevan.platform.regulations.api import (
    UNNAMED,
    AuthorityRule,
    Office,
    Subject,
    highest_level,
    power_rules,
    segment_on,
    timeline,
)
from khuevan.registry.authority.answers import office_at
from khuevan.registry.authority.selectors import SEATS
from khuevan.registry.schools.api import AskedSchool, Decider, Ownership, SchoolType, level_sets


def decider_of(school: AskedSchool, power: str, on: date) -> Decider | None:
    """Return who holds a power on a school on a day; None where nothing names an office."""
    subject = Subject("", highest_level(school.levels), school.school_type, school.ownership, "")
    rule = _rule(power_rules(power), subject, on)
    if rule is None:
        return None
    office = Office(rule.decider)
    seat = _seat(office, school, on)
    source = rule.regulation.number if rule.regulation else ""
    who = office_at(office, seat.name) if seat else str(office.label)
    unit_id = seat.unit_id if seat else None
    return Decider(who, unit_id, SEATS[office], office, source, rule.confidence)


def types_of(power: str, kind: UnitKind, on: date) -> Collection[str]:
    """Return the types of schools on which offices of a kind of unit hold a power on a day."""
    rules = power_rules(power)
    return {
        school_type
        for school_type in SchoolType.values
        for level in {highest_level(levels) for levels in level_sets(school_type)}
        for rule in [_rule(rules, Subject("", level, school_type, Ownership.PUBLIC, ""), on)]
        if rule is not None and SEATS[Office(rule.decider)] == kind
    }


def _rule(rules: list[AuthorityRule], subject: Subject, on: date) -> AuthorityRule | None:
    """Return what names an office for a subject on a day."""
    segments = timeline(rules, subject)
    place = segment_on(segments, on)
    rule = None if place is None else segments[place].rule
    return None if rule is None or rule.decider in UNNAMED else rule


def _seat(office: Office, school: AskedSchool, on: date) -> OrgUnitVersion | None:
    """Return the unit of the office: above the school, else where it stands or will stand."""
    kind = SEATS[office]
    line = Around(school.parent_id, on=on).line
    above = next((row for row in line if row.unit.kind == kind), None)
    if above is not None or school.area_id is None:
        return above
    there = versions_on(on).filter(unit__kind=kind, area_id=school.area_id)
    return there.order_by("unit_id").first()
