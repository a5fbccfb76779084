"""Planning what classes learn: from the programme for many, subject by subject for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record, write_new
from khuevan.registry.curriculum import audit_codes
from khuevan.registry.curriculum.errors import (
    IntegratedUnfit,
    NoSuchLanguage,
    PeriodsUnfit,
    StillTaught,
    SubjectPlanned,
    WeeksUnfit,
)
from khuevan.registry.curriculum.languages import MINORITY, is_language
from khuevan.registry.curriculum.models import MOST_A_WEEK, ClassSubject, PlanKind
from khuevan.registry.curriculum.permissions import MANAGE_PLANS
from khuevan.registry.curriculum.plan_rules import Asked, spread
from khuevan.registry.curriculum.plans import asked_of
from khuevan.registry.curriculum.programme import Frame, frame_of, opening_day
from khuevan.registry.schools.api import (
    AcademicYear,
    HomeroomClass,
    School,
    class_names,
    get_class_for,
)
from khuevan.registry.staff.api import TeachingAssignment, known_subject
from khuevan.ui.errors import ChangedMeanwhile

TAUGHT_TOGETHER = {"ARTS"}
"""Components of which every subject is taught; of others one is."""
CLASSES_AT_ONCE = 1000
BECAUSE = "of classes whose plans the actor keeps"


@dataclass(frozen=True, slots=True)
class Filled:
    """What became of the classes of a school that had no plan."""

    made: int
    unknown: tuple[str, ...]
    """Names of the classes of whose grade no programme is known."""


@transaction.atomic
def fill_plans(*, actor: Actor, school: School, year: AcademicYear, now: datetime) -> Filled:
    """Make the plan of each class of a school that has none, from the programme of its grade.

    Which language, which chosen subjects: those that somebody teaches in the class already.

    :raises NotFound: when the actor doesn't plan at this school
    """
    if school.pk not in actor.reach(MANAGE_PLANS, "school"):
        raise NotFound
    rooms = class_names(actor=actor, year=year, permission=MANAGE_PLANS).filter(school=school)
    rooms = (
        rooms.filter(subjects__isnull=True)
        .select_related("grade_level")
        .select_for_update(of=("self",), no_key=True)
    )
    filled = _fill(list(rooms), year)
    if filled.made:
        record(
            audit_codes.PLANS_FILLED,
            actor=actor,
            at=now,
            unit_id=school.pk,
            details={"count": filled.made},
        )
    return filled


@transaction.atomic
def bulk_fill_plans(*, actor: Actor, year: AcademicYear, now: datetime) -> int:
    """Make the plans of all classes in reach that have none, for a province; return how many.

    A few statements for a thousand classes, whatever the number of schools.
    """
    rooms = class_names(actor=actor, year=year, permission=MANAGE_PLANS)
    planless = rooms.filter(subjects__isnull=True).order_by("school_id", "pk")
    without = list(planless.values_list("pk", flat=True))
    made = 0
    for first in range(0, len(without), CLASSES_AT_ONCE):
        found = rooms.filter(pk__in=without[first : first + CLASSES_AT_ONCE]).select_related(
            "grade_level"
        )
        made += _fill(list(found.select_for_update(of=("self",), no_key=True)), year).made
    if made:
        record(audit_codes.PLANS_FILLED, actor=actor, at=now, details={"count": made})
    return made


@transaction.atomic
def plan_subject(
    *,
    actor: Actor,
    class_uuid: UUID,
    subject_name: str,
    kind: str,
    weeks: Sequence[int],
    now: datetime,
) -> ClassSubject:
    """Add a subject to the plan of a class.

    :raises UnknownSubject, SubjectPlanned, WeeksUnfit, PeriodsUnfit:
    """
    room = get_class_for(actor, class_uuid, MANAGE_PLANS)
    _require_fit(room, weeks)
    row = build_subject(room, known_subject(subject_name), kind, weeks)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise SubjectPlanned(room=room.name, subject=row.subject_label) from error
    _told(audit_codes.SUBJECT_PLANNED, actor, room, row, now)
    return row


@transaction.atomic
def set_weeks(
    *,
    actor: Actor,
    uuid: UUID,
    weeks: Sequence[int],
    before: Sequence[int],
    now: datetime,
    reason: str = "",
    language: str | None = None,
) -> ClassSubject:
    """Change how many periods of a subject a class has in each week; `before` is what was read.

    What was planned stays in the history of the row (`selectors.changes`). Of a minority language
    it may be said which one it is.

    :raises WeeksUnfit, PeriodsUnfit, NoSuchLanguage:
    :raises ChangedMeanwhile: when somebody else changed the plan since it was read
    """
    row = _locked(actor, uuid)
    _require_fit(row.homeroom_class, weeks)
    if list(row.weeks) != list(before):
        raise ChangedMeanwhile
    told = row.language if language is None else language
    if told and not (row.subject_name == MINORITY and is_language(told)):
        raise NoSuchLanguage
    if list(row.weeks) == list(weeks) and row.language == told:
        return row
    row.weeks, row.annual, row.language = list(weeks), sum(weeks), told
    row.save(update_fields=["weeks", "annual", "language"])
    _told(audit_codes.SUBJECT_PLANNED, actor, row.homeroom_class, row, now, reason)
    return row


@transaction.atomic
def set_integrated(
    *, actor: Actor, class_uuid: UUID, counts: Mapping[UUID, int], now: datetime
) -> int:
    """Say in which subjects of a class is learnt what has no subject of its own; return the sum.

    :raises IntegratedUnfit: more periods than the subject has
    """
    room = get_class_for(actor, class_uuid, MANAGE_PLANS)
    rows = list(
        ClassSubject.objects.visible_to(actor, MANAGE_PLANS)
        .filter(homeroom_class=room)
        .order_by("pk")
        .select_for_update(no_key=True, of=("self",))
    )
    for row in rows:
        count = counts.get(row.uuid, row.integrated)
        if not 0 <= count <= row.annual:
            raise IntegratedUnfit(subject=row.subject_label, most=row.annual)
        if count != row.integrated:
            row.integrated = count
            row.save(update_fields=["integrated"])
    total = sum(row.integrated for row in rows)
    record(
        audit_codes.INTEGRATED_PLANNED,
        actor=actor,
        at=now,
        target=room,
        unit_id=room.school_id,
        details={"count": total},
    )
    return total


@transaction.atomic
def remove_subject(*, actor: Actor, uuid: UUID, now: datetime) -> ClassSubject:
    """Take a subject out of the plan of a class.

    :raises StillTaught: when somebody has its lessons
    """
    row = _locked(actor, uuid)
    teachers = TeachingAssignment.objects.unscoped(because=BECAUSE).filter(
        homeroom_class_id=row.homeroom_class_id, subject_name=row.subject_name
    )
    alone = not (
        ClassSubject.objects.unscoped(because=BECAUSE)
        .filter(homeroom_class_id=row.homeroom_class_id, subject_name=row.subject_name)
        .exclude(pk=row.pk)
        .exists()
    )
    one = teachers.select_related("person").order_by("pk").first()
    if one is not None and (alone or row.assigned.unscoped(because=BECAUSE).exists()):
        raise StillTaught(
            name=one.person.full_name, subject=row.subject_label, room=row.homeroom_class.name
        )
    _told(audit_codes.SUBJECT_REMOVED, actor, row.homeroom_class, row, now)
    row.delete()
    return row


def build_subject(
    room: HomeroomClass, subject_name: str, kind: str, weeks: Sequence[int]
) -> ClassSubject:
    """Return a row of a class's plan, not saved."""
    return ClassSubject(
        school_id=room.school_id,
        homeroom_class=room,
        subject_name=subject_name,
        kind=kind,
        weeks=list(weeks),
        annual=sum(weeks),
    )


