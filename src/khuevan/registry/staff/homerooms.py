"""What a list of classes asks of the staff: who works at a school, who is in charge of a class."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.registry.schools.api import HomeroomClass, Homerooms, Teacher, homerooms
from khuevan.registry.staff.actions import assign_homeroom
from khuevan.registry.staff.models import Appointment, HomeroomAssignment, Position, StaffMember
from khuevan.registry.staff.permissions import MANAGE_STAFF

_WHY = "the caller reached these classes through a scope"


def teachers(actor: Actor, school_id: int, on: date) -> list[Teacher]:
    """Return who works at a school on a day, for an actor who gives classes there."""
    rows = Appointment.objects.visible_to(actor, MANAGE_STAFF).filter(
        in_force(on), unit_id=school_id
    )
    members = {row.staff_member_id: row for row in rows.select_related("person", "staff_member")}
    return [
        Teacher(pk, row.person.full_name, row.staff_member.moet_code or "")
        for pk, row in members.items()
    ]


def in_charge(class_ids: Collection[int], on: date) -> Mapping[int, Teacher]:
    """Return who is in charge of classes on a day, by class."""
    rows = HomeroomAssignment.objects.unscoped(because=_WHY).filter(
        in_force(on), homeroom_class_id__in=class_ids
    )
    return {
        row.homeroom_class_id: Teacher(
            row.staff_member_id, row.person.full_name, row.staff_member.moet_code or ""
        )
        for row in rows.select_related("person", "staff_member")
    }


def principals(school_ids: Collection[int], on: date) -> Mapping[int, str]:
    """Return the names of who leads schools on a day, by school."""
    rows = Appointment.objects.unscoped(because="the caller reached these schools").filter(
        in_force(on), unit_id__in=school_ids, position=Position.PRINCIPAL
    )
    return {row.unit_id: row.person.full_name for row in rows.select_related("person")}


def give(actor: Actor, room: HomeroomClass, member_id: int, on: date, now: datetime) -> None:
    """Put a member in charge of a class: from the year's begin if nobody was, else from a day."""
    member = StaffMember.objects.visible_to(actor, MANAGE_STAFF).get(pk=member_id)
    had = HomeroomAssignment.objects.unscoped(because=_WHY).filter(homeroom_class=room).exists()
    year = room.academic_year
    here = Appointment.objects.visible_to(actor, MANAGE_STAFF).filter(
        in_force(max(on, year.starts_on)), staff_member=member, unit_id=room.school_id
    )
    first = here.order_by("starts_on").values_list("starts_on", flat=True).first()
    since = on if had else year.starts_on
    starts_on = max(since, year.starts_on, first or year.starts_on)
    assign_homeroom(actor=actor, homeroom_class=room, member=member, starts_on=starts_on, now=now)


homerooms.register("staff", Homerooms(teachers, in_charge, principals, give))
