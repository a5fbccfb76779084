"""Reading what each class of a school is short of its plan, and which lessons were lost."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from khuevan.kernel.actor import Actor
from khuevan.platform.calendar.api import working_calendar
from khuevan.registry.curriculum.api import ClassPlan, class_plans, terms_of
from khuevan.registry.schools.api import AcademicYear, HomeroomClass, School
from khuevan.registry.staff.api import subject_label
from khuevan.school.hours.making_up import Progress, planned_until
from khuevan.school.hours.selectors.year import term_weeks
from khuevan.school.timetable.api import (
    MANAGE_TIMETABLES,
    LostLesson,
    lessons_of_school,
    lost_lessons,
)

AHEAD, ONE_DAY = timedelta(days=120), timedelta(days=1)
Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Short:
    """A subject of a class with fewer periods held than its plan has had."""

    room: HomeroomClass
    subject: str
    progress: Progress


def short_subjects(*, actor: Actor, school: School, year: AcademicYear, until: date) -> list[Short]:
    """Return the subjects of classes that are short of their plans on a day, class by class.

    The count of queries grows with the levels of the school alone.
    """
    plans = class_plans(
        actor=actor, school=school, year=year, on=until, permission=MANAGE_TIMETABLES
    )
    held, arranged = _held(school, year, until)
    levels = {plan.room.grade_level.level for plan in plans}
    mondays = {level: term_weeks(year, level, until) for level in levels}
    found = []
    for plan in plans:
        own = mondays[plan.room.grade_level.level]
        for name, planned in _planned(plan, own, until).items():
            key = plan.room.pk, name
            progress = Progress(planned, held.get(key, 0), arranged.get(key, 0))
            if progress.short:
                found.append(Short(plan.room, subject_label(name), progress))
    return found


def lost_until(school: School, year: AcademicYear, until: date) -> list[LostLesson]:
    """Return the lessons lost in a year until a day that nobody has arranged."""
    days_off = frozenset(working_calendar(year.starts_on, until + ONE_DAY).days_off)
    return lost_lessons(school.pk, year.starts_on, until, days_off=days_off)


def _planned(plan: ClassPlan, mondays: list[list[date]], until: date) -> dict[str, int]:
    found: defaultdict[str, int] = defaultdict(int)
    for subject in plan.subjects:
        weeks = planned_until(subject.row.weeks, terms_of(plan.frame), mondays, until)
        found[subject.row.subject_name] += weeks
    return found


def _held(school: School, year: AcademicYear, until: date) -> tuple[dict[Key, int], dict[Key, int]]:
    """Return the periods held until a day, and those arranged for later, by class and subject."""
    held: defaultdict[Key, int] = defaultdict(int)
    arranged: defaultdict[Key, int] = defaultdict(int)
    for one in lessons_of_school(school.pk, year.starts_on, until + AHEAD):
        if one.is_off or one.origin > until:
            continue
        key = one.lesson.homeroom_class_id, one.lesson.subject_name
        if one.on <= until:
            held[key] += one.lesson.length
        else:
            arranged[key] += one.lesson.length
    return held, arranged