def _fill(rooms: Sequence[HomeroomClass], year: AcademicYear) -> Filled:
    """Write the plans of classes that have none."""
    taught = _taught_in(rooms)
    rows: list[ClassSubject] = []
    unknown: list[str] = []
    for room in rooms:
        planned = list(_from_programme(room, taught[room.pk], year))
        rows += planned
        if not planned:
            unknown.append(room.name)
    write_new(rows)
    return Filled(len(rooms) - len(unknown), tuple(unknown))


def _from_programme(
    room: HomeroomClass, taught: set[str], year: AcademicYear
) -> Iterator[ClassSubject]:
    on = opening_day(year)
    frame = frame_of(room.grade_level.level, on)
    if frame is None or not room.grade_level.code.isdigit():
        return
    for part in asked_of(int(room.grade_level.code), on):
        for name, periods in _subjects_of(part, taught):
            yield build_subject(room, name, part.kind, spread(periods, frame.terms))


def _subjects_of(part: Asked, taught: set[str]) -> list[tuple[str, int]]:
    """Return the subjects that make up a part for a class, with the periods a year of each."""
    names = [name for name in part.subjects if name in taught]
    if part.kind == PlanKind.CHOSEN:
        return [(names[0], part.periods)] if names else []
    if part.kind != PlanKind.COMPULSORY:
        return []
    if part.component in TAUGHT_TOGETHER:
        names = list(part.subjects)
    names = names or [part.subjects[0]]
    each, rest = divmod(part.periods, len(names))
    return [(name, each + (place < rest)) for place, name in enumerate(names)]


def _taught_in(rooms: Sequence[HomeroomClass]) -> defaultdict[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    rows = TeachingAssignment.objects.unscoped(because=BECAUSE).filter(
        homeroom_class_id__in=[room.pk for room in rooms]
    )
    for room_id, name in rows.values_list("homeroom_class_id", "subject_name").distinct():
        found[room_id].add(name)
    return found


def _locked(actor: Actor, uuid: UUID) -> ClassSubject:
    rows = ClassSubject.objects.visible_to(actor, MANAGE_PLANS)
    return (
        rows.select_related("homeroom_class__academic_year", "homeroom_class__grade_level")
        .select_for_update(no_key=True, of=("self",))
        .one(uuid)
    )


def _require_fit(room: HomeroomClass, weeks: Sequence[int]) -> None:
    frame: Frame | None = frame_of(room.grade_level.level, opening_day(room.academic_year))
    if frame is not None and len(weeks) != frame.weeks:
        raise WeeksUnfit(asked=frame.weeks, found=len(weeks))
    if any(not 0 <= count <= MOST_A_WEEK for count in weeks):
        raise PeriodsUnfit(most=MOST_A_WEEK)


def _told(
    code: str, actor: Actor, room: HomeroomClass, row: ClassSubject, now: datetime, why: str = ""
) -> None:
    record(
        code,
        actor=actor,
        at=now,
        target=room,
        unit_id=room.school_id,
        details={"subject": row.subject_name, "count": row.annual}
        | ({"reason": why} if why else {}),
    )
