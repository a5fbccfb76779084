"""Work beside lessons that counts as periods, and the zone of a school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force
from khuevan.platform.audit.api import record
from khuevan.registry.curriculum import audit_codes
from khuevan.registry.curriculum.errors import AgreementNeeded, UnknownWork, ZoneKnown
from khuevan.registry.curriculum.models import ConvertedWork, SchoolZone
from khuevan.registry.curriculum.norms import conversion_name, conversion_row, factor_for
from khuevan.registry.curriculum.permissions import MANAGE_PLANS
from khuevan.registry.schools.api import School
from khuevan.registry.staff.api import MANAGE_STAFF, StaffMember, check_end


@dataclass(frozen=True, slots=True)
class NewWork:
    """Converted work as a form tells it; `ends_on` is the first day after."""

    code: str
    periods: Decimal
    pace: str
    tenths: int
    starts_on: date
    ends_on: date | None
    what: str = ""
    agreement: str = ""


@transaction.atomic
def record_work(
    *, actor: Actor, school: School, member: StaffMember, new: NewWork, now: datetime
) -> ConvertedWork:
    """Record work of somebody at a school that counts as periods.

    :raises UnknownWork: when no text of that day names it
    :raises FactorUnfit: when the factor is outside the bounds of the kind
    :raises AgreementNeeded: when the factor is chosen above the least and no agreement is named
    """
    if school.pk not in actor.reach(MANAGE_STAFF, "school"):
        raise NotFound
    kind = conversion_row(new.code, new.starts_on)
    if kind is None:
        raise UnknownWork
    factor_for(new.code, new.tenths, on=new.starts_on)
    if kind.needs_agreement(new.tenths) and not new.agreement:
        raise AgreementNeeded
    work = ConvertedWork.objects.create(
        school=school,
        staff_member=member,
        person_id=member.person_id,
        code=new.code,
        what=new.what,
        periods=new.periods,
        pace=new.pace,
        tenths=new.tenths,
        agreement=new.agreement,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
    )
    _told(audit_codes.WORK_RECORDED, actor, work, now)
    return work


@transaction.atomic
def end_work(*, actor: Actor, uuid: UUID, on: date, now: datetime) -> ConvertedWork:
    """End converted work on a day.

    :raises DayTooEarly, DayTooLate: when it isn't done on the day before
    """
    work = _locked(actor, uuid)
    check_end(on, work.starts_on, work.ends_on)
    work.ends_on = on
    work.save(update_fields=["ends_on"])
    _told(audit_codes.WORK_ENDED, actor, work, now)
    return work


@transaction.atomic
def withdraw_work(*, actor: Actor, uuid: UUID, now: datetime) -> None:
    """Take back converted work that was recorded by mistake."""
    work = _locked(actor, uuid)
    _told(audit_codes.WORK_WITHDRAWN, actor, work, now)
    work.delete()


@transaction.atomic
def set_zone(
    *, actor: Actor, school: School, zone: int, basis: str, starts_on: date, now: datetime
) -> SchoolZone:
    """Say in which zone a school lies from a day on, in place of what was said for later.

    :raises ZoneKnown: when that is what is recorded
    """
    if school.pk not in actor.reach(MANAGE_PLANS, "school"):
        raise NotFound
    because = "of a school that the actor plans for"
    rows = SchoolZone.objects.unscoped(because=because).filter(school=school)
    rows = rows.select_for_update(no_key=True)
    present = rows.filter(in_force(starts_on)).first()
    if present is not None and present.zone == zone and present.basis == basis:
        raise ZoneKnown
    rows.filter(starts_on__gte=starts_on).delete()
    rows.filter(in_force(starts_on)).update(ends_on=starts_on)
    made = SchoolZone.objects.create(school=school, zone=zone, basis=basis, starts_on=starts_on)
    record(
        audit_codes.ZONE_SET,
        actor=actor,
        at=now,
        target=school,
        unit_id=school.pk,
        details={"zone": zone, "day": starts_on},
    )
    return made


def _locked(actor: Actor, uuid: UUID) -> ConvertedWork:
    rows = ConvertedWork.objects.visible_to(actor, MANAGE_STAFF)
    return rows.select_related("person").select_for_update(no_key=True, of=("self",)).one(uuid)


def _told(code: str, actor: Actor, work: ConvertedWork, now: datetime) -> None:
    record(
        code,
        actor=actor,
        at=now,
        target=work,
        unit_id=work.school_id,
        person_id=work.person_id,
        details={"work": conversion_name(work.code)},
    )
