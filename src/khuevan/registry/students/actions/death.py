"""A pupil has died: accounts close and nobody is written to; taken back when it was a mistake."""

from __future__ import annotations

from datetime import date, datetime

from khuevan.kernel.actor import Actor
from khuevan.kernel.clock import VIETNAM
from khuevan.platform.access.api import GrantSpec, fit_derived_grants
from khuevan.platform.accounts.api import User, set_active
from khuevan.registry.students.facts import home_schools, student_key
from khuevan.registry.students.following import follow_guardians
from khuevan.registry.students.models import Student


def note_death(*, actor: Actor, student: Student, on: date, unit_id: int, now: datetime) -> None:
    """Close what the pupil and the family open, from the day on; a step of the leaving."""
    student.died_on = on
    student.save(update_fields=["died_on"])
    fit_derived_grants({student_key(student.pk): []}, on=on)
    follow_guardians(student_ids=[student.pk], on=on)
    _switch(actor, student, unit_id, now, is_active=False)


def undo_death(*, actor: Actor, student: Student, unit_id: int, now: datetime) -> None:
    """Open again what a death recorded by mistake closed; a step of taking the leaving back."""
    on = student.died_on or now.astimezone(VIETNAM).date()
    student.died_on = None
    student.save(update_fields=["died_on"])
    own = GrantSpec(
        person_id=student.person_id,
        role_code="student",
        source_key=student_key(student.pk),
        starts_on=on,
        anchor_person_id=student.person_id,
        home_unit_id=home_schools([student.pk]).get(student.pk),
    )
    fit_derived_grants({own.source_key: [own]}, on=on)
    follow_guardians(student_ids=[student.pk], on=on)
    _switch(actor, student, unit_id, now, is_active=True)


def _switch(
    actor: Actor, student: Student, unit_id: int, now: datetime, *, is_active: bool
) -> None:
    users = User.objects.for_sign_in().filter(person_id=student.person_id)
    for user in users.exclude(is_active=is_active).order_by("pk"):
        set_active(actor=actor, user=user, is_active=is_active, unit_id=unit_id, now=now)
