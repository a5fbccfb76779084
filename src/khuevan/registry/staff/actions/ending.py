"""Ending an appointment with all that rests on it, and taking such an end back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force, not_over
from khuevan.platform.access.api import Grant
from khuevan.platform.accounts.api import User, set_active
from khuevan.platform.audit.api import AuditEntry, record
from khuevan.registry.staff import audit_codes
from khuevan.registry.staff.actions.appointing import reached_appointment
from khuevan.registry.staff.checks import check_end, check_period, local_day
from khuevan.registry.staff.errors import AlreadyAppointed, AlreadyEnded, NothingToUndo
from khuevan.registry.staff.facts import HOMEROOM, SUBSTITUTION, TEACHING, refresh_grants
from khuevan.registry.staff.models import (
    Appointment,
    EndKind,
    HomeroomAssignment,
    StaffMember,
    Substitution,
    TeachingAssignment,
)
from khuevan.registry.staff.rules import LEAVING_WORK

BECAUSE = "what rests on an appointment the actor may end, locked"
DUTIES: dict[str, Any] = {
    HOMEROOM: HomeroomAssignment,
    TEACHING: TeachingAssignment,
    SUBSTITUTION: Substitution,
}


@transaction.atomic
def end_appointment(
    *, actor: Actor, uuid: UUID, kind: str, on: date, decision: str = "", now: datetime
) -> Appointment:
    """End an appointment on a day, with the classes and lessons that rest on it.

    Who retires or dies works nowhere from then on, and the account closes when nothing else is
    left to open with it.

    :raises AlreadyEnded: when an earlier end is recorded
    :raises DayTooEarly, DayTooLate: when the day is outside the appointment
    """
    check_period(on, None, today=local_day(now))
    appointment = reached_appointment(actor, uuid, on=on)
    if appointment.end_kind:
        raise AlreadyEnded
    check_end(on, appointment.starts_on, appointment.ends_on)
    return write_end(actor, appointment, kind, on=on, decision=decision, now=now)


def write_end(
    actor: Actor, appointment: Appointment, kind: str, *, on: date, decision: str, now: datetime
) -> Appointment:
    """End a locked appointment with all that rests on it; a step of the caller's action."""
    today = local_day(now)
    rows = [appointment]
    if kind in LEAVING_WORK or appointment.is_primary:
        rows += _resting_on(appointment, kind, on)
    ends = [["staff.appointment:", row.pk, row.ends_on] for row in rows]
    for row in rows:
        row.ends_on, row.end_kind, row.end_decision = on, kind, decision
        row.save(update_fields=["ends_on", "end_kind", "end_decision"])
    changed, gone = _end_duties(appointment.staff_member, on)
    refresh_grants([appointment.staff_member_id], gone=gone)
    if kind == EndKind.DECEASED or (kind in LEAVING_WORK and on <= today):
        _close_account(actor, appointment, is_dead=kind == EndKind.DECEASED, now=now)
    record(
        audit_codes.ENDED,
        actor=actor,
        at=now,
        target=appointment,
        unit_id=appointment.unit_id,
        person_id=appointment.person_id,
        after={"ends_on": on, "end_kind": kind},
        details={
            "position": appointment.get_position_display(),
            "how": appointment.get_end_kind_display(),
            "on": on,
            "ends": [[name, pk, end and end.isoformat()] for name, pk, end in [*ends, *changed]],
        },
    )
    return appointment


@transaction.atomic
def undo_ending(*, actor: Actor, uuid: UUID, now: datetime) -> Appointment:
    """Take back an end recorded by mistake: the position, classes and lessons as they were.

    A class that got another teacher meanwhile keeps that one.

    :raises NothingToUndo: when no recorded deed ended it
    :raises AlreadyAppointed: when another main position has begun meanwhile
    """
    return write_undo(actor, reached_appointment(actor, uuid, on=actor.today), now=now)


def write_undo(actor: Actor, appointment: Appointment, *, now: datetime) -> Appointment:
    """Take back the end of a locked appointment; a step of the caller's action.

    :raises NothingToUndo, AlreadyAppointed:
    """
    entry = (
        AuditEntry.objects.unscoped(because="the deed that is taken back")
        .filter(code=audit_codes.ENDED, person_id=appointment.person_id)
        .filter(target_id=appointment.pk)
        .order_by("-at", "-pk")
        .first()
    )
    if entry is None or appointment.end_kind in ("", EndKind.CHANGED):
        raise NothingToUndo
    members = {appointment.staff_member_id}
    for prefix, pk, end in entry.details.get("ends", ()):
        _restore(prefix, pk, date.fromisoformat(end) if end else None)
    refresh_grants(members)
    _open_account(actor, appointment, now=now)
    record(
        audit_codes.TAKEN_BACK,
        actor=actor,
        at=now,
        target=appointment,
        unit_id=appointment.unit_id,
        person_id=appointment.person_id,
        before={"ends_on": appointment.ends_on},
        details={"position": appointment.get_position_display()},
    )
    appointment.refresh_from_db()
    return appointment


