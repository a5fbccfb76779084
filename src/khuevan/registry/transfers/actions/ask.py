"""Opening a case: the old school, the new school or a guardian asks on behalf of the parents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.vietnamese import fold, name_sort_key, split_name
from khuevan.registry.people.api import PUPIL_AGES, check_identity
from khuevan.registry.schools.api import GradeLevel, School
from khuevan.registry.students.api import Enrollment, Student
from khuevan.registry.transfers import facts, rules
from khuevan.registry.transfers.actions.case import (
    check_near,
    local_day,
)
from khuevan.registry.transfers.actions.opening import open_case
from khuevan.registry.transfers.errors import (
    AlreadyAsked,
    GroundsNeeded,
    LeftMeanwhile,
    LevelNotTaught,
    PupilNotFound,
    SameSchool,
    SchoolIsClosed,
)
from khuevan.registry.transfers.kinds import Route, Side
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.permissions import ASK_TRANSFER, RECORD_TRANSFERS
from khuevan.ui.formats import day


@dataclass(frozen=True, slots=True)
class Outside:
    """A school of another province, or of another country."""

    school: str
    province: str
    """Code or name of a province of the day of the move, or of a country."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A pupil as the parents' request names them: all of it has to agree with the record."""

    full_name: str
    birth_date: date
    number: str
    """Personal number or ministry code."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A pupil who comes from outside the province."""

    full_name: str
    birth_date: date
    sex: str
    grade: GradeLevel
    personal_number: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """When a pupil wants to move, and why."""

    moves_on: date
    reason: str
    grade: GradeLevel | None = None
    """The grade at the new school; the one of the last class when nothing is said."""
    grounds: str = ""
    """Why a pupil of a private upper secondary school may go to a public one."""


@transaction.atomic
def ask_to_leave(
    *, actor: Actor, student_uuid: UUID, to: School | Outside, wish: Wish, now: datetime
) -> Transfer:
    """Ask for a pupil of the actor's school, or the actor's own child, to go to another school.

    :raises LeftMeanwhile: when the pupil is on no school's roll
    :raises SameSchool, LevelNotTaught, SchoolIsClosed: when the new school can't be it
    :raises AlreadyAsked: when a transfer of the pupil is open
    """
    student, side = _own_pupil(actor, student_uuid)
    enrollment = facts.enrollment_of(student.pk)
    if enrollment is None:
        raise LeftMeanwhile
    if side == Side.RELEASER and enrollment.school_id not in actor.reach(
        RECORD_TRANSFERS, "school"
    ):
        raise NotFound
    return _open(actor, enrollment, to, wish, side=side, now=now)


@transaction.atomic
def ask_to_come(
    *, actor: Actor, to_school: School, from_school: School, sought: Sought, wish: Wish,
    now: datetime,
) -> Transfer:  # fmt: skip
    """Ask for a pupil of another school, whom the parents' request names, to come to the actor's.

    :raises PupilNotFound: unless name, birth date and number all agree; nothing else is told
    :raises AlreadyAsked: when another school has asked for the pupil
    """
    if to_school.pk not in actor.reach(RECORD_TRANSFERS, "school"):
        raise NotFound
    student = facts.pupil_at(
        from_school.pk,
        full_name=sought.full_name,
        birth_date=sought.birth_date,
        number=sought.number,
        on=local_day(now),
    )
    enrollment = facts.enrollment_of(student.pk) if student else None
    if enrollment is None or enrollment.school_id != from_school.pk:
        names = facts.unit_names([from_school.pk], on=local_day(now))
        raise PupilNotFound(school=names.get(from_school.pk, from_school.code))
    return _open(actor, enrollment, to_school, wish, side=Side.RECEIVER, now=now)


