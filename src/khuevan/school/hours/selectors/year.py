"""Reading what the teachers of a school gave in a year so far, week by week."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from khuevan.kernel.periods import monday_of
from khuevan.platform.calendar.api import working_calendar
from khuevan.registry.curriculum.api import (
    ConvertedWork,
    Pace,
    Serving,
    serving_in,
    taught_of,
    works_in,
)
from khuevan.registry.schools.api import AcademicYear, School, level_years
from khuevan.registry.staff.api import Appointment
from khuevan.school.hours.rules import NOTHING, WEEK, WeekWork, share_of
from khuevan.school.timetable.api import HeldLesson, lessons_of_people

BECAUSE = "of a school that the caller reached, or the reader's own"
ONE_DAY = timedelta(days=1)
SATURDAY = 6


@dataclass(slots=True)
class Given:
    """What somebody gave in a week, with what stands behind it."""

    lessons: list[HeldLesson] = field(default_factory=list)
    elsewhere: list[HeldLesson] = field(default_factory=list)
    works: list[ConvertedWork] = field(default_factory=list)
    by_order: Fraction = NOTHING
    """Periods at a second school of which no timetable is known here, as the order says."""


@dataclass(slots=True)
class TeacherYear:
    """A teacher's weeks of a year so far."""

    serving: Serving
    weeks: list[WeekWork]
    given: Mapping[date, Given]


@dataclass(frozen=True, slots=True)
class Span:
    """The weeks of a year that are looked at, and until which day."""

    mondays: tuple[date, ...]
    until: date

    @property
    def first(self) -> date:
        """Return the first day."""
        return self.mondays[0]

    @property
    def last(self) -> date:
        """Return the last day of the last week."""
        return self.mondays[-1] + WEEK - ONE_DAY


def span_of(year: AcademicYear, last: date, today: date) -> Span:
    """Return the weeks from the beginning of a year to a day."""
    monday, mondays = monday_of(year.starts_on), []
    while monday <= last:
        mondays.append(monday)
        monday += WEEK
    return Span(tuple(mondays), min(today, last))


def teacher_years(
    school: School,
    year: AcademicYear,
    span: Span,
    *,
    counts_looking_after: bool = True,
    counts_holidays: bool = True,
    person_id: int | None = None,
) -> list[TeacherYear]:
    """Return the weeks of everybody who teaches at a school, or of one person, by name.

    The count of queries grows neither with teachers nor with weeks.
    """
    people = _people(school, span, person_id)
    holidays = working_calendar(span.first, span.last + ONE_DAY).days_off
    lessons = _lessons(
        people.values(),
        span,
        without=frozenset() if counts_holidays else holidays,
        counts_looking_after=counts_looking_after,
    )
    levels = _levels(lessons, school)
    found = serving_in(school, span.mondays, levels=levels, person_id=person_id)
    days = _days(year, levels.values(), span, holidays)
    given = _given(found, lessons, school, span)
    _add_orders(found, given, school, span)
    return [
        TeacherYear(one, [_week(one, monday, given, days, levels) for monday in span.mondays], own)
        for one in found
        for own in [{monday: given[one.member.pk, monday] for monday in span.mondays}]
    ]


Key = tuple[int, date]
Pattern = tuple[Mapping[date, Sequence[date]], int]
"""The days of a level on which lessons are owed, by Monday, and how many a whole week has."""


def _week(
    one: Serving,
    monday: date,
    given: Mapping[Key, Given],
    days: Mapping[str, Pattern],
    levels: Mapping[int, str],
) -> WeekWork:
    """Return a week of somebody; at a second school nothing is owed and nothing above."""
    load, own = one.weeks.get(monday), given[one.member.pk, monday]
    open_days, usual = days.get(levels.get(one.member.pk, ""), days[""])
    there = [day for day in open_days.get(monday, ()) if one.is_there(day)]
    share = share_of(there, usual=usual)
    own.works = [work for work in own.works if there or work.pace == Pace.ONCE]
    return WeekWork(
        monday,
        norm=Fraction(load.norm.periods) if load else NOTHING,
        required=load.required if load else NOTHING,
        share=share,
        held=_periods(own.lessons),
        converted=sum((taught_of(work).credited for work in own.works), NOTHING),
        elsewhere=_periods(own.elsewhere) + own.by_order * share,
        counts=one.is_main and load is not None,
    )


def _people(school: School, span: Span, person_id: int | None) -> dict[int, int]:
    """Return who works at a school in a span, by staff member their person."""
    rows = Appointment.objects.unscoped(because=BECAUSE).filter(
        unit_id=school.pk, starts_on__lte=span.last
    )
    rows = rows.exclude(ends_on__lte=span.first)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    return dict(rows.values_list("staff_member_id", "person_id"))


def _lessons(
    person_ids: Iterable[int], span: Span, *, without: Collection[date], counts_looking_after: bool
) -> list[HeldLesson]:
    """Return the lessons held until the last day, by the day on which the timetable has them.

    Those that it has on some days are left out.
    """
    found = lessons_of_people(set(person_ids), span.first, span.last, by_origin=True)
    until = span.until
    return [
        one
        for one in found
        if one.on <= until
        and not one.is_off
        and one.origin not in without
        and (counts_looking_after or one.is_taught)
    ]


