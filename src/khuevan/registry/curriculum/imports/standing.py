"""What a school's classes learn and who gives it now, as a list of lessons is compared with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import in_force, not_over
from khuevan.registry.curriculum.giving_rules import Weeks, added_up
from khuevan.registry.curriculum.imports.names import rooms_of, staff_of
from khuevan.registry.curriculum.load_rules import assigned_weeks
from khuevan.registry.curriculum.models import AssignedPeriods, ClassSubject, ResponsibleTeacher
from khuevan.registry.curriculum.programme import frame_of, opening_day
from khuevan.registry.curriculum.selectors.plans import terms_of
from khuevan.registry.curriculum.terms import term_now
from khuevan.registry.schools.api import AcademicYear, HomeroomClass
from khuevan.registry.staff.api import MANAGE_STAFF, StaffMember, TeachingAssignment

BECAUSE = "of classes whose staff the actor manages"
Lesson = tuple[int, str]


@dataclass(slots=True)
class Standing:
    """The records of one school and year besides the rows of a list."""

    rooms: dict[int, HomeroomClass]
    members: dict[int, StaffMember]
    parts: dict[Lesson, list[ClassSubject]]
    given: dict[Lesson, dict[int, Weeks]]
    """Who gives what, with the periods of each week; none where the plan has none."""
    names: dict[int, str]
    """Of everybody who gives something, who left the school included."""
    answers: dict[Lesson, int]
    """Who was named to answer for the marks of a subject."""
    year: AcademicYear
    by_level: dict[str, tuple[tuple[int, int], int]] = field(default_factory=dict)

    def terms(self, room_id: int) -> tuple[int, int]:
        """Return the weeks of each term of a class."""
        return self.by_level[self.rooms[room_id].grade_level.level][0]

    def now(self, room_id: int) -> int:
        """Return which term it is for a class, from 0."""
        return self.by_level[self.rooms[room_id].grade_level.level][1]

    def planned(self, lesson: Lesson) -> Weeks:
        """Return the periods of each week that the plan has of a subject; nothing without it."""
        return added_up([row.weeks for row in self.parts.get(lesson, ())])

    @property
    def planned_rooms(self) -> set[int]:
        """Return the classes that have a plan."""
        return {room_id for room_id, _subject in self.parts}


def standing_at(
    actor: Actor,
    unit_id: int,
    year: AcademicYear,
    on: date,
    permission: Permission = MANAGE_STAFF,
) -> Standing:
    """Read everything a list is compared with: six queries, however many classes there are."""
    rooms = rooms_of(actor, unit_id, year, on, permission)
    rows = ClassSubject.objects.visible_to(actor, permission).filter(
        homeroom_class_id__in=list(rooms)
    )
    parts: defaultdict[Lesson, list[ClassSubject]] = defaultdict(list)
    for row in rows.order_by("pk"):
        parts[row.homeroom_class_id, row.subject_name].append(row)
    found = TeachingAssignment.objects.unscoped(because=BECAUSE).filter(
        not_over(on), homeroom_class_id__in=list(rooms)
    )
    teachings = list(found.select_related("person").order_by("starts_on", "pk"))
    opening = opening_day(year)
    levels = {room.grade_level.level for room in rooms.values()}
    return Standing(
        rooms=rooms,
        members=staff_of(actor, unit_id, on, permission),
        parts=dict(parts),
        given=_given(teachings, parts),
        names={row.staff_member_id: row.person.full_name for row in teachings},
        answers={
            (row.homeroom_class_id, row.subject_name): row.staff_member_id
            for row in ResponsibleTeacher.objects.unscoped(because=BECAUSE).filter(
                in_force(on), homeroom_class_id__in=list(rooms)
            )
        },
        year=year,
        by_level={
            level: (terms_of(frame_of(level, opening)), term_now(level, on)) for level in levels
        },
    )


def _given(
    teachings: Sequence[TeachingAssignment], parts: Mapping[Lesson, Sequence[ClassSubject]]
) -> dict[Lesson, dict[int, Weeks]]:
    said = AssignedPeriods.objects.unscoped(because=BECAUSE)
    told = {
        (row.class_subject_id, row.teaching_id): row.weeks
        for row in said.filter(teaching_id__in=[one.pk for one in teachings])
    }
    by_lesson: defaultdict[Lesson, list[TeachingAssignment]] = defaultdict(list)
    for one in teachings:
        by_lesson[one.homeroom_class_id, one.subject_name].append(one)
    given: dict[Lesson, dict[int, Weeks]] = {}
    for lesson, rows in by_lesson.items():
        of_parts = [
            assigned_weeks(part.weeks, [told.get((part.pk, row.pk)) for row in rows])
            for part in parts.get(lesson, ())
        ]
        columns = zip(*of_parts, strict=True) if of_parts else [() for _row in rows]
        given[lesson] = {
            row.staff_member_id: added_up(list(column))
            for row, column in zip(rows, columns, strict=True)
        }
    return given
