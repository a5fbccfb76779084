"""By which decision a school is founded, and who is competent for it on that day.

Who decides is known to an app above this one, which registers itself in `founders`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.registry import Registry
from khuevan.platform.organizations.api import UnitKind, unit_kind
from khuevan.registry.schools.errors import (
    FoundedAfterOpening,
    FoundingNeeded,
    FoundingNotSigned,
    FoundingNumberUnfit,
    ManagedByFounder,
    NotTheFounder,
)
from khuevan.registry.schools.models import SchoolType
from khuevan.registry.schools.permissions import (
    FOUND_SCHOOLS,
    LICENSE_FACILITIES,
    MANAGE_SCHOOLS,
)

NUMBER_AND_SIGN = re.compile(r"\d+(/\d{4})?/[^\W\d_]{2,}([-.][^\W_]+)*")
"""Such as 412/QĐ-UBND, 12/2026/QĐ-UBND or 7/GP-UBND."""


@dataclass(frozen=True, slots=True)
class FoundingDecision:
    """The paper by which a school is founded or licensed: its number, its day, who signed."""

    number: str
    signed_on: date
    signed_by: str


@dataclass(frozen=True, slots=True)
class Founded:
    """A school that is to be founded, as far as it matters for who decides."""

    school_type: str
    levels: Collection[str]
    ownership: str
    parent_id: int
    area_id: int | None


@dataclass(frozen=True, slots=True)
class Founder:
    """Who founds such a school on a day: as people say it, the unit, the text."""

    who: str
    unit_id: int | None
    kind: str
    """The kind of unit in which the office stands."""
    source: str


founders: Registry[Callable[[Founded, date], Founder | None]] = Registry("who founds schools")
"""One, registered by the app that knows who decides what."""


def founder_of(school: Founded, *, on: date) -> Founder | None:
    """Return who founds such a school on a day; None where nobody is recorded."""
    told = next(iter(founders), None)
    return told(school, on) if told else None


def own_permission(school_type: str) -> Permission:
    """Return what lets a commune's office open such a school of its own."""
    is_facility = school_type == SchoolType.INDEPENDENT_PRESCHOOL
    return LICENSE_FACILITIES if is_facility else FOUND_SCHOOLS


def require_decision(
    founding: FoundingDecision | None, *, starts_on: date, today: date
) -> FoundingDecision:
    """Return the founding decision, whole and signed before the school opens.

    :raises FoundingNeeded: when number or signer is missing
    :raises FoundingNumberUnfit: when the number isn't digits and a sign
    :raises FoundingNotSigned: when it would be signed on a day to come
    :raises FoundedAfterOpening: when it was signed after the school opened
    """
    if founding is None or not founding.number.strip() or not founding.signed_by.strip():
        raise FoundingNeeded
    if not NUMBER_AND_SIGN.fullmatch(founding.number.strip()):
        raise FoundingNumberUnfit
    if founding.signed_on > today:
        raise FoundingNotSigned(on=f"{founding.signed_on:%d/%m/%Y}")
    if founding.signed_on > starts_on:
        raise FoundedAfterOpening(
            signed=f"{founding.signed_on:%d/%m/%Y}", opens=f"{starts_on:%d/%m/%Y}"
        )
    return founding


def require_founder(actor: Actor, school: Founded, *, signed_on: date) -> None:
    """Refuse a founding that another office decides.

    The commune's office records what its commune founds; the Department the others, and what a
    commune signed on paper. A school a commune founds comes under that commune.

    :raises NotTheFounder: when the actor's office isn't the one that founds such a school
    :raises ManagedByFounder: when the school is put elsewhere than under the commune founding it
    """
    founder = founder_of(school, on=signed_on)
    kind = SchoolType(school.school_type).label
    if school.parent_id not in actor.reach(MANAGE_SCHOOLS, "school"):
        own = actor.reach(own_permission(school.school_type), "school")
        seat = founder.unit_id if founder else None
        if not own.everything and (seat is None or seat not in own):
            who = founder.who if founder else "–"
            raise NotTheFounder(kind=kind, who=who, on=f"{signed_on:%d/%m/%Y}")
    if founder is None or founder.unit_id is None:
        return
    by_commune = founder.kind == UnitKind.COMMUNE
    under_commune = unit_kind(school.parent_id) == UnitKind.COMMUNE
    if (by_commune and founder.unit_id != school.parent_id) or (not by_commune and under_commune):
        raise ManagedByFounder(kind=kind, who=founder.who)
