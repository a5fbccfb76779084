"""Reading one pupil's record, as far as the actor may know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import in_force, not_over
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.kernel.vietnamese import join_name
from khuevan.registry.people.api import VIEW_ADDRESSES, Address, with_place
from khuevan.registry.students.models import (
    KEPT_BY,
    ClassPlacement,
    Enrollment,
    Guardianship,
    GuardianshipLimit,
    Student,
)
from khuevan.registry.students.permissions import VIEW_GUARDIANS, VIEW_STUDENTS
from khuevan.registry.students.selectors.rolls import class_roll


def get_student_for(actor: Actor, uuid: UUID, permission: Permission = VIEW_STUDENTS) -> Student:
    """Return the pupil with this uuid or raise `NotFound`."""
    return students_for(actor, permission).select_related("person").one(uuid)


def students_for(actor: Actor, permission: Permission) -> ScopedQuerySet[Student]:
    """Return the pupils on whom the actor may do this.

    A second school reads the record; whatever is more than reading is the main school's.
    """
    if permission.only_reads:
        return Student.objects.visible_to(actor, permission)
    rows: ScopedQuerySet[Student] = Student.objects.get_queryset()
    return rows.visible_through(KEPT_BY, actor, permission)


@dataclass(frozen=True, slots=True)
class Standing:
    """Through which schools, classes and person a pupil is reached on a day."""

    person_id: int
    school_ids: frozenset[int]
    class_ids: frozenset[int]
    second_ids: frozenset[int] = frozenset()
    """Those of the schools that are not the main one: they read and change nothing."""

    def allows(self, actor: Actor, permission: Permission) -> bool:
        """Return whether the actor holds a permission on this pupil: what the scope would say."""
        reads = permission.only_reads
        schools = self.school_ids if reads else self.school_ids - self.second_ids
        return (
            self.person_id in actor.reach(permission, "person")
            or any(one in actor.reach(permission, "school") for one in schools)
            or any(one in actor.reach(permission, "class") for one in self.class_ids)
        )

    def is_daily_work_of(self, actor: Actor, permission: Permission = VIEW_STUDENTS) -> bool:
        """Return whether the actor is family, a teacher of the class or of the pupil's school."""
        return (
            self.person_id in actor.reach(permission, "person").ids
            or not self.class_ids.isdisjoint(actor.reach(permission, "class").ids)
            or not self.school_ids.isdisjoint(actor.own_schools(permission))
        )

    @property
    def school_id(self) -> int | None:
        """Return the school of the day, when there is one."""
        return next(iter(sorted(self.school_ids - self.second_ids or self.school_ids)), None)


def standing_of(student: Student, *, on: date) -> Standing:
    """Return where a pupil whom the actor has reached stands on a day: two queries.

    A school knows its pupil before the first day; the teachers of a class from that day on.
    """
    why = "which of the record's parts the actor may see follows from it"
    schools = dict(
        Enrollment.objects.unscoped(because=why)
        .filter(not_over(on), student=student)
        .order_by("is_primary")
        .values_list("school_id", "is_primary")
    )
    classes = ClassPlacement.objects.unscoped(because=why).filter(in_force(on), student=student)
    return Standing(
        student.person_id,
        frozenset(schools),
        frozenset(classes.values_list("homeroom_class_id", flat=True)),
        frozenset(pk for pk, is_main in schools.items() if not is_main),
    )


def placements_of(*, actor: Actor, student: Student) -> ScopedQuerySet[ClassPlacement]:
    """Return a pupil's classes, newest first, as far as the actor may know."""
    return (
        ClassPlacement.objects.visible_to(actor, VIEW_STUDENTS)
        .filter(student=student)
        .select_related(
            "homeroom_class__academic_year", "homeroom_class__grade_level", "grade_level", "school"
        )
        .order_by("-starts_on", "-pk")
    )


def enrollments_of(*, actor: Actor, student: Student) -> ScopedQuerySet[Enrollment]:
    """Return a pupil's times in schools, newest first, as far as the actor may know.

    The main school knows of the second ones beside it.
    """
    own = Enrollment.objects.visible_to(actor, VIEW_STUDENTS).filter(student=student)
    reached: ScopedQuerySet[Student] = Student.objects.get_queryset()
    kept = reached.visible_through(KEPT_BY, actor, VIEW_STUDENTS).filter(pk=student.pk)
    rows = Enrollment.objects.unscoped(because="those in reach, and what stands beside them")
    return (
        rows.filter(Q(pk__in=own.values("pk")) | Q(is_primary=False, student__in=kept))
        .select_related("school")
        .order_by("-starts_on", "-pk")
    )


