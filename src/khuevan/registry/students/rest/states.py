"""Long leaves, leavings and the registry book, for programs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from ninja import Schema
from pydantic import Field

from khuevan.kernel import clock
from khuevan.platform.audit.api import stated_purpose
from khuevan.registry.people.api import VIEW_SENSITIVE
from khuevan.registry.schools.api import get_class_for, get_school_for
from khuevan.registry.students import actions
from khuevan.registry.students.models import Enrollment, StudyBreak
from khuevan.registry.students.permissions import EDIT_STUDENTS, VIEW_REGISTRY, VIEW_STUDENTS
from khuevan.registry.students.rest.words import ASKED, Paper, Purpose, router
from khuevan.registry.students.selectors import (
    breaks_of,
    enrollments_of,
    former_of,
    get_break_for,
    numbers_of,
    placements_of,
)
from khuevan.ui.request import Request
from khuevan.ui.rest import StrictSchema
from khuevan.ui.tables import part_of

PAGE_SIZE = 100


class TimeOut(Schema):
    """A time in a school: how it began, how it ended."""

    uuid: UUID
    school: str
    is_primary: bool
    registry_number: str
    entry_kind: str
    came_from: str
    starts_on: date
    exit_kind: str
    exit_reason: str
    exit_paper: str
    went_to: str
    ends_on: date | None

    @classmethod
    def of(cls, row: Enrollment) -> Self:
        """Return the document of an enrollment."""
        told = {name: getattr(row, name) for name in cls.model_fields if name != "school"}
        return cls(school=row.school.code, **told)


class SeatOut(Schema):
    """A time in a class."""

    class_uuid: UUID
    class_name: str
    academic_year: str
    starts_on: date
    ends_on: date | None


class BreakOut(Schema):
    """A long leave."""

    uuid: UUID
    reason: str
    paper: str
    expected_back_on: date | None
    starts_on: date
    ends_on: date | None


class SecondSchoolIn(StrictSchema):
    """A school beside the main one; on `until` it no longer holds."""

    school_code: Annotated[str, Field(max_length=20)]
    on: date
    until: date | None = None
    reason: Annotated[str, Field(min_length=1, max_length=200)]
    paper: Annotated[str, Field(max_length=200)] = ""


class EndSecondIn(StrictSchema):
    """The first day without the second school."""

    on: date
    reason: Annotated[str, Field(max_length=200)] = ""


class SchoolingOut(Schema):
    """A pupil's way through schools and classes, newest first."""

    schools: list[TimeOut]
    classes: list[SeatOut]
    breaks: list[BreakOut]


class LeavingIn(StrictSchema):
    """How and when a pupil leaves the school; to another one by `/students/{uuid}/transfers`."""

    exit_kind: Literal["DROPPED", "COMPLETED", "DECEASED", "ABROAD"]
    on: date
    reason: Paper = ""
    paper: Paper = ""
    went_to: Paper = ""


class BreakIn(StrictSchema):
    """A long leave."""

    on: date
    reason: Paper
    paper: Paper = ""
    expected_back_on: date | None = None


class BackIn(StrictSchema):
    """The first day back, in a class when one is given."""

    on: date
    class_uuid: UUID | None = None


class NumberOut(Schema):
    """A number of the registry book and whom it was given to."""

    number: str
    student: UUID | None
    given_on: date


class NumberPage(Schema):
    """A part of the book; `next` is given as `after` to get the following one."""

    items: list[NumberOut]
    next: str


class NumberingIn(StrictSchema):
    """How the numbers to come are written."""

    number_format: Literal["{yyyy}-{seq}", "{seq}/{yyyy}", "{seq}"]
    gives_numbers: bool = True


class NumberingOut(Schema):
    """How a school numbers its book, and the last number counted."""

    number_format: str
    gives_numbers: bool
    last_number: int


class FormerOut(TimeOut):
    """A time at the school that is over; `has_last_view` when its record was kept."""

    has_last_view: bool


class FormerPage(Schema):
    """A part of the former pupils; `next` is given as `after` to get the following one."""

    items: list[FormerOut]
    next: str


