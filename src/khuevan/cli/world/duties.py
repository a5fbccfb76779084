"""What makes the staff of the demo's first school alive: training, a leave, a second school."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.registry.staff import actions
from khuevan.registry.staff.actions import NewLeave, Post
from khuevan.registry.staff.api import (
    Appointment,
    HomeroomAssignment,
    Position,
    StaffLeave,
    StaffMember,
    TeachingAssignment,
)
from khuevan.registry.staff.code_lists import subjects_of

WHY = "the demo's own staff"
AWAY, BACK = timedelta(days=21), timedelta(days=120)


@transaction.atomic
def enliven_staff(*, actor: Actor, school_id: int, other_id: int, now: datetime) -> None:
    """Give the teachers of a school training, one of them a leave, one a second school; once."""
    if StaffLeave.objects.unscoped(because=WHY).filter(school_id=school_id).exists():
        return
    on = actor.today
    teachers = _teachers(school_id, on)
    for place, member in enumerate(teachers):
        _train(actor, member, place, now)
    _send_away(actor, school_id, teachers, on, now)
    _lend(actor, other_id, teachers, on, now)


def _teachers(school_id: int, on: date) -> list[StaffMember]:
    """Return the teachers of a school who sign in to nothing, by name: the cast stays as it is."""
    rows = (
        Appointment.objects.unscoped(because=WHY)
        .filter(in_force(on - AWAY), unit_id=school_id, position=Position.TEACHER)
        .filter(is_primary=True, ends_on__isnull=True, person__user=None)
        .select_related("staff_member__person")
        .order_by("person__sort_key", "pk")
    )
    return [row.staff_member for row in rows]


def _train(actor: Actor, member: StaffMember, place: int, now: datetime) -> None:
    since = date(actor.today.year - 6 - place % 5, 9, 1)
    lessons = TeachingAssignment.objects.unscoped(because=WHY).filter(staff_member=member)
    known = set(subjects_of())
    names = sorted(set(lessons.values_list("subject_name", flat=True)) & known)
    for name in names:
        for tie in ("TRAINED", "TEACHES"):
            actions.add_subject(
                actor=actor,
                member_uuid=member.uuid,
                subject_name=name,
                tie=tie,
                starts_on=since,
                now=now,
            )
    actions.give_title(
        actor=actor,
        member_uuid=member.uuid,
        code="V.07.04.31" if place % 4 == 0 else "V.07.04.32",
        starts_on=since,
        now=now,
    )
    if place % 6:
        actions.add_qualification(
            actor=actor,
            member_uuid=member.uuid,
            kind="DEGREE",
            level="MASTER" if place % 9 == 1 else "UNIVERSITY",
            field=names[0] if names else "",
            issued_year=since.year - 1,
            now=now,
        )


def _send_away(
    actor: Actor, school_id: int, teachers: list[StaffMember], on: date, now: datetime
) -> None:
    """Let a homeroom teacher be away; a colleague has the class, the lessons wait for somebody."""
    rows = (
        HomeroomAssignment.objects.unscoped(because=WHY)
        .filter(in_force(on - AWAY), staff_member__in=teachers, person__sex="FEMALE")
        .select_related("homeroom_class", "staff_member")
        .order_by("person__sort_key", "pk")
    )
    charge = rows.first()
    if charge is None:
        return
    leave = actions.record_leave(
        actor=actor,
        member_uuid=charge.staff_member.uuid,
        school_id=school_id,
        new=NewLeave("MATERNITY", on - AWAY, on + BACK, paper="87/QĐ-THCS"),
        now=now,
    )
    colleague = next(one for one in teachers if one.pk != charge.staff_member_id)
    actions.add_substitute(
        actor=actor,
        leave_uuid=leave.uuid,
        room=charge.homeroom_class,
        duty="HOMEROOM",
        member_uuid=colleague.uuid,
        starts_on=on - AWAY,
        ends_on=on + BACK,
        now=now,
    )


def _lend(
    actor: Actor, other_id: int, teachers: list[StaffMember], on: date, now: datetime
) -> None:
    """Let one of them teach a few lessons at a second school."""
    if not teachers:
        return
    actions.appoint_second(
        actor=actor,
        member_uuid=teachers[-1].uuid,
        school_id=other_id,
        post=Post(
            "TEACHER",
            on - AWAY,
            on + BACK,
            is_primary=False,
            weekly_periods=6,
            decision="412/QĐ-SGDĐT",
            decided_by="Giám đốc Sở GDĐT",
        ),
        now=now,
    )
