"""Appointing staff and giving them classes; each writes the grants that follow from it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import not_over
from khuevan.platform.access.api import GrantSpec, derive_grants, end_derived_grants
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.staff import audit_codes
from khuevan.registry.staff.errors import AlreadyAppointed
from khuevan.registry.staff.models import (
    Appointment,
    HomeroomAssignment,
    StaffMember,
    TeachingAssignment,
)
from khuevan.registry.staff.permissions import MANAGE_STAFF
from khuevan.registry.staff.rules import roles_of_position


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
    if unit_id not in actor.reach(MANAGE_STAFF, "school"):
        raise NotFound
    member, _created = StaffMember.objects.unscoped(
        because="one staff member a person, whoever employed them before"
    ).get_or_create(person=person)
    try:
        with transaction.atomic():
            appointment = Appointment.objects.create(
                staff_member=member,
                person=person,
                unit_id=unit_id,
                position=position,
                is_primary=is_primary,
                decision=decision,
                starts_on=starts_on,
                ends_on=ends_on,
            )
    except IntegrityError as error:
        raise AlreadyAppointed from error
    derive_grants(appointment_grants(appointment))
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


def appointment_grants(appointment: Appointment) -> list[GrantSpec]:
    """Return the grants that follow from an appointment in a school."""
    return [
        GrantSpec(
            person_id=appointment.person_id,
            role_code=role,
            source_key=f"staff.appointment:{appointment.pk}",
            starts_on=appointment.starts_on,
            ends_on=appointment.ends_on,
            unit_id=appointment.unit_id,
            home_unit_id=appointment.unit_id,
        )
        for role in roles_of_position(appointment.position)
    ]


@transaction.atomic
def assign_homeroom(
    *,
    actor: Actor,
    homeroom_class: HomeroomClass,
    member: StaffMember,
    starts_on: date,
    now: datetime,
) -> HomeroomAssignment:
    """Put a teacher in charge of a class from a day on, in place of whoever was."""
    if homeroom_class.school_id not in actor.reach(MANAGE_STAFF, "school"):
        raise NotFound
    _end_homeroom(homeroom_class, on=starts_on)
    assignment = HomeroomAssignment.objects.create(
        school_id=homeroom_class.school_id,
        homeroom_class=homeroom_class,
        staff_member=member,
        person_id=member.person_id,
        starts_on=starts_on,
        ends_on=homeroom_class.academic_year.ends_on,
    )
    derive_grants([homeroom_grant(assignment)])
    record(
        audit_codes.HOMEROOM_ASSIGNED,
        actor=actor,
        at=now,
        target=homeroom_class,
        unit_id=homeroom_class.school_id,
        person_id=member.person_id,
    )
    return assignment


def _end_homeroom(homeroom_class: HomeroomClass, *, on: date) -> None:
    """End whoever is in charge on a day or later, and what that let them see."""
    rows = (
        HomeroomAssignment.objects.unscoped(because="of a class whose staff the actor manages")
        .filter(not_over(on), homeroom_class=homeroom_class)
        .select_for_update(no_key=True, of=("self",))
        .order_by("pk")
    )
    for row in rows:
        end_derived_grants(source_key=f"staff.homeroom:{row.pk}", on=on)
        if row.starts_on >= on:
            row.delete()
        else:
            row.ends_on = on
            row.save(update_fields=["ends_on"])


def homeroom_grant(assignment: HomeroomAssignment) -> GrantSpec:
    """Return the grant that follows from being in charge of a class."""
    return GrantSpec(
        person_id=assignment.person_id,
        role_code="homeroom_teacher",
        source_key=f"staff.homeroom:{assignment.pk}",
        starts_on=assignment.starts_on,
        ends_on=assignment.ends_on,
        class_id=assignment.homeroom_class_id,
        home_unit_id=assignment.school_id,
    )


@transaction.atomic
def assign_teaching(
    *,
    actor: Actor,
    homeroom_class: HomeroomClass,
    member: StaffMember,
    subject_name: str,
    starts_on: date,
    now: datetime,
) -> TeachingAssignment:
    """Let a teacher teach a subject in a class from a day to the year's end."""
    if homeroom_class.school_id not in actor.reach(MANAGE_STAFF, "school"):
        raise NotFound
    assignment = TeachingAssignment.objects.create(
        school_id=homeroom_class.school_id,
        homeroom_class=homeroom_class,
        staff_member=member,
        person_id=member.person_id,
        subject_name=subject_name,
        starts_on=starts_on,
        ends_on=homeroom_class.academic_year.ends_on,
    )
    derive_grants([teaching_grant(assignment)])
    record(
        audit_codes.TEACHING_ASSIGNED,
        actor=actor,
        at=now,
        target=homeroom_class,
        unit_id=homeroom_class.school_id,
        person_id=member.person_id,
        details={"subject": subject_name},
    )
    return assignment


def teaching_grant(assignment: TeachingAssignment) -> GrantSpec:
    """Return the grant that follows from teaching in a class."""
    return GrantSpec(
        person_id=assignment.person_id,
        role_code="subject_teacher",
        source_key=f"staff.teaching:{assignment.pk}",
        starts_on=assignment.starts_on,
        ends_on=assignment.ends_on,
        class_id=assignment.homeroom_class_id,
        home_unit_id=assignment.school_id,
    )


@transaction.atomic
def export_note(
    *, actor: Actor, unit_id: int | None, count: int, purpose: str, now: datetime
) -> None:
    """Note that a list of staff left the system, how many rows and why."""
    record(
        audit_codes.EXPORTED,
        actor=actor,
        at=now,
        unit_id=unit_id,
        details={"count": count, "purpose": purpose},
    )