@transaction.atomic
def close_accounts_of_leavers(*, actor: Actor, now: datetime) -> int:
    """Switch off the sign-ins of those whose leaving work, recorded ahead, has come about.

    Nights that were missed are made up for. An account somebody opened again stays open only
    while it opens something.
    """
    today = local_day(now)
    rows = Appointment.objects.unscoped(because="machines keep the day that people recorded")
    ended = rows.filter(end_kind__in=LEAVING_WORK, ends_on__lte=today, person__user__is_active=True)
    closed = set()
    for appointment in ended.order_by("person_id", "-ends_on", "pk"):
        person_id = appointment.person_id
        if person_id not in closed and not _opens_anything(person_id, today):
            _close_account(actor, appointment, is_dead=False, now=now)
            closed.add(person_id)
    return len(closed)


def _resting_on(appointment: Appointment, kind: str, on: date) -> list[Appointment]:
    """Return the other appointments that end too: those beside the main one, or everywhere."""
    rows = (
        Appointment.objects.unscoped(because=BECAUSE)
        .filter(not_over(on), staff_member_id=appointment.staff_member_id, starts_on__lt=on)
        .exclude(pk=appointment.pk)
        .select_for_update(no_key=True, of=("self",))
        .order_by("pk")
    )
    return list(rows if kind in LEAVING_WORK else rows.filter(is_primary=False))


def _end_duties(member: StaffMember, on: date) -> tuple[list[list[Any]], list[str]]:
    """End classes and lessons at schools where nobody employs the member on a day or later."""
    stays = Appointment.objects.unscoped(because=BECAUSE).filter(not_over(on), staff_member=member)
    schools = set(stays.values_list("unit_id", flat=True))
    changed: list[list[Any]] = []
    gone: list[str] = []
    for prefix, model in DUTIES.items():
        rows = (
            model.objects.unscoped(because=BECAUSE)
            .filter(not_over(on), staff_member=member)
            .exclude(school_id__in=schools)
            .select_for_update(no_key=True, of=("self",))
            .order_by("pk")
        )
        for row in rows:
            if row.starts_on >= on:
                gone.append(f"{prefix}{row.pk}")
                row.delete()
            else:
                changed.append([prefix, row.pk, row.ends_on])
                row.ends_on = on
                row.save(update_fields=["ends_on"])
    return changed, gone


def _restore(prefix: str, pk: int, end: date | None) -> None:
    model = DUTIES.get(prefix, Appointment)
    row = model.objects.unscoped(because=BECAUSE).filter(pk=pk).first()
    if row is None:
        return
    fields = ["ends_on"]
    row.ends_on = end
    if model is Appointment:
        row.end_kind, row.end_decision = "", ""
        fields += ["end_kind", "end_decision"]
    try:
        with transaction.atomic():
            row.save(update_fields=fields)
    except IntegrityError as error:
        if model is Appointment:
            raise AlreadyAppointed from error


def _close_account(actor: Actor, appointment: Appointment, *, is_dead: bool, now: datetime) -> None:
    """Switch a sign-in off that opens nothing any more; that of the dead at once."""
    user = User.objects.for_sign_in().filter(person_id=appointment.person_id).first()
    if user is None or not user.is_active:
        return
    if is_dead or not _opens_anything(appointment.person_id, local_day(now)):
        set_active(
            actor=actor,
            user=user,
            is_active=False,
            unit_id=appointment.unit_id,
            reason=appointment.get_end_kind_display(),
            now=now,
        )


def _open_account(actor: Actor, appointment: Appointment, *, now: datetime) -> None:
    user = User.objects.for_sign_in().filter(person_id=appointment.person_id).first()
    if user is not None and not user.is_active and appointment.end_kind in LEAVING_WORK:
        set_active(actor=actor, user=user, is_active=True, unit_id=appointment.unit_id, now=now)


def _opens_anything(person_id: int, on: date) -> bool:
    grants = Grant.objects.unscoped(because="whether an account still opens anything")
    held: Iterable[Any] = grants.filter(Q(person_id=person_id) & (in_force(on) | not_over(on)))
    return any(grant.ends_on is None or grant.ends_on > grant.starts_on for grant in held)
