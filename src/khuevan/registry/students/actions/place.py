"""Moving pupils between the classes of their school, and taking a move back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force, not_over
from khuevan.platform.audit.api import AuditEntry, record
from khuevan.registry.schools.api import (
    GradeLevel,
    HomeroomClass,
    further_grades,
    grade_levels,
)
from khuevan.registry.students import audit_codes
from khuevan.registry.students.actions.register import explain
from khuevan.registry.students.actions.seats import require_no_seat, require_year, seats_of
from khuevan.registry.students.checks import check_day
from khuevan.registry.students.errors import (
    AlreadyThere,
    GradeNotTaughtHere,
    NoSuchDay,
    NothingToUndo,
)
from khuevan.registry.students.lastview import refreeze
from khuevan.registry.students.models import ClassPlacement, Enrollment, Student
from khuevan.registry.students.permissions import EDIT_STUDENTS
from khuevan.registry.students.rules import grade_in_class
from khuevan.registry.students.selectors import students_for

UNDO_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Move:
    """One pupil's move as found in the database: from which placement, within which enrollment."""

    student: Student
    enrollment: Enrollment
    current: ClassPlacement | None
    target: HomeroomClass
    grade_id: int | None
    """The pupil's own grade, when it is not the class's."""


@transaction.atomic
def place_student(
    *,
    actor: Actor,
    uuid: UUID,
    homeroom_class: HomeroomClass,
    grade: str = "",
    on: date,
    now: datetime,
) -> ClassPlacement:
    """Move one pupil to a class of the same school from a day on.

    :raises GradeNotTaughtHere: when the class does not teach the grade that is named
    :raises AlreadyThere: when the pupil sits there already
    :raises NoSuchDay: when the day is before the pupil came
    """
    moved = place_students(
        actor=actor, classes={uuid: homeroom_class}, grades={uuid: grade}, on=on, now=now
    )
    if not moved:
        raise AlreadyThere
    return ClassPlacement.objects.unscoped(because="written just now").get(
        in_force(on), student__uuid=uuid, homeroom_class=homeroom_class
    )


@transaction.atomic
def place_students(
    *,
    actor: Actor,
    classes: Mapping[UUID, HomeroomClass],
    grades: Mapping[UUID, str] | None = None,
    on: date,
    now: datetime,
    permission: Permission = EDIT_STUDENTS,
) -> int:
    """Move several pupils, each to a class; all of them or none. Return how many moved.

    In a class of several grades each has a grade: the one named by its code, else the one that
    follows from the class before (`rules.grade_in_class`). Pupils who sit in their class already
    stay, so sending the same move twice is harmless. A list is loaded under its own permission.

    :raises GradeNotTaughtHere: when a class does not teach the grade that is named
    :raises NoSuchDay: when the day is before one of them came
    :raises SitsLater: when one of them has a place in a class that begins after the day
    :raises OtherYearsClass: when the day is not in the school year of a class
    """
    check_day(on, today=now.astimezone(VIETNAM).date())
    locked = _lock(actor, permission, classes)
    moves = [move for move in _moves(locked, classes, grades or {}, on=on) if not _is_there(move)]
    students = [move.student for move in moves]
    rows = ClassPlacement.objects.unscoped(because="the pupils are locked by now")
    require_no_seat(rows.filter(student__in=students, starts_on__gt=on))
    _require_years(moves, on=on)
    _make_room(students, on=on)
    try:
        with transaction.atomic():
            _seat(moves, on=on)
    except IntegrityError as error:
        raise explain(error) from error
    refreeze([student.pk for student in students], on=now.astimezone(VIETNAM).date())
    for move in moves:
        _tell(actor, move, on=on, now=now)
    return len(moves)


@transaction.atomic
def undo_moves(*, actor: Actor, request_id: UUID, now: datetime) -> int:
    """Put back the pupils whom the actor moved in one request, and return how many.

    :raises NothingToUndo: when there is no such move, it was more than an hour ago, or everybody
        is back already
    """
    entries = list(
        AuditEntry.objects.unscoped(because="the actor's own move, found by its request")
        .filter(
            request_id=request_id,
            code=audit_codes.PLACED,
            actor_person_id=actor.person_id,
            at__gt=now - UNDO_WITHIN,
        )
        .order_by("pk")
    )
    before = {int(entry.target_id or 0): entry.before["class_id"] for entry in entries}
    if not before or actor.person_id is None or None in before.values():
        raise NothingToUndo
    students = students_for(actor, EDIT_STUDENTS).filter(pk__in=before)
    known = HomeroomClass.objects.unscoped(because="the classes they sat in before").in_bulk(
        list(before.values())
    )
    classes = {student.uuid: known[before[student.pk]] for student in students}
    on = date.fromisoformat(entries[0].details["on"])
    back = place_students(actor=actor, classes=classes, on=on, now=now)
    if not back:
        raise NothingToUndo
    return back


def _lock(actor: Actor, permission: Permission, uuids: Iterable[UUID]) -> list[Student]:
    wanted = set(uuids)
    students = list(
        students_for(actor, permission)
        .filter(uuid__in=wanted)
        .select_for_update(no_key=True, of=("self",))
        .select_related("person")
        .order_by("pk")
    )
    if len(students) != len(wanted):
        raise NotFound
    return students


