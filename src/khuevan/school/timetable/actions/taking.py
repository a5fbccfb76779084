"""A timetable that was made elsewhere becomes a draft: its lessons, and what is asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import AcademicYear, School
from khuevan.school.timetable import audit_codes
from khuevan.school.timetable.actions.rules import copy_rules, touch
from khuevan.school.timetable.models import ScheduledLesson, Timetable, TimetableState
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES

BECAUSE = "of a school whose timetables the actor makes"
DAYS = 6


@dataclass(frozen=True, slots=True)
class LessonTold:
    """A lesson as a list tells it: whose, what, by whom, how long, and where it stands, if said."""

    classes: tuple[int, ...]
    subject: str
    member: int | None
    person: int | None
    length: int = 1
    weekday: int | None = None
    half: str = ""
    period: int | None = None
    room: int | None = None
    is_pinned: bool = False


@transaction.atomic
def take_lessons(
    *,
    actor: Actor,
    school: School,
    year: AcademicYear,
    starts_on: date,
    lessons: Sequence[LessonTold],
    now: datetime,
) -> Timetable:
    """Add lessons of a list to the draft of lists that begins that Monday, made when there is none.

    Lessons of several classes are one of all of them.
    """
    if school.pk not in actor.reach(MANAGE_TIMETABLES, "school"):
        raise NotFound
    draft = draft_of_lists(school, year, starts_on)
    if draft is None:
        draft = Timetable.objects.create(
            school=school,
            academic_year=year,
            name=name_of_lists(),
            starts_on=starts_on,
            days=DAYS,
        )
        copy_rules(school, year)
        record(
            audit_codes.MADE,
            actor=actor,
            at=now,
            target=draft,
            unit_id=school.pk,
            details={"name": draft.name, "count": len(lessons)},
        )
    ScheduledLesson.objects.bulk_create(_rows(draft, lessons))
    touch(school.pk, draft)
    return draft


def draft_of_lists(school: School, year: AcademicYear, starts_on: date) -> Timetable | None:
    """Return the draft to which lists are added that count from a Monday, if there is one."""
    rows = Timetable.objects.unscoped(because=BECAUSE).filter(
        school=school,
        academic_year=year,
        starts_on=starts_on,
        state=TimetableState.DRAFT,
        name=name_of_lists(),
    )
    return rows.order_by("pk").first()


def name_of_lists() -> str:
    """Return what the draft of lists is called, whoever reads it."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("Timetable from a file")


def _rows(draft: Timetable, lessons: Iterable[LessonTold]) -> Iterable[ScheduledLesson]:
    for one in lessons:
        joint = uuid4() if len(one.classes) > 1 else None
        for class_id in one.classes:
            yield ScheduledLesson(
                timetable=draft,
                school_id=draft.school_id,
                homeroom_class_id=class_id,
                subject_name=one.subject,
                staff_member_id=one.member,
                person_id=one.person,
                joint=joint,
                length=one.length,
                weekday=one.weekday,
                half=one.half,
                period=one.period,
                room_id=one.room,
                is_locked=one.is_pinned and one.weekday is not None,
            )
