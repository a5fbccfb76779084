"""Accounts of other people: who may create, reset and switch off whose."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.errors import DomainError
from khuevan.platform.access import audit_codes, events
from khuevan.platform.access.actions.devices import end_sessions_of
from khuevan.platform.access.actions.grants import may_manage
from khuevan.platform.access.actions.issuing import opened_by, persons_of, require_may_issue
from khuevan.platform.access.errors import MoreThanYou, OwnAccount, ReasonNeeded, SeesPupils
from khuevan.platform.access.models import Grant
from khuevan.platform.access.permissions import MANAGE_USERS
from khuevan.platform.access.selectors.actors import grants_in_force
from khuevan.platform.access.selectors.grants import grants
from khuevan.platform.access.selectors.users import get_person_for, get_user_for
from khuevan.platform.accounts.api import (
    IssuedSignIn,
    Person,
    User,
    create_user,
    issue_password,
    set_active,
)
from khuevan.platform.audit.api import record


@transaction.atomic(durable=True)
def open_account(
    *, actor: Actor, person: Person, username: str = "", now: datetime
) -> IssuedSignIn:
    """Give a person of the actor's unit a sign-in with a one-time password.

    :raises HasAccount: when the person has one already
    :raises UsernameTaken: when another person has that username
    :raises MoreThanYou: when the person holds more than the actor could give
    :raises SeesPupils: when the person may see pupils whom the actor may not
    """
    person = get_person_for(actor, person.uuid, MANAGE_USERS)
    _require_below(actor, person)
    require_may_issue(actor, person)
    issued = create_user(
        actor=actor,
        person=person,
        username=username,
        unit_id=unit_seen(actor, person.pk),
        issued_for=opened_by(person, on=actor.today),
        now=now,
    )
    announce(issued.user)
    return issued


@transaction.atomic(durable=True)
def reset_password(*, actor: Actor, user: User, now: datetime) -> IssuedSignIn:
    """Issue a one-time password; the old one and all open sessions stop working.

    :raises OwnAccount: when it is the actor's own
    :raises MoreThanYou: when the person holds more than the actor could give
    :raises SeesPupils: when the person may see pupils whom the actor may not
    """
    user = _managed(actor, user)
    require_may_issue(actor, user.person)
    issued = issue_password(
        actor=actor,
        user=user,
        unit_id=unit_seen(actor, user.person_id),
        issued_for=opened_by(user.person, on=actor.today),
        now=now,
    )
    announce(issued.user)
    return issued


@transaction.atomic(durable=True)
def deactivate_account(*, actor: Actor, user: User, reason: str, now: datetime) -> None:
    """Switch a sign-in off; its sessions end at once, its grants stay as they are.

    :raises OwnAccount: when it is the actor's own
    :raises MoreThanYou: when the person holds more than the actor could give
    """
    if not reason.strip():
        raise ReasonNeeded
    user = _managed(actor, user)
    unit_id = unit_seen(actor, user.person_id)
    set_active(actor=actor, user=user, is_active=False, unit_id=unit_id, reason=reason, now=now)
    end_sessions_of(person_id=user.person_id)


@transaction.atomic(durable=True)
def reactivate_account(*, actor: Actor, user: User, now: datetime) -> None:
    """Switch a sign-in on again, with the password it had.

    :raises OwnAccount: when it is the actor's own
    :raises MoreThanYou: when the person holds more than the actor could give
    :raises SeesPupils: when the person may see pupils whom the actor may not
    """
    user = _managed(actor, user)
    require_may_issue(actor, user.person)
    unit_id = unit_seen(actor, user.person_id)
    set_active(actor=actor, user=user, is_active=True, unit_id=unit_id, now=now)
    announce(user)


@transaction.atomic(durable=True)
def remove_second_factor(*, actor: Actor, user: User, reason: str, now: datetime) -> None:
    """Take the second step off an account whose phone and recovery codes are lost.

    :raises OwnAccount: when it is the actor's own
    :raises MoreThanYou: when the person holds more than the actor could give
    :raises SeesPupils: when the person may see pupils whom the actor may not
    """
    if not reason.strip():
        raise ReasonNeeded
    user = _managed(actor, user)
    require_may_issue(actor, user.person)
    Authenticator.objects.filter(user_id=user.pk).delete()
    record(
        audit_codes.SECOND_FACTOR_REMOVED,
        actor=actor,
        at=now,
        target=user,
        unit_id=unit_seen(actor, user.person_id),
        person_id=user.person_id,
        details={"username": user.username, "reason": reason},
    )
    announce(user)


def may_manage_account(actor: Actor, user: User) -> bool:
    """Return whether the actor may keep this account: not their own, and nobody above them."""
    if user.person_id in persons_of(actor):
        return False
    return may_manage(actor, _held(actor, user.person)) is None


def issuing_refusal(actor: Actor, person: Person) -> DomainError | None:
    """Return why the actor may not open the way into an account alone; None when they may."""
    if person.pk in persons_of(actor):
        return OwnAccount()
    try:
        _require_below(actor, person)
        require_may_issue(actor, person)
    except (MoreThanYou, SeesPupils) as refusal:
        return refusal
    return None


def _managed(actor: Actor, user: User) -> User:
    user = get_user_for(actor, user.uuid, MANAGE_USERS)
    if user.person_id in persons_of(actor):
        raise OwnAccount
    _require_below(actor, user.person)
    return user


def _require_below(actor: Actor, person: Person) -> None:
    above = may_manage(actor, _held(actor, person))
    if above is not None:
        raise MoreThanYou(person=person.full_name, role=str(above.role))


def _held(actor: Actor, person: Person) -> Iterable[Grant]:
    return grants_in_force(person.pk, on=actor.today)


def unit_seen(actor: Actor, person_id: int, permission: Permission = MANAGE_USERS) -> int | None:
    """Return a unit in which the actor knows the person, for the audit log's readers."""
    rows = grants(actor=actor, permission=permission).filter(person_id=person_id)
    return rows.values_list("home_unit_id", flat=True).first()


def announce(user: User) -> None:
    """End what was open with an account, and tell that somebody else made a way into it."""
    end_sessions_of(person_id=user.person_id)
    facts = {"user_id": user.pk, "person_id": user.person_id}
    transaction.on_commit(lambda: events.account_issued.send(sender=User, **facts))
