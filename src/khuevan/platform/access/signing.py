"""In which form somebody signs for the head of a unit (Decree 30/2020, article 13)."""

from __future__ import annotations

from datetime import date

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.platform.access import rules
from khuevan.platform.access.actor import Hat
from khuevan.platform.access.errors import MayNotSignFor
from khuevan.platform.access.models import Delegation, DelegationKind, Grant, GrantSource
from khuevan.platform.access.roles import DEPUTIES, FAMILY_HATS


def signs_as(actor: Actor) -> str:
    """Return the form in which the wearer of this hat signs for the head; empty for oneself.

    An absence is no form of its own: a deputy signs in place of the head (KT.), anybody else by
    a written authorization (TUQ.).

    :raises MayNotSignFor: when neither holds of who stands in
    """
    hat: Hat | None = getattr(actor, "hat", None)
    if hat is None or hat.delegation_id is None or hat.delegated_as != DelegationKind.ABSENCE:
        return hat.delegated_as if hat is not None else ""
    rows = Delegation.objects.unscoped(because="the one whose hat is worn")
    delegation = rows.get(pk=hat.delegation_id)
    roles = {grant.role for grant in hat.grants}
    own = staff_roles(actor.person_id, delegation.unit_id, on=actor.today)
    if rules.is_under(roles, own, under=DEPUTIES):
        return DelegationKind.DEPUTY.value
    if delegation.instrument:
        return DelegationKind.AUTHORIZED.value
    raise MayNotSignFor


def staff_roles(person_id: int | None, unit_id: int | None, *, on: date) -> set[str]:
    """Return the roles that somebody holds themselves in a unit, other than a family's."""
    rows = (
        Grant.objects.unscoped(because="a delegation stays in one unit: what is the other there?")
        .filter(in_force(on), person=person_id, home_unit_id=unit_id)
        .exclude(role__hat__in=FAMILY_HATS)
        .exclude(source=GrantSource.DELEGATED)
    )
    return set(rows.values_list("role__code", flat=True))
