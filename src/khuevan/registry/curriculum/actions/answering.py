"""Who answers for the marks of a subject that several teachers of a class share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force, not_over
from khuevan.platform.audit.api import record, write_new
from khuevan.registry.curriculum import audit_codes
from khuevan.registry.curriculum.actions.assigning import get_subject_to_assign
from khuevan.registry.curriculum.errors import NotItsTeacher
from khuevan.registry.curriculum.models import ResponsibleTeacher
from khuevan.registry.staff.api import StaffMember, TeachingAssignment

BECAUSE = "of classes whose lessons the actor gives"
Lesson = tuple[int, str]
Named = tuple[int, int]
"""A member of the staff, and the person."""


@transaction.atomic
def set_responsible(
    *, actor: Actor, uuid: UUID, member: StaffMember, on: date, now: datetime
) -> None:
    """Let one of the teachers of a subject of a class answer for its marks from a day on.

    :raises NotItsTeacher: when that person doesn't teach it there on that day
    """
    subject = get_subject_to_assign(actor, uuid)
    room = subject.homeroom_class
    teaches = TeachingAssignment.objects.unscoped(because=BECAUSE).filter(
        in_force(on),
        homeroom_class_id=room.pk,
        subject_name=subject.subject_name,
        staff_member=member,
    )
    if not teaches.exists():
        words = {"subject": subject.subject_label, "room": room.name}
        raise NotItsTeacher(name=member.person.full_name, **words)
    named = {(room.pk, subject.subject_name): (member.pk, member.person_id)}
    name_responsible(school_id=subject.school_id, named=named, on=on)
    record(
        audit_codes.RESPONSIBLE_SET,
        actor=actor,
        at=now,
        target=room,
        unit_id=subject.school_id,
        person_id=member.person_id,
        details={"name": member.person.full_name, "subject": subject.subject_name},
    )


def name_responsible(*, school_id: int, named: Mapping[Lesson, Named], on: date) -> None:
    """Write who answers from a day on, in place of what was said for later: five statements.

    The caller holds the plans of these classes, reached through a scope.
    """
    if not named:
        return
    rows = ResponsibleTeacher.objects.unscoped(because=BECAUSE).filter(
        not_over(on), homeroom_class_id__in={room_id for room_id, _name in named}
    )
    later: list[int] = []
    ended: list[int] = []
    stays: set[Lesson] = set()
    for row in rows.select_for_update(no_key=True, of=("self",)):
        lesson = row.homeroom_class_id, row.subject_name
        if lesson not in named:
            continue
        if row.starts_on < on and row.staff_member_id == named[lesson][0] and row.ends_on is None:
            stays.add(lesson)
        else:
            (later if row.starts_on >= on else ended).append(row.pk)
    held = ResponsibleTeacher.objects.unscoped(because=BECAUSE)
    held.filter(pk__in=later).delete()
    held.filter(pk__in=ended).update(ends_on=on)
    write_new(
        [
            ResponsibleTeacher(
                school_id=school_id,
                homeroom_class_id=room_id,
                subject_name=name,
                staff_member_id=member_id,
                person_id=person_id,
                starts_on=on,
            )
            for (room_id, name), (member_id, person_id) in named.items()
            if (room_id, name) not in stays
        ]
    )
