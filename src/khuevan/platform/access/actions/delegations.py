"""Delegating one's own roles for a time, and ending that."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.access import audit_codes, rules
from khuevan.platform.access.actions.derived import end_rows
from khuevan.platform.access.actions.grants import require_own_rights
from khuevan.platform.access.errors import DelegationRefused
from khuevan.platform.access.models import Delegation, Grant, GrantSource
from khuevan.platform.access.permissions import DELEGATE, VIEW_DELEGATIONS
from khuevan.platform.access.roles import DEPUTIES, DIVISION_HEADS
from khuevan.platform.access.rules import DelegationFault, DelegationPlan
from khuevan.platform.access.selectors.delegations import delegable_grants, delegations
from khuevan.platform.access.signing import staff_roles
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import record


@transaction.atomic(durable=True)
def delegate(
    *,
    actor: Actor,
    to_person: Person,
    kind: str,
    grants: Collection[Grant],
    starts_on: date,
    ends_on: date,
    instrument: str = "",
    reason: str,
    now: datetime,
) -> Delegation:
    """Let another person hold some of the actor's own roles for a time.

    :raises HeldOnBehalf: when the actor acts on a delegation
    :raises DelegationRefused: when the rules of Decree 30/2020, article 13, don't allow it
    """
    require_own_rights(actor)
    own = _own_grants(actor, grants)
    unit_id = _unit_of(own)
    if actor.person_id is None or (own and unit_id not in actor.reach(DELEGATE, "school")):
        raise NotFound
    roles = {grant.role.code for grant in own}
    theirs = staff_roles(to_person.pk, unit_id, on=actor.today)
    plan = DelegationPlan(
        kind=kind,
        from_person=actor.person_id,
        to_person=to_person.pk,
        roles=len(own),
        all_own=len(own) == len(grants),
        same_unit=bool(theirs),
        instrument=instrument,
        reason=reason,
        starts_on=starts_on,
        ends_on=ends_on,
        to_deputy=rules.is_under(roles, theirs, under=DEPUTIES),
        to_division_head=rules.is_under(roles, theirs, under=DIVISION_HEADS),
    )
    faults = rules.delegation_faults(plan, today=actor.today)
    if faults or unit_id is None:
        raise DelegationRefused(faults or [DelegationFault.NO_ROLES])
    delegation = Delegation.objects.create(
        kind=kind,
        unit_id=unit_id,
        from_person_id=actor.person_id,
        to_person=to_person,
        instrument=instrument,
        reason=reason,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    _write_grants(delegation, own)
    told = ", ".join(dict.fromkeys(str(grant.role) for grant in own))
    _record(audit_codes.DELEGATED, actor, delegation, now=now, roles=told)
    return delegation


@transaction.atomic(durable=True)
def end_delegation(*, actor: Actor, delegation: Delegation, now: datetime) -> None:
    """End a delegation today; its giver, its holder and the unit's administrators may."""
    seen = delegations(actor=actor).filter(pk=delegation.pk, ended_at__isnull=True)
    if not seen.exists() or not _may_end(actor, delegation):
        raise NotFound
    delegation = Delegation.objects.unscoped(because="seen by the actor above").lock(delegation.pk)
    delegation.ended_at = now
    delegation.save(update_fields=["ended_at"])
    end_rows(Q(delegation=delegation), on=actor.today)
    _record(audit_codes.DELEGATION_ENDED, actor, delegation, now=now)


def _may_end(actor: Actor, delegation: Delegation) -> bool:
    if actor.person_id in {delegation.from_person_id, delegation.to_person_id}:
        return True
    return delegation.unit_id in actor.reach(VIEW_DELEGATIONS, "school")


def _own_grants(actor: Actor, wanted: Collection[Grant]) -> list[Grant]:
    """Return those of the wanted grants that the actor holds themselves, in the hat worn."""
    return list(delegable_grants(actor=actor).filter(pk__in={grant.pk for grant in wanted}))


def _unit_of(grants: Collection[Grant]) -> int | None:
    units = {grant.home_unit_id for grant in grants}
    return units.pop() if len(units) == 1 else None


def _write_grants(delegation: Delegation, own: Collection[Grant]) -> None:
    given = (delegation.starts_on, delegation.ends_on)
    for grant in own:
        period = rules.delegated_period(own=(grant.starts_on, grant.ends_on), given=given)
        if period is None:
            continue
        Grant.objects.create(
            person_id=delegation.to_person_id,
            role=grant.role,
            anchor_unit_id=grant.anchor_unit_id,
            anchor_class_id=grant.anchor_class_id,
            home_unit_id=grant.home_unit_id,
            starts_on=period[0],
            ends_on=period[1],
            source=GrantSource.DELEGATED,
            delegation=delegation,
            delegated_from=grant,
            reason=delegation.reason,
        )


def _record(
    code: str, actor: Actor, delegation: Delegation, *, now: datetime, roles: str = ""
) -> None:
    record(
        code,
        actor=actor,
        at=now,
        target=delegation,
        unit_id=delegation.unit_id,
        person_id=delegation.to_person_id,
        details={
            "kind": delegation.kind,
            "from_person": delegation.from_person.full_name,
            "to_person": delegation.to_person.full_name,
            "from_person_id": delegation.from_person_id,
            "to_person_id": delegation.to_person_id,
            "roles": roles,
            "instrument": delegation.instrument,
            "reason": delegation.reason,
            "starts_on": delegation.starts_on,
            "ends_on": delegation.ends_on,
        },
    )
