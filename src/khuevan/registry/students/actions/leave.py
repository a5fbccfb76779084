"""A pupil leaves a school."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.registry.students import audit_codes
from khuevan.registry.students.errors import NoSuchDay
from khuevan.registry.students.models import ClassPlacement, Enrollment, Student
from khuevan.registry.students.permissions import EDIT_STUDENTS


@transaction.atomic
def end_enrollment(
    *, actor: Actor, uuid: UUID, exit_kind: str, on: date, now: datetime
) -> Enrollment:
    """End a pupil's enrollment and class on a day; the school loses sight of the record from then on.

    :raises NoSuchDay: when the day is not after the pupil came
    """
    student = Student.objects.visible_to(actor, EDIT_STUDENTS).one(uuid)
    enrollment = (
        Enrollment.objects.visible_to(actor, EDIT_STUDENTS)
        .filter(student=student, ends_on__isnull=True, is_primary=True)
        .select_for_update(no_key=True, of=("self",))
        .first()
    )
    if enrollment is None:
        raise NotFound
    if on <= enrollment.starts_on:
        raise NoSuchDay
    enrollment.ends_on, enrollment.exit_kind = on, exit_kind
    enrollment.save(update_fields=["ends_on", "exit_kind"])
    open_placements = ClassPlacement.objects.visible_to(actor, EDIT_STUDENTS).filter(
        student=student, ends_on__isnull=True
    )
    open_placements.filter(starts_on__gte=on).delete()
    open_placements.update(ends_on=on)
    record(
        audit_codes.LEFT,
        actor=actor,
        at=now,
        target=student,
        person_id=student.person_id,
        unit_id=enrollment.school_id,
        details={"exit_kind": exit_kind, "on": on},
    )
    return enrollment
