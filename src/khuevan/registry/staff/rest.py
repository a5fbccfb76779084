"""Staff for programs: who holds which position where."""

from __future__ import annotations

from datetime import date
from typing import Any, Self
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from khuevan.registry.schools.api import get_school_for
from khuevan.registry.staff.permissions import VIEW_STAFF
from khuevan.registry.staff.selectors import appointments
from khuevan.ui.rest import Router
from khuevan.ui.tables import part_of

PAGE_SIZE = 100

router = Router(tags=["staff"])


class AppointmentOut(Schema):
    """Somebody in a position, since when."""

    uuid: UUID
    full_name: str
    position: str
    is_primary: bool
    unit: str
    starts_on: date
    ends_on: date | None

    @classmethod
    def of(cls, row: Any) -> Self:
        """Return the document of an appointment."""
        return cls(
            uuid=row.uuid,
            full_name=row.person.full_name,
            position=row.position,
            is_primary=row.is_primary,
            unit=row.unit.code,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )


class StaffPage(Schema):
    """A part of the list of staff; `next` is given as `after` to get the following one."""

    items: list[AppointmentOut]
    next: str


@router.get("/staff", permission=VIEW_STAFF, response=StaffPage)
def list_staff(request: HttpRequest, school: str = "", after: str = "") -> StaffPage:
    """Return the staff within reach, of one school when given, by name."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = appointments(actor=actor, on=actor.today).select_related("unit")
    if school:
        rows = rows.filter(unit_id=get_school_for(actor, school, VIEW_STAFF).pk)
    shown, more = part_of(rows, ("person__sort_key", "pk"), after, size=PAGE_SIZE)
    return StaffPage(items=[AppointmentOut.of(row) for row in shown], next=more)
