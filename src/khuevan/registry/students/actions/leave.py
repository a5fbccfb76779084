"""A pupil leaves a school, or the leaving is taken back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.students.actions.crossing import close_enrollment, reopen_enrollment
from khuevan.registry.students.errors import BackByCase, GoesByCase
from khuevan.registry.students.models import LEAVING, Enrollment, ExitKind, Student
from khuevan.registry.students.permissions import EDIT_STUDENTS


@transaction.atomic
def end_enrollment(
    *,
    actor: Actor,
    uuid: UUID,
    exit_kind: str,
    on: date,
    reason: str = "",
    paper: str = "",
    went_to: str = "",
    now: datetime,
) -> Enrollment:
    """End a pupil's time in the school, and in the class, on a day.

    From that day on the school no longer reaches the record, nor the accounts of the pupil and,
    unless another child is there, of the guardians.

    :raises GoesByCase: to another school: `release_student` is the step of a transfer
    :raises NoSuchDay: when the day is not after the pupil came
    """
    enrollment = (
        Enrollment.objects.visible_to(actor, EDIT_STUDENTS)
        .filter(student__uuid=uuid, ends_on__isnull=True, is_primary=True)
        .select_related("student")
        .select_for_update(no_key=True, of=("self",))
        .first()
    )
    if enrollment is None:
        raise NotFound
    if exit_kind not in LEAVING:
        raise GoesByCase
    return close_enrollment(
        actor=actor,
        enrollment=enrollment,
        on=on,
        exit_kind=exit_kind,
        reason=reason,
        paper=paper,
        went_to=went_to,
        now=now,
    )


@transaction.atomic
def undo_leaving(*, actor: Actor, enrollment_uuid: UUID, now: datetime) -> Student:
    """Take a pupil back whose leaving was recorded by mistake: as if it had not been.

    :raises BackByCase: after a transfer: `take_back_release` is a step of its case
    :raises NothingToUndo: when the pupil has not left, or came back since
    :raises AlreadyEnrolled: when the pupil is in another school by now
    """
    reached = Enrollment.objects.visible_to(actor, EDIT_STUDENTS).filter(is_primary=True)
    enrollment = reached.select_for_update(no_key=True, of=("self",)).one(enrollment_uuid)
    if enrollment.exit_kind == ExitKind.TRANSFERRED_OUT:
        raise BackByCase
    return reopen_enrollment(actor=actor, enrollment=enrollment, now=now).student
