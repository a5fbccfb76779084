"""What is held on a day: the lessons of the version in force, with that day's changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from khuevan.kernel.periods import holds, in_force, monday_of
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.accounts.api import Person
from khuevan.registry.curriculum.api import GroupPupil
from khuevan.registry.schools.api import (
    HomeroomClass,
    days_taught,
)
from khuevan.registry.staff.api import DutyKind, Substitution
from khuevan.school.timetable.grids import Bell
from khuevan.school.timetable.models import (
    ChangeKind,
    DayChange,
    Half,
    ScheduledLesson,
    Timetable,
    TimetableState,
)
from khuevan.school.timetable.problems import week_of
from khuevan.school.timetable.selectors.alternating import is_its_week, level_of, weeks_of

BECAUSE = "the caller reached the school, the class, or asks for the own lessons"
ONE_DAY = timedelta(days=1)
Bells = dict[tuple[str, int], Bell]
Covers = dict[tuple[int, int, str], list[Substitution]]
ORDER = {half: place for place, half in enumerate(Half.values)}


@dataclass(slots=True)
class HeldLesson:
    """A lesson as it is held on a day; a moved one stands twice, where it was and where it is.

    Not frozen: of a school's year so far there are tens of thousands, and freezing makes each slow.
    """

    lesson: ScheduledLesson
    on: date
    bell: Bell
    """The spot in the day where it stands, with its times."""
    change: DayChange | None = None
    cover: Substitution | None = None
    """Who stands in for a teacher on leave, where nothing else was said for the day."""
    is_arriving: bool = False
    """Whether it was moved here; then the timetable has it on the day of its change."""

    @property
    def is_moved(self) -> bool:
        """Whether it is held at another time than the timetable has it."""
        return self.change is not None and self.change.kind == ChangeKind.MOVED

    @property
    def is_off(self) -> bool:
        """Whether it isn't held here."""
        if self.change is None:
            return False
        return self.change.kind == ChangeKind.CANCELLED or (self.is_moved and not self.is_arriving)

    @property
    def is_stood_in(self) -> bool:
        """Whether somebody else than its teacher holds it."""
        return not self.is_off and self.member_id != self.lesson.staff_member_id

    @property
    def teacher(self) -> Person | None:
        """Return who teaches on that day."""
        if self.change is not None and (self.change.substitute_id or not self.is_moved):
            return self.change.person
        return self.cover.person if self.cover is not None else self.lesson.person

    @property
    def person_id(self) -> int | None:
        """Return the person who teaches on that day."""
        if self.change is not None and (self.change.substitute_id or not self.is_moved):
            return self.change.person_id
        return self.cover.person_id if self.cover is not None else self.lesson.person_id

    @property
    def member_id(self) -> int | None:
        """Return the staff member who teaches on that day."""
        if self.change is not None and (self.change.substitute_id or not self.is_moved):
            return self.change.substitute_id
        return self.cover.staff_member_id if self.cover else self.lesson.staff_member_id

    @property
    def is_taught(self) -> bool:
        """Whether the subject is taught; else the class is only looked after."""
        return self.change is None or self.change.teaches_subject

    @property
    def origin(self) -> date:
        """Return the day on which the timetable has it."""
        return self.change.on if self.change is not None else self.on

    @property
    def periods(self) -> set[int]:
        """Return the periods of the half-day that it takes."""
        return set(range(self.bell.number, self.bell.number + self.lesson.length))

    @property
    def order(self) -> tuple[int, int]:
        """Return where in the day it stands."""
        return ORDER[self.bell.half], self.bell.number


def teacher_on(row: ScheduledLesson, on: date) -> Person | None:
    """Return who teaches a lesson on a day where nothing was said for it."""
    cover = _on(_covers_of(_covers([row.school_id], on, on), row), on)
    return cover.person if cover is not None else row.person


def teachers_on(rows: Sequence[ScheduledLesson], on: date) -> dict[int, Person | None]:
    """Return who teaches each of some lessons on a day where nothing was said for it."""
    covers = _covers(sorted({row.school_id for row in rows}), on, on)
    found = {row.pk: _on(_covers_of(covers, row), on) for row in rows}
    return {row.pk: cover.person if (cover := found[row.pk]) else row.person for row in rows}


def lessons_of_class(
    room: HomeroomClass, first: date, last: date, *, student_id: int | None = None
) -> list[HeldLesson]:
    """Return the lessons of a class from one day to another, in order; none on days off.

    With a pupil, without those of groups that the pupil is not in on the first day.
    """
    rows = Q(homeroom_class=room)
    if student_id is not None:
        member = GroupPupil.objects.unscoped(because=BECAUSE).filter(
            in_force(first), student_id=student_id
        )
        rows &= Q(group=None) | Q(group_id__in=member.values("group_id"))
    return _held([room.school_id], first, last, rows)


