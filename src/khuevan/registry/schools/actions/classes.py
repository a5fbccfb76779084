"""Opening, changing and closing a homeroom class."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.audit.api import AuditLine, record, record_all, snapshot, write_new
from khuevan.registry.schools import audit_codes
from khuevan.registry.schools.errors import (
    ClassClosed,
    ClassNameTaken,
    ClassOutsideYear,
    GradeNotInClass,
    GradeNotTaught,
    GradesDontMix,
    GradeStillTaught,
    GradeTwice,
    SchoolClosed,
    StillInUse,
)
from khuevan.registry.schools.facts import teaches_in
from khuevan.registry.schools.holdings import class_merges, held_in_class, told
from khuevan.registry.schools.models import (
    AcademicYear,
    Campus,
    ClassGrade,
    GradeLevel,
    HomeroomClass,
    Room,
    School,
    Session,
)
from khuevan.registry.schools.permissions import MANAGE_CLASSES
from khuevan.registry.schools.rules import class_match_name, class_sort_key, grades_may_mix
from khuevan.ui.formats import day

KEPT = (
    "name",
    "session",
    "campus_id",
    "room_id",
    "sessions_a_week",
    "is_inclusive",
    "is_gifted",
    "subject_combination",
)


@dataclass(frozen=True, slots=True)
class ClassDetails:
    """What is said of a class beside its name and grade."""

    session: str = Session.MORNING
    campus: UUID | None = None
    room: UUID | None = None
    further_grades: tuple[GradeLevel, ...] = ()
    sessions_a_week: int | None = None
    is_inclusive: bool = False
    is_gifted: bool = False
    subject_combination: str = ""


@dataclass(frozen=True, slots=True)
class NewRoom:
    """A class to be opened."""

    grade: GradeLevel
    name: str
    details: ClassDetails


@transaction.atomic
def open_class(
    *,
    actor: Actor,
    school_id: int,
    academic_year: AcademicYear,
    grade_level: GradeLevel,
    name: str,
    session: str = Session.MORNING,
    details: ClassDetails | None = None,
    now: datetime,
) -> HomeroomClass:
    """Open one class of a school for an academic year, in the main campus unless one is named.

    :raises GradeNotTaught: when the school does not teach the grade's level
    :raises GradesDontMix: when a multi-grade class would mix levels
    :raises ClassNameTaken: when the school has a class of this name in the year
    :raises SchoolClosed: when the school closes before the year ends
    """
    new = NewRoom(grade_level, name, details or ClassDetails(session=session))
    (opened,) = open_classes(
        actor=actor, school_id=school_id, academic_year=academic_year, new=[new], now=now
    )
    return opened


@transaction.atomic
def open_classes(
    *,
    actor: Actor,
    school_id: int,
    academic_year: AcademicYear,
    new: Sequence[NewRoom],
    now: datetime,
) -> list[HomeroomClass]:
    """Open classes of a school for an academic year, in a number of queries that does not grow.

    :raises DomainError: as for `open_class`, and then none of them is open
    """
    school = School.objects.visible_to(actor, MANAGE_CLASSES).lock(school_id)
    if school.closed_on is not None and school.closed_on < academic_year.ends_on:
        raise SchoolClosed(on=day(school.closed_on))
    for level, grade in {one.grade.level: one.grade for one in new}.items():
        if not teaches_in(school.pk, level, academic_year):
            raise GradeNotTaught(grade=grade.label)
    on = _day_of(academic_year, actor.today)
    places: dict[tuple[UUID | None, UUID | None], tuple[Campus | None, Room | None]] = {}
    opened = []
    for one in new:
        said = one.details
        key = said.campus, said.room
        if key not in places:
            places[key] = _place(school.pk, said, on)
        room = build_class(school.pk, academic_year, one.grade, one.name, said.session)
        _apply(room, said, places[key])
        opened.append(room)
    _save_new(opened)
    _add_grades(
        (room, grade.pk)
        for room, one in zip(opened, new, strict=True)
        for grade in one.details.further_grades
    )
    lines = [AuditLine(room, school.pk) for room in opened]
    record_all(audit_codes.CLASS_OPENED, actor=actor, at=now, lines=lines)
    return opened


@transaction.atomic
def edit_class(
    *, actor: Actor, uuid: UUID, name: str, details: ClassDetails, now: datetime
) -> HomeroomClass:
    """Give a class another name, place, time or mark; its history keeps what it was.

    :raises ClassClosed: when the class is closed
    :raises ClassNameTaken: when the school has a class of this name in the year
    :raises GradesDontMix: when a multi-grade class would mix levels
    """
    room = _locked(actor, uuid)
    if room.closed_on is not None:
        raise ClassClosed(name=room.name)
    before = snapshot(room, *KEPT)
    room.name = normalize(name)
    room.match_name = class_match_name(room.name)
    room.sort_key = class_sort_key(room.grade_level.position, room.name)
    room.session = details.session
    on = _day_of(room.academic_year, actor.today)
    _apply(room, details, _place(room.school_id, details, on))
    _save(room)
    _set_grades(room, details.further_grades)
    record(
        audit_codes.CLASS_CHANGED,
        actor=actor,
        at=now,
        target=room,
        unit_id=room.school_id,
        before=before,
        after=snapshot(room, *KEPT),
    )
    return room


@transaction.atomic
def set_grade_session(
    *,
    actor: Actor,
    school: School,
    year: AcademicYear,
    grade: GradeLevel,
    session: Session,
    now: datetime,
) -> int:
    """Let all open classes of a grade learn in a half-day or all day; return how many did not."""
    rows = HomeroomClass.objects.visible_to(actor, MANAGE_CLASSES).filter(
        school=school, academic_year=year, grade_level=grade, closed_on__isnull=True
    )
    changed = rows.exclude(session=session).select_for_update(no_key=True, of=("self",))
    found = list(changed.order_by("pk"))
    for room in found:
        before = snapshot(room, *KEPT)
        room.session = session
        room.save(update_fields=["session"])
        record(
            audit_codes.CLASS_CHANGED,
            actor=actor,
            at=now,
            target=room,
            unit_id=room.school_id,
            before=before,
            after=snapshot(room, *KEPT),
        )
    return len(found)


@transaction.atomic
def close_class(
    *,
    actor: Actor,
    uuid: UUID,
    on: date,
    merged_into: HomeroomClass | None = None,
    now: datetime,
) -> HomeroomClass:
    """Close a class from a day on, its first without lessons; its pupils go where it merges into.

    :raises ClassClosed: when it is closed already
    :raises ClassOutsideYear: when the day is not within its year
    :raises StillInUse: while pupils sit in it on that day or later
    :raises GradeNotInClass: when pupils would go to a class that does not teach their grade
    """
    room = _locked(actor, uuid)
    if room.closed_on is not None:
        raise ClassClosed(name=room.name)
    if not room.academic_year.starts_on <= on <= room.academic_year.ends_on:
        raise ClassOutsideYear(year=str(room.academic_year))
    if merged_into is not None and merged_into.school_id != room.school_id:
        raise NotFound
    if merged_into is not None:
        _require_open(merged_into, room, on)
        for merge in class_merges:
            merge.move(actor, room, merged_into, on, now)
    left = held_in_class(room.pk, on=on)
    if left:
        raise StillInUse(what=room.name, holds=told(left), on=day(on))
    room.closed_on, room.merged_into = on, merged_into
    room.save(update_fields=["closed_on", "merged_into"])
    record(
        audit_codes.CLASS_CLOSED,
        actor=actor,
        at=now,
        target=room,
        unit_id=room.school_id,
        after=snapshot(room, "closed_on"),
        details={"into": merged_into.name if merged_into else "–"},
    )
    return room


def _require_open(into: HomeroomClass, room: HomeroomClass, on: date) -> None:
    """Refuse to merge into a class that is closed then, or of another year."""
    if into.closed_on is not None and into.closed_on <= on:
        raise ClassClosed(name=into.name)
    if into.academic_year_id != room.academic_year_id:
        raise ClassOutsideYear(year=str(room.academic_year))
    further = ClassGrade.objects.unscoped(because="the class's school was locked through its scope")
    grades = set(further.filter(homeroom_class=into).values_list("grade_level_id", flat=True))
    fits = room.grade_level_id in {into.grade_level_id, *grades}
    if not fits and held_in_class(room.pk, on=on):
        raise GradeNotInClass(name=into.name, grade=room.grade_level.label)


def build_class(
    school_id: int, academic_year: AcademicYear, grade_level: GradeLevel, name: str, session: str
) -> HomeroomClass:
    """Return an unsaved class with the keys that follow from its name."""
    clean = normalize(name)
    return HomeroomClass(
        school_id=school_id,
        academic_year=academic_year,
        grade_level=grade_level,
        name=clean,
        match_name=class_match_name(clean),
        sort_key=class_sort_key(grade_level.position, clean),
        session=session,
    )


def _locked(actor: Actor, uuid: UUID) -> HomeroomClass:
    rows = HomeroomClass.objects.visible_to(actor, MANAGE_CLASSES)
    known = rows.one(uuid)
    return rows.select_related("grade_level", "academic_year").lock(known.pk)


def _day_of(year: AcademicYear, today: date) -> date:
    """Return today, or the nearest day of the year."""
    return min(max(today, year.starts_on), year.ends_on - timedelta(days=1))


def _apply(
    room: HomeroomClass, said: ClassDetails, place: tuple[Campus | None, Room | None]
) -> None:
    """Write the details into an unsaved class.

    :raises GradeTwice, GradesDontMix: when its grades can't be those of one class
    """
    room.campus, room.room = place
    room.sessions_a_week = said.sessions_a_week
    room.is_inclusive, room.is_gifted = said.is_inclusive, said.is_gifted
    room.subject_combination = normalize(said.subject_combination)
    grades = (room.grade_level, *said.further_grades)
    if len({grade.pk for grade in grades}) < len(grades):
        raise GradeTwice
    if not grades_may_mix([grade.level for grade in grades]):
        raise GradesDontMix


def _place(school_id: int, said: ClassDetails, on: date) -> tuple[Campus | None, Room | None]:
    """Return where a class is to be: where its room is, in its campus, or in the main one.

    :raises NotFound: when campus or room are not the school's on that day
    """
    campuses = Campus.objects.unscoped(because="the class's school was locked through its scope")
    campuses = campuses.filter(in_force(on), school_id=school_id)
    rooms = Room.objects.unscoped(because="the class's school was locked through its scope")
    room = None
    if said.room is not None:
        room = (
            rooms.filter(in_force(on), school_id=school_id).select_related("campus").one(said.room)
        )
        return room.campus, room
    if said.campus is not None:
        return campuses.one(said.campus), None
    return campuses.filter(is_main=True).first(), None


def _save(room: HomeroomClass) -> None:
    try:
        with transaction.atomic():
            room.save()
    except IntegrityError as error:
        if "class_name_once_a_year" not in str(error):
            raise
        raise ClassNameTaken(name=room.name) from error


def _save_new(rooms: Sequence[HomeroomClass]) -> None:
    try:
        with transaction.atomic():
            write_new(rooms)
    except IntegrityError as error:
        if "class_name_once_a_year" not in str(error):
            raise
        raise ClassNameTaken(name=_taken(rooms)) from error


def _taken(rooms: Sequence[HomeroomClass]) -> str:
    """Return the first name of classes to be opened that is there already, or stands twice."""
    known = HomeroomClass.objects.unscoped(because="names at a school that was locked in reach")
    first = rooms[0]
    names = known.filter(school_id=first.school_id, academic_year=first.academic_year)
    seen = set(names.values_list("match_name", flat=True))
    for room in rooms:
        if room.match_name in seen:
            return room.name
        seen.add(room.match_name)
    return first.name


def _set_grades(room: HomeroomClass, further: Sequence[GradeLevel]) -> None:
    rows = ClassGrade.objects.unscoped(because="the class was locked through its scope")
    wanted = {grade.pk for grade in further} - {room.grade_level_id}
    kept = rows.filter(homeroom_class=room)
    try:
        with transaction.atomic():
            kept.exclude(grade_level_id__in=wanted).delete()
    except IntegrityError as error:
        raise GradeStillTaught(name=room.name) from error
    known = set(kept.values_list("grade_level_id", flat=True))
    _add_grades((room, pk) for pk in sorted(wanted - known))


def _add_grades(pairs: Iterable[tuple[HomeroomClass, int]]) -> None:
    write_new(
        [
            ClassGrade(school_id=room.school_id, homeroom_class=room, grade_level_id=pk)
            for room, pk in pairs
        ]
    )
