"""Timetables for programs: versions that hold or held, their lessons, and a day as it is held."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Self
from uuid import UUID

from ninja import Schema

from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import AcademicYear, academic_year_on, get_school_for
from khuevan.school.timetable.actions.rules import whom_of
from khuevan.school.timetable.asked.terms import TERMS, rule_words, usual_params
from khuevan.school.timetable.core.rulebook import RULES
from khuevan.school.timetable.models import ScheduledLesson
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES, VIEW_TIMETABLES
from khuevan.school.timetable.rule_models import RuleSetting, Scope, TeacherWish
from khuevan.school.timetable.selectors.days import HeldLesson, lessons_of_school
from khuevan.school.timetable.selectors.rules import rules_said
from khuevan.school.timetable.selectors.versions import (
    get_timetable_for,
    lessons_of,
    timetables,
)
from khuevan.school.timetable.selectors.wishes import wishes_of
from khuevan.ui.request import Request
from khuevan.ui.rest import Router

router = Router(tags=["timetables"])
FARTHEST = timedelta(days=400)
"""From today, back and ahead: a day farther off is none that a timetable is asked for."""


class TimetableOut(Schema):
    """A version of a school's week: it holds from its Monday until the next published one."""

    uuid: UUID
    name: str
    year: str
    starts_on: date
    days: int
    state: str
    lessons: int
    placed: int

    @classmethod
    def of(cls, row: Any) -> Self:
        """Return the document of a version."""
        return cls(
            uuid=row.uuid,
            name=row.name,
            year=row.academic_year.code,
            starts_on=row.starts_on,
            days=row.days,
            state=row.state,
            lessons=row.count,
            placed=row.placed,
        )


class WeekLessonOut(Schema):
    """A lesson of the week; no weekday where it has no place yet. Weekday 1 is Monday."""

    uuid: UUID
    class_uuid: UUID
    class_name: str
    subject: str
    staff_member: UUID | None
    full_name: str
    room: str
    weekday: int | None
    half: str
    period: int | None
    length: int

    @classmethod
    def of(cls, row: ScheduledLesson) -> Self:
        """Return the document of a lesson."""
        return cls(
            uuid=row.uuid,
            class_uuid=row.homeroom_class.uuid,
            class_name=row.homeroom_class.name,
            subject=row.subject_name,
            staff_member=row.staff_member.uuid if row.staff_member else None,
            full_name=row.person.full_name if row.person else "",
            room=row.room.name if row.room else "",
            weekday=row.weekday,
            half=row.half,
            period=row.period,
            length=row.length,
        )


class HeldLessonOut(Schema):
    """A lesson of one day as it is held; `change` is empty where it is as usual."""

    lesson: UUID
    on: date
    class_uuid: UUID
    class_name: str
    subject: str
    full_name: str
    room: str
    half: str
    period: int | None
    begins_at: time | None
    ends_at: time | None
    change: str

    @classmethod
    def of(cls, one: HeldLesson) -> Self:
        """Return the document of a lesson of a day."""
        row, teacher = one.lesson, one.teacher
        return cls(
            lesson=row.uuid,
            on=one.on,
            class_uuid=row.homeroom_class.uuid,
            class_name=row.homeroom_class.name,
            subject=row.subject_name,
            full_name=teacher.full_name if teacher else "",
            room=row.room.name if row.room else "",
            half=row.half,
            period=row.period,
            begins_at=one.bell.begins_at,
            ends_at=one.bell.ends_at,
            change=one.change.kind if one.change else "",
        )


class TimetableRuleOut(Schema):
    """A rule of making timetables as it holds at a school, for all or for some.

    A weight of 100 must be kept; less is what it costs each time it is not. `is_own` is false
    where the school said nothing and the usual holds.
    """

    code: str
    says: str
    is_on: bool
    is_own: bool
    weight: float
    params: dict[str, Any]
    scope: str
    whom: str
    timetable: UUID | None
    starts_on: date | None
    ends_on: date | None

    @classmethod
    def of(cls, row: RuleSetting) -> Self:
        """Return the document of what a school said."""
        return cls(
            code=row.code,
            says=rule_words(row.code, row.params),
            is_on=row.is_on,
            is_own=True,
            weight=row.weight,
            params=row.params,
            scope=row.scope,
            whom="" if row.scope == Scope.ALL else str(whom_of(row)),
            timetable=row.timetable.uuid if row.timetable else None,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )

    @classmethod
    def usual(cls, code: str) -> Self:
        """Return the document of a rule of which the school said nothing."""
        return cls(
            code=code,
            says=rule_words(code),
            is_on=TERMS[code].is_usual,
            is_own=False,
            weight=RULES[code].weight,
            params=usual_params(code),
            scope=Scope.ALL,
            whom="",
            timetable=None,
            starts_on=None,
            ends_on=None,
        )