@router.get(
    "/students/{uuid}/schooling",
    permission=VIEW_STUDENTS,
    response=SchoolingOut,
    openapi_extra={"responses": ASKED},
)
def schooling(request: Request, uuid: UUID, purpose: Purpose = "") -> SchoolingOut:
    """Return a pupil's way through schools, classes and leaves."""
    actor = request.actor
    student, _standing = actions.open_record(
        actor=actor,
        uuid=uuid,
        what="schooling",
        now=clock.now(),
        purpose=purpose or stated_purpose(request, uuid),
    )
    return SchoolingOut(
        schools=[TimeOut.of(row) for row in enrollments_of(actor=actor, student=student)],
        classes=[
            SeatOut(
                class_uuid=row.homeroom_class.uuid,
                class_name=row.homeroom_class.name,
                academic_year=row.homeroom_class.academic_year.code,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
            )
            for row in placements_of(actor=actor, student=student)
        ],
        breaks=[BreakOut.from_orm(row) for row in breaks_of(actor=actor, student=student)],
    )


@router.post("/students/{uuid}/leaving", permission=EDIT_STUDENTS, response=TimeOut)
def leave(request: Request, uuid: UUID, body: LeavingIn) -> TimeOut:
    """End a pupil's time in the school."""
    actor = request.actor
    row = actions.end_enrollment(actor=actor, uuid=uuid, now=clock.now(), **body.dict())
    return TimeOut.of(row)


@router.post("/enrollments/{uuid}/take-back", permission=EDIT_STUDENTS, response={200: UUID})
def take_back(request: Request, uuid: UUID) -> UUID:
    """Take a leaving back that was recorded by mistake; return the pupil."""
    actor = request.actor
    student = actions.undo_leaving(actor=actor, enrollment_uuid=uuid, now=clock.now())
    return student.uuid


@router.post("/students/{uuid}/second-schools", permission=EDIT_STUDENTS, response=TimeOut)
def start_second(request: Request, uuid: UUID, body: SecondSchoolIn) -> TimeOut:
    """Let a pupil study at a second school beside the main one."""
    actor = request.actor
    return TimeOut.of(actions.start_second(actor=actor, uuid=uuid, now=clock.now(), **body.dict()))


@router.post("/second-schools/{uuid}/end", permission=EDIT_STUDENTS, response=TimeOut)
def end_second(request: Request, uuid: UUID, body: EndSecondIn) -> TimeOut:
    """End the time at a second school; the main school does, or the second one."""
    actor = request.actor
    return TimeOut.of(
        actions.end_second(actor=actor, enrollment_uuid=uuid, now=clock.now(), **body.dict())
    )


@router.post("/second-schools/{uuid}/undo", permission=EDIT_STUDENTS, response={200: UUID})
def undo_second(request: Request, uuid: UUID) -> UUID:
    """Take back a second school that has not begun before today; return the pupil."""
    actor = request.actor
    return actions.undo_second(actor=actor, enrollment_uuid=uuid, now=clock.now())


@router.post("/students/{uuid}/breaks", permission=EDIT_STUDENTS, response=BreakOut)
def start_break(request: Request, uuid: UUID, body: BreakIn) -> StudyBreak:
    """Let a pupil go on a long leave."""
    actor = request.actor
    return actions.start_break(actor=actor, uuid=uuid, now=clock.now(), **body.dict())


@router.post("/breaks/{uuid}/end", permission=EDIT_STUDENTS, response=BreakOut)
def end_break(request: Request, uuid: UUID, body: BackIn) -> StudyBreak:
    """Let a pupil come back from leave."""
    actor = request.actor
    get_break_for(actor, uuid)
    room = get_class_for(actor, body.class_uuid, EDIT_STUDENTS) if body.class_uuid else None
    return actions.end_break(
        actor=actor, uuid=uuid, on=body.on, homeroom_class=room, now=clock.now()
    )


