"""From a person to an actor: the grants in force, gathered into hats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from khuevan.kernel.actor import permissions
from khuevan.kernel.periods import in_force
from khuevan.platform.access import rules
from khuevan.platform.access.actor import GrantActor, Hat, HeldGrant, NobodyActor, OperatorActor
from khuevan.platform.access.models import Grant, Role, SupportSession
from khuevan.platform.access.roles import HATS
from khuevan.platform.accounts.api import Person, User


def nobody(*, on: date) -> NobodyActor:
    """Return the actor of a request without a sign-in."""
    return NobodyActor(today=on)


def actor_for_person(
    person: Person, *, on: date, now: datetime, hat_key: str = "", support_key: str = ""
) -> GrantActor:
    """Return the person as an actor in one of their hats: the one named, else the first.

    Of support sessions only those named count: the hat's own, and the one this sign-in opened.
    """
    hats = hats_of(person.pk, on=on, now=now, support_keys={hat_key, support_key})
    chosen = next((hat for hat in hats if hat.key == hat_key), hats[0] if hats else None)
    return GrantActor(person_id=person.pk, label=person.full_name, today=on, hats=hats, hat=chosen)


def actor_in_hat(actor: GrantActor, key: str) -> GrantActor:
    """Return the same person in another of their hats, for a look at what it reaches."""
    chosen = next((hat for hat in actor.hats if hat.key == key), None)
    return GrantActor(
        person_id=actor.person_id,
        label=actor.label,
        today=actor.today,
        hats=actor.hats,
        hat=chosen,
    )


def actor_for_username(username: str, *, on: date, now: datetime) -> GrantActor | None:
    """Return a user's actor for the command line, or None when there is no such active user."""
    user = User.objects.for_sign_in().filter(username__iexact=username, is_active=True).first()
    return actor_for_person(user.person, on=on, now=now) if user else None


def operator_actor(*, on: date, login: str) -> OperatorActor:
    """Return the command line's actor: the operator role's permissions, under the login's name."""
    role = Role.objects.filter(code="operator").first()
    codes = frozenset(role.permissions) if role else frozenset()
    return OperatorActor(label=login, today=on, permissions=codes)


def grants_in_force(person_id: int, *, on: date) -> Iterable[Grant]:
    """Return a person's grants on a day, with role, unit and delegator: one query."""
    return (
        Grant.objects.unscoped(because="what a person may do is needed before they are an actor")
        .filter(in_force(on), person_id=person_id)
        .select_related("role", "anchor_unit", "delegation__from_person")
        .order_by("id")
    )


def hats_of(
    person_id: int, *, on: date, now: datetime, support_keys: Collection[str] = ()
) -> tuple[Hat, ...]:
    """Return the hats a person may wear now, own before delegated, most far-reaching first."""
    grouped: dict[tuple[str, int | None, int | None], list[Grant]] = defaultdict(list)
    for grant in grants_in_force(person_id, on=on):
        home = None if grant.role.hat == "guardian" else grant.home_unit_id
        grouped[grant.role.hat, home, grant.delegation_id].append(grant)
    hats = [_hat(*place, grants) for place, grants in grouped.items()]
    if any(hat.code == "support" for hat in hats):
        sessions = _open_support(person_id, now=now) if any(support_keys) else ()
        hats += [_support_hat(one) for one in sessions if support_hat_key(one) in support_keys]
    order = list(HATS)
    return tuple(
        sorted(
            hats,
            key=lambda hat: (hat.delegation_id or 0, order.index(hat.code), hat.unit_id or 0),
        )
    )


def _hat(code: str, unit_id: int | None, delegation_id: int | None, grants: list[Grant]) -> Hat:
    roles = {grant.role_id: grant.role for grant in grants}
    label = str(next(iter(roles.values()))) if len(roles) == 1 else str(HATS[code])
    key = f"{code}-{unit_id or 0}"
    delegation = grants[0].delegation
    if delegation is not None:
        key = f"{key}-for-{delegation_id}"
        label = _("%(role)s, for %(person)s") % {
            "role": label,
            "person": delegation.from_person.full_name,
        }
    return Hat(
        key=key,
        code=code,
        label=label,
        unit_id=unit_id,
        grants=tuple(_held(grant) for grant in grants),
        needs_second_factor=any(role.needs_second_factor for role in roles.values()),
        delegation_id=delegation_id,
        delegated_as=delegation.kind if delegation is not None else "",
    )


def _held(grant: Grant) -> HeldGrant:
    return HeldGrant(
        role=grant.role.code,
        permissions=rules.without_never(grant.role.hat, grant.role.permissions, permissions),
        unit_id=grant.anchor_unit_id,
        unit_kind=grant.anchor_unit.kind if grant.anchor_unit else "",
        class_id=grant.anchor_class_id,
        person_id=grant.anchor_person_id,
        grant_id=grant.pk,
        gives=tuple(grant.role.gives),
    )


def _open_support(person_id: int, *, now: datetime) -> Iterable[SupportSession]:
    return (
        SupportSession.objects.unscoped(because="an open support session makes a hat")
        .filter(person_id=person_id, closed_at__isnull=True, expires_at__gt=now)
        .select_related("unit")
        .order_by("id")
    )


def support_hat_key(session: SupportSession) -> str:
    """Return the key of the hat that a support session is."""
    return f"session-{session.pk}"


def _support_hat(session: SupportSession) -> Hat:
    role = Role.objects.get(code="support_session")
    held = HeldGrant(
        role=role.code,
        permissions=rules.without_never(role.hat, role.permissions, permissions),
        unit_id=session.unit_id,
        unit_kind=session.unit.kind,
    )
    return Hat(
        key=support_hat_key(session),
        code="support",
        label=str(role),
        unit_id=session.unit_id,
        grants=(held,),
        needs_second_factor=True,
        purpose=session.reason,
    )