def lessons_of_school(school_id: int, first: date, last: date | None = None) -> list[HeldLesson]:
    """Return all lessons of a school in a span of days, in order; none of classes with a day off.

    Without a last day, of the one day.
    """
    return _held([school_id], first, last or first, Q())


def lessons_of_person(person_id: int, first: date, last: date) -> list[HeldLesson]:
    """Return what somebody teaches from one day to another at any school, in order.

    Lessons that are stood in for are among them; own ones that somebody else holds, or that are
    off, stay in it as such. The count of queries doesn't grow with the days.
    """
    return lessons_of_people([person_id], first, last)


def lessons_of_people(
    person_ids: Collection[int], first: date, last: date, *, by_origin: bool = False
) -> list[HeldLesson]:
    """Return what several people teach from one day to another at any school, in order.

    With `by_origin` the days are those on which the timetable has them: a lesson that is made up
    later counts to the day on which it was lost.
    """
    ids = list(person_ids)
    stands_in = DayChange.objects.unscoped(because=BECAUSE).filter(
        Q(on__range=(first, last)) | Q(to_on__range=(first, last)), person_id__in=ids
    )
    covers = list(
        _covering(first, last)
        .filter(person_id__in=ids)
        .values_list("school_id", "leave__staff_member_id", "homeroom_class_id", "subject_name")
    )
    own = ScheduledLesson.objects.unscoped(because=BECAUSE).filter(person_id__in=ids)
    school_ids = set(own.order_by().values_list("school_id", flat=True).distinct())
    changed = list(stands_in.values_list("lesson_id", "school_id"))
    school_ids.update(school_id for _lesson, school_id in changed)
    school_ids.update(row[0] for row in covers)
    rows = Q(person_id__in=ids) | Q(pk__in=[lesson_id for lesson_id, _school in changed])
    for _school, member_id, room_id, subject in covers:
        rows |= Q(staff_member_id=member_id, homeroom_class_id=room_id, subject_name=subject)
    found, people = _held(sorted(school_ids), first, last, rows, by_origin=by_origin), set(ids)
    return [one for one in found if one.lesson.person_id in people or one.person_id in people]


def week_days(on: date) -> list[date]:
    """Return Monday to Saturday of a day's week."""
    monday = monday_of(on)
    return [monday + timedelta(days=count) for count in range(6)]


def by_day(lessons: Iterable[HeldLesson]) -> defaultdict[date, list[HeldLesson]]:
    """Return lessons by the day on which they are held."""
    found: defaultdict[date, list[HeldLesson]] = defaultdict(list)
    for one in lessons:
        found[one.on].append(one)
    return found


def _held(
    school_ids: Sequence[int], first: date, last: date, which: Q, *, by_origin: bool = False
) -> list[HeldLesson]:
    """Return the lessons of schools that are held in a span of days, with each day's changes.

    Those moved into the span are among them, or (`by_origin`) those moved out of it, wherever to.
    Ten queries at most for a school of one level, however many lessons and days.
    """
    spans = versions_in(school_ids, first, last)
    arriving = _arriving(school_ids, first, last, by_origin=by_origin)
    rows = _rows(which, [one.pk for one, _days in spans], [one.lesson_id for one in arriving])
    changes = changes_in(school_ids, first, last)
    covers = _covers(school_ids, first, max([last, *(one.to_on or last for one in arriving)]))
    taught, weeks = _taught(rows.values(), first, last), weeks_of(rows.values(), last)
    by_version: defaultdict[int, list[ScheduledLesson]] = defaultdict(list)
    for row in rows.values():
        by_version[row.timetable_id].append(row)
    found: list[HeldLesson] = []
    bells_on: dict[tuple[int, date], Bells] = {}
    for timetable, days in spans:
        bells = {(bell.half, bell.number): bell for bell in week_of(timetable).bells}
        of_weekday: defaultdict[int | None, list[date]] = defaultdict(list)
        for on in days:
            of_weekday[on.isoweekday()].append(on)
            bells_on[timetable.school_id, on] = bells
        for row in by_version[timetable.pk]:
            bell, own = _bell(bells, row.half, row.period or 0), _covers_of(covers, row)
            open_days, pk = taught[level_of(row)], row.pk
            found += [
                HeldLesson(row, on, bell, changes.get((pk, on)), _on(own, on))
                for on in of_weekday[row.weekday]
                if on in open_days and is_its_week(row, on, weeks)
            ]
    found += (
        _arrived(change, rows[change.lesson_id], bells_on, covers)
        for change in arriving
        if change.lesson_id in rows
    )
    names = {row: one.homeroom_class.sort_key for row, one in rows.items()}
    return sorted(found, key=lambda one: (one.on, one.order, names[one.lesson.id]))


