"""Several pupils placed at once for programs, and one's own last move taken back."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from khuevan.kernel import clock
from khuevan.platform.audit.api import current_request_id
from khuevan.registry.schools.api import get_class_for, get_school_for
from khuevan.registry.students import actions
from khuevan.registry.students.permissions import EDIT_STUDENTS
from khuevan.registry.students.rest.words import Grade, router
from khuevan.ui.request import Request
from khuevan.ui.rest import StrictSchema

MOST_PUPILS = 500


class SeatsIn(StrictSchema):
    """Pupils of one class from a day on."""

    students: Annotated[list[UUID], Field(min_length=1, max_length=MOST_PUPILS)]
    grade: Grade = ""
    """The code of their grade, where the class teaches several."""
    on: date


class SeatsOut(Schema):
    """How many moved, and the request by which the move is taken back within an hour."""

    moved: int
    request: UUID | None


class BackOut(Schema):
    """How many are back in their former class."""

    back: int


@router.post("/classes/{uuid}/placements", permission=EDIT_STUDENTS, response=SeatsOut)
def place_many(request: Request, uuid: UUID, body: SeatsIn) -> SeatsOut:
    """Move several pupils of the school to a class: all of them, or none."""
    actor = request.actor
    room = get_class_for(actor, uuid, EDIT_STUDENTS)
    moved = actions.place_students(
        actor=actor,
        classes=dict.fromkeys(body.students, room),
        grades=dict.fromkeys(body.students, body.grade),
        on=body.on,
        now=clock.now(),
    )
    return SeatsOut(moved=moved, request=current_request_id() if moved else None)


@router.post(
    "/schools/{code}/placements/{request_id}/undo", permission=EDIT_STUDENTS, response=BackOut
)
def undo_move(request: Request, code: str, request_id: UUID) -> BackOut:
    """Put the pupils of one's own last move back, within an hour."""
    actor = request.actor
    get_school_for(actor, code, EDIT_STUDENTS)
    back = actions.undo_moves(actor=actor, request_id=request_id, now=clock.now())
    return BackOut(back=back)
