"""A pupil of 18 decides whether the family reads the record on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.registry.students import audit_codes
from khuevan.registry.students.errors import NotOfAge
from khuevan.registry.students.following import follow_guardians
from khuevan.registry.students.models import FamilyConsent, Student
from khuevan.registry.students.rules import comes_of_age_on
from khuevan.registry.students.selectors import consent_in_force

_OWN = "the acting pupil's own record and family"


@transaction.atomic
def give_consent(*, actor: Actor, now: datetime) -> FamilyConsent:
    """Let the guardians on record read on, from today; given twice it is given once.

    :raises NotOfAge: before the 18th birthday, up to which guardians read anyway
    """
    student = _own_record(actor)
    on = actor.today
    _require_of_age(student, on)
    held = consent_in_force(student_id=student.pk, on=on)
    if held is not None:
        return held
    days = settings.FAMILY_CONSENT_DAYS
    ends_on = on + timedelta(days=days) if days else None
    given = FamilyConsent.objects.create(
        student=student, student_person_id=student.person_id, starts_on=on, ends_on=ends_on
    )
    follow_guardians(student_ids=[student.pk], on=on)
    _note(audit_codes.CONSENT_GIVEN, actor, student, now)
    return given


@transaction.atomic
def withdraw_consent(*, actor: Actor, now: datetime) -> None:
    """Let the guardians read no longer, from now on; at any time, without a reason.

    :raises NotOfAge: before the 18th birthday, when there is nothing to take back
    """
    student = _own_record(actor)
    on = actor.today
    held = consent_in_force(student_id=student.pk, on=on)
    if held is None:
        _require_of_age(student, on)
        return
    held.ends_on = max(held.starts_on, on)
    held.save(update_fields=["ends_on"])
    follow_guardians(student_ids=[student.pk], on=on)
    _note(audit_codes.CONSENT_WITHDRAWN, actor, student, now)


def _require_of_age(student: Student, on: date) -> None:
    adult_on = comes_of_age_on(student.person.birth_date)
    if adult_on is None or adult_on > on:
        raise NotOfAge


def _own_record(actor: Actor) -> Student:
    if actor.person_id is None:
        raise NotFound
    rows = Student.objects.unscoped(because=_OWN).filter(person_id=actor.person_id)
    locked = rows.select_for_update(no_key=True, of=("self",))
    student = locked.select_related("person").first()
    if student is None:
        raise NotFound
    return student


def _note(code: str, actor: Actor, student: Student, now: datetime) -> None:
    record(code, actor=actor, at=now, target=student, person_id=student.person_id)
