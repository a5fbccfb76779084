"""Staff for programs: who holds which position where; taking on, moving, ending."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Self
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, Field

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.organizations.api import unit_by_code
from khuevan.registry.people.api import with_name
from khuevan.registry.schools.api import get_school_for
from khuevan.registry.staff import actions
from khuevan.registry.staff.actions import NewMember, Post
from khuevan.registry.staff.code_lists import title_label
from khuevan.registry.staff.models import Appointment, EmploymentForm, EndKind, Position
from khuevan.registry.staff.permissions import (
    FILL_POSITIONS,
    MANAGE_STAFF,
    MOVE_STAFF,
    VIEW_RECORDS,
    VIEW_STAFF,
)
from khuevan.registry.staff.rest.words import Sex, Text, choice, digits, router
from khuevan.registry.staff.selectors import (
    appointments,
    appointments_of,
    get_member_for,
    qualifications_of,
    subjects_kept,
    titles_of,
)
from khuevan.ui.formats import masked
from khuevan.ui.request import Request
from khuevan.ui.rest import StrictSchema, Version
from khuevan.ui.tables import part_of

PAGE_SIZE = 100
Employment = Annotated[
    str, AfterValidator(choice(EmploymentForm, empty=True)), Field(max_length=30)
]


class AppointmentOut(Schema):
    """Somebody in a position, since when."""

    uuid: UUID
    staff_member: UUID
    full_name: str
    position: str
    is_primary: bool
    unit: str
    weekly_periods: int | None
    decision: str
    starts_on: date
    ends_on: date | None
    end_kind: str

    @classmethod
    def of(cls, row: Any) -> Self:
        """Return the document of an appointment."""
        return cls(
            uuid=row.uuid,
            staff_member=row.staff_member.uuid,
            full_name=row.person.full_name,
            position=row.position,
            is_primary=row.is_primary,
            unit=row.unit.code,
            weekly_periods=row.weekly_periods,
            decision=row.decision,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            end_kind=row.end_kind,
        )


class StaffPage(Schema):
    """A part of the list of staff; `next` is given as `after` to get the following one."""

    items: list[AppointmentOut]
    next: str


@router.get("/staff", permission=VIEW_STAFF, response=StaffPage)
def list_staff(
    request: Request,
    school: str = "",
    unit: Annotated[str, Field(max_length=20)] = "",
    q: Annotated[str, Field(max_length=100)] = "",
    after: str = "",
) -> StaffPage:
    """Return the staff within reach, of one school, office or name when given, by name."""
    actor = request.actor
    rows: Any = appointments(actor=actor, on=actor.today).select_related("unit")
    if school:
        rows = rows.filter(unit_id=get_school_for(actor, school, VIEW_STAFF).pk)
    if unit:
        rows = rows.filter(unit=unit_by_code(unit))
    if q:
        rows = with_name(rows, q)
    shown, more = part_of(rows, ("person__sort_key", "pk"), after, size=PAGE_SIZE)
    return StaffPage(items=[AppointmentOut.of(row) for row in shown], next=more)


class SubjectOut(Schema):
    """A subject somebody was trained for or teaches."""

    uuid: UUID
    subject_name: str
    tie: str
    starts_on: date
    ends_on: date | None


class TitleOut(Schema):
    """A professional title by its code, and in words."""

    uuid: UUID
    code: str
    name: str
    decision: str
    starts_on: date
    ends_on: date | None

    @classmethod
    def of(cls, row: Any) -> Self:
        """Return the document of a title."""
        return cls(
            uuid=row.uuid,
            code=row.code,
            name=title_label(row.code),
            decision=row.decision,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )


class QualificationOut(Schema):
    """A degree or certificate."""

    uuid: UUID
    kind: str
    level: str
    field: str
    issuer: str
    issued_year: int | None


class MemberOut(Schema):
    """A staff member's record; nothing sensitive in full."""

    uuid: UUID
    full_name: str
    birth_date: date | None
    sex: str
    moet_code: str
    personal_number_masked: str
    version: int
    appointments: list[AppointmentOut]
    subjects: list[SubjectOut]
    titles: list[TitleOut]
    qualifications: list[QualificationOut]


class PostIn(StrictSchema):
    """A position from a day on."""

    position: Annotated[str, AfterValidator(choice(Position)), Field(max_length=30)]
    starts_on: date
    ends_on: date | None = None
    employment: Employment = ""
    decision: Annotated[str, Field(max_length=120)] = ""
    decided_by: Annotated[str, Field(max_length=160)] = ""

    def post(self, **more: Any) -> Post:
        """Return the plain value."""
        own = {name: getattr(self, name) for name in PostIn.model_fields}
        return Post(**own, **more)


class TakeOnIn(PostIn):
    """Somebody new to a unit; `is_another` answers staff.perhaps_known."""

    unit: Text
    full_name: Annotated[str, AfterValidator(normalize), Field(min_length=1, max_length=180)]
    birth_date: date
    sex: Sex
    personal_number: Annotated[str, AfterValidator(digits), Field(max_length=30)] = ""
    moet_code: Annotated[str, Field(max_length=20)] = ""
    phone: Text = ""
    is_another: bool = False


