"""Taking people on: an appointment, a changed position, a second school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import record, write_new
from khuevan.platform.organizations.api import OrgUnit, UnitKind, version_of
from khuevan.registry.schools.api import Campus, School
from khuevan.registry.staff import audit_codes
from khuevan.registry.staff.checks import (
    check_end,
    check_period,
    local_day,
    require_changer,
    require_filler,
    require_open,
)
from khuevan.registry.staff.errors import (
    AlreadyAppointed,
    NoMainPosition,
    NotOfThisSchool,
    NotOneself,
    SameSchool,
)
from khuevan.registry.staff.facts import refresh_grants
from khuevan.registry.staff.leaders import require_paper
from khuevan.registry.staff.models import Appointment, EndKind, StaffMember
from khuevan.registry.staff.permissions import MOVE_STAFF
from khuevan.registry.staff.rules import LEADING, covers

CLASHES = ("appointment_one_primary_at_a_time", "appointment_same_twice_never")


@dataclass(frozen=True, slots=True)
class Post:
    """What an appointment says besides who and where."""

    position: str
    starts_on: date
    ends_on: date | None = None
    is_primary: bool = True
    campus_uuid: UUID | None = None
    employment: str = ""
    weekly_periods: int | None = None
    decision: str = ""
    decided_by: str = ""


@transaction.atomic
def appoint(
    *,
    actor: Actor,
    person: Person,
    unit_id: int,
    position: str,
    starts_on: date,
    ends_on: date | None = None,
    is_primary: bool = True,
    decision: str = "",
    now: datetime,
) -> Appointment:
    """Appoint a person to a position in a unit; what the position may see follows at once.

    :raises AlreadyAppointed: when the person has a main position for that time
    """
    post = Post(position, starts_on, ends_on, is_primary, decision=decision)
    return appoint_to(actor=actor, person=person, unit_id=unit_id, post=post, now=now)


@transaction.atomic
def appoint_to(
    *, actor: Actor, person: Person, unit_id: int, post: Post, now: datetime
) -> Appointment:
    """Appoint a person as a post says; what it lets them see follows at once.

    :raises AlreadyAppointed: when the person has a main position for that time
    :raises NotYoursToFill, LeadersElsewhere: when another level fills the position
    :raises PaperNeeded, PaperToCome: when somebody would lead without a decision
    """
    unit = OrgUnit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise NotFound
    require_filler(actor, unit=unit, position=post.position, person_id=person.pk, on=post.starts_on)
    check_period(post.starts_on, post.ends_on, today=local_day(now))
    if unit.kind == UnitKind.SCHOOL and post.position in LEADING:
        require_paper(actor, unit, decision=post.decision, decided_by=post.decided_by)
    member, _created = StaffMember.objects.unscoped(
        because="one staff member a person, whoever employed them before"
    ).get_or_create(person=person)
    appointment = write_appointment(member, unit, post)
    record(
        audit_codes.APPOINTED,
        actor=actor,
        at=now,
        target=appointment,
        unit_id=unit_id,
        person_id=person.pk,
        details={"position": appointment.get_position_display()},
    )
    return appointment


def write_appointment(member: StaffMember, unit: OrgUnit, post: Post) -> Appointment:
    """Write an appointment and the grants that follow; a step of the caller's action.

    :raises AlreadyAppointed, SchoolClosed, NotOfThisSchool:
    """
    (appointment,) = write_appointments(unit, [(member, post)])
    return appointment


def write_appointments(
    unit: OrgUnit, pairs: Sequence[tuple[StaffMember, Post]]
) -> list[Appointment]:
    """Write appointments to one unit and the grants that follow; a step of the caller's action.

    :raises AlreadyAppointed, SchoolClosed, NotOfThisSchool:
    """
    if unit.kind == UnitKind.SCHOOL:
        school = _school(unit.pk)
        for on in {post.starts_on for _member, post in pairs}:
            require_open(school, on=on)
    rows = [_appointment(member, unit, post) for member, post in pairs]
    try:
        with transaction.atomic():
            written = write_new(rows)
    except IntegrityError as error:
        if any(name in str(error) for name in CLASHES):
            raise AlreadyAppointed from error
        raise
    refresh_grants([member.pk for member, _post in pairs])
    return written


def _appointment(member: StaffMember, unit: OrgUnit, post: Post) -> Appointment:
    return Appointment(
        staff_member=member,
        person=member.person,
        unit=unit,
        position=post.position,
        is_primary=post.is_primary,
        campus=_campus(unit, post.campus_uuid),
        employment=post.employment,
        weekly_periods=post.weekly_periods,
        decision=post.decision,
        decided_by=post.decided_by,
        starts_on=post.starts_on,
        ends_on=post.ends_on,
    )


@transaction.atomic
def change_position(
    *, actor: Actor, uuid: UUID, post: Post, end_decision: str = "", now: datetime
) -> Appointment:
    """Give somebody another position in the same unit from a day on, in place of the old one.

    Classes and lessons stay as they are.

    :raises DayTooEarly, DayTooLate: when the old one does not hold on the day before
    """
    old = _locked(uuid)
    require_changer(
        actor,
        unit=old.unit,
        old=old.position,
        new=post.position,
        person_id=old.person_id,
        on=post.starts_on,
    )
    check_period(post.starts_on, post.ends_on, today=local_day(now))
    if old.unit.kind == UnitKind.SCHOOL and {old.position, post.position} & LEADING:
        require_paper(actor, old.unit, decision=post.decision, decided_by=post.decided_by)
    check_end(post.starts_on, old.starts_on, old.ends_on)
    before = {"position": old.get_position_display(), "ends_on": old.ends_on}
    old.ends_on, old.end_kind, old.end_decision = post.starts_on, EndKind.CHANGED, end_decision
    old.save(update_fields=["ends_on", "end_kind", "end_decision"])
    new = write_appointment(old.staff_member, old.unit, post)
    record(
        audit_codes.CHANGED,
        actor=actor,
        at=now,
        target=new,
        unit_id=old.unit_id,
        person_id=old.person_id,
        before=before,
        after={"position": new.get_position_display(), "starts_on": new.starts_on},
        details={"position": new.get_position_display()},
    )
    return new


@transaction.atomic
def appoint_second(
    *, actor: Actor, member_uuid: UUID, school_id: int, post: Post, now: datetime
) -> Appointment:
    """Let somebody teach at a second school for a period; the main one counts them on.

    Who reaches both schools decides: the chair inside the commune, the director across communes
    (Decree 93/2026, articles 11 to 13).

    :raises NoMainPosition: when no main position holds on all of those days
    :raises SameSchool: when it is the school of the main position
    """
    within = actor.reach(MOVE_STAFF, "school")
    member = StaffMember.objects.visible_to(actor, MOVE_STAFF).one(member_uuid)
    if school_id not in within:
        raise NotFound
    if member.person_id == actor.person_id:
        raise NotOneself
    check_period(post.starts_on, post.ends_on, today=local_day(now))
    main = _main_appointment(member, post)
    if main.unit_id not in within:
        raise NotFound
    if main.unit_id == school_id:
        raise SameSchool
    unit = OrgUnit.objects.get(pk=school_id)
    appointment = write_appointment(member, unit, post)
    version = version_of(school_id, on=post.starts_on)
    record(
        audit_codes.SECOND,
        actor=actor,
        at=now,
        target=appointment,
        unit_id=main.unit_id,
        person_id=member.person_id,
        after={"weekly_periods": post.weekly_periods, "decision": post.decision},
        details={"school": version.name if version else unit.code},
    )
    return appointment


def reached_appointment(actor: Actor, uuid: UUID, *, on: date) -> Appointment:
    """Return an appointment whose position the actor may fill, locked.

    :raises NotYoursToFill: when the level above fills it
    """
    row = _locked(uuid)
    if not row.is_primary and row.unit_id in actor.reach(MOVE_STAFF, "school"):
        return row
    require_filler(actor, unit=row.unit, position=row.position, person_id=row.person_id, on=on)
    return row


def _locked(uuid: UUID) -> Appointment:
    row = (
        Appointment.objects.unscoped(because="whoever may fill the position is asked afterwards")
        .select_related("unit", "staff_member", "person")
        .select_for_update(no_key=True, of=("self",))
        .filter(uuid=uuid)
        .first()
    )
    if row is None:
        raise NotFound
    return row


def _main_appointment(member: StaffMember, post: Post) -> Appointment:
    rows = Appointment.objects.unscoped(because="the main position of a member in reach")
    main = rows.filter(in_force(post.starts_on), staff_member=member, is_primary=True).first()
    if main is None or not covers((main.starts_on, main.ends_on), (post.starts_on, post.ends_on)):
        raise NoMainPosition
    return main


def _school(unit_id: int) -> School:
    schools = School.objects.unscoped(because="the school of a unit the actor may fill")
    return schools.get(pk=unit_id)


def _campus(unit: OrgUnit, uuid: UUID | None) -> Campus | None:
    if uuid is None:
        return None
    sites = Campus.objects.unscoped(because="a site of a unit the actor may fill")
    campus = sites.filter(uuid=uuid, school_id=unit.pk).first()
    if campus is None:
        raise NotOfThisSchool
    return campus
