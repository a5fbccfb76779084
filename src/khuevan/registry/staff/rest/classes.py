"""Classes, lessons, leaves and standing in, for programs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Self
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, Field

from khuevan.kernel import clock
from khuevan.registry.schools.api import get_class_for, get_school_for
from khuevan.registry.staff import actions
from khuevan.registry.staff.actions import NewLeave
from khuevan.registry.staff.code_lists import known_subject
from khuevan.registry.staff.models import DutyKind, LeaveKind, QualificationKind, SubjectTie
from khuevan.registry.staff.permissions import MANAGE_STAFF
from khuevan.registry.staff.rest.people import QualificationOut, SubjectOut, TitleOut
from khuevan.registry.staff.rest.words import Text, choice, router
from khuevan.registry.staff.selectors import class_staff, get_member_for, leaves_at
from khuevan.ui.request import Request
from khuevan.ui.rest import StrictSchema


class DutyOut(Schema):
    """A duty of somebody in a class; no subject means being in charge of it."""

    uuid: UUID
    staff_member: UUID
    full_name: str
    subject_name: str
    starts_on: date
    ends_on: date | None

    @classmethod
    def of(cls, row: Any) -> Self:
        """Return the document of an assignment or of a standing in."""
        return cls(
            uuid=row.uuid,
            staff_member=row.staff_member.uuid,
            full_name=row.person.full_name,
            subject_name=getattr(row, "subject_name", ""),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )


class LeaveOut(Schema):
    """Somebody away; `ends_on` is the first day back."""

    uuid: UUID
    staff_member: UUID
    full_name: str
    kind: str
    starts_on: date
    ends_on: date
    expected_on: date
    pauses_classes: bool
    paper: str

    @classmethod
    def of(cls, row: Any) -> Self:
        """Return the document of a leave."""
        own = {
            name: getattr(row, name)
            for name in cls.model_fields
            if name not in ("staff_member", "full_name")
        }
        return cls(**own, staff_member=row.staff_member.uuid, full_name=row.person.full_name)


class AssignIn(StrictSchema):
    """A teacher for a class from a day on."""

    staff_member: UUID
    starts_on: date


class LessonsIn(AssignIn):
    """Lessons of a subject; others who teach it stand in the way unless one of these is said."""

    subject_name: Annotated[str, Field(min_length=1, max_length=60)]
    is_shared: bool = False
    takes_over: bool = False


class OnIn(StrictSchema):
    """The first day on which it no longer holds."""

    on: date


class AbsenceIn(StrictSchema):
    """A leave; `returns_on` is the expected first day back."""

    staff_member: UUID
    school: Text
    kind: Annotated[str, AfterValidator(choice(LeaveKind)), Field(max_length=30)]
    starts_on: date
    returns_on: date
    pauses_classes: bool = True
    paper: Annotated[str, Field(max_length=120)] = ""
    note: Annotated[str, Field(max_length=200)] = ""


class SubstituteIn(StrictSchema):
    """A colleague for one duty during a leave."""

    class_uuid: UUID
    duty: Annotated[str, AfterValidator(choice(DutyKind)), Field(max_length=30)]
    subject_name: Annotated[str, Field(max_length=60)] = ""
    staff_member: UUID
    starts_on: date
    ends_on: date


class SubjectIn(StrictSchema):
    """A subject somebody was trained for or teaches, since a day."""

    subject_name: Annotated[str, Field(max_length=60)]
    tie: Annotated[str, AfterValidator(choice(SubjectTie)), Field(max_length=30)]
    starts_on: date


class TitleIn(StrictSchema):
    """A professional title from a day on."""

    code: Annotated[str, Field(max_length=20)]
    starts_on: date
    decision: Annotated[str, Field(max_length=120)] = ""


class QualificationIn(StrictSchema):
    """A degree or certificate."""

    kind: Annotated[str, AfterValidator(choice(QualificationKind)), Field(max_length=30)]
    field: Annotated[str, Field(max_length=120)] = ""
    issuer: Annotated[str, Field(max_length=160)] = ""
    issued_year: Annotated[int, Field(ge=1950, le=2100)] | None = None


@router.get("/classes/{uuid}/staff", permission=MANAGE_STAFF, response=list[DutyOut])
def staff_of_class(request: Request, uuid: UUID) -> list[DutyOut]:
    """Return everybody who is or was responsible for a class this year, newest first."""
    actor = request.actor
    room = get_class_for(actor, uuid, MANAGE_STAFF)
    staff = class_staff(actor=actor, class_ids=[room.pk], permission=MANAGE_STAFF)[room.pk]
    return [DutyOut.of(row) for row in (*staff.homerooms, *staff.lessons)]


@router.post("/classes/{uuid}/homeroom-teacher", permission=MANAGE_STAFF, response=DutyOut)
def assign_homeroom(request: Request, uuid: UUID, body: AssignIn) -> DutyOut:
    """Put a teacher in charge of a class from a day on, in place of whoever was."""
    actor = request.actor
    row = actions.assign_homeroom(
        actor=actor,
        homeroom_class=get_class_for(actor, uuid, MANAGE_STAFF),
        member=get_member_for(actor, body.staff_member, MANAGE_STAFF),
        starts_on=body.starts_on,
        now=clock.now(),
    )
    return DutyOut.of(row)


@router.post("/classes/{uuid}/lessons", permission=MANAGE_STAFF, response=DutyOut)
def assign_lessons(request: Request, uuid: UUID, body: LessonsIn) -> DutyOut:
    """Let a teacher teach a subject in a class from a day on."""
    actor = request.actor
    row = actions.assign_teaching(
        actor=actor,
        homeroom_class=get_class_for(actor, uuid, MANAGE_STAFF),
        member=get_member_for(actor, body.staff_member, MANAGE_STAFF),
        subject_name=known_subject(body.subject_name),
        starts_on=body.starts_on,
        is_shared=body.is_shared,
        takes_over=body.takes_over,
        now=clock.now(),
    )
    return DutyOut.of(row)


@router.post("/homeroom-assignments/{uuid}/end", permission=MANAGE_STAFF, response=DutyOut)
def end_homeroom(request: Request, uuid: UUID, body: OnIn) -> DutyOut:
    """Let a class be without a homeroom teacher from a day on."""
    actor = request.actor
    return DutyOut.of(actions.end_homeroom(actor=actor, uuid=uuid, on=body.on, now=clock.now()))


@router.post("/teaching-assignments/{uuid}/end", permission=MANAGE_STAFF, response=DutyOut)
def end_lessons(request: Request, uuid: UUID, body: OnIn) -> DutyOut:
    """End somebody's lessons in a class on a day."""
    actor = request.actor
    return DutyOut.of(actions.end_teaching(actor=actor, uuid=uuid, on=body.on, now=clock.now()))


