"""Reading the groups of a school's year: subject, classes, pupils, teacher, block."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import in_force
from khuevan.kernel.vietnamese import fold
from khuevan.registry.curriculum.group_rules import GroupFacts, counted_weeks, in_the_way
from khuevan.registry.curriculum.models import ClassSubject, GroupClass, GroupPupil, TeachingGroup
from khuevan.registry.curriculum.permissions import MANAGE_PLANS, VIEW_PLANS
from khuevan.registry.schools.api import AcademicYear, HomeroomClass, School
from khuevan.registry.staff.api import subject_label
from khuevan.registry.students.api import ClassPlacement

BECAUSE = "of groups that the actor reached through a scope"


@dataclass(frozen=True, slots=True)
class Group:
    """Pupils who learn a subject together on a day."""

    id: int
    uuid: UUID
    name: str
    subject_name: str
    kind: str
    block: str
    """Groups of one block run at the same time; empty for a group that stands alone."""
    class_ids: tuple[int, ...]
    class_names: tuple[str, ...]
    student_ids: frozenset[int]
    """Who is in it and sits in one of its classes on the day."""
    staff_member_id: int | None
    person_id: int | None
    teacher_name: str
    weeks: tuple[int, ...]
    """Periods of each week of teaching, as the classes' plans have them, counted once."""

    @property
    def subject_label(self) -> str:
        """Return the subject in the reader's language."""
        return subject_label(self.subject_name)

    @property
    def facts(self) -> GroupFacts:
        """Return it as the rules of groups take it."""
        return GroupFacts(
            self.id,
            self.subject_name,
            self.kind,
            self.block,
            self.staff_member_id,
            self.student_ids,
            self.weeks,
        )


def teaching_groups(
    *,
    actor: Actor,
    school: School,
    year: AcademicYear,
    on: date,
    permission: Permission = VIEW_PLANS,
) -> list[Group]:
    """Return the groups of a school's year as on a day, by block and name: four queries."""
    rows = TeachingGroup.objects.visible_to(actor, permission).filter(
        school=school, academic_year=year
    )
    return groups_of(list(rows.select_related("person").order_by("block", "name", "pk")), on=on)


def groups_of(rows: Sequence[TeachingGroup], *, on: date) -> list[Group]:
    """Return groups with what hangs on them on a day: three queries."""
    ids = [row.pk for row in rows]
    classes: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    found = GroupClass.objects.unscoped(because=BECAUSE).filter(group_id__in=ids)
    for group_id, room_id, name in found.order_by(
        "homeroom_class__sort_key", "homeroom_class_id"
    ).values_list("group_id", "homeroom_class_id", "homeroom_class__name"):
        classes[group_id].append((room_id, name))
    rooms = {room_id for one in classes.values() for room_id, _name in one}
    pupils = _pupils(ids, on)
    plans = _plans(rooms)
    return [_group(row, classes[row.pk], pupils[row.pk], plans) for row in rows]


def get_group_for(
    actor: Actor, uuid: UUID, permission: Permission, school: School
) -> TeachingGroup:
    """Return a group of a school with this uuid, or raise `NotFound`."""
    rows = TeachingGroup.objects.visible_to(actor, permission).filter(school=school)
    return rows.select_related("academic_year", "school", "person", "staff_member").one(uuid)


def level_of(row: TeachingGroup) -> str:
    """Return the level of the classes of a group."""
    rows = GroupClass.objects.unscoped(because=BECAUSE).filter(group=row)
    first = rows.order_by("pk").values_list("homeroom_class__grade_level__level", flat=True).first()
    return first or ""


@dataclass(frozen=True, slots=True)
class Seat:
    """A pupil of a class of a group: whether in it, and which other group keeps the pupil out."""

    placement: ClassPlacement
    is_in: bool
    elsewhere: str = ""

    def is_called(self, query: str) -> bool:
        """Return whether a name, with or without its marks, is what was searched for."""
        return fold(query) in fold(self.placement.person.full_name)


def seats_of(one: Group, groups: Sequence[Group], *, on: date) -> list[Seat]:
    """Return who sits in the classes of a group on a day, by class and name: one query."""
    rows = ClassPlacement.objects.unscoped(because=BECAUSE).filter(
        in_force(on), homeroom_class_id__in=one.class_ids
    )
    found = list(
        rows.select_related("person", "homeroom_class").order_by(
            "homeroom_class__sort_key", "sort_key", "student_id"
        )
    )
    ids = [row.student_id for row in found]
    names = {each.id: each.name for each in groups}
    kept_out = {
        pupil: names[other]
        for other, pupils in in_the_way(one.facts, [e.facts for e in groups], ids).items()
        for pupil in pupils
    }
    return [
        Seat(row, row.student_id in one.student_ids, kept_out.get(row.student_id, ""))
        for row in found
    ]


def planned_in(actor: Actor, rooms: Sequence[HomeroomClass]) -> dict[tuple[str, str], list[str]]:
    """Return what classes learn, as kind and subject, with the classes that do: one query."""
    names = {room.pk: room.name for room in rooms}
    rows = ClassSubject.objects.visible_to(actor, MANAGE_PLANS).filter(homeroom_class_id__in=names)
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows.order_by("kind", "subject_name", "homeroom_class__sort_key"):
        found[row.kind, row.subject_name].append(names[row.homeroom_class_id])
    return dict(found)


def _pupils(ids: Sequence[int], on: date) -> defaultdict[int, set[int]]:
    """Return who is in each group and still sits in one of its classes."""
    rooms = GroupClass.objects.unscoped(because=BECAUSE).filter(
        group_id=OuterRef(OuterRef("group_id"))
    )
    sits_there = ClassPlacement.objects.unscoped(because=BECAUSE).filter(
        in_force(on),
        student_id=OuterRef("student_id"),
        homeroom_class__in=rooms.values("homeroom_class_id"),
    )
    rows = GroupPupil.objects.unscoped(because=BECAUSE).filter(
        in_force(on), Exists(sits_there), group_id__in=ids
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for group_id, student_id in rows.values_list("group_id", "student_id"):
        found[group_id].add(student_id)
    return found


def _plans(rooms: set[int]) -> dict[tuple[int, str, str], tuple[int, ...]]:
    rows = ClassSubject.objects.unscoped(because=BECAUSE).filter(homeroom_class_id__in=rooms)
    return {
        (room_id, name, kind): tuple(weeks)
        for room_id, name, kind, weeks in rows.values_list(
            "homeroom_class_id", "subject_name", "kind", "weeks"
        )
    }


def _group(
    row: TeachingGroup,
    classes: Sequence[tuple[int, str]],
    pupils: set[int],
    plans: dict[tuple[int, str, str], tuple[int, ...]],
) -> Group:
    keys = [(room_id, row.subject_name, row.kind) for room_id, _name in classes]
    return Group(
        id=row.pk,
        uuid=row.uuid,
        name=row.name,
        subject_name=row.subject_name,
        kind=row.kind,
        block=row.block,
        class_ids=tuple(room_id for room_id, _name in classes),
        class_names=tuple(name for _room_id, name in classes),
        student_ids=frozenset(pupils),
        staff_member_id=row.staff_member_id,
        person_id=row.person_id,
        teacher_name=row.person.full_name if row.person else "",
        weeks=counted_weeks([plans[key] for key in keys if key in plans]),
    )
