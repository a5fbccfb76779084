"""Reading combinations: what is offered, in which classes, to how many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import in_force
from khuevan.registry.choices.models import Combination, CombinationClass, PupilCombination
from khuevan.registry.choices.permissions import VIEW_CHOICES
from khuevan.registry.curriculum.api import (
    Carried,
    PlanKind,
    offer_faults,
    opening_day,
    plan_fault_words,
)
from khuevan.registry.schools.api import AcademicYear, HomeroomClass, School
from khuevan.registry.students.api import ClassPlacement, Student

BECAUSE = "of combinations that the actor reached through a scope"
USUAL_SEATS = 45
"""Of a class without a room of known size: the most pupils of an upper secondary class."""


@dataclass(slots=True)
class Offer:
    """A combination with the classes that carry it, and how many pupils learn it."""

    row: Combination
    rooms: list[HomeroomClass] = field(default_factory=list)
    pupils: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def seats(self) -> int:
        """Return how many the rooms of its classes take."""
        return sum((room.room.capacity if room.room else 0) or USUAL_SEATS for room in self.rooms)

    @property
    def is_over_rooms(self) -> bool:
        """Return whether more are taken than the rooms of its classes have seats for."""
        return bool(self.rooms) and self.row.capacity > self.seats


@dataclass(frozen=True, slots=True)
class Stray:
    """A pupil who learns a combination that the own class doesn't carry."""

    placement: ClassPlacement
    combination: Combination


def offers(*, actor: Actor, school: School, year: AcademicYear, on: date) -> list[Offer]:
    """Return the combinations of a school's year by grade and name: three queries."""
    rows = list(
        Combination.objects.visible_to(actor, VIEW_CHOICES)
        .filter(school=school, academic_year=year)
        .select_related("grade_level", "academic_year")
        .order_by("grade_level__position", "name", "pk")
    )
    ids = [row.pk for row in rows]
    rooms: defaultdict[int, list[HomeroomClass]] = defaultdict(list)
    carried = CombinationClass.objects.unscoped(because=BECAUSE).filter(combination_id__in=ids)
    for one in carried.select_related("homeroom_class__room").order_by("homeroom_class__sort_key"):
        rooms[one.combination_id].append(one.homeroom_class)
    count = learning_on(ids, on)
    return [Offer(row, rooms[row.pk], count[row.pk], faults_of(row)) for row in rows]


def learning_on(ids: Collection[int], on: date, *, but: int = 0) -> Counter[int]:
    """Return how many pupils who sit in a class learn each combination on a day: one query.

    :param but: a pupil who isn't counted
    """
    sitting_then = ClassPlacement.objects.unscoped(because=BECAUSE).filter(
        in_force(on), student_id=OuterRef("student_id"), school_id=OuterRef("school_id")
    )
    rows = PupilCombination.objects.unscoped(because=BECAUSE).filter(
        in_force(on), Exists(sitting_then), combination_id__in=ids
    )
    return Counter(rows.exclude(student_id=but).values_list("combination_id", flat=True))


def faults_of(row: Combination) -> list[str]:
    """Return what is wrong with a combination, in sentences."""
    grade = row.grade_level
    if not grade.code.isdigit():
        return []
    found = offer_faults(
        int(grade.code), grade.level, opening_day(row.academic_year), row.options, row.clusters
    )
    return [plan_fault_words(one) for one in found]


def get_combination_for(
    actor: Actor, uuid: UUID, permission: Permission, school: School
) -> Combination:
    """Return a combination of a school with this uuid, or raise `NotFound`."""
    rows = Combination.objects.visible_to(actor, permission).filter(school=school)
    return rows.select_related("grade_level", "academic_year", "school").one(uuid)


def combination_of(
    *, actor: Actor, student: Student, permission: Permission
) -> list[PupilCombination]:
    """Return which combinations a pupil learnt and learns, the newest first."""
    rows = PupilCombination.objects.visible_to(actor, permission).filter(student=student)
    return list(
        rows.select_related("combination__grade_level", "combination__academic_year").order_by(
            "-starts_on", "-pk"
        )
    )


def learnt_in(combinations: Sequence[Combination]) -> set[tuple[str, str]]:
    """Return the subjects and clusters of combinations, with as what they are learnt."""
    return {
        (name, str(kind))
        for one in combinations
        for kind, names in ((PlanKind.CHOSEN, one.options), (PlanKind.CLUSTER, one.clusters))
        for name in names
    }


def sitting(*, school_id: int, year_id: int, grade_id: int, on: date) -> list[ClassPlacement]:
    """Return the pupils of a grade of a school on a day, by class and name: one query."""
    rows = ClassPlacement.objects.unscoped(because=BECAUSE).filter(
        in_force(on),
        school_id=school_id,
        homeroom_class__academic_year_id=year_id,
        homeroom_class__grade_level_id=grade_id,
    )
    return list(
        rows.select_related("person", "student", "homeroom_class").order_by(
            "homeroom_class__sort_key", "sort_key", "student_id"
        )
    )


def carried_in(room_ids: Collection[int], on: date) -> dict[int, list[Carried]]:
    """Return what the combinations that classes carry ask of how many of their pupils."""
    rows = CombinationClass.objects.unscoped(because=BECAUSE).filter(
        homeroom_class_id__in=room_ids, combination__closed_on__isnull=True
    )
    count = _learning_in(room_ids, on)
    found: defaultdict[int, list[Carried]] = defaultdict(list)
    for row in rows.select_related("combination").order_by("combination__name"):
        one = row.combination
        found[row.homeroom_class_id].append(
            Carried(
                one.name,
                tuple(one.options),
                tuple(one.clusters),
                count[row.homeroom_class_id, one.pk],
            )
        )
    return found


def _learning_in(room_ids: Collection[int], on: date) -> Counter[tuple[int, int]]:
    """Return how many pupils of each class learn each combination on a day: one query."""
    seat = ClassPlacement.objects.unscoped(because=BECAUSE).filter(
        in_force(on), student_id=OuterRef("student_id"), homeroom_class_id__in=room_ids
    )
    rows = PupilCombination.objects.unscoped(because=BECAUSE).filter(in_force(on))
    placed = rows.annotate(room=Subquery(seat.values("homeroom_class_id")[:1]))
    return Counter(placed.filter(room__isnull=False).values_list("room", "combination_id"))


def strays(*, actor: Actor, school: School, year: AcademicYear, on: date) -> list[Stray]:
    """Return the pupils who learn a combination that their class doesn't carry: two queries."""
    carried = set(
        CombinationClass.objects.visible_to(actor, VIEW_CHOICES)
        .filter(school=school, combination__academic_year=year)
        .values_list("homeroom_class_id", "combination_id")
    )
    seats = ClassPlacement.objects.unscoped(because=BECAUSE).filter(
        in_force(on), school=school, homeroom_class__academic_year=year
    )
    held = PupilCombination.objects.visible_to(actor, VIEW_CHOICES).filter(
        in_force(on), school=school, combination__academic_year=year
    )
    learns = {row.student_id: row.combination for row in held.select_related("combination")}
    rows = seats.filter(student_id__in=learns).select_related("student", "person", "homeroom_class")
    return [
        Stray(row, learns[row.student_id])
        for row in rows.order_by("homeroom_class__sort_key", "sort_key", "pk")
        if (row.homeroom_class_id, learns[row.student_id].pk) not in carried
    ]