@router.get("/schools/{code}/staff-leaves", permission=MANAGE_STAFF, response=list[LeaveOut])
def list_leaves(request: Request, code: str) -> list[LeaveOut]:
    """Return who is or will be away at a school."""
    actor = request.actor
    school = get_school_for(actor, code, MANAGE_STAFF)
    rows = leaves_at(actor=actor, school_id=school.pk, on=actor.today, permission=MANAGE_STAFF)
    return [LeaveOut.of(row) for row in rows]


@router.post("/staff-leaves", permission=MANAGE_STAFF, response=LeaveOut)
def record_leave(request: Request, body: AbsenceIn) -> LeaveOut:
    """Keep that somebody is away."""
    actor = request.actor
    told = body.dict(exclude={"staff_member", "school"})
    row = actions.record_leave(
        actor=actor,
        member_uuid=body.staff_member,
        school_id=get_school_for(actor, body.school, MANAGE_STAFF).pk,
        new=NewLeave(**told),
        now=clock.now(),
    )
    return LeaveOut.of(row)


@router.post("/staff-leaves/{uuid}/return", permission=MANAGE_STAFF, response=LeaveOut)
def change_return(request: Request, uuid: UUID, body: OnIn) -> LeaveOut:
    """Let somebody be back on another day; who stands in and all access follow at once."""
    actor = request.actor
    return LeaveOut.of(actions.change_return(actor=actor, uuid=uuid, on=body.on, now=clock.now()))


@router.post("/staff-leaves/{uuid}/substitutes", permission=MANAGE_STAFF, response=DutyOut)
def add_substitute(request: Request, uuid: UUID, body: SubstituteIn) -> DutyOut:
    """Let a colleague stand in for one duty during a leave."""
    actor = request.actor
    row = actions.add_substitute(
        actor=actor,
        leave_uuid=uuid,
        room=get_class_for(actor, body.class_uuid, MANAGE_STAFF),
        duty=body.duty,
        subject_name=body.subject_name,
        member_uuid=body.staff_member,
        starts_on=body.starts_on,
        ends_on=body.ends_on,
        now=clock.now(),
    )
    return DutyOut.of(row)


@router.post("/substitutions/{uuid}/end", permission=MANAGE_STAFF, response={204: None})
def end_substitution(request: Request, uuid: UUID, body: OnIn) -> tuple[int, None]:
    """End somebody's standing in on a day."""
    actor = request.actor
    actions.end_substitution(actor=actor, uuid=uuid, on=body.on, now=clock.now())
    return 204, None


@router.post("/staff/{uuid}/subjects", permission=MANAGE_STAFF, response=SubjectOut)
def add_subject(request: Request, uuid: UUID, body: SubjectIn) -> SubjectOut:
    """Keep that somebody was trained for a subject, or teaches it."""
    row = actions.add_subject(
        actor=request.actor,
        member_uuid=uuid,
        now=clock.now(),
        **body.dict(),
    )
    return SubjectOut.from_orm(row)


@router.post("/staff/{uuid}/titles", permission=MANAGE_STAFF, response=TitleOut)
def give_title(request: Request, uuid: UUID, body: TitleIn) -> TitleOut:
    """Keep a professional title from a day on, in place of the one that held."""
    row = actions.give_title(
        actor=request.actor,
        member_uuid=uuid,
        now=clock.now(),
        **body.dict(),
    )
    return TitleOut.of(row)


@router.post("/staff/{uuid}/qualifications", permission=MANAGE_STAFF, response=QualificationOut)
def add_qualification(request: Request, uuid: UUID, body: QualificationIn) -> QualificationOut:
    """Keep a degree or certificate of somebody."""
    row = actions.add_qualification(
        actor=request.actor,
        member_uuid=uuid,
        now=clock.now(),
        **body.dict(),
    )
    return QualificationOut.from_orm(row)