@router.post("/breaks/{uuid}/undo", permission=EDIT_STUDENTS, response={200: UUID})
def undo_break(request: Request, uuid: UUID) -> UUID:
    """Take a leave back that was recorded by mistake; return the pupil."""
    actor = request.actor
    return actions.undo_break(actor=actor, uuid=uuid, now=clock.now()).student.uuid


@router.post("/breaks/{uuid}/reopen", permission=EDIT_STUDENTS, response=BreakOut)
def undo_return(request: Request, uuid: UUID) -> StudyBreak:
    """Take a return from leave back that was recorded by mistake."""
    actor = request.actor
    return actions.undo_return(actor=actor, uuid=uuid, now=clock.now())


@router.get("/schools/{code}/registry", permission=VIEW_REGISTRY, response=NumberPage)
def registry(request: Request, code: str, after: str = "") -> NumberPage:
    """Return the numbers of a school's registry book, in the order of the book."""
    actor = request.actor
    school = get_school_for(actor, code, VIEW_REGISTRY)
    rows = numbers_of(actor=actor, school_id=school.pk)
    shown, more = part_of(rows, ("position", "number", "pk"), after, size=PAGE_SIZE)
    items = [
        NumberOut(
            number=row.number,
            student=row.student.uuid if row.student else None,
            given_on=row.given_on,
        )
        for row in shown
    ]
    return NumberPage(items=items, next=more)


@router.post("/schools/{code}/registry/numbering", permission=EDIT_STUDENTS, response=NumberingOut)
def numbering(request: Request, code: str, body: NumberingIn) -> Any:
    """Set how the numbers to come are written."""
    actor = request.actor
    school = get_school_for(actor, code, EDIT_STUDENTS)
    return actions.set_numbering(actor=actor, school_id=school.pk, now=clock.now(), **body.dict())


@router.post("/schools/{code}/registry/numbers", permission=EDIT_STUDENTS, response={200: int})
def give_numbers(request: Request, code: str) -> int:
    """Give a number to every pupil on roll who has none; return how many."""
    actor = request.actor
    school = get_school_for(actor, code, EDIT_STUDENTS)
    return actions.number_pupils(actor=actor, school_id=school.pk, now=clock.now())


@router.get("/schools/{code}/former-pupils", permission=VIEW_REGISTRY, response=FormerPage)
def former_pupils(
    request: Request, code: str, after: Annotated[str, Field(max_length=400)] = ""
) -> FormerPage:
    """Return the times at a school that are over, by name."""
    actor = request.actor
    school = get_school_for(actor, code, VIEW_REGISTRY)
    rows: Any = former_of(actor=actor, school_id=school.pk, on=actor.today)
    shown, more = part_of(rows.select_related("school"), ("sort_key", "pk"), after, size=PAGE_SIZE)
    items = [
        FormerOut(**TimeOut.of(row).dict(), has_last_view=hasattr(row, "last_view"))
        for row in shown
    ]
    return FormerPage(items=items, next=more)


@router.get("/former-pupils/{uuid}", permission=VIEW_REGISTRY, response=dict[str, Any])
def last_view(request: Request, uuid: UUID) -> dict[str, Any]:
    """Return a record as the school saw it on the last day, private facts left out."""
    actor = request.actor
    _row, frozen = actions.open_last_view(actor=actor, uuid=uuid, now=clock.now())
    return frozen.model_dump(mode="json", exclude=set(PRIVATE))


@router.post(
    "/former-pupils/{uuid}/sensitive",
    permission=VIEW_SENSITIVE,
    response=dict[str, Any],
    keeps_answer=False,
)
def last_view_sensitive(request: Request, uuid: UUID) -> dict[str, Any]:
    """Return what is masked elsewhere; that it was asked for is kept."""
    actor = request.actor
    _row, frozen = actions.unmask_last_view(actor=actor, uuid=uuid, now=clock.now())
    return frozen.model_dump(mode="json", include=set(PRIVATE))


PRIVATE = (
    "personal_number",
    "ethnicity_code",
    "policy_codes",
    "disability_code",
    "disability_degree",
    "phone",
)
