"""Reading who is responsible for classes, and who stands in for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import holds, not_over
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.staff.code_lists import subject_label
from khuevan.registry.staff.models import (
    DutyKind,
    HomeroomAssignment,
    StaffLeave,
    Substitution,
    TeachingAssignment,
)
from khuevan.registry.staff.permissions import MANAGE_STAFF, VIEW_STAFF
from khuevan.registry.staff.selectors.records import substitutions_of


@dataclass(slots=True)
class ClassStaff:
    """Who is responsible for a class: in charge of it, and with its lessons, newest first."""

    homerooms: list[HomeroomAssignment] = field(default_factory=list)
    lessons: list[TeachingAssignment] = field(default_factory=list)

    def in_charge(self, on: date) -> HomeroomAssignment | None:
        """Return who is in charge on a day."""
        return next((row for row in self.homerooms if holds(row, on)), None)


def class_staff(
    *,
    actor: Actor,
    class_ids: Collection[int],
    on: date | None = None,
    permission: Permission = VIEW_STAFF,
) -> defaultdict[int, ClassStaff]:
    """Return who is or was responsible for classes; on a day or later only when one is given."""
    found: defaultdict[int, ClassStaff] = defaultdict(ClassStaff)
    homerooms = HomeroomAssignment.objects.visible_to(actor, permission)
    lessons = TeachingAssignment.objects.visible_to(actor, permission)
    if on is not None:
        homerooms, lessons = homerooms.filter(not_over(on)), lessons.filter(not_over(on))
    for homeroom in (
        homerooms.filter(homeroom_class_id__in=class_ids)
        .select_related("person", "staff_member")
        .order_by("-starts_on", "pk")
    ):
        found[homeroom.homeroom_class_id].homerooms.append(homeroom)
    for lesson in (
        lessons.filter(homeroom_class_id__in=class_ids)
        .select_related("person", "staff_member")
        .order_by("subject_name", "-starts_on", "pk")
    ):
        found[lesson.homeroom_class_id].lessons.append(lesson)
    return found


@dataclass(frozen=True, slots=True)
class AbsentDuty:
    """One duty of somebody away: in which class, and who stands in."""

    duty: str
    homeroom_class: HomeroomClass
    subject_name: str
    substitutes: tuple[Substitution, ...]

    @property
    def key(self) -> str:
        """Return what names the duty in a form."""
        return f"{self.duty}:{self.homeroom_class.uuid}:{self.subject_name}"

    @property
    def label(self) -> str:
        """Return the duty in words."""
        return subject_label(self.subject_name) or str(DutyKind.HOMEROOM.label)


def absent_duties(
    *, actor: Actor, leaves: Collection[StaffLeave], permission: Permission = VIEW_STAFF
) -> dict[int, list[AbsentDuty]]:
    """Return the duties of people away during their leaves, with who stands in: by leave."""
    stand_ins: defaultdict[tuple[int, str, int, str], list[Substitution]] = defaultdict(list)
    for row in substitutions_of([leave.pk for leave in leaves]):
        key = (row.leave_id, row.duty, row.homeroom_class_id, row.subject_name)
        stand_ins[key].append(row)
    members = {leave.staff_member_id for leave in leaves}
    homerooms = list(
        HomeroomAssignment.objects.visible_to(actor, permission)
        .filter(staff_member_id__in=members)
        .select_related("homeroom_class")
        .order_by("homeroom_class__sort_key", "pk")
    )
    lessons = list(
        TeachingAssignment.objects.visible_to(actor, permission)
        .filter(staff_member_id__in=members)
        .select_related("homeroom_class")
        .order_by("subject_name", "homeroom_class__sort_key", "pk")
    )
    found: dict[int, list[AbsentDuty]] = {}
    for leave in leaves:
        duties = [
            (DutyKind.HOMEROOM, row.homeroom_class, "") for row in homerooms if _during(row, leave)
        ]
        duties += [
            (DutyKind.TEACHING, row.homeroom_class, row.subject_name)
            for row in lessons
            if _during(row, leave)
        ]
        found[leave.pk] = [
            AbsentDuty(kind, room, name, tuple(stand_ins[leave.pk, kind, room.pk, name]))
            for kind, room, name in dict.fromkeys(duties)
        ]
    return found


def _during(row: HomeroomAssignment | TeachingAssignment, leave: StaffLeave) -> bool:
    return (
        row.staff_member_id == leave.staff_member_id
        and row.school_id == leave.school_id
        and row.starts_on < leave.ends_on
        and (row.ends_on is None or row.ends_on > leave.starts_on)
    )


def get_homeroom_for(actor: Actor, uuid: UUID) -> HomeroomAssignment:
    """Return the assignment with this uuid or raise `NotFound`."""
    rows = HomeroomAssignment.objects.visible_to(actor, MANAGE_STAFF)
    return rows.select_related("homeroom_class__school", "person").one(uuid)


def get_lesson_for(actor: Actor, uuid: UUID) -> TeachingAssignment:
    """Return the assignment with this uuid or raise `NotFound`."""
    rows = TeachingAssignment.objects.visible_to(actor, MANAGE_STAFF)
    return rows.select_related("homeroom_class__school", "person").one(uuid)


def get_substitution_for(actor: Actor, uuid: UUID) -> Substitution:
    """Return the substitution with this uuid or raise `NotFound`."""
    rows = Substitution.objects.visible_to(actor, MANAGE_STAFF)
    return rows.select_related("homeroom_class", "person", "leave").one(uuid)
