"""Another's password with a second person: asking, confirming, declining, and being shown it once.

The rule is `rules.reset_fault`. It is asked again at every step, with what both may do by then.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.access import audit_codes, events, rules
from khuevan.platform.access.actions.accounts import announce, issuing_refusal, unit_seen
from khuevan.platform.access.actions.grants import Place
from khuevan.platform.access.actions.issuing import (
    key_of,
    opened_by,
    side_of,
    whom_to_ask,
)
from khuevan.platform.access.actor import GrantActor
from khuevan.platform.access.errors import (
    AlreadyAsked,
    NobodyConfirms,
    NotNeeded,
    OwnAccount,
    ReasonNeeded,
    RequestOver,
)
from khuevan.platform.access.models import OPEN_RESETS, ResetRequest, ResetState
from khuevan.platform.access.permissions import CONFIRM_RESETS, MANAGE_USERS
from khuevan.platform.access.selectors.actors import actor_for_person
from khuevan.platform.access.selectors.resets import who_may_confirm
from khuevan.platform.access.selectors.users import get_user_for
from khuevan.platform.accounts.api import IssuedSignIn, Person, User, issue_password
from khuevan.platform.audit.api import record


@transaction.atomic(durable=True)
def ask_for_reset(*, actor: Actor, user: User, reason: str, now: datetime) -> ResetRequest:
    """Ask for somebody's one-time password; those who may confirm are told, and the owner.

    :raises OwnAccount: when it is the actor's own
    :raises NotNeeded: when the actor may issue it without anybody else
    :raises AlreadyAsked: when a request for it is open
    :raises NobodyConfirms: when nobody with an account may answer for it
    """
    user = get_user_for(actor, user.uuid, MANAGE_USERS)
    if len(reason.strip()) < rules.SHORTEST_REASON:
        raise ReasonNeeded
    if user.person_id == actor.person_id or not isinstance(actor, GrantActor):
        raise OwnAccount
    if issuing_refusal(actor, user.person) is None:
        raise NotNeeded
    _let_expire(user, now=now)
    key = key_of(user.person, actor)
    people = confirmers(actor, user.person, now=now)
    if not people or not user.is_active:
        raise NobodyConfirms(person=user.person.full_name, ask=whom_to_ask(user.person, actor))
    asked = ResetRequest.objects.create(
        user=user,
        owner=user.person,
        requester_id=int(actor.person_id or 0),
        requester_hat=actor.hat.key if actor.hat else "",
        unit_id=unit_seen(actor, user.person_id),
        unit_ids=sorted(_units(key)),
        asked_of=people,
        reason=reason.strip(),
        receiver=rules.receiver(key, side_of(actor, key)),
        asked_at=now,
        expires_at=now + timedelta(hours=settings.PASSWORD_REQUEST_HOURS),
    )
    _record(audit_codes.RESET_ASKED, actor, asked, now=now, reason=asked.reason)
    _send(
        events.reset_asked,
        asked,
        owner_id=user.person_id,
        requester=actor.label,
        owner=user.person.full_name,
        person_ids=people,
    )
    return asked


@transaction.atomic(durable=True)
def confirm_reset(*, actor: Actor, request: ResetRequest, now: datetime) -> ResetRequest:
    """Answer for a request, as the second person; the one who may see it is shown the password.

    :raises NotFound: when it is not the actor's to confirm
    :raises RequestOver: when it was answered or is too old
    """
    asked = _locked(request)
    if not may_confirm(actor, asked, now=now):
        raise NotFound
    _require_state(asked, ResetState.WAITING, now=now)
    asked.state, asked.answered_at = ResetState.CONFIRMED, now
    asked.confirmer_id, asked.confirmer_hat = actor.person_id, _hat_key(actor)
    asked.save(update_fields=["state", "answered_at", "confirmer", "confirmer_hat"])
    _record(audit_codes.RESET_CONFIRMED, actor, asked, now=now)
    _answered(asked, is_confirmed=True)
    return asked


@transaction.atomic(durable=True)
def decline_reset(
    *, actor: Actor, request: ResetRequest, reason: str = "", now: datetime
) -> ResetRequest:
    """Stop a request: who may confirm it, and its owner, decline it; who asked withdraws it.

    :raises NotFound: when the actor has no say in it
    :raises RequestOver: when it is over already
    """
    asked = _locked(request)
    is_own = asked.requester_id == actor.person_id
    is_owner = asked.owner_id == actor.person_id
    has_confirmed = asked.confirmer_id is not None and asked.confirmer_id == actor.person_id
    if not (is_own or is_owner or has_confirmed or may_confirm(actor, asked, now=now)):
        raise NotFound
    if asked.state not in OPEN_RESETS or asked.expires_at <= now:
        raise RequestOver
    asked.state = ResetState.WITHDRAWN if is_own else ResetState.DECLINED
    asked.answer, asked.answered_at = reason.strip(), now
    asked.save(update_fields=["state", "answer", "answered_at"])
    code = audit_codes.RESET_WITHDRAWN if is_own else audit_codes.RESET_DECLINED
    _record(code, actor, asked, now=now, reason=asked.answer)
    if not is_own:
        _answered(asked, is_confirmed=False)
    return asked


@transaction.atomic(durable=True)
def collect_password(*, actor: Actor, request: ResetRequest, now: datetime) -> IssuedSignIn:
    """Issue the one-time password of a confirmed request, for whom it is shown to, once.

    :raises NotFound: when the actor is not who may be shown it, or the two no longer may
    :raises RequestOver: when it is not confirmed, was used, or is too old
    """
    asked = _locked(request)
    if receiver_id(asked) != actor.person_id or not wears_that_hat(actor, asked):
        raise NotFound
    _require_state(asked, ResetState.CONFIRMED, now=now)
    if not _still_fits(asked, actor, now=now):
        raise NotFound
    asked.state = ResetState.ISSUED
    asked.save(update_fields=["state"])
    issued = issue_password(
        actor=actor,
        user=asked.user,
        unit_id=asked.unit_id,
        issued_for=opened_by(asked.owner, on=actor.today),
        now=now,
    )
    announce(issued.user)
    return issued


def still_answered_for(user: User, receiver: Person, *, on: date, now: datetime) -> bool:
    """Return whether the two who answered for a password could do it again today."""
    rows = ResetRequest.objects.unscoped(because="who answered for it; not shown to anybody")
    asked = (
        rows.filter(user=user, state=ResetState.ISSUED)
        .select_related("user__person", "owner", "requester", "confirmer")
        .order_by("-id")
        .first()
    )
    if asked is None or receiver_id(asked) != receiver.pk:
        return False
    return _still_fits(asked, actor_for_person(receiver, on=on, now=now), now=now)


def may_confirm(actor: Actor, asked: ResetRequest, *, now: datetime) -> bool:
    """Return whether the actor, in the hat worn, may answer for a request."""
    if not isinstance(actor, GrantActor) or not actor.may(CONFIRM_RESETS):
        return False
    requester = _again(asked.requester, asked.requester_hat, actor, now=now)
    return requester is not None and _fits(asked.user, requester, actor)


def receiver_id(asked: ResetRequest) -> int | None:
    """Return the person who is shown the password once it is confirmed."""
    by_requester = asked.receiver == rules.Receiver.REQUESTER
    return asked.requester_id if by_requester else asked.confirmer_id


def wears_that_hat(actor: Actor, asked: ResetRequest) -> bool:
    """Return whether the receiver acts in the hat of the request, second step included."""
    is_requester = asked.receiver == rules.Receiver.REQUESTER
    return _hat_key(actor) == (asked.requester_hat if is_requester else asked.confirmer_hat)


def confirmers(actor: GrantActor, person: Person, *, now: datetime) -> list[int]:
    """Return the people who could confirm what the actor asks, in one of their hats."""
    key = key_of(person, actor)
    asks = side_of(actor, key)
    found = []
    for one in _people(who_may_confirm(_units(key), actor=actor)):
        hats = actor_for_person(one, on=actor.today, now=now).hats
        for hat in hats:
            worn = actor_for_person(one, on=actor.today, now=now, hat_key=hat.key)
            if worn.may(CONFIRM_RESETS) and not rules.reset_fault(key, asks, side_of(worn, key)):
                found.append(one.pk)
                break
    return found


def _people(ids: list[int]) -> list[Person]:
    rows = Person.objects.unscoped(because="whom a request is put before")
    return list(rows.filter(pk__in=ids).order_by("pk"))


def _fits(user: User, requester: GrantActor, confirmer: GrantActor) -> bool:
    """Return whether the rule holds, and whoever asked still keeps the account."""
    try:
        get_user_for(requester, user.uuid, MANAGE_USERS)
    except NotFound:
        return False
    key = key_of(user.person, confirmer)
    return rules.reset_fault(key, side_of(requester, key), side_of(confirmer, key)) is None


def _still_fits(asked: ResetRequest, actor: Actor, *, now: datetime) -> bool:
    """Return whether both could do it again today, with the same one to be shown the password."""
    requester = _again(asked.requester, asked.requester_hat, actor, now=now)
    confirmer = (
        _again(asked.confirmer, asked.confirmer_hat, actor, now=now) if asked.confirmer else None
    )
    if requester is None or confirmer is None or not _fits(asked.user, requester, confirmer):
        return False
    key = key_of(asked.user.person, actor)
    return rules.receiver(key, side_of(requester, key)) == asked.receiver


def _again(person: Person, hat_key: str, actor: Actor, *, now: datetime) -> GrantActor | None:
    """Return somebody in the hat they wore then, if they still have it and can sign in."""
    is_active = User.objects.unscoped(because="can they still sign in?").filter(
        person=person, is_active=True
    )
    found = actor_for_person(person, on=actor.today, now=now, hat_key=hat_key)
    if found.hat is None or found.hat.key != hat_key or not is_active.exists():
        return None
    return found


def _units(key: rules.Key) -> set[int]:
    return {place.unit_id for place in key.places if isinstance(place, Place)}


def _let_expire(user: User, *, now: datetime) -> None:
    User.objects.unscoped(because="one request at a time; seen by the actor above").lock(user.pk)
    rows = ResetRequest.objects.unscoped(because="an old request makes room for a new one")
    rows = rows.filter(user=user, state__in=OPEN_RESETS)
    rows.filter(expires_at__lte=now).update(state=ResetState.EXPIRED)
    if rows.exists():
        raise AlreadyAsked


def _locked(request: ResetRequest) -> ResetRequest:
    rows = ResetRequest.objects.unscoped(because="whether the actor has a say is asked next")
    return rows.select_related("user__person", "owner", "requester", "confirmer").lock(request.pk)


def _require_state(asked: ResetRequest, state: str, *, now: datetime) -> None:
    if asked.state != state or asked.expires_at <= now:
        raise RequestOver


def _hat_key(actor: Actor) -> str:
    hat = getattr(actor, "hat", None)
    return hat.key if hat else ""


def _record(
    code: str, actor: Actor, asked: ResetRequest, *, now: datetime, reason: str = ""
) -> None:
    record(
        code,
        actor=actor,
        at=now,
        target=asked,
        unit_id=asked.unit_id,
        person_id=asked.owner_id,
        details={"username": asked.user.username, "reason": reason},
    )


def _answered(asked: ResetRequest, *, is_confirmed: bool) -> None:
    _send(
        events.reset_answered,
        asked,
        is_confirmed=is_confirmed,
        owner=asked.owner.full_name,
        person_ids=[asked.requester_id],
    )


def _send(signal: Any, asked: ResetRequest, **facts: Any) -> None:
    transaction.on_commit(lambda: signal.send(sender=ResetRequest, uuid=asked.uuid, **facts))
