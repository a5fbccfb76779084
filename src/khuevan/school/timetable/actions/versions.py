"""Making, publishing and removing versions of a school's timetable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.registry.curriculum.api import ClassPlan, SubjectPlan, class_plans
from khuevan.registry.schools.api import AcademicYear, HomeroomClass, School, Session, term_on
from khuevan.school.timetable import audit_codes
from khuevan.school.timetable.actions.telling import tell_changes
from khuevan.school.timetable.boards import clashes_of
from khuevan.school.timetable.errors import (
    AlreadyPublished,
    ClashesLeft,
    NotAMonday,
    NothingToTeach,
    OutsideTheYear,
    StartsTaken,
)
from khuevan.school.timetable.models import (
    Half,
    ScheduledLesson,
    Timetable,
    TimetableState,
)
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.ui.formats import day

MONDAY = 0
COPIED = (
    "homeroom_class_id",
    "subject_name",
    "staff_member_id",
    "person_id",
    "joint",
    "length",
    "weeks",
    "weekday",
    "half",
    "period",
    "room_id",
    "is_locked",
)
WITH_CLASS = {"Hoạt động trải nghiệm", "Hoạt động trải nghiệm, hướng nghiệp"}
"""Subjects whose first lesson of a week is under the flag, the last with the own class."""


@transaction.atomic
def make_timetable(
    *,
    actor: Actor,
    school: School,
    year: AcademicYear,
    name: str,
    starts_on: date,
    days: int,
    copy_of: UUID | None = None,
    now: datetime,
) -> Timetable:
    """Make a draft that begins on a Monday: a copy of another version, or all lessons unplaced.

    Lessons are those that the plans of the classes have in the week and whose teachers are known;
    the flag ceremony and the class hour stand where custom puts them.

    :raises NotAMonday, OutsideTheYear, NothingToTeach:
    """
    if school.pk not in actor.reach(MANAGE_TIMETABLES, "school"):
        raise NotFound
    if starts_on.weekday() != MONDAY:
        raise NotAMonday(day=day(starts_on))
    if not year.starts_on <= starts_on < year.ends_on:
        raise OutsideTheYear(year=str(year))
    source = None
    if copy_of is not None:
        rows = Timetable.objects.visible_to(actor, MANAGE_TIMETABLES)
        source = rows.filter(school=school, academic_year=year).one(copy_of)
    made = Timetable.objects.create(
        school=school,
        academic_year=year,
        name=name,
        starts_on=starts_on,
        days=days,
        copied_from=source,
    )
    if source is not None:
        lessons = list(_copied(source, made))
    else:
        lessons = list(_planned(actor, school, year, made))
    if not lessons:
        raise NothingToTeach
    ScheduledLesson.objects.bulk_create(lessons)
    record(
        audit_codes.MADE,
        actor=actor,
        at=now,
        target=made,
        unit_id=school.pk,
        details={"name": name, "count": len(lessons)},
    )
    return made


@transaction.atomic
def publish_timetable(
    *, actor: Actor, uuid: UUID, accepts_clashes: bool = False, now: datetime
) -> Timetable:
    """Let everybody it concerns see a timetable from its Monday on.

    :raises AlreadyPublished:
    :raises ClashesLeft: when somebody is in two places, or worse, and nobody said that it may be
    :raises StartsTaken: when another version begins that day
    """
    timetable = locked(actor, uuid)
    if timetable.is_published:
        raise AlreadyPublished
    clashes = 0 if accepts_clashes else clashes_of(timetable)
    if clashes:
        raise ClashesLeft(count=clashes)
    timetable.state, timetable.published_at = TimetableState.PUBLISHED, now
    try:
        with transaction.atomic():
            timetable.save(update_fields=["state", "published_at"])
    except IntegrityError as error:
        raise StartsTaken(day=day(timetable.starts_on)) from error
    tell_changes(timetable, now=now)
    record(
        audit_codes.PUBLISHED,
        actor=actor,
        at=now,
        target=timetable,
        unit_id=timetable.school_id,
        details={"day": timetable.starts_on},
    )
    return timetable


@transaction.atomic
def remove_timetable(*, actor: Actor, uuid: UUID, now: datetime) -> School:
    """Remove a draft.

    :raises AlreadyPublished: what was published stays
    """
    timetable = locked(actor, uuid)
    if timetable.is_published:
        raise AlreadyPublished
    school: School = timetable.school
    record(
        audit_codes.REMOVED,
        actor=actor,
        at=now,
        unit_id=timetable.school_id,
        details={"name": timetable.name},
    )
    timetable.delete()
    return school


def locked(actor: Actor, uuid: UUID) -> Timetable:
    """Return a timetable that the actor makes, locked, or raise `NotFound`."""
    rows = Timetable.objects.visible_to(actor, MANAGE_TIMETABLES).select_related("school")
    return rows.select_for_update(no_key=True, of=("self",)).one(uuid)


def _copied(source: Timetable, made: Timetable) -> Iterator[ScheduledLesson]:
    rows = ScheduledLesson.objects.unscoped(because="of a timetable of the same school")
    for row in rows.filter(timetable=source).order_by("pk"):
        values = {name: getattr(row, name) for name in COPIED}
        yield ScheduledLesson(timetable=made, school_id=made.school_id, **values)


def _planned(
    actor: Actor, school: School, year: AcademicYear, made: Timetable
) -> Iterator[ScheduledLesson]:
    plans = class_plans(
        actor=actor, school=school, year=year, on=made.starts_on, permission=MANAGE_TIMETABLES
    )
    for plan in plans:
        level = plan.room.grade_level.level
        term = term_on(made.starts_on, level=level)
        number = 1 if term is not None and term.number > 1 else 0
        for subject in plan.subjects:
            yield from _lessons_of(plan, subject, made, number)


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
            )
            for _each in range(max(weeks, default=0))
        ]
    if subject.row.subject_name in WITH_CLASS and len(rows) > 1:
        _fix(rows, plan.room, made.days)
    yield from rows


def _fix(rows: Sequence[ScheduledLesson], room: HomeroomClass, days: int) -> None:
    """Put the flag ceremony first on Monday and the class hour last in the week (TT-H05, H06)."""
    half = Half.AFTERNOON if room.session == Session.AFTERNOON else Half.MORNING
    for row, weekday, period in ((rows[0], 1, 1), (rows[-1], days, 5)):
        row.weekday, row.half, row.period, row.is_locked = weekday, half, period, True