@transaction.atomic
def ask_from_outside(
    *, actor: Actor, to_school: School, outside: Outside, newcomer: Newcomer, wish: Wish,
    now: datetime,
) -> Transfer:  # fmt: skip
    """Open a case for a pupil who comes from a school of another province."""
    if to_school.pk not in actor.reach(RECORD_TRANSFERS, "school"):
        raise NotFound
    grade, today = newcomer.grade, local_day(now)
    check_identity(
        newcomer.full_name,
        newcomer.birth_date,
        ages=PUPIL_AGES,
        today=today,
        personal_number=newcomer.personal_number,
    )
    _check_school(to_school, grade, wish.moves_on, today=today)
    transfer = Transfer(
        full_name=newcomer.full_name,
        birth_date=newcomer.birth_date,
        sex=newcomer.sex,
        personal_number=newcomer.personal_number,
        sort_key=name_sort_key(*split_name(newcomer.full_name)),
        search_name=fold(newcomer.full_name),
        to_school=to_school,
        outside_school=outside.school,
        outside_province=outside.province,
        asked_by=Side.RECEIVER,
    )
    return _begin(actor, transfer, grade, wish, now=now)


def _own_pupil(actor: Actor, uuid: UUID) -> tuple[Student, Side]:
    """Return a pupil of the actor's school, or a child of the actor, and as whom the actor asks."""
    for permission, side in ((RECORD_TRANSFERS, Side.RELEASER), (ASK_TRANSFER, Side.FAMILY)):
        found = (
            Student.objects.visible_to(actor, permission)
            .select_related("person")
            .filter(uuid=uuid)
            .first()
        )
        if found is not None:
            return found, side
    raise NotFound


def _open(
    actor: Actor,
    enrollment: Enrollment,
    to: School | Outside,
    wish: Wish,
    *,
    side: Side,
    now: datetime,
) -> Transfer:
    person = enrollment.person
    grade = wish.grade or facts.grade_of(enrollment.student_id)
    if grade is None:
        raise LevelNotTaught(school="", grade="")
    if isinstance(to, School):
        if to.pk == enrollment.school_id:
            raise SameSchool
        _check_school(to, grade, wish.moves_on, today=local_day(now))
    transfer = Transfer(
        student_id=enrollment.student_id,
        person=person,
        full_name=person.full_name,
        sort_key=person.sort_key,
        search_name=person.search_name,
        birth_date=person.birth_date,
        sex=person.sex,
        from_school_id=enrollment.school_id,
        to_school=to if isinstance(to, School) else None,
        outside_school=to.school if isinstance(to, Outside) else "",
        outside_province=to.province if isinstance(to, Outside) else "",
        asked_by=side,
    )
    return _begin(actor, transfer, grade, wish, now=now)


def _check_school(school: School, grade: GradeLevel, on: date, *, today: date) -> None:
    names = facts.unit_names([school.pk], on=today)
    name = names.get(school.pk, school.code)
    if school.closed_on is not None and school.closed_on <= max(on, today):
        raise SchoolIsClosed(school=name, day=day(school.closed_on))
    if grade.level not in facts.levels_of(school.pk, on=today):
        raise LevelNotTaught(school=name, grade=grade.label)


def _begin(
    actor: Actor, transfer: Transfer, grade: GradeLevel, wish: Wish, *, now: datetime
) -> Transfer:
    """Write the case with what the law of the day asks for, and its first step."""
    today = local_day(now)
    check_near(wish.moves_on, today=today)
    transfer.grade_level, transfer.level = grade, grade.level
    transfer.moves_on, transfer.reason = wish.moves_on, wish.reason
    is_to_public = grade.level == "THPT" and facts.is_to_public(
        transfer.from_school_id, transfer.to_school_id, on=today
    )
    if is_to_public and not wish.grounds:
        raise GroundsNeeded
    transfer.grounds = wish.grounds if is_to_public else ""
    transfer.route = _route(transfer, on=today)
    transfer.in_window = facts.is_usual_time(grade.level, max(wish.moves_on, today))
    open_case(actor, transfer, AlreadyAsked, now=now)
    return transfer


def _route(transfer: Transfer, *, on: date) -> Route:
    if transfer.from_school_id is None:
        return Route.IN
    if transfer.to_school_id is None:
        return Route.OUT
    offices = (
        facts.area_of(school_id, transfer.level, on=on)
        for school_id in (transfer.from_school_id, transfer.to_school_id)
    )
    return rules.route_between(*offices)
