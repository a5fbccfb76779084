"""Which power a decision on a school needs on a day, and who holds it.

Which power it is, is data (`data/decisions.csv`); who holds a power is known to an app above this
one, which registers itself in `deciders`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from khuevan.kernel.registry import Registry
from khuevan.kernel.rule_rows import RuleRow, rule_rows
from khuevan.platform.organizations.api import UnitKind, version_of
from khuevan.platform.regulations.api import Confidence, told_note
from khuevan.registry.schools.facts import SchoolFacts, school_facts, versions_of
from khuevan.registry.schools.models import Matter, Ownership, School, SchoolType

DATA = Path(__file__).parent / "data" / "decisions.csv"
_SURE = (Confidence.TEXT_SEEN, Confidence.SECOND_HAND, Confidence.FROM_MEMORY)


@dataclass(frozen=True, slots=True)
class AskedSchool:
    """A school as far as it matters for who decides about it; it may be one to be."""

    school_type: str
    levels: Collection[str]
    ownership: str
    parent_id: int
    area_id: int | None


@dataclass(frozen=True, slots=True)
class Decider:
    """Who is competent on a day: as people say it, the unit and its kind, the office, the text."""

    who: str
    unit_id: int | None
    kind: str
    office: str
    source: str
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class PowersOfSchools:
    """What the app that knows who decides what tells of schools."""

    decider: Callable[[AskedSchool, str, date], Decider | None]
    """Who holds a power on a school on a day; None where nobody is recorded."""
    types_of: Callable[[str, UnitKind, date], Collection[str]]
    """The types of schools on which offices of a kind of unit hold a power on a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence(RuleRow):
    """Which power a decision on a school needs during a period, and which text says so."""

    matter: str
    power: str


deciders: Registry[PowersOfSchools] = Registry("who decides about schools")
"""One, registered by the app that knows who decides what."""


def competence(matter: str, on: date) -> Competence | None:
    """Return which power a decision needs on a day; None for what no power is asked of."""
    rows = [one for one in rule_rows(DATA, Competence) if one.matter == matter]
    return next((one for one in rows if one.holds(on)), next(iter(rows), None))


def decider_of(school: AskedSchool, matter: str, *, on: date) -> Decider | None:
    """Return who is competent for a decision on a school; None where nobody is recorded."""
    told, asked = next(iter(deciders), None), competence(matter, on)
    return told.decider(school, asked.power, on) if told and asked else None


def types_decided_by(kind: UnitKind, matter: str, *, on: date) -> list[str]:
    """Return the types of schools a kind of unit decides about; none where it isn't recorded."""
    told, asked = next(iter(deciders), None), competence(matter, on)
    found = told.types_of(asked.power, kind, on) if told and asked else ()
    return [one for one in SchoolType.values if one in found]


def asked_on(school: School, on: date, *, facts: SchoolFacts | None = None) -> AskedSchool:
    """Return a school as it was placed on a day, else at first; by law so, or as it becomes."""
    day = max(on, versions_of(school.pk)[-1].starts_on)
    place = version_of(school.pk, on=day)
    told = facts or school_facts(school.pk, on=day)
    parent_id = place.parent_id if place and place.parent_id else school.pk
    area_id = place.area_id if place else None
    return AskedSchool(told.school_type, told.levels, told.ownership, parent_id, area_id)


def conversion(now: SchoolFacts, then: SchoolFacts) -> Matter | None:
    """Return what has to be decided for a school to become something else by law, if anything."""
    stays = now.school_type == then.school_type and set(now.levels) == set(then.levels)
    if stays and now.ownership == then.ownership:
        return None
    if not stays:
        return Matter.CONVERSION
    if Ownership.PUBLIC not in (now.ownership, then.ownership):
        return Matter.OWNER
    return Matter.PRIVATE if now.ownership == Ownership.PUBLIC else Matter.CONVERSION


def sources(decider: Decider | None, matter: str, on: date) -> str:
    """Return by which texts somebody is competent, for people to read."""
    asked = competence(matter, on)
    found = (decider.source if decider else "", asked.source if asked else "")
    return "; ".join(dict.fromkeys(one for one in found if one))


def how_sure(decider: Decider | None, matter: str, on: date) -> str:
    """Return how far it can be trusted that somebody is competent: as far as its weakest text."""
    asked = competence(matter, on)
    if decider is None or asked is None:
        return ""
    told = (decider.confidence or Confidence.FROM_MEMORY, asked.confidence)
    return max(told, key=lambda one: _SURE.index(Confidence(one)))


def cautions(matter: str, on: date) -> str:
    """Return what to know where no text was read that says who is competent for a matter."""
    asked = competence(matter, on)
    is_read = asked is None or asked.confidence == Confidence.TEXT_SEEN
    return "" if is_read or asked is None else told_note(asked.note)
