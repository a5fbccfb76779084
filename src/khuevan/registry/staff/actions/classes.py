"""Giving classes and lessons to staff, handing them over, ending them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import not_over
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.staff import audit_codes
from khuevan.registry.staff.checks import check_end, end_of_duty, require_in_year, require_open
from khuevan.registry.staff.errors import AlreadyTeaches, SubjectTaken
from khuevan.registry.staff.facts import HOMEROOM, TEACHING, refresh_grants
from khuevan.registry.staff.models import HomeroomAssignment, StaffMember, TeachingAssignment
from khuevan.registry.staff.permissions import MANAGE_STAFF


@transaction.atomic
def assign_homeroom(
    *,
    actor: Actor,
    homeroom_class: HomeroomClass,
    member: StaffMember,
    starts_on: date,
    now: datetime,
) -> HomeroomAssignment:
    """Put a teacher in charge of a class from a day on, in place of whoever was.

    :raises SchoolClosed, OutsideTheYear, NotOnStaff:
    """
    until = _until(actor, homeroom_class, member, starts_on)
    _end_homeroom(homeroom_class, on=starts_on)
    assignment = HomeroomAssignment.objects.create(
        school_id=homeroom_class.school_id,
        homeroom_class=homeroom_class,
        staff_member=member,
        person_id=member.person_id,
        starts_on=starts_on,
        ends_on=until,
    )
    refresh_grants([member.pk])
    record(
        audit_codes.HOMEROOM_ASSIGNED,
        actor=actor,
        at=now,
        target=homeroom_class,
        unit_id=homeroom_class.school_id,
        person_id=member.person_id,
        details={"on": starts_on},
    )
    return assignment


@transaction.atomic
def end_homeroom(*, actor: Actor, uuid: UUID, on: date, now: datetime) -> HomeroomAssignment:
    """Let a class be without a homeroom teacher from a day on.

    :raises DayTooEarly, DayTooLate: when the teacher is not in charge on the day before
    """
    rows = HomeroomAssignment.objects.visible_to(actor, MANAGE_STAFF)
    assignment = rows.select_for_update(no_key=True, of=("self",)).one(uuid)
    check_end(on, assignment.starts_on, assignment.ends_on)
    assignment.ends_on = on
    assignment.save(update_fields=["ends_on"])
    refresh_grants([assignment.staff_member_id])
    record(
        audit_codes.HOMEROOM_ENDED,
        actor=actor,
        at=now,
        target=assignment.homeroom_class,
        unit_id=assignment.school_id,
        person_id=assignment.person_id,
        details={"on": on},
    )
    return assignment


@transaction.atomic
def assign_teaching(
    *,
    actor: Actor,
    homeroom_class: HomeroomClass,
    member: StaffMember,
    subject_name: str,
    starts_on: date,
    is_shared: bool = True,
    takes_over: bool = False,
    now: datetime,
) -> TeachingAssignment:
    """Let a teacher teach a subject in a class from a day to the year's end.

    Others who teach it stay beside (`is_shared`), hand it over (`takes_over`), or are in the way.

    :raises AlreadyTeaches: when the teacher does so already
    :raises SubjectTaken: when somebody else does and it is neither shared nor handed over
    :raises SchoolClosed, OutsideTheYear, NotOnStaff:
    """
    until = _until(actor, homeroom_class, member, starts_on)
    others = _teachers_of(homeroom_class, subject_name, starts_on, but=member)
    if takes_over:
        _hand_over(others, on=starts_on)
    elif others and not is_shared:
        raise SubjectTaken(
            name=others[0].person.full_name, subject=subject_name, room=homeroom_class.name
        )
    try:
        with transaction.atomic():
            assignment = TeachingAssignment.objects.create(
                school_id=homeroom_class.school_id,
                homeroom_class=homeroom_class,
                staff_member=member,
                person_id=member.person_id,
                subject_name=subject_name,
                starts_on=starts_on,
                ends_on=until,
            )
    except IntegrityError as error:
        name = member.person.full_name
        raise AlreadyTeaches(name=name, subject=subject_name, room=homeroom_class.name) from error
    refresh_grants([member.pk])
    record(
        audit_codes.TEACHING_ASSIGNED,
        actor=actor,
        at=now,
        target=homeroom_class,
        unit_id=homeroom_class.school_id,
        person_id=member.person_id,
        details={"subject": subject_name, "on": starts_on},
    )
    return assignment


@transaction.atomic
def end_teaching(*, actor: Actor, uuid: UUID, on: date, now: datetime) -> TeachingAssignment:
    """End somebody's lessons in a class on a day.

    :raises DayTooEarly, DayTooLate: when there are none on the day before
    """
    rows = TeachingAssignment.objects.visible_to(actor, MANAGE_STAFF)
    assignment = rows.select_for_update(no_key=True, of=("self",)).one(uuid)
    check_end(on, assignment.starts_on, assignment.ends_on)
    assignment.ends_on = on
    assignment.save(update_fields=["ends_on"])
    refresh_grants([assignment.staff_member_id])
    record(
        audit_codes.TEACHING_ENDED,
        actor=actor,
        at=now,
        target=assignment.homeroom_class,
        unit_id=assignment.school_id,
        person_id=assignment.person_id,
        details={"subject": assignment.subject_name, "on": on},
    )
    return assignment


@transaction.atomic
def withdraw_teaching(
    *,
    actor: Actor,
    homeroom_class: HomeroomClass,
    member: StaffMember,
    subject_name: str,
    on: date,
    now: datetime,
) -> None:
    """End somebody's lessons of a subject in a class from a day on; what had not begun goes."""
    rows = (
        TeachingAssignment.objects.visible_to(actor, MANAGE_STAFF)
        .filter(
            not_over(on),
            homeroom_class=homeroom_class,
            staff_member=member,
            subject_name=subject_name,
        )
        .select_for_update(no_key=True, of=("self",))
        .order_by("pk")
    )
    found = list(rows)
    if not found:
        return
    _hand_over(found, on=on)
    record(
        audit_codes.TEACHING_ENDED,
        actor=actor,
        at=now,
        target=homeroom_class,
        unit_id=homeroom_class.school_id,
        person_id=member.person_id,
        details={"subject": subject_name, "on": on},
    )