def guardians_of(
    *, actor: Actor, student: Student, on: date, permission: Permission = VIEW_GUARDIANS
) -> ScopedQuerySet[Guardianship]:
    """Return a pupil's guardians on a date, in the order of contact."""
    return (
        Guardianship.objects.visible_to(actor, permission)
        .filter(student=student)
        .filter(not_over(on))
        .select_related("guardian")
        .order_by("contact_order", "pk")
    )


def former_guardians_of(
    *, actor: Actor, student: Student, on: date
) -> ScopedQuerySet[Guardianship]:
    """Return whose guardianship is over, the latest first."""
    return (
        Guardianship.objects.visible_to(actor, VIEW_GUARDIANS)
        .filter(student=student, ends_on__lte=on)
        .select_related("guardian")
        .order_by("-ends_on", "-pk")
    )


def limits_of(
    *, actor: Actor, student: Student, on: date, permission: Permission = VIEW_GUARDIANS
) -> dict[int, list[GuardianshipLimit]]:
    """Return the limits of a pupil's guardians that hold on a day or will, by guardianship."""
    rows = (
        GuardianshipLimit.objects.visible_to(actor, permission)
        .filter(not_over(on), student=student)
        .order_by("starts_on", "pk")
    )
    found: dict[int, list[GuardianshipLimit]] = {}
    for row in rows:
        found.setdefault(row.guardianship_id, []).append(row)
    return found


def get_guardianship_for(actor: Actor, uuid: UUID, permission: Permission) -> Guardianship:
    """Return the guardianship with this uuid or raise `NotFound`."""
    rows = Guardianship.objects.visible_to(actor, permission)
    return rows.select_related("guardian", "student__person").one(uuid)


def get_limit_for(actor: Actor, uuid: UUID, permission: Permission) -> GuardianshipLimit:
    """Return the limit of a guardian with this uuid or raise `NotFound`."""
    rows = GuardianshipLimit.objects.visible_to(actor, permission)
    return rows.select_related("guardianship__guardian", "student__person").one(uuid)


def addresses_of(*, actor: Actor, student: Student, on: date) -> dict[str, str]:
    """Return a pupil's addresses on a date by kind, as far as the actor may know."""
    rows = (
        Address.objects.visible_to(actor, VIEW_ADDRESSES)
        .filter(not_over(on), person_id=student.person_id)
        .order_by("pk")
    )
    return {row.kind: row.detail for row in rows}


def shown_addresses(*, actor: Actor, student: Student, on: date) -> dict[str, str]:
    """Return the same with the commune of each behind its words, for people to read."""
    rows = (
        Address.objects.visible_to(actor, VIEW_ADDRESSES)
        .filter(not_over(on), person_id=student.person_id)
        .select_related("area")
        .order_by("pk")
    )
    return {
        row.kind: with_place(row.detail, row.area.full_name if row.area else "") for row in rows
    }


def siblings_of(*, actor: Actor, student: Student, on: date) -> list[ClassPlacement]:
    """Return the brothers and sisters (same guardian) whom the actor reaches too, by age."""
    guardians = (
        Guardianship.objects.visible_to(actor, VIEW_GUARDIANS)
        .filter(student=student)
        .values("guardian_id")
    )
    children = (
        Guardianship.objects.visible_to(actor, VIEW_GUARDIANS)
        .filter(guardian_id__in=guardians)
        .exclude(student=student)
        .values("student_id")
    )
    return list(
        ClassPlacement.objects.visible_to(actor, VIEW_STUDENTS)
        .filter(in_force(on), student_id__in=children)
        .select_related("student", "person", "homeroom_class", "school")
        .order_by("person__birth_date", "pk")
    )


@dataclass(frozen=True, slots=True)
class Neighbor:
    """The pupil before or after in the class."""

    uuid: UUID
    name: str


@dataclass(frozen=True, slots=True)
class PlaceInClass:
    """Where a pupil stands in the roll of the class, and who stands beside."""

    number: int
    size: int
    previous: Neighbor | None
    next: Neighbor | None


def place_in_class(*, actor: Actor, placement: ClassPlacement, on: date) -> PlaceInClass | None:
    """Return a pupil's place in the roll as the actor sees it: one query."""
    roll = [
        (student_id, Neighbor(uuid, join_name(*names)))
        for student_id, uuid, *names in class_roll(
            actor=actor, homeroom_class=placement.homeroom_class, on=on
        ).values_list(
            "student_id",
            "student__uuid",
            "person__family_name",
            "person__middle_name",
            "person__given_name",
        )
    ]
    at = next((i for i, (pk, _one) in enumerate(roll) if pk == placement.student_id), None)
    if at is None:
        return None
    return PlaceInClass(
        number=at + 1,
        size=len(roll),
        previous=roll[at - 1][1] if at else None,
        next=roll[at + 1][1] if at + 1 < len(roll) else None,
    )
