"""The new school receives the pupil on a day and gives a class; from then on the record is its."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import HomeroomClass, further_grades
from khuevan.registry.students.api import (
    AlreadyThere,
    Enrollment,
    EntryKind,
    Facts,
    NewStudent,
    StudentData,
    place_student,
    pupil_free_to_come,
    receive_student,
    register_student,
)
from khuevan.registry.transfers import facts
from khuevan.registry.transfers.actions import posts
from khuevan.registry.transfers.actions.case import (
    LOCKED,
    check_near,
    local_day,
    lock_case,
    move_on,
    require_step,
    require_wished,
)
from khuevan.registry.transfers.actions.releasing import decision_number, other_end
from khuevan.registry.transfers.errors import (
    ClassIsFull,
    DayBeforeRelease,
    OtherSchoolsClass,
    SchoolIsClosed,
)
from khuevan.registry.transfers.kinds import Route, Step
from khuevan.registry.transfers.models import Transfer, TravellingRecord
from khuevan.registry.transfers.travelling import parts
from khuevan.ui.formats import day


@transaction.atomic
def receive(
    *,
    actor: Actor,
    uuid: UUID,
    on: date,
    now: datetime,
    homeroom_class: HomeroomClass | None = None,
    is_sure: bool = False,
    is_day_sure: bool = False,
    plan: str = "",
) -> Transfer:
    """Take a released pupil onto the roll from a day, into a class when given; or a colleague in.

    :raises DayBeforeRelease: before the first day no longer at the old school
    :raises BeforeTheDayWished: before the day that was asked for, unless confirmed
    :raises SchoolIsClosed: when the new school has closed meanwhile
    :raises AlreadyEnrolled, WorksElsewhere: when another school has them on those days
    """
    transfer = lock_case(actor, uuid)
    side = require_step(actor, transfer, Step.RECEIVE)
    check_near(on, today=local_day(now))
    if transfer.released_on is None or on < transfer.released_on:
        raise DayBeforeRelease(day=day(transfer.released_on))
    require_wished(transfer, on, is_day_sure=is_day_sure)
    if transfer.route != Route.OUT:
        _require_open(transfer, on=on)
        take_in = posts.take_in if transfer.is_of_staff else _enroll
        take_in(actor, transfer, on=on, now=now)
    transfer.received_on, transfer.plan = on, plan
    move_on(
        transfer,
        Step.RECEIVE,
        actor=actor,
        side=side,
        on=on,
        now=now,
        columns=(
            "received_on",
            "new_enrollment",
            "student",
            "person",
            "plan",
            "staff_member",
            "new_appointment",
        ),
    )
    if homeroom_class is not None and not transfer.is_of_staff:
        _place(actor, transfer, homeroom_class, on=on, now=now, is_sure=is_sure)
    return transfer


@transaction.atomic
def place(
    *,
    actor: Actor,
    uuid: UUID,
    homeroom_class: HomeroomClass,
    on: date,
    now: datetime,
    is_sure: bool = False,
) -> Transfer:
    """Give a received pupil a class of the new school; the case is done.

    :raises OtherSchoolsClass: when the class is of another school, year or grade
    :raises ClassIsFull: when it holds as many as the circular lets it, unless confirmed
    """
    transfer = lock_case(actor, uuid)
    require_step(actor, transfer, Step.PLACE)
    _place(actor, transfer, homeroom_class, on=on, now=now, is_sure=is_sure)
    return transfer


def _require_open(transfer: Transfer, *, on: date) -> None:
    school = transfer.to_school
    if school is None:
        raise NotFound
    if school.closed_on is not None and school.closed_on <= on:
        name = facts.unit_names([school.pk], on=on).get(school.pk, school.code)
        raise SchoolIsClosed(school=name, day=day(school.closed_on))


def _enroll(actor: Actor, transfer: Transfer, *, on: date, now: datetime) -> None:
    school = transfer.to_school
    if school is None:
        raise NotFound
    student_id = transfer.student_id or _known_outside(transfer, on=on)
    if student_id is None:
        student_id = _register(actor, transfer, school.pk, on=on, now=now)
    else:
        receive_student(
            actor=actor,
            student_id=student_id,
            school_id=school.pk,
            on=on,
            came_from=other_end(transfer, transfer.from_school_id, on=on),
            paper=decision_number(transfer),
            now=now,
        )
    enrollment = facts.enrollment_of(student_id)
    if enrollment is None:
        raise NotFound
    transfer.student_id, transfer.person_id = student_id, enrollment.person_id
    transfer.new_enrollment = enrollment
    _take_in(transfer, enrollment, now=now)


def _known_outside(transfer: Transfer, *, on: date) -> int | None:
    """Return the pupil whom the records know by number, name and birth date, free to come."""
    if not transfer.personal_number:
        return None
    told = Facts(transfer.full_name, transfer.birth_date, personal_number=transfer.personal_number)
    found = pupil_free_to_come(told=told, personal_number=transfer.personal_number, on=on)
    return found.pk if found else None


def _register(actor: Actor, transfer: Transfer, school_id: int, *, on: date, now: datetime) -> int:
    data = StudentData(
        full_name=transfer.full_name,
        sex=transfer.sex,
        birth_date=transfer.birth_date,
        personal_number=transfer.personal_number or None,
    )
    student = register_student(
        actor=actor,
        school_id=school_id,
        new=NewStudent(
            data,
            None,
            on,
            came_from=other_end(transfer, transfer.from_school_id, on=on),
            paper=decision_number(transfer),
        ),
        entry_kind=EntryKind.TRANSFERRED_IN,
        is_another=True,  # the case and its decision say who comes
        now=now,
    )
    return student.pk


def _take_in(transfer: Transfer, enrollment: Enrollment, *, now: datetime) -> None:
    rows = TravellingRecord.objects.unscoped(because=LOCKED).filter(transfer=transfer)
    for row in rows.order_by("pk"):
        if row.part in parts:
            parts.get(row.part).bring(row.content, enrollment)
        row.taken_in_at = now
        row.save(update_fields=["taken_in_at"])


def _place(
    actor: Actor, transfer: Transfer, room: HomeroomClass, *, on: date, now: datetime, is_sure: bool
) -> None:
    check_near(on, today=local_day(now))
    grade = transfer.grade_level
    if grade is None:
        raise NotFound
    taught = {room.grade_level_id, *(one.pk for one in further_grades([room.pk]).get(room.pk, ()))}
    if room.school_id != transfer.to_school_id or grade.pk not in taught:
        raise OtherSchoolsClass(**{"class": room.name, "grade": grade.label})
    if not room.academic_year.starts_on <= on < room.academic_year.ends_on:
        raise OtherSchoolsClass(**{"class": room.name, "grade": grade.label})
    if not is_sure:
        _require_room(room, on=on)
    student = transfer.student
    if student is None:
        raise NotFound
    with suppress(AlreadyThere):  # given on the pupil's own page: the case is closed all the same
        place_student(
            actor=actor, uuid=student.uuid, homeroom_class=room, grade=grade.code, on=on, now=now
        )
    transfer.homeroom_class = room
    side = require_step(actor, transfer, Step.PLACE)
    move_on(
        transfer,
        Step.PLACE,
        actor=actor,
        side=side,
        on=on,
        now=now,
        note=room.name,
        columns=("homeroom_class",),
    )


def _require_room(room: HomeroomClass, *, on: date) -> None:
    limit = facts.class_limit(room, on=on)
    size = facts.class_size(room.pk, on=on)
    if limit is not None and size >= limit:
        raise ClassIsFull(**{"class": room.name, "size": size, "limit": limit})
