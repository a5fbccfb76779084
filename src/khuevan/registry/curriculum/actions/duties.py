"""Duties beside teaching, and circumstances, that take periods off."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.registry.curriculum import audit_codes
from khuevan.registry.curriculum.errors import DutyHeld, UnknownDuty
from khuevan.registry.curriculum.models import TeachingDuty
from khuevan.registry.curriculum.norms import duties_on, duty_name
from khuevan.registry.schools.api import School
from khuevan.registry.staff.api import MANAGE_STAFF, StaffMember, check_end


@transaction.atomic
def record_duty(
    *,
    actor: Actor,
    school: School,
    member: StaffMember,
    code: str,
    starts_on: date,
    ends_on: date | None,
    is_paid: bool = False,
    note: str = "",
    now: datetime,
) -> TeachingDuty:
    """Record that somebody holds a duty at a school that takes periods off.

    :raises UnknownDuty: when no text of that day names it
    :raises DutyHeld: when the person holds it then already
    """
    if school.pk not in actor.reach(MANAGE_STAFF, "school"):
        raise NotFound
    known = next((one for one in duties_on(starts_on) if one.code == code), None)
    if known is None:
        raise UnknownDuty
    try:
        with transaction.atomic():
            duty = TeachingDuty.objects.create(
                school=school,
                staff_member=member,
                person_id=member.person_id,
                code=code,
                is_paid=is_paid,
                note=note,
                starts_on=starts_on,
                ends_on=ends_on,
            )
    except IntegrityError as error:
        raise DutyHeld(name=member.person.full_name) from error
    _told(audit_codes.DUTY_RECORDED, actor, duty, known.name, now)
    return duty


@transaction.atomic
def end_duty(*, actor: Actor, uuid: UUID, on: date, now: datetime) -> TeachingDuty:
    """End a duty on a day.

    :raises DayTooEarly, DayTooLate: when it isn't held on the day before
    """
    rows = TeachingDuty.objects.visible_to(actor, MANAGE_STAFF)
    duty = rows.select_related("person").select_for_update(no_key=True, of=("self",)).one(uuid)
    check_end(on, duty.starts_on, duty.ends_on)
    duty.ends_on = on
    duty.save(update_fields=["ends_on"])
    _told(audit_codes.DUTY_ENDED, actor, duty, duty_name(duty.code), now)
    return duty


def _told(code: str, actor: Actor, duty: TeachingDuty, name: str, now: datetime) -> None:
    record(
        code,
        actor=actor,
        at=now,
        target=duty,
        unit_id=duty.school_id,
        person_id=duty.person_id,
        details={"duty": name},
    )
