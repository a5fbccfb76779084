"""What a decision on a school must say: signed before it counts, by whoever is competent."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import require_near
from khuevan.platform.organizations.api import (
    Signed,
    SigningForm,
    UnitKind,
    positions_of,
    require_signed,
    signing_forms,
    unit_kind,
)
from khuevan.registry.schools.competence import AskedSchool, Decider, decider_of, sources
from khuevan.registry.schools.errors import (
    CountsBeforeDecision,
    DeciderUnknown,
    DecisionNeeded,
    DecisionToCome,
    ManagedByFounder,
    NotTheDecider,
)
from khuevan.registry.schools.errors_of_founding import MoveBeforeConversion
from khuevan.registry.schools.models import Matter, SchoolType
from khuevan.registry.schools.permissions import (
    FOUND_SCHOOLS,
    LICENSE_FACILITIES,
    MANAGE_SCHOOLS,
)
from khuevan.ui.formats import day


def own_permission(school_type: str) -> Permission:
    """Return what lets a commune's office open such a school of its own."""
    is_facility = school_type == SchoolType.INDEPENDENT_PRESCHOOL
    return LICENSE_FACILITIES if is_facility else FOUND_SCHOOLS


def require_decision(signed: Signed | None, *, counts_from: date, today: date) -> Signed:
    """Return a decision that is there, and was signed before it counts.

    :raises DecisionNeeded: when there is none
    :raises DecisionToCome: when it would be signed on a day to come
    :raises CountsBeforeDecision: when it would count before it was signed
    :raises DayOutOfRange: when nobody can have signed it on that day
    """
    if signed is None:
        raise DecisionNeeded
    if signed.on > today:
        raise DecisionToCome(on=day(signed.on))
    require_near(signed.on, today=today)
    if signed.on > counts_from:
        raise CountsBeforeDecision(signed=day(signed.on), counts=day(counts_from))
    return signed


def require_decider(
    actor: Actor, school: AskedSchool, matter: Matter, *, signed: Signed, own: Permission
) -> Decider | None:
    """Return who was competent on the day of a decision; refuse what another office decides.

    The commune's office records what its commune decides, by the permission `own`; the Department
    the others, and what a commune signed on paper.

    :raises NotTheDecider, DeciderUnknown: when the actor's office isn't known to decide so
    :raises NumberUnfit, SignerNeeded, SignedOtherwise, PositionUnfit: when it can't be signed so
    :raises BodyUnfit, SignUnfit, AuthorizationNeeded, AuthorizationUnfit: the same
    """
    decider = require_competent(actor, school, matter, on=signed.on, own=own)
    office = decider.office if decider else ""
    require_signed(signed, office=office, who=decider.who if decider else _("the office"))
    return decider


def require_competent(
    actor: Actor, school: AskedSchool, matter: Matter, *, on: date, own: Permission
) -> Decider | None:
    """Return who was competent on a day; refuse an actor of another office.

    :raises NotTheDecider, DeciderUnknown: when the actor's office isn't known to decide so
    """
    decider = decider_of(school, matter, on=on)
    if school.parent_id in actor.reach(MANAGE_SCHOOLS, "school"):
        return decider
    held = actor.reach(own, "school")
    seat = decider.unit_id if decider else None
    if held.everything or (seat is not None and seat in held):
        return decider
    asked = {
        "matter": matter.label,
        "kind": SchoolType(school.school_type).label,
        "on": day(on),
    }
    if decider is None:
        raise DeciderUnknown(**asked)
    raise NotTheDecider(**asked, who=decider.who, source=sources(decider, matter, on))


def usual_signature(asked: AskedSchool | None, matter: Matter, *, on: date) -> dict[str, Any]:
    """Return how the competent office usually signs, as a form begins with it."""
    decider = decider_of(asked, matter, on=on) if asked else None
    form = signing_forms(decider.office, on)[0] if decider else SigningForm.HEAD
    positions = positions_of(decider.office, form, on) if decider else []
    return {"decided_on": on, "signed_as": form, "signer_position": next(iter(positions), "")}


def require_under_founder(school: AskedSchool, founder: Decider | None) -> None:
    """Refuse to put a school elsewhere than the level that founds it.

    :raises ManagedByFounder: when a commune founds it and it comes not under that commune
    """
    if founder is None or founder.unit_id is None:
        return
    by_commune = founder.kind == UnitKind.COMMUNE
    under_commune = unit_kind(school.parent_id) == UnitKind.COMMUNE
    elsewhere = founder.unit_id != school.parent_id if by_commune else under_commune
    if elsewhere:
        kind = SchoolType(school.school_type).label
        raise ManagedByFounder(kind=kind, who=founder.who)


def require_under_province(school: AskedSchool, founder: Decider | None) -> None:
    """Refuse that a school under a commune becomes what another level founds.

    :raises MoveBeforeConversion:
    """
    if founder is None or founder.unit_id is None or founder.kind == UnitKind.COMMUNE:
        return
    if unit_kind(school.parent_id) == UnitKind.COMMUNE:
        kind = SchoolType(school.school_type).label
        raise MoveBeforeConversion(kind=kind, who=founder.who)
