"""The lessons a version begins with: a copy's, or those of plans, assignments and groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import uuid4

from khuevan.kernel.actor import Actor
from khuevan.registry.curriculum.api import (
    ClassPlan,
    Group,
    SubjectPlan,
    class_plans,
    teaching_groups,
)
from khuevan.registry.schools.api import AcademicYear, HomeroomClass, School, Session, term_on
from khuevan.school.timetable.asked.of_classes import WITH_CLASS
from khuevan.school.timetable.grids import spot_of
from khuevan.school.timetable.models import LESSON_FIELDS, Half, ScheduledLesson, Timetable, Weeks
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES


def copied(source: Timetable, made: Timetable) -> Iterator[ScheduledLesson]:
    """Yield the lessons of another version, in their places."""
    rows = ScheduledLesson.objects.unscoped(because="of a timetable of the same school")
    for row in rows.filter(timetable=source).order_by("pk"):
        spot = spot_of(row)
        values = {name: getattr(row, name) for name in LESSON_FIELDS} | {
            "was": spot.key if spot else ""
        }
        yield ScheduledLesson(timetable=made, school_id=made.school_id, **values)


def planned(
    actor: Actor, school: School, year: AcademicYear, made: Timetable
) -> Iterator[ScheduledLesson]:
    """Yield the lessons that plans have in the week: of classes, and of groups of their pupils."""
    asked: dict[str, Any] = {"actor": actor, "school": school, "year": year, "on": made.starts_on}
    plans = class_plans(**asked, permission=MANAGE_TIMETABLES)
    groups = teaching_groups(**asked, permission=MANAGE_TIMETABLES)
    apart = {(room, one.subject_name, one.kind) for one in groups for room in one.class_ids}
    for plan in plans:
        for subject in plan.subjects:
            row = subject.row
            if (plan.room.pk, row.subject_name, row.kind) not in apart:
                yield from _lessons_of(plan, subject, made, _term_of(plan.room, made))
    rooms = {plan.room.pk: plan for plan in plans}
    for group in groups:
        held_in = [rooms[one] for one in group.class_ids if one in rooms]
        if held_in:
            yield from _of_group(group, held_in, made)


def held_weeks(weeks: Sequence[int], first: int) -> Iterator[Weeks]:
    """Yield for each lesson a week of a span in which weeks it is held.

    `weeks` are the periods of each week, `first` the number of the span's first week, from 0. What
    falls into every other week alone is held in those; what is irregular otherwise, every week.
    """
    for number in range(max(weeks, default=0)):
        held = {first + at for at, count in enumerate(weeks) if count > number}
        odd = {one % 2 == 0 for one in held}
        alternates = len(odd) == 1 and len(held) > 1
        if not alternates:
            yield Weeks.EVERY
        else:
            yield Weeks.ODD if odd == {True} else Weeks.EVEN


def _term_of(room: HomeroomClass, made: Timetable) -> int:
    """Return the number of the term from 0 in which a version begins for a class."""
    term = term_on(made.starts_on, level=room.grade_level.level)
    return 1 if term is not None and term.number > 1 else 0


def _lessons_of(
    plan: ClassPlan, subject: SubjectPlan, made: Timetable, term: int
) -> Iterator[ScheduledLesson]:
    """Yield the lessons a week of a subject of a class in a term, by teacher."""
    first = sum(subject.terms[:term])
    rows = []
    for giver in subject.givers:
        weeks = giver.weeks[first : first + subject.terms[term]]
        teaching = giver.teaching
        rows += [
            ScheduledLesson(
                timetable=made,
                school_id=made.school_id,
                homeroom_class=plan.room,
                subject_name=subject.row.subject_name,
                staff_member_id=teaching.staff_member_id,
                person_id=teaching.person_id,
                weeks=held,
            )
            for held in held_weeks(weeks, first)
        ]
    if subject.row.subject_name in WITH_CLASS and len(rows) > 1:
        _fix(rows, plan.room, made.days)
    yield from rows


def _of_group(
    group: Group, plans: Sequence[ClassPlan], made: Timetable
) -> Iterator[ScheduledLesson]:
    """Yield the lessons of a group: one of each of its classes, taught jointly."""
    term, terms = _term_of(plans[0].room, made), _terms(plans[0].subjects)
    first = sum(terms[:term])
    for held in held_weeks(group.weeks[first : first + terms[term]], first):
        joint = uuid4() if len(plans) > 1 else None
        for plan in plans:
            yield ScheduledLesson(
                timetable=made,
                school_id=made.school_id,
                homeroom_class=plan.room,
                subject_name=group.subject_name,
                staff_member_id=group.staff_member_id,
                person_id=group.person_id,
                joint=joint,
                group_id=group.id,
                weeks=held,
            )


def _terms(subjects: Iterable[SubjectPlan]) -> tuple[int, int]:
    return next((one.terms for one in subjects), (18, 17))


def _fix(rows: Sequence[ScheduledLesson], room: HomeroomClass, days: int) -> None:
    """Put the flag ceremony first on Monday and the class hour last in the week (TT-H05, H06)."""
    half = Half.AFTERNOON if room.session == Session.AFTERNOON else Half.MORNING
    for row, weekday, period in ((rows[0], 1, 1), (rows[-1], days, 5)):
        row.weekday, row.half, row.period, row.is_locked = weekday, half, period, True