def _levels(lessons: Iterable[HeldLesson], school: School) -> dict[int, str]:
    """Return at which level each gives most lessons here, by staff member."""
    school_id = school.pk
    here = [one for one in lessons if one.lesson.school_id == school_id]
    rooms = {one.lesson.homeroom_class_id: one.lesson for one in here}
    count: defaultdict[int, Counter[str]] = defaultdict(Counter)
    given = Counter((one.member_id, one.lesson.homeroom_class_id) for one in here)
    for (member_id, room_id), lessons_there in given.items():
        if member_id is not None:
            level = rooms[room_id].homeroom_class.grade_level.level
            count[member_id][level] += lessons_there
    return {member_id: levels.most_common(1)[0][0] for member_id, levels in count.items()}


def _given(
    found: Sequence[Serving], lessons: Iterable[HeldLesson], school: School, span: Span
) -> dict[Key, Given]:
    """Return what each gave in each week; of lessons taught to several classes at once, one."""
    by_member = {one.member.pk: one for one in found}
    given = {(key, monday): Given() for key in by_member for monday in span.mondays}
    seen: set[tuple[object, ...]] = set()
    school_id = school.pk
    monday_on = {monday + count * ONE_DAY: monday for monday in span.mondays for count in range(7)}
    for held in lessons:
        member_id, row = held.member_id or 0, held.lesson
        one = by_member.get(member_id)
        if one is None:
            continue
        if row.joint:
            at = member_id, held.on, held.bell.half, held.bell.number
            if at in seen:
                continue
            seen.add(at)
        week = given.get((member_id, monday_on.get(held.origin, held.origin)))
        is_here = row.school_id == school_id
        if week is None or (is_here and one.leaves and _is_away(one, held.on)):
            continue
        if is_here:
            week.lessons.append(held)
        elif one.is_main:
            week.elsewhere.append(held)
    for work in works_in(school.pk, span.first, span.last):
        for monday in span.mondays:
            if (work.staff_member_id, monday) in given and _is_done(work, monday, span.until):
                given[work.staff_member_id, monday].works.append(work)
    return given


def _is_away(one: Serving, on: date) -> bool:
    return any(leave.starts_on <= on < leave.ends_on for leave in one.leaves)


def _is_done(work: ConvertedWork, monday: date, until: date) -> bool:
    """Return whether work falls in a week: once in its first, else in each that it touches."""
    if work.starts_on > until or monday > until:
        return False
    if work.pace == Pace.ONCE:
        return monday <= work.starts_on < monday + WEEK
    return work.starts_on < monday + WEEK and (work.ends_on is None or work.ends_on > monday)


def _add_orders(
    found: Sequence[Serving], given: Mapping[Key, Given], school: School, span: Span
) -> None:
    """Add the periods of written orders to other schools whose timetable isn't kept here."""
    members = {one.member.pk for one in found if one.is_main}
    rows = (
        Appointment.objects.unscoped(because=BECAUSE)
        .filter(staff_member_id__in=members, weekly_periods__isnull=False, is_primary=False)
        .filter(starts_on__lte=span.last)
        .exclude(ends_on__lte=span.first)
        .exclude(unit_id=school.pk)
    )
    known = {
        (key[0], held.lesson.school_id) for key, own in given.items() for held in own.elsewhere
    }
    for row in rows:
        if (row.staff_member_id, row.unit_id) in known:
            continue
        for monday in span.mondays:
            starts = row.starts_on < monday + WEEK
            if starts and (row.ends_on is None or row.ends_on > monday):
                given[row.staff_member_id, monday].by_order += row.weekly_periods or 0


def _days(
    year: AcademicYear, levels: Iterable[str], span: Span, off: Collection[date]
) -> dict[str, Pattern]:
    """Return the days on which lessons are owed, by level; of any level under no name.

    Days of the terms without public holidays. A day on which a school was closed is owed: its
    lessons are made up.
    """
    found: dict[str, Pattern] = {}
    for one in level_years(year):
        last = SATURDAY if one.frame is None or one.frame.teaches_saturday else SATURDAY - 1
        terms = [(first, end) for _number, first, end in one.spans]
        spans = terms or [(year.starts_on, year.ends_on - ONE_DAY)]
        found[one.level] = (_open(spans, off, span, last), last)
    wanted = [level for level in levels if level in found]
    usual = Counter(wanted).most_common(1)
    level = usual[0][0] if usual else next(iter(found), "")
    anywhere: Pattern = found.get(level, ({}, SATURDAY))
    return {**found, "": anywhere}


def _open(
    spans: Sequence[tuple[date, date]], off: Collection[date], span: Span, last: int
) -> dict[date, list[date]]:
    """Return the days of some spans without Sundays and days off, by Monday, in order."""
    count = (span.until - span.first).days + 1
    found: defaultdict[date, list[date]] = defaultdict(list)
    for day in (span.first + timedelta(days=number) for number in range(count)):
        is_within = any(first <= day <= end for first, end in spans)
        if is_within and day.isoweekday() <= last and day not in off:
            found[monday_of(day)].append(day)
    return found


def term_weeks(year: AcademicYear, level: str, until: date) -> list[list[date]]:
    """Return the Mondays of the weeks with lessons of each term of a level, until a day."""
    span = Span((monday_of(year.starts_on),), until)
    off = working_calendar(span.first, until + ONE_DAY).days_off
    found = []
    for one in level_years(year):
        if one.level == level:
            last = SATURDAY if one.frame is None or one.frame.teaches_saturday else SATURDAY - 1
            for _number, first, end in one.spans:
                found.append(sorted(_open([(first, end)], off, span, last)))
    return found


def _periods(lessons: Iterable[HeldLesson]) -> Fraction:
    return Fraction(sum(one.lesson.length for one in lessons))
