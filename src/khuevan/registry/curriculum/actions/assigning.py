"""Giving the periods of a class's subject to teachers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import not_over
from khuevan.platform.audit.api import record
from khuevan.registry.curriculum import audit_codes
from khuevan.registry.curriculum.errors import MoreThanPlanned, WeeksUnfit
from khuevan.registry.curriculum.load_rules import assigned_weeks, uncovered
from khuevan.registry.curriculum.models import AssignedPeriods, ClassSubject
from khuevan.registry.staff.api import (
    MANAGE_STAFF,
    StaffMember,
    TeachingAssignment,
    assign_teaching,
)

BECAUSE = "of a class whose lessons the actor gives"


@transaction.atomic
def assign_subject(
    *,
    actor: Actor,
    uuid: UUID,
    member: StaffMember,
    starts_on: date,
    weeks: Sequence[int] | None,
    takes_over: bool,
    now: datetime,
) -> TeachingAssignment:
    """Let a teacher give a subject of a class from a day on: all that is left, or these weeks.

    :raises MoreThanPlanned: when all its teachers would give more than the plan has
    :raises AlreadyTeaches, SchoolClosed, OutsideTheYear, NotOnStaff: as `staff` has it
    """
    subject = get_subject_to_assign(actor, uuid)
    teaching = assign_teaching(
        actor=actor,
        homeroom_class=subject.homeroom_class,
        member=member,
        subject_name=subject.subject_name,
        starts_on=starts_on,
        is_shared=not takes_over,
        takes_over=takes_over,
        now=now,
    )
    if weeks is not None:
        _write(actor, subject, teaching, weeks, now)
    return teaching


@transaction.atomic
def set_periods(
    *,
    actor: Actor,
    uuid: UUID,
    teaching_uuid: UUID,
    weeks: Sequence[int] | None,
    now: datetime,
) -> None:
    """Say how many periods of a subject a teacher gives in each week; None: all that is left.

    :raises NotFound: when nobody of this assignment teaches the subject to the class
    :raises MoreThanPlanned, WeeksUnfit:
    """
    subject = get_subject_to_assign(actor, uuid)
    teaching = (
        TeachingAssignment.objects.visible_to(actor, MANAGE_STAFF)
        .filter(homeroom_class_id=subject.homeroom_class_id, subject_name=subject.subject_name)
        .one(teaching_uuid)
    )
    if weeks is None:
        rows = AssignedPeriods.objects.unscoped(because=BECAUSE)
        gone, _by_model = rows.filter(class_subject=subject, teaching=teaching).delete()
        if gone:
            left = assigned_weeks(subject.weeks, [*_said_of_others(subject, teaching), None])[-1]
            _told(actor, subject, teaching, left, now)
        return
    _write(actor, subject, teaching, weeks, now)


def get_subject_to_assign(actor: Actor, uuid: UUID) -> ClassSubject:
    """Return a subject of a class whose lessons the actor gives, locked, or raise `NotFound`."""
    rows = ClassSubject.objects.visible_to(actor, MANAGE_STAFF)
    return (
        rows.select_related("homeroom_class__school", "homeroom_class__academic_year")
        .select_for_update(no_key=True, of=("self",))
        .one(uuid)
    )


def _write(
    actor: Actor,
    subject: ClassSubject,
    teaching: TeachingAssignment,
    weeks: Sequence[int],
    now: datetime,
) -> None:
    if len(weeks) != len(subject.weeks):
        raise WeeksUnfit(asked=len(subject.weeks), found=len(weeks))
    said = _said_of_others(subject, teaching)
    _nobody, too_many = uncovered(subject.weeks, assigned_weeks(subject.weeks, [*said, weeks]))
    if too_many:
        raise MoreThanPlanned(
            room=subject.homeroom_class.name,
            subject=subject.subject_label,
            planned=max(subject.weeks),
            given=max(subject.weeks) + too_many,
        )
    AssignedPeriods.objects.unscoped(because=BECAUSE).update_or_create(
        class_subject=subject,
        teaching=teaching,
        defaults={
            "weeks": list(weeks),
            "school_id": subject.school_id,
            "homeroom_class_id": subject.homeroom_class_id,
            "person_id": teaching.person_id,
        },
    )
    _told(actor, subject, teaching, weeks, now)


def _said_of_others(subject: ClassSubject, teaching: TeachingAssignment) -> list[Sequence[int]]:
    """Return what is said of a subject's other teachers from a day on, week by week."""
    others = AssignedPeriods.objects.unscoped(because=BECAUSE).filter(
        not_over(teaching.starts_on, "teaching"), class_subject=subject
    )
    return [one.weeks for one in others.exclude(teaching=teaching)]


def _told(
    actor: Actor,
    subject: ClassSubject,
    teaching: TeachingAssignment,
    weeks: Sequence[int],
    now: datetime,
) -> None:
    record(
        audit_codes.PERIODS_ASSIGNED,
        actor=actor,
        at=now,
        target=subject.homeroom_class,
        unit_id=subject.school_id,
        person_id=teaching.person_id,
        details={"subject": subject.subject_name, "count": sum(weeks)},
    )
