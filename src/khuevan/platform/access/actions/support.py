"""Support sessions: timed, with a reason, known to the unit. There is no superuser instead."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.access import audit_codes, events, rules
from khuevan.platform.access.errors import ReasonNeeded, SupportTooLong, SupportTooWide
from khuevan.platform.access.models import SupportSession
from khuevan.platform.access.permissions import OPEN_SUPPORT
from khuevan.platform.audit.api import record
from khuevan.platform.organizations.api import OrgUnit, units_under

SHORTEST = timedelta(minutes=5)


@transaction.atomic(durable=True)
def start_support_session(
    *, actor: Actor, unit: OrgUnit, reason: str, minutes: int, now: datetime
) -> SupportSession:
    """Open a session on a unit for at most two hours; the unit is told. Earlier ones close.

    :raises SupportTooWide: when other units stand below it, which nobody would tell
    :raises SupportTooLong: when it is not between five minutes and two hours
    :raises ReasonNeeded: when the reason says nothing
    """
    if actor.person_id is None or unit.pk not in actor.reach(OPEN_SUPPORT, "school"):
        raise NotFound
    if units_under([unit.pk], on=actor.today) - {unit.pk}:
        raise SupportTooWide
    lasts = timedelta(minutes=minutes)
    if not SHORTEST <= lasts <= rules.LONGEST_SUPPORT:
        raise SupportTooLong
    if len(reason.strip()) < rules.SHORTEST_REASON:
        raise ReasonNeeded
    for earlier in _open_sessions(actor.person_id, now=now):
        _close(actor, earlier, now=now)
    session = SupportSession.objects.create(
        person_id=actor.person_id,
        unit=unit,
        reason=reason.strip(),
        opened_at=now,
        expires_at=now + lasts,
    )
    _record(audit_codes.SUPPORT_OPENED, actor, session, now=now)
    facts = {
        "session_id": session.pk,
        "unit_id": unit.pk,
        "person_id": actor.person_id,
        "person": actor.label,
        "reason": session.reason,
    }
    transaction.on_commit(lambda: events.support_opened.send(sender=SupportSession, **facts))
    return session


@transaction.atomic(durable=True)
def close_support_session(*, actor: Actor, session: SupportSession, now: datetime) -> None:
    """Close the actor's own session before its time is up."""
    session = SupportSession.objects.unscoped(because="one's own, checked below").lock(session.pk)
    if session.person_id != actor.person_id or session.closed_at is not None:
        raise NotFound
    _close(actor, session, now=now)


def _open_sessions(person_id: int, *, now: datetime) -> list[SupportSession]:
    """Return a person's open sessions, locked: an engineer looks at one unit at a time."""
    return list(
        SupportSession.objects.unscoped(because="the sessions of the person who opens another")
        .filter(person_id=person_id, closed_at__isnull=True, expires_at__gt=now)
        .select_for_update(no_key=True, of=("self",))
        .order_by("pk")
    )


def _close(actor: Actor, session: SupportSession, *, now: datetime) -> None:
    session.closed_at = now
    session.save(update_fields=["closed_at"])
    _record(audit_codes.SUPPORT_CLOSED, actor, session, now=now)
    facts = {
        "session_id": session.pk,
        "unit_id": session.unit_id,
        "person_id": session.person_id,
        "person": actor.label,
    }
    transaction.on_commit(lambda: events.support_closed.send(sender=SupportSession, **facts))


def note_support_view(
    *, actor: Actor, unit_id: int | None, path: str, reason: str, now: datetime
) -> None:
    """Write down that a page was opened in a support session; the unit reads this."""
    record(
        audit_codes.SUPPORT_VIEWED,
        actor=actor,
        at=now,
        unit_id=unit_id,
        details={"person": actor.label, "path": path, "reason": reason},
    )


def _record(code: str, actor: Actor, session: SupportSession, *, now: datetime) -> None:
    record(
        code,
        actor=actor,
        at=now,
        target=session,
        unit_id=session.unit_id,
        details={
            "person": actor.label,
            "reason": session.reason,
            "expires_at": session.expires_at,
        },
    )
