"""Being away for a while, coming back, and colleagues who stand in meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force, last_day
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import HomeroomClass, School
from khuevan.registry.staff import audit_codes
from khuevan.registry.staff.checks import (
    check_end,
    check_period,
    end_of_duty,
    local_day,
    require_open,
)
from khuevan.registry.staff.errors import (
    AwayToo,
    BadPeriod,
    LeaveIsOver,
    NotTheirDuty,
    OnLeaveAlready,
    StandsInAlready,
)
from khuevan.registry.staff.facts import SUBSTITUTION, refresh_grants
from khuevan.registry.staff.models import (
    DutyKind,
    HomeroomAssignment,
    StaffLeave,
    StaffMember,
    Substitution,
    TeachingAssignment,
)
from khuevan.registry.staff.permissions import MANAGE_STAFF
from khuevan.ui.formats import day

WHY = "of a leave at a school whose staff the actor manages"


@dataclass(frozen=True, slots=True)
class NewLeave:
    """A leave as a form tells it; `returns_on` is the expected first day back."""

    kind: str
    starts_on: date
    returns_on: date
    pauses_classes: bool = True
    paper: str = ""
    note: str = ""


@transaction.atomic
def record_leave(
    *, actor: Actor, member_uuid: UUID, school_id: int, new: NewLeave, now: datetime
) -> StaffLeave:
    """Keep that somebody is away; their classes are out of reach meanwhile when the school says so.

    :raises OnLeaveAlready: when they are away on some of those days already
    :raises NotOnStaff: when they don't work at the school on the first day
    """
    check_period(new.starts_on, new.returns_on, today=local_day(now))
    school = School.objects.visible_to(actor, MANAGE_STAFF).lock(school_id)
    require_open(school, on=new.starts_on)
    member = StaffMember.objects.visible_to(actor, MANAGE_STAFF).one(member_uuid)
    end_of_duty(member, school.pk, on=new.starts_on, until=None)
    try:
        with transaction.atomic():
            leave = StaffLeave.objects.create(
                staff_member=member,
                person_id=member.person_id,
                school=school,
                kind=new.kind,
                starts_on=new.starts_on,
                ends_on=new.returns_on,
                expected_on=new.returns_on,
                pauses_classes=new.pauses_classes,
                paper=new.paper,
                note=new.note,
            )
    except IntegrityError as error:
        raise OnLeaveAlready from error
    refresh_grants([member.pk])
    record(
        audit_codes.LEAVE_RECORDED,
        actor=actor,
        at=now,
        target=leave,
        unit_id=school.pk,
        person_id=member.person_id,
        details={
            "kind": leave.get_kind_display(),
            "day": day(last_day(leave.ends_on)),
            "on": leave.starts_on,
        },
    )
    return leave


@transaction.atomic
def change_return(*, actor: Actor, uuid: UUID, on: date, now: datetime) -> StaffLeave:
    """Let a leave end on another day: back early, or away for longer.

    Whoever stands in until the return does so until that day; all grants follow at once.

    :raises LeaveIsOver: when the leave ended before today
    :raises BadPeriod, OnLeaveAlready:
    """
    rows = StaffLeave.objects.visible_to(actor, MANAGE_STAFF)
    leave = rows.select_for_update(no_key=True, of=("self",)).one(uuid)
    today = local_day(now)
    check_period(on, None, today=today)
    if leave.ends_on < today:
        raise LeaveIsOver(day=day(last_day(leave.ends_on)))
    if on <= leave.starts_on:
        raise BadPeriod
    before, leave.ends_on = leave.ends_on, on
    try:
        with transaction.atomic():
            leave.save(update_fields=["ends_on"])
    except IntegrityError as error:
        raise OnLeaveAlready from error
    members, gone = _move_substitutions(leave, before, on)
    refresh_grants({leave.staff_member_id, *members}, gone=gone)
    record(
        audit_codes.LEAVE_CHANGED,
        actor=actor,
        at=now,
        target=leave,
        unit_id=leave.school_id,
        person_id=leave.person_id,
        before={"ends_on": before},
        after={"ends_on": on},
        details={"day": day(last_day(on))},
    )
    return leave


@transaction.atomic
def add_substitute(
    *,
    actor: Actor,
    leave_uuid: UUID,
    room: HomeroomClass,
    duty: str,
    subject_name: str = "",
    member_uuid: UUID,
    starts_on: date,
    ends_on: date,
    now: datetime,
) -> Substitution:
    """Let a colleague stand in for one duty of somebody on leave, for days of that leave.

    :raises NotTheirDuty: when the absent one has no such duty on the first day
    :raises AwayToo: when the colleague is the absent one or away as well
    :raises StandsInAlready, NotOnStaff, BadPeriod:
    """
    leaves = StaffLeave.objects.visible_to(actor, MANAGE_STAFF)
    leave = leaves.select_for_update(no_key=True, of=("self",)).one(leave_uuid)
    if room.school_id != leave.school_id:
        raise NotFound
    starts_on, ends_on = max(starts_on, leave.starts_on), min(ends_on, leave.ends_on)
    check_period(starts_on, ends_on, today=local_day(now))
    _require_duty(leave, room, duty, subject_name, starts_on)
    member = StaffMember.objects.visible_to(actor, MANAGE_STAFF).one(member_uuid)
    _require_present(member, leave, starts_on, ends_on)
    last = end_of_duty(member, leave.school_id, on=starts_on, until=ends_on) or ends_on
    try:
        with transaction.atomic():
            row = Substitution.objects.create(
                leave=leave,
                school_id=leave.school_id,
                homeroom_class=room,
                duty=duty,
                subject_name=subject_name if duty == DutyKind.TEACHING else "",
                staff_member=member,
                person_id=member.person_id,
                starts_on=starts_on,
                ends_on=last,
            )
    except IntegrityError as error:
        raise StandsInAlready from error
    refresh_grants([member.pk])
    _record_standing_in(audit_codes.STANDS_IN, actor, row, now)
    return row


@transaction.atomic
def end_substitution(*, actor: Actor, uuid: UUID, on: date, now: datetime) -> None:
    """End somebody's standing in on a day; when it had not begun it is as if never arranged.

    :raises DayTooLate: when it has ended before
    """
    rows = Substitution.objects.visible_to(actor, MANAGE_STAFF)
    row = rows.select_for_update(no_key=True, of=("self",)).one(uuid)
    if on > row.starts_on:
        check_end(on, row.starts_on, row.ends_on)
    _record_standing_in(audit_codes.STANDING_IN_ENDED, actor, row, now)
    gone: list[str] = []
    if on <= row.starts_on:
        gone.append(f"{SUBSTITUTION}{row.pk}")
        row.delete()
    else:
        row.ends_on = on
        row.save(update_fields=["ends_on"])
    refresh_grants([row.staff_member_id], gone=gone)


def _move_substitutions(leave: StaffLeave, before: date, on: date) -> tuple[set[int], list[str]]:
    """Let those who stand in up to the return do so up to the new one; return whom, what went."""
    rows = (
        Substitution.objects.unscoped(because=WHY)
        .filter(Q(ends_on=before) | Q(ends_on__gt=on), leave=leave)
        .select_for_update(no_key=True, of=("self",))
        .order_by("pk")
    )
    members: set[int] = set()
    gone: list[str] = []
    for row in rows:
        members.add(row.staff_member_id)
        if row.starts_on >= on:
            gone.append(f"{SUBSTITUTION}{row.pk}")
            row.delete()
        else:
            row.ends_on = on
            row.save(update_fields=["ends_on"])
    return members, gone


def _require_duty(
    leave: StaffLeave, room: HomeroomClass, duty: str, subject_name: str, on: date
) -> None:
    whose = Q(homeroom_class=room, staff_member_id=leave.staff_member_id) & in_force(on)
    if duty == DutyKind.HOMEROOM:
        has = HomeroomAssignment.objects.unscoped(because=WHY).filter(whose).exists()
    else:
        lessons = TeachingAssignment.objects.unscoped(because=WHY).filter(whose)
        has = lessons.filter(subject_name=subject_name).exists()
    if not has:
        raise NotTheirDuty(name=leave.person.full_name)


def _require_present(member: StaffMember, leave: StaffLeave, starts: date, ends: date) -> None:
    away = StaffLeave.objects.unscoped(because=WHY).filter(
        staff_member=member, school_id=leave.school_id, starts_on__lt=ends, ends_on__gt=starts
    )
    if member.pk == leave.staff_member_id or away.exists():
        raise AwayToo(name=member.person.full_name)


def _record_standing_in(code: str, actor: Actor, row: Substitution, now: datetime) -> None:
    words = row.subject_name or row.get_duty_display()
    record(
        code,
        actor=actor,
        at=now,
        target=row,
        unit_id=row.school_id,
        person_id=row.person_id,
        details={"room": row.homeroom_class.name, "duty": words, "on": row.starts_on},
    )
