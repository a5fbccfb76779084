"""What the rules of a school are about in one timetable, read from its records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations

from django.db.models import Q

from khuevan.kernel.periods import in_force
from khuevan.registry.curriculum.api import planned_periods
from khuevan.registry.schools.api import Campus, HomeroomClass, Room, RoomKind, Session
from khuevan.registry.staff.api import HomeroomAssignment
from khuevan.school.timetable.asked.nearest import Book
from khuevan.school.timetable.asked.values import (
    ClassFact,
    Facts,
    LessonFact,
    RoomFact,
    Said,
    WayFact,
    WishFact,
)
from khuevan.school.timetable.core.values import Slot
from khuevan.school.timetable.grids import Week
from khuevan.school.timetable.models import Half, ScheduledLesson, Timetable, Weeks
from khuevan.school.timetable.rule_models import (
    CampusWay,
    Department,
    RuleSetting,
    TeacherWish,
    WishState,
)

BECAUSE = "of a timetable or school that the caller reached through a scope"
HALF = {Session.MORNING: Half.MORNING, Session.AFTERNOON: Half.AFTERNOON}
OF_KIND = {
    RoomKind.COMPUTER: ("Tin học", "Tin học và Công nghệ (Tin học)"),
}
"""For which subjects rooms of a kind are, where they name none."""
CODES = {"AWAY": "TT-H07", "SPARED": "TT-H15", "OTHER_SCHOOL": "TT-H16", "FREE": "TT-S05"}
"""Which rule speaks of each kind of wish."""
AT_ONCE = {RoomKind.HALL: 2}
"""How many classes a kind of room takes at once where nobody said it, if more than one."""
Groups = Sequence[Sequence[ScheduledLesson]]


def book_of(school_id: int, year_id: int, on: date, timetable: Timetable | None = None) -> Book:
    """Return what a school says of the rules on a day, for a year and perhaps one timetable."""
    rows = RuleSetting.objects.unscoped(because=BECAUSE).filter(
        in_force(on), school_id=school_id, academic_year_id=year_id
    )
    rows = rows.filter(Q(timetable__isnull=True) | Q(timetable=timetable))
    return Book(said_of(row) for row in rows.order_by("pk"))


def said_of(row: RuleSetting) -> Said:
    """Return a row as the rules take it."""
    whom = row.homeroom_class_id or row.staff_member_id or row.department_id or row.subject_name
    is_subject = bool(row.subject_name)
    return Said(
        row.code,
        float(row.weight),
        row.params,
        is_on=row.is_on,
        scope=row.scope,
        whom=whom or (0 if is_subject else row.grade_level_id or 0),
        grade=(row.grade_level_id or 0) if is_subject else 0,
        of_timetable=row.timetable_id is not None,
    )


def facts_of(
    timetable: Timetable,
    week: Week,
    groups: Groups,
    teachers: Mapping[int, str],
    rooms: Iterable[Room],
    room_names: Mapping[int, str],
    before: Sequence[tuple[int, Slot]] = (),
) -> Facts:
    """Return the facts of a timetable: as many queries whatever its size."""
    classes = {row.homeroom_class_id: row.homeroom_class for group in groups for row in group}
    on, lessons = timetable.starts_on, tuple(_lessons(groups, week))
    levels = {room.pk: room.grade_level.level for room in classes.values()}
    sites = sites_of(timetable.school_id, on)
    return Facts(
        week,
        classes=tuple(_classes(classes, teachers, on)),
        lessons=lessons,
        teachers=teachers,
        planned=planned_periods(levels, year=timetable.academic_year, on=on),
        departments=_departments(timetable, lessons),
        wishes=tuple(_wishes(timetable)),
        rooms=tuple(_rooms(rooms, room_names)),
        sites=tuple(site.name for site in sites.values()),
        ways=tuple(ways_between(sites)),
        before=before,
    )


def _classes(
    classes: Mapping[int, HomeroomClass], teachers: Mapping[int, str], on: date
) -> Iterable[ClassFact]:
    rows = HomeroomAssignment.objects.unscoped(because=BECAUSE).filter(
        in_force(on), homeroom_class_id__in=classes
    )
    in_charge = dict(rows.values_list("homeroom_class_id", "staff_member_id"))
    for room in classes.values():
        yield ClassFact(
            room.pk,
            str(room.uuid),
            room.name,
            room.grade_level_id,
            HALF.get(Session(room.session), ""),
            teachers.get(in_charge.get(room.pk, 0), ""),
        )


def _lessons(groups: Groups, week: Week) -> Iterable[LessonFact]:
    for group in groups:
        first = group[0]
        teachers = dict.fromkeys(row.staff_member_id for row in group if row.staff_member_id)
        yield LessonFact(
            first.pk,
            tuple(dict.fromkeys(row.homeroom_class_id for row in group)),
            first.subject_name,
            tuple(teachers),
            first.length,
            week.slot_of(first),
            is_whole=first.group_id is None and first.weeks == Weeks.EVERY,
        )


def _departments(
    timetable: Timetable, lessons: Iterable[LessonFact]
) -> Mapping[int, Collection[int]]:
    """Return who belongs to each department: who gives its subjects more than another's."""
    rows = list(
        Department.objects.unscoped(because=BECAUSE)
        .filter(school_id=timetable.school_id, academic_year_id=timetable.academic_year_id)
        .order_by("pk")
    )
    of_subject = {subject: row.pk for row in rows for subject in row.subjects}
    given: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for lesson in lessons if rows else ():
        department = of_subject.get(lesson.subject)
        for teacher in lesson.teachers if department else ():
            given[teacher][department or 0] += lesson.length
    members: dict[int, list[int]] = {row.pk: [] for row in rows}
    for teacher, count in sorted(given.items()):
        members[min(count, key=lambda one: (-count[one], one))].append(teacher)
    return members


