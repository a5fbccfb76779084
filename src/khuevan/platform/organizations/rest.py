"""Units for programs: those of a day, one of them, what changed, and changing them."""

from __future__ import annotations

from datetime import date
from typing import Any, Self
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from khuevan.kernel import clock
from khuevan.platform.organizations import comparing, managing, selectors
from khuevan.platform.organizations.actions import UnitPlace
from khuevan.platform.organizations.comparing import Changed
from khuevan.platform.organizations.models import Handed, OrgUnit, OrgUnitVersion
from khuevan.platform.organizations.permissions import MANAGE_UNITS, VIEW_UNITS
from khuevan.platform.organizations.reorganizing import units_by_code
from khuevan.ui.rest import Router, StrictSchema
from khuevan.ui.tables import part_of

PAGE_SIZE = 200

router = Router(tags=["units"])


class UnitOut(Schema):
    """A unit as it is called and placed on a day; `ends_on` is the first day after."""

    uuid: UUID
    code: str
    kind: str
    name: str
    short_name: str
    parent: str
    area: str
    starts_on: date
    ends_on: date | None
    decision: str

    @classmethod
    def of(cls, row: OrgUnitVersion) -> Self:
        """Return the document of a unit."""
        return cls(
            uuid=row.unit.uuid,
            code=row.unit.code,
            kind=row.unit.kind,
            name=row.name,
            short_name=row.short_name,
            parent=row.parent.code if row.parent else "",
            area=row.area.code if row.area else "",
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            decision=row.decision,
        )


class UnitPage(Schema):
    """A part of the list of units; `next` is given as `after` to get the following one."""

    items: list[UnitOut]
    next: str


class SuccessionOut(Schema):
    """Who took over which part of a unit's work, from which day."""

    unit: str
    successor: str
    handed: str
    starts_on: date


class UnitHistoryOut(Schema):
    """One unit through time, with its heirs and whom it succeeded."""

    code: str
    kind: str
    versions: list[UnitOut]
    successions: list[SuccessionOut]


class ChangedOut(Schema):
    """A unit before and after; where either is missing it was opened or ended in between."""

    code: str
    before: UnitOut | None
    after: UnitOut | None
    others: list[str]

    @classmethod
    def of(cls, one: Changed) -> Self:
        """Return the document of a change."""
        return cls(
            code=one.unit.code,
            before=UnitOut.of(one.before) if one.before else None,
            after=UnitOut.of(one.after) if one.after else None,
            others=[other.unit.code for other in one.others],
        )


class ChangesOut(Schema):
    """What differs between two days."""

    created: list[ChangedOut]
    merged: list[ChangedOut]
    closed: list[ChangedOut]
    renamed: list[ChangedOut]
    moved: list[ChangedOut]
    relocated: list[ChangedOut]


class UnitIn(StrictSchema):
    """A unit to open; a school is opened as a school."""

    code: str
    kind: str
    name: str
    short_name: str
    parent: str
    starts_on: date


class RenameIn(StrictSchema):
    """Another name for a unit from a day on."""

    name: str
    short_name: str
    on: date


class MoveIn(StrictSchema):
    """Units that come under another, or are merged into it, from a day on."""

    units: list[str]
    into: str
    on: date
    decision: str


class EndIn(StrictSchema):
    """The end of a unit under which nothing stands; who takes over which part of its work."""

    on: date
    successors: dict[Handed, list[str]] = {}


class UndoIn(StrictSchema):
    """Why the latest change of a unit is taken back."""

    reason: str


@router.get("/units", permission=VIEW_UNITS, response=UnitPage)
def list_units(
    request: HttpRequest, on: date | None = None, under: str = "", kind: str = "", after: str = ""
) -> UnitPage:
    """Return the units of a day by name, of a kind, or those under one, when named."""
    day = on or _actor(request).today
    rows = selectors.units_listed(day)
    if kind:
        rows = rows.filter(unit__kind=kind)
    if under:
        below = selectors.units_under([selectors.unit_by_code(under).pk], on=day)
        rows = rows.filter(unit_id__in=below)
    shown, more = part_of(rows, ("sort_key", "unit_id"), after, size=PAGE_SIZE)
    return UnitPage(items=[UnitOut.of(row) for row in shown], next=more)


@router.get("/units/changes", permission=VIEW_UNITS, response=ChangesOut)
def list_changes(request: HttpRequest, first: date, second: date) -> ChangesOut:
    """Return what differs between the trees of two days."""
    found = comparing.changes_between(*sorted((first, second)))
    return ChangesOut(
        **{
            name: [ChangedOut.of(one) for one in getattr(found, name)]
            for name in ChangesOut.model_fields
        }
    )