def _arrived(
    change: DayChange,
    row: ScheduledLesson,
    bells_on: Mapping[tuple[int, date], Bells],
    covers: Covers,
) -> HeldLesson:
    """Return a moved lesson where it is held."""
    on = change.to_on or change.on
    bell = _bell(bells_on.get((row.school_id, on), {}), change.to_half, change.to_period or 0)
    return HeldLesson(row, on, bell, change, _on(_covers_of(covers, row), on), is_arriving=True)


def _rows(
    which: Q, timetable_ids: Collection[int], lesson_ids: Collection[int]
) -> dict[int, ScheduledLesson]:
    """Return the placed lessons of some timetables, and some by number, by number."""
    rows = (
        ScheduledLesson.objects.unscoped(because=BECAUSE)
        .filter(which, Q(timetable_id__in=timetable_ids) | Q(pk__in=lesson_ids))
        .filter(weekday__isnull=False)
        .select_related("homeroom_class__grade_level", "group", "person", "room")
    )
    return {row.pk: row for row in rows}


def lessons_of_versions(timetable_ids: Collection[int]) -> list[ScheduledLesson]:
    """Return the placed lessons of some timetables that the caller reached through their school."""
    return list(_rows(Q(), timetable_ids, ()).values())


def _arriving(
    school_ids: Sequence[int], first: date, last: date, *, by_origin: bool
) -> list[DayChange]:
    """Return the moves of lessons into a span of days, or out of it."""
    rows = DayChange.objects.unscoped(because=BECAUSE).filter(
        school_id__in=school_ids, kind=ChangeKind.MOVED
    )
    span = (first, last)
    rows = rows.filter(on__range=span) if by_origin else rows.filter(to_on__range=span)
    return list(rows.select_related("person", "substitute").order_by("pk"))


def _covering(first: date, last: date) -> ScopedQuerySet[Substitution]:
    """Return who stands in for lessons of people on leave in a span of days."""
    return Substitution.objects.unscoped(because=BECAUSE).filter(
        duty=DutyKind.TEACHING, starts_on__lte=last, ends_on__gt=first
    )


def _covers(school_ids: Sequence[int], first: date, last: date) -> Covers:
    found: Covers = defaultdict(list)
    rows = _covering(first, last).filter(school_id__in=school_ids)
    for row in rows.select_related("person", "leave", "staff_member"):
        key = row.leave.staff_member_id, row.homeroom_class_id, row.subject_name
        found[key].append(row)
    return found


def _covers_of(covers: Covers, row: ScheduledLesson) -> Sequence[Substitution]:
    """Return who stands in for a lesson's teacher, whenever."""
    return covers.get((row.staff_member_id or 0, row.homeroom_class_id, row.subject_name), ())


def _on(covers: Iterable[Substitution], on: date) -> Substitution | None:
    """Return who of them does on a day."""
    return next((one for one in covers if holds(one, on)), None) if covers else None


def versions_in(
    school_ids: Sequence[int], first: date, last: date
) -> list[tuple[Timetable, list[date]]]:
    """Return the published timetables of schools with the days of a span on which each holds."""
    rows = (
        Timetable.objects.unscoped(because=BECAUSE)
        .filter(school_id__in=school_ids, state=TimetableState.PUBLISHED, starts_on__lte=last)
        .filter(academic_year__ends_on__gt=first)
        .select_related("academic_year")
        .order_by("school_id", "starts_on")
    )
    of_school: defaultdict[int, list[Timetable]] = defaultdict(list)
    for row in rows:
        of_school[row.school_id].append(row)
    spans: defaultdict[Timetable, list[date]] = defaultdict(list)
    for number in range((last - first).days + 1):
        on = first + timedelta(days=number)
        for versions in of_school.values():
            begun = [one for one in versions if one.starts_on <= on]
            if begun and begun[-1].academic_year.ends_on > on:
                spans[begun[-1]].append(on)
    return list(spans.items())


def _taught(
    rows: Iterable[ScheduledLesson], first: date, last: date
) -> dict[tuple[int, str], set[date]]:
    """Return the days taught, by school and level."""
    return {
        key: days_taught(*key, first=first, end=last + ONE_DAY)
        for key in {level_of(row) for row in rows}
    }


def changes_in(
    school_ids: Sequence[int], first: date, last: date
) -> dict[tuple[int, date], DayChange]:
    """Return what is otherwise in a span of days, by lesson and day."""
    rows = DayChange.objects.unscoped(because=BECAUSE).filter(
        school_id__in=school_ids, on__range=(first, last)
    )
    return {(row.lesson_id, row.on): row for row in rows.select_related("person", "substitute")}


def _bell(bells: Bells, half: str, number: int) -> Bell:
    return bells.get((half, number)) or Bell(half, number)