class WishOut(Schema):
    """A wish of a teacher and what became of it; the reason stays with the school.

    A spot is the day (1 is Monday), the half-day and the period: “1-MORNING-2”.
    """

    uuid: UUID
    staff_member: UUID
    full_name: str
    kind: str
    spots: list[str]
    free_days: int
    free_sessions: int
    state: str
    answer: str
    asked_at: datetime
    answered_at: datetime | None

    @classmethod
    def of(cls, row: TeacherWish) -> Self:
        """Return the document of a wish."""
        return cls(
            uuid=row.uuid,
            staff_member=row.staff_member.uuid,
            full_name=row.person.full_name,
            kind=row.kind,
            spots=row.spots,
            free_days=row.free_days,
            free_sessions=row.free_sessions,
            state=row.state,
            answer=row.answer,
            asked_at=row.asked_at,
            answered_at=row.answered_at,
        )


@router.get(
    "/schools/{code}/timetable-rules", permission=MANAGE_TIMETABLES, response=list[TimetableRuleOut]
)
def list_rules(request: Request, code: str) -> list[TimetableRuleOut]:
    """Return every rule of making timetables this year: as the school says it, else as usual."""
    school = get_school_for(request.actor, code, MANAGE_TIMETABLES)
    rows = rules_said(request.actor, school, _year(request))
    said = {row.code for row in rows if row.scope == Scope.ALL and row.timetable is None}
    usual = [TimetableRuleOut.usual(rule) for rule in TERMS if rule not in said]
    return sorted([*usual, *map(TimetableRuleOut.of, rows)], key=lambda one: (one.code, one.is_own))


@router.get(
    "/schools/{code}/timetable-wishes", permission=MANAGE_TIMETABLES, response=list[WishOut]
)
def list_wishes(request: Request, code: str) -> list[WishOut]:
    """Return the wishes of a school's teachers this year, those that wait for an answer first."""
    school = get_school_for(request.actor, code, MANAGE_TIMETABLES)
    found = wishes_of(actor=request.actor, school=school, year=_year(request))
    return [WishOut.of(row) for row in found]


def _year(request: Request) -> AcademicYear:
    year = academic_year_on(request.actor.today)
    if year is None:
        raise NotFound
    return year


@router.get("/schools/{code}/timetables", permission=VIEW_TIMETABLES, response=list[TimetableOut])
def list_timetables(request: Request, code: str) -> list[TimetableOut]:
    """Return the versions of a school's week, newest first; drafts to who makes them alone."""
    school = get_school_for(request.actor, code, VIEW_TIMETABLES)
    rows = timetables(actor=request.actor, school=school).select_related("academic_year")
    return [TimetableOut.of(row) for row in rows[:200]]


@router.get("/timetables/{uuid}/lessons", permission=VIEW_TIMETABLES, response=list[WeekLessonOut])
def list_lessons(
    request: Request,
    uuid: UUID,
    class_uuid: UUID | None = None,
    staff_member: UUID | None = None,
    room: str = "",
) -> list[WeekLessonOut]:
    """Return the lessons of a version, of a class, a teacher or a room when named."""
    rows = lessons_of(get_timetable_for(request.actor, uuid, VIEW_TIMETABLES))
    if class_uuid is not None:
        rows = rows.filter(homeroom_class__uuid=class_uuid)
    if staff_member is not None:
        rows = rows.filter(staff_member__uuid=staff_member)
    if room:
        rows = rows.filter(room__name=room)
    return [WeekLessonOut.of(row) for row in rows]


@router.get("/schools/{code}/lessons", permission=VIEW_TIMETABLES, response=list[HeldLessonOut])
def list_day(request: Request, code: str, on: date | None = None) -> list[HeldLessonOut]:
    """Return all lessons of a school on a day, today unless named, with that day's changes.

    Empty on days off.
    """
    school = get_school_for(request.actor, code, VIEW_TIMETABLES)
    today = request.actor.today
    chosen = on or today
    if abs(chosen - today) > FARTHEST:
        raise NotFound
    return [HeldLessonOut.of(one) for one in lessons_of_school(school.pk, chosen)]