def _wishes(timetable: Timetable) -> Iterable[WishFact]:
    rows = TeacherWish.objects.unscoped(because=BECAUSE).filter(
        school_id=timetable.school_id,
        academic_year_id=timetable.academic_year_id,
        state=WishState.ACCEPTED,
    )
    for row in rows.order_by("pk"):
        yield WishFact(
            CODES[row.kind],
            row.staff_member_id,
            tuple(row.spots),
            row.free_days,
            row.free_sessions,
            row.reason,
        )


def _rooms(rooms: Iterable[Room], names: Mapping[int, str]) -> Iterable[RoomFact]:
    for room in rooms:
        own = (room.subject,) if room.subject else OF_KIND.get(RoomKind(room.kind), ())
        yield RoomFact(str(room.uuid), names[room.pk], own, classes_at_once(room))


def classes_at_once(room: Room) -> int:
    """Return how many classes may have lessons in a room at one time."""
    return room.classes_at_once or AT_ONCE.get(RoomKind(room.kind), 1)


def sites_of(school_id: int, on: date) -> dict[int, Campus]:
    """Return the campuses of a school on a day, the main one first."""
    rows = Campus.objects.unscoped(because=BECAUSE).filter(in_force(on), school_id=school_id)
    return {row.pk: row for row in rows.order_by("-is_main", "pk")}


def ways_between(sites: Mapping[int, Campus]) -> list[WayFact]:
    """Return how far any two campuses are apart: as the school said, else by the main one's.

    Between two others it is at least the difference of their ways to the main one, at most the
    sum; where nobody said it, the smaller is taken.
    """
    if len(sites) < 2:
        return []
    rows = CampusWay.objects.unscoped(because=BECAUSE).filter(one_id__in=sites, other_id__in=sites)
    said = {(row.one_id, row.other_id): row for row in rows}
    found = []
    for one, other in combinations(sorted(sites), 2):
        way = said.get((one, other))
        km = way.km if way else None
        far = abs(_to_main(sites[one]) - _to_main(sites[other]))
        found.append(
            WayFact(
                sites[one].name,
                sites[other].name,
                float(km) if km is not None else far,
                way.minutes or 0 if way else 0,
                is_said=way is not None,
            )
        )
    return found


def _to_main(site: Campus) -> float:
    return 0.0 if site.is_main else float(site.distance_km or 0)
