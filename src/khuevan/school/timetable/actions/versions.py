"""Making, publishing and removing versions of a school's timetable."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import AcademicYear, School
from khuevan.school.timetable import audit_codes
from khuevan.school.timetable.actions.beginning import copied, planned
from khuevan.school.timetable.actions.rules import copy_own_rules, copy_rules
from khuevan.school.timetable.actions.telling import tell_changes
from khuevan.school.timetable.boards import clashes_of
from khuevan.school.timetable.errors import (
    AlreadyPublished,
    ClashesLeft,
    NotAMonday,
    NothingToTeach,
    OutsideTheYear,
    PublishedLate,
    StartsTaken,
)
from khuevan.school.timetable.models import ScheduledLesson, Timetable, TimetableState
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.school.timetable.selectors.notice import earliest_start, monday_from, notice_of
from khuevan.ui.formats import day

MONDAY = 0


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
        lessons = list(copied(source, made))
    else:
        lessons = list(planned(actor, school, year, made))
    if not lessons:
        raise NothingToTeach
    ScheduledLesson.objects.bulk_create(lessons)
    copy_rules(school, year)
    if source is not None:
        copy_own_rules(source, made)
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
    *,
    actor: Actor,
    uuid: UUID,
    accepts_clashes: bool = False,
    reason: str = "",
    now: datetime,
) -> Timetable:
    """Let everybody it concerns see a timetable from its Monday on.

    :raises AlreadyPublished:
    :raises ClashesLeft: when somebody is in two places, or worse, and nobody said that it may be
    :raises PublishedLate: when it holds too soon for the school's own rule, and no reason is given
    :raises StartsTaken: when another version begins that day
    """
    timetable = locked(actor, uuid)
    if timetable.is_published:
        raise AlreadyPublished
    clashes = 0 if accepts_clashes else clashes_of(timetable)
    if clashes:
        raise ClashesLeft(count=clashes)
    earliest = earliest_start(timetable.school_id, actor.today)
    is_late = timetable.starts_on < earliest
    if is_late and not reason:
        days = notice_of(timetable.school_id)
        raise PublishedLate(days=days, day=day(monday_from(earliest)))
    timetable.state, timetable.published_at = TimetableState.PUBLISHED, now
    timetable.late_reason = reason if is_late else ""
    try:
        with transaction.atomic():
            timetable.save(update_fields=["state", "published_at", "late_reason"])
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
    if is_late:
        record(
            audit_codes.PUBLISHED_LATE,
            actor=actor,
            at=now,
            target=timetable,
            unit_id=timetable.school_id,
            details={"day": timetable.starts_on, "reason": reason},
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
