"""What the lessons of a draft are: long or short, every other week, of one class or of several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force
from khuevan.registry.staff.api import StaffMember, TeachingAssignment
from khuevan.school.timetable.actions.steps import (
    BECAUSE,
    at_spot,
    lessons_in,
    make_step,
    open_draft,
    place_of,
    require_unchanged,
    together,
)
from khuevan.school.timetable.errors import (
    LessonLocked,
    LessonsNotAlike,
    NothingToJoin,
    OneClassAlone,
    OnePeriodAlone,
    TooLong,
)
from khuevan.school.timetable.grids import read_spot, spot_of
from khuevan.school.timetable.models import (
    LESSON_FIELDS,
    MOST_LENGTH,
    ScheduledLesson,
    Timetable,
    Weeks,
)
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.school.timetable.problems import week_of

Rows = Sequence[ScheduledLesson]


@transaction.atomic
def split_lesson(
    *, actor: Actor, uuid: UUID, lesson: UUID, revision: int | None = None, now: datetime
) -> Timetable:
    """Make single periods of a longer lesson, each where its period was: one step.

    :raises ChangedMeanwhile, LessonLocked, OnePeriodAlone, PublishedStays:
    """
    timetable = open_draft(actor, uuid)
    rows = _loose(timetable, lesson, revision)
    length = rows[0].length
    if length == 1:
        raise OnePeriodAlone
    added = []
    for later in range(1, length):
        joint = uuid4() if rows[0].joint else None
        for row in rows:
            made = _like(row, length=1, joint=joint, was=_later(row.was, later))
            if row.period is not None:
                made.period = row.period + later
            added.append(made)
    make_step(timetable, actor, {row.pk: {"length": 1} for row in rows}, now, added=added)
    return timetable


@transaction.atomic
def join_lesson(
    *, actor: Actor, uuid: UUID, lesson: UUID, revision: int | None = None, now: datetime
) -> Timetable:
    """Make one longer lesson of a lesson and another of its kind: the one beside it, if there is.

    Else one that has no place yet, else any that is not pinned. It begins where the two begin, or
    where the first stood, and loses its place where it would not end in its half-day. One step.

    :raises ChangedMeanwhile, LessonLocked, NothingToJoin, PublishedStays, TooLong:
    """
    timetable = open_draft(actor, uuid)
    rows = _loose(timetable, lesson, revision)
    others = _partner(timetable, rows)
    length = rows[0].length + others[0].length
    if length > MOST_LENGTH:
        raise TooLong(most=MOST_LENGTH)
    first = others[0] if _follows(others[0], rows[0]) else rows[0]
    week, spot = week_of(timetable), spot_of(first)
    slot = week.slot(spot) if spot else None
    place = place_of(first) if slot and week.holds(slot, length) else at_spot(None)
    wanted = {row.pk: {"length": length, "was": first.was, **place} for row in rows}
    make_step(timetable, actor, wanted, now, removed=[row.pk for row in others])
    return timetable


@transaction.atomic
def alternate_lesson(
    *,
    actor: Actor,
    uuid: UUID,
    lesson: UUID,
    weeks: str,
    revision: int | None = None,
    now: datetime,
) -> Timetable:
    """Let a lesson be held every week, or in every other one.

    :raises ChangedMeanwhile, PublishedStays:
    """
    timetable = open_draft(actor, uuid)
    rows = together(timetable, lesson)
    require_unchanged(timetable, rows, revision)
    make_step(timetable, actor, {row.pk: {"weeks": Weeks(weeks)} for row in rows}, now)
    return timetable


@transaction.atomic
def combine_classes(
    *,
    actor: Actor,
    uuid: UUID,
    subject: str,
    classes: Iterable[UUID],
    member: UUID,
    now: datetime,
) -> int:
    """Let classes have a subject together, with one teacher; return how many lessons: one step.

    The first of a class falls together with the first of the others, and stands where it stood.

    :raises LessonLocked, LessonsNotAlike, OneClassAlone, PublishedStays:
    """
    timetable = open_draft(actor, uuid)
    teacher = StaffMember.objects.visible_to(actor, MANAGE_TIMETABLES).one(member)
    by_class: defaultdict[int, list[ScheduledLesson]] = defaultdict(list)
    rows = lessons_in(timetable).filter(
        subject_name=subject, homeroom_class__uuid__in=list(classes), joint=None, group=None
    )
    for row in rows.order_by("homeroom_class__sort_key", "-length", "weekday", "half", "pk"):
        by_class[row.homeroom_class_id].append(row)
    if len(by_class) < 2:
        raise OneClassAlone
    if len({tuple((one.length, one.weeks) for one in own) for own in by_class.values()}) > 1:
        raise LessonsNotAlike
    wanted: dict[int, dict[str, Any]] = {}
    for alike in zip(*by_class.values(), strict=True):
        if any(row.is_locked for row in alike[1:]):
            raise LessonLocked
        shared = {
            "joint": uuid4(),
            "staff_member_id": teacher.pk,
            "person_id": teacher.person_id,
            "room_id": alike[0].room_id,
            "is_locked": alike[0].is_locked,
            **place_of(alike[0]),
        }
        wanted.update({row.pk: shared for row in alike})
    make_step(timetable, actor, wanted, now)
    return len(next(iter(by_class.values())))


@transaction.atomic
def take_apart(*, actor: Actor, uuid: UUID, lesson: UUID, now: datetime) -> int:
    """Let classes that have a subject together have it each alone; return how many lessons.

    All their lessons of the subject come apart where they stand, each given to the teacher whom
    the assignments name for its class, where that is one. One step.

    :raises NotFound: also for lessons of a group of pupils, which are never apart
    :raises PublishedStays:
    """
    timetable = open_draft(actor, uuid)
    head = together(timetable, lesson)
    if head[0].joint is None or head[0].group_id is not None:
        raise NotFound
    own = {row.homeroom_class_id for row in head}
    found: defaultdict[UUID, list[ScheduledLesson]] = defaultdict(list)
    rows = lessons_in(timetable).filter(subject_name=head[0].subject_name, group=None)
    for row in rows.exclude(joint=None):
        found[row.joint].append(row)
    apart = [all_ for all_ in found.values() if {one.homeroom_class_id for one in all_} == own]
    givers = _givers(timetable, head[0].subject_name, own)
    wanted: dict[int, dict[str, Any]] = {
        row.pk: {"joint": None, **givers.get(row.homeroom_class_id, {})}
        for all_ in apart
        for row in all_
    }
    make_step(timetable, actor, wanted, now)
    return len(apart)


def _loose(timetable: Timetable, lesson: UUID, revision: int | None) -> list[ScheduledLesson]:
    """Return a lesson, with all taught jointly, that nobody pinned or moved meanwhile."""
    rows = together(timetable, lesson)
    require_unchanged(timetable, rows, revision)
    if any(row.is_locked for row in rows):
        raise LessonLocked
    return rows


def _like(row: ScheduledLesson, **changes: Any) -> ScheduledLesson:
    values = {name: getattr(row, name) for name in LESSON_FIELDS}
    made = {**values, **changes}
    return ScheduledLesson(timetable_id=row.timetable_id, school_id=row.school_id, **made)


def _later(was: str, periods: int) -> str:
    """Return where a period was that stood so many after another."""
    spot = read_spot(was)
    return replace(spot, period=spot.period + periods).key if spot else ""


def _partner(timetable: Timetable, rows: Rows) -> Rows:
    """Return the lesson that is best joined with one: of the same classes, teacher and weeks."""
    head = rows[0]
    alike = lessons_in(timetable).filter(
        subject_name=head.subject_name,
        staff_member_id=head.staff_member_id,
        group_id=head.group_id,
        weeks=head.weeks,
        homeroom_class_id__in=[row.homeroom_class_id for row in rows],
        is_locked=False,
    )
    found: defaultdict[object, list[ScheduledLesson]] = defaultdict(list)
    for row in alike.exclude(pk__in=[row.pk for row in rows]).order_by("pk"):
        found[row.joint or row.pk].append(row)
    own = {row.homeroom_class_id for row in rows}
    others = [
        all_
        for all_ in found.values()
        if {one.homeroom_class_id for one in all_} == own
        and (all_[0].joint is None) == (head.joint is None)
    ]
    if not others:
        raise NothingToJoin
    return min(others, key=lambda all_: (not _beside(head, all_[0]), all_[0].is_placed))


def _beside(one: ScheduledLesson, other: ScheduledLesson) -> bool:
    return _follows(one, other) or _follows(other, one)


def _follows(one: ScheduledLesson, other: ScheduledLesson) -> bool:
    """Return whether a lesson ends where the other begins."""
    if one.period is None or other.period is None:
        return False
    here = (one.weekday, one.half, one.period + one.length)
    return here == (other.weekday, other.half, other.period)


def _givers(
    timetable: Timetable, subject: str, class_ids: Iterable[int]
) -> Mapping[int, dict[str, Any]]:
    """Return who alone gives a subject to each class, as a step takes it."""
    rows = TeachingAssignment.objects.unscoped(because=BECAUSE).filter(
        in_force(timetable.starts_on), homeroom_class_id__in=list(class_ids), subject_name=subject
    )
    found: defaultdict[int, list[TeachingAssignment]] = defaultdict(list)
    for row in rows:
        found[row.homeroom_class_id].append(row)
    return {
        room: {"staff_member_id": own[0].staff_member_id, "person_id": own[0].person_id}
        for room, own in found.items()
        if len(own) == 1
    }