@router.get("/units/{code}", permission=VIEW_UNITS, response=UnitHistoryOut)
def get_unit(request: HttpRequest, code: str) -> UnitHistoryOut:
    """Return one unit with all its names and places, and its successions."""
    return _history(selectors.unit_by_code(code))


def _history(unit: OrgUnit) -> UnitHistoryOut:
    return UnitHistoryOut(
        code=unit.code,
        kind=unit.kind,
        versions=[UnitOut.of(row) for row in selectors.versions_of(unit.pk)],
        successions=[
            SuccessionOut(
                unit=row.unit.code,
                successor=row.successor.code,
                handed=row.handed,
                starts_on=row.starts_on,
            )
            for row in comparing.successions_of(unit.pk)
        ],
    )


@router.post("/units", permission=MANAGE_UNITS, response=UnitOut)
def add_unit(request: HttpRequest, body: UnitIn) -> UnitOut:
    """Open a unit under another on a day."""
    actor = _actor(request)
    (parent,) = units_by_code(actor, [body.parent], body.starts_on)
    place = UnitPlace(body.name, body.short_name, parent.unit_id, None)
    opened = managing.add_unit(
        actor=actor,
        code=body.code,
        kind=body.kind,
        place=place,
        starts_on=body.starts_on,
        now=clock.now(),
    )
    return UnitOut.of(selectors.versions_of(opened.pk)[0])


@router.post("/units/{code}/names", permission=MANAGE_UNITS, response=UnitOut)
def rename_unit(request: HttpRequest, code: str, body: RenameIn) -> UnitOut:
    """Give a unit another name from a day on."""
    actor = _actor(request)
    (held,) = units_by_code(actor, [code], body.on)
    renamed = managing.rename_unit(
        actor=actor,
        unit_id=held.unit_id,
        name=body.name,
        short_name=body.short_name,
        on=body.on,
        now=clock.now(),
    )
    return UnitOut.of(renamed)


@router.post("/reorganizations/moves", permission=MANAGE_UNITS, response=list[UnitOut])
def move_units(request: HttpRequest, body: MoveIn) -> list[UnitOut]:
    """Put units under another one from a day on: all of them, or none."""
    moved = managing.move_units(**_reorganized(request, body, "parent_id"))
    return [UnitOut.of(row) for row in moved]


@router.post("/reorganizations/merges", permission=MANAGE_UNITS, response=UnitHistoryOut)
def merge_units(request: HttpRequest, body: MoveIn) -> UnitHistoryOut:
    """Close units and give all they had to another one: all of them, or none."""
    into = managing.merge_units(**_reorganized(request, body, "into_id"))
    return _history(into)


@router.post("/units/{code}/end", permission=MANAGE_UNITS, response=UnitHistoryOut)
def end_unit(request: HttpRequest, code: str, body: EndIn) -> UnitHistoryOut:
    """Close a unit under which nothing stands, and name who takes over what."""
    actor = _actor(request)
    (held,) = units_by_code(actor, [code], body.on)
    heirs = {
        handed: {row.unit_id for row in units_by_code(actor, codes, body.on)}
        for handed, codes in body.successors.items()
    }
    ended = managing.end_unit(
        actor=actor, unit_id=held.unit_id, successors=heirs, on=body.on, now=clock.now()
    )
    return _history(ended)


@router.post("/units/{code}/undo", permission=MANAGE_UNITS, response=UnitHistoryOut)
def undo_change(request: HttpRequest, code: str, body: UndoIn) -> UnitHistoryOut:
    """Take back the latest change of a unit that was entered wrongly."""
    unit = selectors.unit_by_code(code)
    managing.undo_latest_change(
        actor=_actor(request), unit_id=unit.pk, reason=body.reason, now=clock.now()
    )
    return _history(unit)


def _reorganized(request: HttpRequest, body: MoveIn, target: str) -> dict[str, Any]:
    """Return the arguments of an action that brings several units to one."""
    actor = _actor(request)
    (into,) = units_by_code(actor, [body.into], body.on)
    units = units_by_code(actor, body.units, body.on)
    return {
        "actor": actor,
        "unit_ids": [row.unit_id for row in units],
        target: into.unit_id,
        "on": body.on,
        "decision": body.decision,
        "now": clock.now(),
    }


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]
