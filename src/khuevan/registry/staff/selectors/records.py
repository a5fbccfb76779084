"""Reading one staff member: appointments, duties, training, leaves, what happened."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import in_force, not_over
from khuevan.platform.audit.api import AuditEntry
from khuevan.registry.staff import audit_codes
from khuevan.registry.staff.models import (
    Appointment,
    HomeroomAssignment,
    ProfessionalTitle,
    Qualification,
    StaffLeave,
    StaffMember,
    StaffSubject,
    Substitution,
    TeachingAssignment,
)
from khuevan.registry.staff.permissions import MANAGE_STAFF, VIEW_RECORDS, VIEW_STAFF

MOST_ENTRIES = 200
TOLD = (
    "APPOINTED", "CHANGED", "SECOND", "ENDED", "TAKEN_BACK", "HOMEROOM_ASSIGNED",
    "HOMEROOM_ENDED", "TEACHING_ASSIGNED", "TEACHING_ENDED", "SUBJECT_ADDED", "SUBJECT_ENDED",
    "TITLE_GIVEN", "QUALIFICATION_ADDED", "QUALIFICATION_WITHDRAWN", "LEAVE_RECORDED",
    "LEAVE_CHANGED", "STANDS_IN", "STANDING_IN_ENDED",
)  # fmt: skip
OPEN = "the record of a staff member the actor has reached"


def get_member_for(actor: Actor, uuid: UUID, permission: Permission = VIEW_RECORDS) -> StaffMember:
    """Return the staff member with this uuid or raise `NotFound`."""
    return StaffMember.objects.visible_to(actor, permission).select_related("person").one(uuid)


def unit_of(member_id: int, *, on: date) -> int | None:
    """Return the unit that counts a staff member on a day; else the last one that did."""
    rows = Appointment.objects.unscoped(because="which unit a record belongs to")
    found = (
        rows.filter(staff_member_id=member_id, starts_on__lte=on)
        .order_by("-is_primary", "-starts_on", "pk")
        .values_list("unit_id", flat=True)
    )
    return found.filter(in_force(on)).first() or found.first()


def appointments_of(member: StaffMember) -> list[Appointment]:
    """Return all appointments of a record that is open, newest first."""
    rows = Appointment.objects.unscoped(because=OPEN).filter(staff_member=member)
    return list(rows.select_related("unit", "campus").order_by("-starts_on", "-is_primary", "pk"))


def homerooms_of(member: StaffMember) -> list[HomeroomAssignment]:
    """Return all classes somebody was in charge of, newest first."""
    rows = HomeroomAssignment.objects.unscoped(because=OPEN).filter(staff_member=member)
    return list(
        rows.select_related("homeroom_class__academic_year", "homeroom_class__grade_level")
        .select_related("school")
        .order_by("-starts_on", "homeroom_class__sort_key", "pk")
    )


def lessons_of(member: StaffMember) -> list[TeachingAssignment]:
    """Return all lessons somebody had, newest first, by subject and class."""
    rows = TeachingAssignment.objects.unscoped(because=OPEN).filter(staff_member=member)
    return list(
        rows.select_related("homeroom_class__academic_year", "school").order_by(
            "-starts_on", "subject_name", "homeroom_class__sort_key", "pk"
        )
    )


def subjects_kept(member: StaffMember) -> list[StaffSubject]:
    """Return the subjects of a record, those of today first."""
    rows = StaffSubject.objects.unscoped(because=OPEN).filter(staff_member=member)
    return list(rows.order_by("tie", "subject_name", "-starts_on", "pk"))


def titles_of(member: StaffMember) -> list[ProfessionalTitle]:
    """Return the professional titles of a record, newest first."""
    rows = ProfessionalTitle.objects.unscoped(because=OPEN).filter(staff_member=member)
    return list(rows.order_by("-starts_on", "pk"))


def qualifications_of(member: StaffMember) -> list[Qualification]:
    """Return the degrees and certificates that count, by kind and year."""
    rows = Qualification.objects.unscoped(because=OPEN).filter(
        staff_member=member, withdrawn_on__isnull=True
    )
    return list(rows.order_by("kind", "-issued_year", "pk"))


def leaves_of(member: StaffMember) -> list[StaffLeave]:
    """Return the leaves of a record, newest first."""
    rows = StaffLeave.objects.unscoped(because=OPEN).filter(staff_member=member)
    return list(rows.select_related("school").order_by("-starts_on", "pk"))


def standing_in_of(member: StaffMember) -> list[Substitution]:
    """Return where somebody stands or stood in for a colleague, newest first."""
    rows = Substitution.objects.unscoped(because=OPEN).filter(staff_member=member)
    return list(rows.select_related("homeroom_class", "leave__person").order_by("-starts_on", "pk"))


def entries_of(member: StaffMember) -> list[AuditEntry]:
    """Return what was done to a record the caller has reached, newest first."""
    codes = [getattr(audit_codes, name) for name in TOLD]
    rows = AuditEntry.objects.unscoped(because=OPEN)
    return list(
        rows.filter(person_id=member.person_id, code__in=codes).order_by("-id")[:MOST_ENTRIES]
    )


def leaves_at(
    *, actor: Actor, school_id: int, on: date, permission: Permission = VIEW_STAFF
) -> list[StaffLeave]:
    """Return who is or will be away at a school, first those who leave first."""
    rows = StaffLeave.objects.visible_to(actor, permission).filter(
        not_over(on), school_id=school_id
    )
    return list(rows.select_related("person", "staff_member").order_by("starts_on", "pk"))


def get_leave_for(actor: Actor, uuid: UUID, permission: Permission = MANAGE_STAFF) -> StaffLeave:
    """Return the leave with this uuid or raise `NotFound`."""
    rows = StaffLeave.objects.visible_to(actor, permission)
    return rows.select_related("person", "staff_member", "school").one(uuid)


def substitutions_of(leave_ids: Collection[int]) -> list[Substitution]:
    """Return who stands in during leaves the caller has reached, by class."""
    rows = Substitution.objects.unscoped(because="the leaves were reached through a scope")
    return list(
        rows.filter(leave_id__in=leave_ids)
        .select_related("person", "staff_member", "homeroom_class")
        .order_by("homeroom_class__sort_key", "duty", "subject_name", "starts_on", "pk")
    )


def colleagues(*, actor: Actor, school_id: int, on: date) -> list[StaffMember]:
    """Return who works at a school on a day, by name, as far as the actor manages its staff."""
    working = Appointment.objects.visible_to(actor, MANAGE_STAFF).filter(
        in_force(on), unit_id=school_id
    )
    rows = StaffMember.objects.visible_to(actor, MANAGE_STAFF).filter(
        pk__in=working.values("staff_member_id")
    )
    return list(rows.select_related("person").order_by("person__sort_key", "pk"))
