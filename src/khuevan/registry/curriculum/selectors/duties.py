"""Reading the duties of a school's staff, and what is left of those that a school shares out."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db.models import Q

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import in_force
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.registry.curriculum.load_rules import most_at_once
from khuevan.registry.curriculum.models import TeachingDuty
from khuevan.registry.curriculum.norms import Held
from khuevan.registry.curriculum.permissions import VIEW_LOADS
from khuevan.registry.schools.api import School
from khuevan.registry.staff.api import HomeroomAssignment, StaffMember

BECAUSE = "of the staff of a school that the caller reached"


def held_of(duty: TeachingDuty) -> Held:
    """Return a recorded duty as the rules read it."""
    return Held(duty.code, duty.what, duty.periods, duty.is_paid)


def duties_by_member(actor: Actor, school: School, on: date) -> dict[int, list[Held]]:
    """Return the duties of the staff of a school on a day, being in charge of a class included."""
    found: defaultdict[int, list[Held]] = defaultdict(list)
    homerooms = HomeroomAssignment.objects.unscoped(because=BECAUSE).filter(
        in_force(on), school_id=school.pk
    )
    for member_id in homerooms.values_list("staff_member_id", flat=True).distinct():
        found[member_id].append(Held("HOMEROOM"))
    duties = TeachingDuty.objects.visible_to(actor, VIEW_LOADS).filter(
        in_force(on), school_id=school.pk
    )
    for duty in duties.order_by("starts_on", "pk"):
        found[duty.staff_member_id].append(held_of(duty))
    return found


def duties_of(actor: Actor, school: School, member: StaffMember) -> ScopedQuerySet[TeachingDuty]:
    """Return the duties recorded of somebody at a school, newest first."""
    rows = TeachingDuty.objects.visible_to(actor, VIEW_LOADS)
    return rows.filter(school=school, staff_member=member).order_by("-starts_on", "-pk")


def get_duty_for(actor: Actor, uuid: UUID, permission: Permission) -> TeachingDuty:
    """Return a duty with this uuid, or raise `NotFound`."""
    rows = TeachingDuty.objects.visible_to(actor, permission)
    return rows.select_related("person", "staff_member", "school").one(uuid)


def used_of(school: School, code: str, starts_on: date, ends_on: date | None) -> int:
    """Return the most periods a week that a duty takes at a school on a day of a span."""
    rows = TeachingDuty.objects.unscoped(because=BECAUSE).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on),
        school=school,
        code=code,
        periods__isnull=False,
    )
    parts = [(one.periods or 0, one.starts_on, one.ends_on) for one in rows]
    return most_at_once(parts, starts_on, ends_on)
