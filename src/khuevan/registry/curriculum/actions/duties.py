"""Duties beside teaching, and circumstances, that take periods off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.registry.curriculum import audit_codes
from khuevan.registry.curriculum.errors import (
    DecisionNeeded,
    DutyHeld,
    DutyPeriodsNeeded,
    DutyWhatNeeded,
    InformaticsRoom,
    PoolSpent,
    UnknownDuty,
)
from khuevan.registry.curriculum.models import MOST_OFF, TeachingDuty
from khuevan.registry.curriculum.norms import POOL, SET, SUBJECT, DutyRow, duty_name, duty_row
from khuevan.registry.curriculum.selectors.circumstances import circumstances_of
from khuevan.registry.curriculum.selectors.duties import used_of
from khuevan.registry.schools.api import School
from khuevan.registry.staff.api import MANAGE_STAFF, StaffMember, check_end, known_subject

INFORMATICS = "Tin học"
"""Whose room goes with the duty of IT (article 9.6 leaves it out)."""


@dataclass(frozen=True, slots=True)
class NewDuty:
    """A duty as a form tells it; `ends_on` is the first day after."""

    code: str
    starts_on: date
    ends_on: date | None = None
    what: str = ""
    periods: int | None = None
    agreement: str = ""
    is_paid: bool = False
    note: str = ""


@transaction.atomic
def record_duty(
    *, actor: Actor, school: School, member: StaffMember, new: NewDuty, now: datetime
) -> TeachingDuty:
    """Record that somebody holds a duty at a school that takes periods off.

    :raises UnknownDuty: when no text of that day names it
    :raises DutyWhatNeeded: when it is held for something that isn't named
    :raises InformaticsRoom: when it is the room that the duty of IT has
    :raises DutyPeriodsNeeded, DecisionNeeded: when the principal's number or decision is missing
    :raises PoolSpent: when the school's periods for it would not do
    :raises DutyHeld: when the person holds it then already
    """
    if school.pk not in actor.reach(MANAGE_STAFF, "school"):
        raise NotFound
    where = circumstances_of(school, new.starts_on)[""]
    known = duty_row(new.code, where, on=new.starts_on)
    if known is None:
        raise UnknownDuty
    what = _what(known, new.what)
    _require_periods(known, new, school)
    try:
        with transaction.atomic():
            duty = TeachingDuty.objects.create(
                school=school,
                staff_member=member,
                person_id=member.person_id,
                code=new.code,
                what=what,
                periods=new.periods if known.is_chosen else None,
                agreement=new.agreement,
                is_paid=new.is_paid,
                note=new.note,
                starts_on=new.starts_on,
                ends_on=new.ends_on,
            )
    except IntegrityError as error:
        raise DutyHeld(name=member.person.full_name) from error
    _told(audit_codes.DUTY_RECORDED, actor, duty, now)
    return duty


@transaction.atomic
def end_duty(*, actor: Actor, uuid: UUID, on: date, now: datetime) -> TeachingDuty:
    """End a duty on a day.

    :raises DayTooEarly, DayTooLate: when it isn't held on the day before
    """
    duty = _locked(actor, uuid)
    check_end(on, duty.starts_on, duty.ends_on)
    duty.ends_on = on
    duty.save(update_fields=["ends_on"])
    _told(audit_codes.DUTY_ENDED, actor, duty, now)
    return duty


@transaction.atomic
def withdraw_duty(*, actor: Actor, uuid: UUID, now: datetime) -> None:
    """Take back a duty that was recorded by mistake."""
    duty = _locked(actor, uuid)
    _told(audit_codes.DUTY_WITHDRAWN, actor, duty, now)
    duty.delete()


def _locked(actor: Actor, uuid: UUID) -> TeachingDuty:
    rows = TeachingDuty.objects.visible_to(actor, MANAGE_STAFF)
    return rows.select_related("person").select_for_update(no_key=True, of=("self",)).one(uuid)


def _what(known: DutyRow, what: str) -> str:
    """Return what a duty is held for: a subject of the list, words, or nothing."""
    if not known.per:
        return ""
    if not what:
        raise DutyWhatNeeded(duty=known.label)
    if known.per != SUBJECT:
        return what
    if what == INFORMATICS:
        raise InformaticsRoom(source=known.source)
    return known_subject(what)


def _require_periods(known: DutyRow, new: NewDuty, school: School) -> None:
    """Refuse a number that the law, or the school's own share, doesn't allow."""
    if not known.is_chosen:
        return
    if new.periods is None or not 0 < new.periods <= MOST_OFF:
        raise DutyPeriodsNeeded(most=MOST_OFF)
    if known.way == SET and not new.agreement:
        raise DecisionNeeded(source=known.source)
    if known.way == POOL:
        # The school's row is held, so that two people don't share out the same periods.
        School.objects.unscoped(because="locked").select_for_update(no_key=True).get(pk=school.pk)
        used = used_of(school, known.code, new.starts_on, new.ends_on)
        if used + new.periods > known.periods:
            left = max(0, known.periods - used)
            raise PoolSpent(most=known.periods, left=left, source=known.source)


def _told(code: str, actor: Actor, duty: TeachingDuty, now: datetime) -> None:
    name = duty_name(duty.code)
    record(
        code,
        actor=actor,
        at=now,
        target=duty,
        unit_id=duty.school_id,
        person_id=duty.person_id,
        details={"duty": f"{name}: {duty.what}" if duty.what else name},
    )