class IdentityIn(StrictSchema):
    """Who somebody is, as it should read."""

    version: Version
    full_name: Annotated[str, AfterValidator(normalize), Field(min_length=1, max_length=180)]
    birth_date: date
    sex: Sex
    personal_number: Annotated[str, AfterValidator(digits), Field(max_length=30)] = ""
    moet_code: Annotated[str, Field(max_length=20)] = ""
    phone: Text = ""


class SecondIn(StrictSchema):
    """A second school for some lessons a week, as a decision says."""

    school: Text
    weekly_periods: Annotated[int, Field(ge=1, le=40)]
    starts_on: date
    ends_on: date | None = None
    decision: Annotated[str, Field(min_length=1, max_length=120)]
    decided_by: Annotated[str, Field(min_length=1, max_length=160)]


class AppointmentEndIn(StrictSchema):
    """An end: the first day on which it no longer holds."""

    on: date
    kind: Annotated[str, AfterValidator(choice(EndKind)), Field(max_length=30)]
    decision: Annotated[str, Field(max_length=120)] = ""


@router.get("/staff/{uuid}", permission=VIEW_RECORDS, response=MemberOut)
def read_member(request: Request, uuid: UUID) -> MemberOut:
    """Return a staff member's record; that it was opened is kept."""
    actor = request.actor
    actions.open_record(actor=actor, uuid=uuid, what="overview", now=clock.now())
    return _out(actor, uuid)


def _out(actor: Actor, uuid: UUID) -> MemberOut:
    member = get_member_for(actor, uuid)
    person = member.person
    return MemberOut(
        uuid=member.uuid,
        full_name=person.full_name,
        birth_date=person.birth_date,
        sex=person.sex,
        moet_code=member.moet_code or "",
        personal_number_masked=masked(person.personal_number or ""),
        version=person.version,
        appointments=[AppointmentOut.of(row) for row in appointments_of(member)],
        subjects=[SubjectOut.from_orm(row) for row in subjects_kept(member)],
        titles=[TitleOut.of(row) for row in titles_of(member)],
        qualifications=[QualificationOut.from_orm(row) for row in qualifications_of(member)],
    )


@router.post("/staff", permission=FILL_POSITIONS, response=AppointmentOut)
def take_on(request: Request, body: TakeOnIn) -> AppointmentOut:
    """Take somebody on in a unit: the person of the personal number, else a new one."""
    appointment = actions.take_on(
        actor=request.actor,
        unit_id=unit_by_code(body.unit).pk,
        who=NewMember(
            full_name=body.full_name,
            birth_date=body.birth_date,
            sex=body.sex,
            personal_number=body.personal_number,
            moet_code=body.moet_code,
            phone=body.phone,
        ),
        post=body.post(),
        is_another=body.is_another,
        now=clock.now(),
    )
    return AppointmentOut.of(appointment)


@router.post("/staff/{uuid}/identity", permission=MANAGE_STAFF, response=MemberOut)
def correct_identity(request: Request, uuid: UUID, body: IdentityIn) -> MemberOut:
    """Correct a slip in who a colleague is, on the version that was read."""
    actor, told = request.actor, body.dict()
    version = told.pop("version")
    actions.correct_identity(
        actor=actor,
        member_uuid=uuid,
        version=version,
        told=actions.Identity(**told),
        now=clock.now(),
    )
    return _out(actor, uuid)


@router.post("/staff/{uuid}/second-schools", permission=MOVE_STAFF, response=AppointmentOut)
def second_school(request: Request, uuid: UUID, body: SecondIn) -> AppointmentOut:
    """Let somebody teach at a second school; the main one counts them on."""
    appointment = actions.appoint_second(
        actor=request.actor,
        member_uuid=uuid,
        school_id=unit_by_code(body.school).pk,
        post=Post(
            position=Position.TEACHER,
            starts_on=body.starts_on,
            ends_on=body.ends_on,
            is_primary=False,
            weekly_periods=body.weekly_periods,
            decision=body.decision,
            decided_by=body.decided_by,
        ),
        now=clock.now(),
    )
    return AppointmentOut.of(appointment)


@router.post("/appointments/{uuid}/change", permission=FILL_POSITIONS, response=AppointmentOut)
def change_position(request: Request, uuid: UUID, body: PostIn) -> AppointmentOut:
    """Give somebody another position in the unit from a day on."""
    appointment = actions.change_position(
        actor=request.actor,
        uuid=uuid,
        post=body.post(),
        now=clock.now(),
    )
    return AppointmentOut.of(appointment)


@router.post("/appointments/{uuid}/end", permission=FILL_POSITIONS, response=AppointmentOut)
def end_appointment(request: Request, uuid: UUID, body: AppointmentEndIn) -> AppointmentOut:
    """End a position with the classes and lessons that rest on it."""
    appointment = actions.end_appointment(
        actor=request.actor,
        uuid=uuid,
        now=clock.now(),
        **body.dict(),
    )
    return AppointmentOut.of(appointment)


@router.post("/appointments/{uuid}/undo", permission=FILL_POSITIONS, response=AppointmentOut)
def undo_ending(request: Request, uuid: UUID) -> AppointmentOut:
    """Take back an end recorded by mistake."""
    appointment: Appointment = actions.undo_ending(
        actor=request.actor,
        uuid=uuid,
        now=clock.now(),
    )
    return AppointmentOut.of(appointment)