def _until(actor: Actor, room: HomeroomClass, member: StaffMember, starts_on: date) -> date | None:
    """Return until when a duty in a class may last, after asking whether it may begin."""
    if room.school_id not in actor.reach(MANAGE_STAFF, "school"):
        raise NotFound
    require_open(room.school, on=starts_on)
    require_in_year(room, on=starts_on)
    return end_of_duty(member, room.school_id, on=starts_on, until=room.academic_year.ends_on)


def _end_homeroom(homeroom_class: HomeroomClass, *, on: date) -> None:
    """End whoever is in charge on a day or later, and what that let them see."""
    rows = (
        HomeroomAssignment.objects.unscoped(because="of a class whose staff the actor manages")
        .filter(not_over(on), homeroom_class=homeroom_class)
        .select_for_update(no_key=True, of=("self",))
        .order_by("pk")
    )
    _end_rows(list(rows), HOMEROOM, on=on)


def _teachers_of(
    room: HomeroomClass, subject_name: str, on: date, *, but: StaffMember
) -> list[TeachingAssignment]:
    rows = (
        TeachingAssignment.objects.unscoped(because="of a class whose staff the actor manages")
        .filter(not_over(on), homeroom_class=room, subject_name=subject_name)
        .exclude(staff_member=but)
        .select_related("person")
        .select_for_update(no_key=True, of=("self",))
        .order_by("pk")
    )
    return list(rows)


def _hand_over(rows: list[TeachingAssignment], *, on: date) -> None:
    _end_rows(rows, TEACHING, on=on)


def _end_rows(
    rows: list[HomeroomAssignment] | list[TeachingAssignment], prefix: str, *, on: date
) -> None:
    """End duties on a day; one that had not begun goes, and so does what it would have opened."""
    gone: list[str] = []
    for row in rows:
        if row.starts_on >= on:
            gone.append(f"{prefix}{row.pk}")
            row.delete()
        else:
            row.ends_on = on
            row.save(update_fields=["ends_on"])
    if rows:
        refresh_grants({row.staff_member_id for row in rows}, gone=gone)