def _moves(
    students: Sequence[Student],
    classes: Mapping[UUID, HomeroomClass],
    grades: Mapping[UUID, str],
    *,
    on: date,
) -> list[_Move]:
    why = "the pupils are locked through the actor's scope"
    enrollments = {
        (row.student_id, row.school_id): row
        for row in Enrollment.objects.unscoped(because=why).filter(
            not_over(on), student__in=students, is_primary=True
        )
    }
    current = {
        row.student_id: row
        for row in ClassPlacement.objects.unscoped(because=why)
        .filter(in_force(on), student__in=students)
        .select_related("homeroom_class")
    }
    taught = further_grades([one.pk for one in classes.values()])
    moves = []
    for student in students:
        target = classes[student.uuid]
        enrollment = enrollments.get((student.pk, target.school_id))
        if enrollment is None:
            raise NotFound
        if on < enrollment.starts_on:
            raise NoSuchDay
        held = current.get(student.pk)
        grade = _grade(target, taught.get(target.pk, ()), grades.get(student.uuid, ""), held)
        moves.append(_Move(student, enrollment, held, target, grade))
    return moves


def further_grade(target: HomeroomClass, code: str) -> int | None:
    """Return the grade of a class that a code names, when it is not the class's own.

    :raises GradeNotTaughtHere: when the class does not teach it
    """
    return _named(target, further_grades([target.pk]).get(target.pk, ()), code) if code else None


def _named(target: HomeroomClass, further: Sequence[GradeLevel], code: str) -> int | None:
    own = next(one for one in grade_levels() if one.pk == target.grade_level_id)
    chosen = next((one for one in (own, *further) if one.code == code), None)
    if chosen is None:
        raise GradeNotTaughtHere
    return None if chosen.pk == own.pk else chosen.pk


def _grade(
    target: HomeroomClass,
    further: Sequence[GradeLevel],
    named: str,
    held: ClassPlacement | None,
) -> int | None:
    """Return the grade to keep with the new place; None for the class's own."""
    if named:
        return _named(target, further, named)
    if held is None or not further:
        return None
    known = {one.pk: one for one in grade_levels()}
    own = known[target.grade_level_id]
    offered = {one.position: one.pk for one in (own, *further)}
    before = known[held.grade_level_id or held.homeroom_class.grade_level_id]
    is_same_year = held.homeroom_class.academic_year_id == target.academic_year_id
    chosen = offered[
        grade_in_class(offered, own.position, before.position, is_same_year=is_same_year)
    ]
    return None if chosen == own.pk else chosen


def _is_there(move: _Move) -> bool:
    return (
        move.current is not None
        and move.current.homeroom_class_id == move.target.pk
        and move.current.grade_level_id == move.grade_id
        and move.current.ends_on == move.enrollment.ends_on
    )


def _require_years(moves: Sequence[_Move], *, on: date) -> None:
    """Refuse classes of another school year, unless the pupil goes on in it, as before."""
    for move in moves:
        year = move.target.academic_year
        if year.starts_on <= on < year.ends_on:
            continue
        before = seats_of(move.enrollment).filter(homeroom_class=move.target, ends_on=on)
        if not before.exists():
            require_year(move.target, on=on)


def _make_room(students: Sequence[Student], *, on: date) -> None:
    """End what they sit in; a placement that would only begin on the day or later is none."""
    rows = ClassPlacement.objects.unscoped(because="the pupils are locked by the caller")
    rows = rows.filter(not_over(on), student__in=students)
    rows.filter(starts_on__gte=on).delete()
    rows.update(ends_on=on)


def _seat(moves: Sequence[_Move], *, on: date) -> None:
    """Begin the new placements; going back on the same day continues the old one."""
    ended = {
        (row.student_id, row.homeroom_class_id, row.grade_level_id): row
        for row in ClassPlacement.objects.unscoped(
            because="the pupils are locked by the caller"
        ).filter(student__in=[move.student for move in moves], ends_on=on)
    }
    new = []
    for move in moves:
        old = ended.get((move.student.pk, move.target.pk, move.grade_id))
        if old is not None:
            old.ends_on = move.enrollment.ends_on
            old.save(update_fields=["ends_on"])
        else:
            new.append(_placement(move, on=on))
    ClassPlacement.objects.bulk_create(new)


def _placement(move: _Move, *, on: date) -> ClassPlacement:
    return ClassPlacement(
        student=move.student,
        person_id=move.student.person_id,
        school_id=move.enrollment.school_id,
        homeroom_class=move.target,
        grade_level_id=move.grade_id,
        sort_key=move.student.person.sort_key,
        starts_on=on,
        ends_on=move.enrollment.ends_on,
    )


def _tell(actor: Actor, move: _Move, *, on: date, now: datetime) -> None:
    old = move.current.homeroom_class if move.current else None
    record(
        audit_codes.PLACED,
        actor=actor,
        at=now,
        target=move.student,
        person_id=move.student.person_id,
        unit_id=move.enrollment.school_id,
        before={"class_id": old.pk if old else None, "class": old.name if old else ""},
        after={"class_id": move.target.pk, "class": move.target.name},
        details={"on": on, "class": move.target.name},
    )
