"""Sessions as devices: noted at sign-in, ended by their owner or with the password."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.platform.access import audit_codes
from khuevan.platform.access.models import Device
from khuevan.platform.access.selectors.devices import own_devices
from khuevan.platform.audit.api import record

LONGEST_AGENT = 300


def note_sign_in(*, person_id: int, session_key: str, user_agent: str, now: datetime) -> None:
    """Remember the device of a new session, and forget those whose sessions are too old."""
    greatest_age = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    rows = Device.objects.unscoped(because="the devices of who signs in")
    rows.filter(person_id=person_id, signed_in_at__lt=now - greatest_age).delete()
    rows.filter(session_key=session_key).delete()
    Device.objects.create(
        person_id=person_id,
        session_key=session_key,
        user_agent=user_agent[:LONGEST_AGENT],
        signed_in_at=now,
        seen_at=now,
    )


def note_device(*, old_key: str, session_key: str, now: datetime) -> None:
    """Note that a device is used, and its session's new key when it has one."""
    rows = Device.objects.unscoped(because="the session at hand")
    rows.filter(session_key=old_key).update(session_key=session_key, seen_at=now)


@transaction.atomic(durable=True)
def end_device(*, actor: Actor, uuid: UUID, now: datetime) -> None:
    """End one of the actor's own sessions.

    :raises NotFound: when it is not theirs, or over
    """
    device = own_devices(actor=actor, now=now).one(uuid)
    _end([device.session_key])
    _record(actor, count=1, now=now)


@transaction.atomic(durable=True)
def end_other_devices(*, actor: Actor, session_key: str, now: datetime) -> int:
    """End all of the actor's sessions but the one at hand, and return how many."""
    others = own_devices(actor=actor, now=now).exclude(session_key=session_key)
    count = _end(list(others.values_list("session_key", flat=True)))
    if count:
        _record(actor, count=count, now=now)
    return count


def end_sessions_of(*, person_id: int, but: str = "") -> None:
    """End a person's sessions with the password they began with; a step of the caller's action."""
    rows = Device.objects.unscoped(because="a password ends the sessions that began with the old")
    rows = rows.filter(person_id=person_id).exclude(session_key=but)
    _end(list(rows.values_list("session_key", flat=True)))


def _end(keys: list[str]) -> int:
    Session.objects.filter(session_key__in=keys).delete()
    rows = Device.objects.unscoped(because="their sessions have just been ended")
    return rows.filter(session_key__in=keys).delete()[0]


def _record(actor: Actor, *, count: int, now: datetime) -> None:
    record(
        audit_codes.SESSIONS_ENDED,
        actor=actor,
        at=now,
        person_id=actor.person_id,
        details={"count": count},
    )
