"""Looking that leaves a trace: a record opened, sensitive data shown, lists exported."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor, Permission
from khuevan.platform.audit.api import PurposeNeeded, checked_purpose, record, record_view
from khuevan.registry.people.api import VIEW_SENSITIVE
from khuevan.registry.students import audit_codes
from khuevan.registry.students.errors import ListPurposeNeeded
from khuevan.registry.students.models import Student
from khuevan.registry.students.permissions import VIEW_STUDENTS
from khuevan.registry.students.selectors import Standing, get_student_for, standing_of


@transaction.atomic
def open_record(
    *, actor: Actor, uuid: UUID, what: str, now: datetime, purpose: str = ""
) -> tuple[Student, Standing]:
    """Return a pupil's record and where the pupil stands, after noting who looks at which part.

    :raises PurposeNeeded: when the actor comes from outside the school and says no purpose
    """
    student = get_student_for(actor, uuid)
    standing = standing_of(student, on=actor.today)
    note_look(actor=actor, student=student, standing=standing, what=what, now=now, purpose=purpose)
    return student, standing


def require_purpose(
    *, actor: Actor, standing: Standing, purpose: str, permission: Permission = VIEW_STUDENTS
) -> str:
    """Return why the actor looks: nothing at the pupil's own school, else what was stated.

    :raises PurposeNeeded: when nothing was
    """
    if standing.is_daily_work_of(actor, permission):
        return ""
    if not purpose:
        raise PurposeNeeded
    return checked_purpose(purpose)


def note_look(
    *,
    actor: Actor,
    student: Student,
    standing: Standing,
    what: str,
    now: datetime,
    purpose: str = "",
    permission: Permission = VIEW_STUDENTS,
) -> str:
    """Note that the actor looks at a part of a record reached already, and return why.

    :raises PurposeNeeded: when the actor comes from outside the school and says no purpose
    """
    why = require_purpose(actor=actor, standing=standing, purpose=purpose, permission=permission)
    record_view(
        actor=actor,
        person_id=student.person_id,
        unit_id=standing.school_id,
        what=what,
        at=now,
        purpose=why,
    )
    return why


@transaction.atomic
def unmask(*, actor: Actor, uuid: UUID, now: datetime, purpose: str = "") -> Student:
    """Return a pupil whose sensitive data will be shown, after noting who asked and why.

    :raises PurposeNeeded: when the actor comes from outside the school and says no purpose
    """
    student = Student.objects.visible_to(actor, VIEW_SENSITIVE).select_related("person").one(uuid)
    standing = standing_of(student, on=actor.today)
    why = note_look(
        actor=actor,
        student=student,
        standing=standing,
        what="sensitive",
        now=now,
        purpose=purpose,
        permission=VIEW_SENSITIVE,
    )
    record(
        audit_codes.UNMASKED,
        actor=actor,
        at=now,
        target=student,
        person_id=student.person_id,
        unit_id=standing.school_id,
        details={"purpose": why} if why else {},
    )
    return student


@transaction.atomic
def export_note(
    *, actor: Actor, unit_id: int | None, count: int, what: str, purpose: str, now: datetime
) -> None:
    """Note that a list left the system: which, how many rows, why."""
    record(
        audit_codes.EXPORTED,
        actor=actor,
        at=now,
        unit_id=unit_id,
        details={"count": count, "what": what, "purpose": purpose},
    )


def require_list_purpose(*, actor: Actor, purpose: str) -> str:
    """Return why a program is given names of pupils: nothing of its own school, else what it said.

    :raises ListPurposeNeeded: when an office gives none
    """
    reach = actor.reach(VIEW_STUDENTS, "school")
    if not reach.everything and reach.ids <= actor.own_schools(VIEW_STUDENTS):
        return ""
    if not purpose:
        raise ListPurposeNeeded
    return checked_purpose(purpose)


@transaction.atomic
def note_list_given(*, actor: Actor, count: int, purpose: str, now: datetime) -> None:
    """Note that an office's program was given a part of a list of pupils, and what for."""
    if purpose and count:
        details = {"count": count, "purpose": purpose}
        record(audit_codes.LIST_GIVEN, actor=actor, at=now, details=details)
