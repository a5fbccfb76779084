"""Units for programs: those of a day, one of them, what changed, and changing them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Query

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.platform.areas.api import areas_on
from khuevan.platform.organizations import comparing, selectors
from khuevan.platform.organizations.actions import linking, managing, undoing
from khuevan.platform.organizations.actions.units import UnitPlace
from khuevan.platform.organizations.models import (
    OrgUnit,
)
from khuevan.platform.organizations.permissions import MANAGE_UNITS, VIEW_UNITS
from khuevan.platform.organizations.reorganizing import units_by_code
from khuevan.platform.organizations.rest_schemas import (
    AliasIn,
    AliasOut,
    ChangedOut,
    LinkEndIn,
    LinkIn,
    LinkOut,
    MoveIn,
    RenameIn,
    SplitIn,
    SuccessionOut,
    TwoDaysIn,
    UndoIn,
    UnitChangesOut,
    UnitEndIn,
    UnitHistoryOut,
    UnitIn,
    UnitOut,
    UnitPage,
)
from khuevan.ui.request import Request
from khuevan.ui.rest import Router
from khuevan.ui.tables import part_of

PAGE_SIZE = 200

router = Router(tags=["units"])


@router.get("/units", permission=VIEW_UNITS, response=UnitPage)
def list_units(
    request: Request, on: date | None = None, under: str = "", kind: str = "", after: str = ""
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


@router.get("/units/changes", permission=VIEW_UNITS, response=UnitChangesOut)
def list_changes(request: Request, asked: Query[TwoDaysIn]) -> UnitChangesOut:
    """Return what differs between the trees of two days."""
    found = comparing.changes_between(*sorted((asked.first, asked.second)))
    return UnitChangesOut(
        **{
            name: [ChangedOut.of(one) for one in getattr(found, name)]
            for name in UnitChangesOut.model_fields
        }
    )


@router.get("/units/{code}", permission=VIEW_UNITS, response=UnitHistoryOut)
def get_unit(request: Request, code: str) -> UnitHistoryOut:
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
        aliases=[
            AliasOut(code=row.code, source=row.source, starts_on=row.starts_on, ends_on=row.ends_on)
            for row in selectors.aliases_of(unit.pk)
        ],
        links=[LinkOut.of(row) for row in selectors.links_of(unit.pk)],
    )


@router.post("/units", permission=MANAGE_UNITS, response=UnitOut)
def add_unit(request: Request, body: UnitIn) -> UnitOut:
    """Open a unit under another on a day."""
    actor = _actor(request)
    (parent,) = units_by_code(actor, [body.parent], body.starts_on)
    area_id = None
    if body.area:
        area_id = (
            areas_on(body.starts_on).filter(code=body.area).values_list("pk", flat=True).first()
        )
        if area_id is None:
            raise NotFound
    place = UnitPlace(body.name, body.short_name, parent.unit_id, area_id)
    opened = managing.add_unit(
        actor=actor,
        code=body.code,
        kind=body.kind,
        place=place,
        starts_on=body.starts_on,
        decision=body.decided,
        now=clock.now(),
    )
    return UnitOut.of(selectors.versions_of(opened.pk)[0])


@router.post("/units/{code}/names", permission=MANAGE_UNITS, response=UnitOut)
def rename_unit(request: Request, code: str, body: RenameIn) -> UnitOut:
    """Give a unit another name from a day on."""
    actor = _actor(request)
    (held,) = units_by_code(actor, [code], body.on)
    renamed = managing.rename_unit(
        actor=actor,
        unit_id=held.unit_id,
        name=body.name,
        short_name=body.short_name,
        kind=body.kind,
        on=body.on,
        decision=body.decided,
        now=clock.now(),
    )
    return UnitOut.of(renamed)


@router.post("/reorganizations/moves", permission=MANAGE_UNITS, response=list[UnitOut])
def move_units(request: Request, body: MoveIn) -> list[UnitOut]:
    """Put units under another one from a day on: all of them, or none."""
    moved = managing.move_units(**_reorganized(request, body, "parent_id"))
    return [UnitOut.of(row) for row in moved]


@router.post("/reorganizations/merges", permission=MANAGE_UNITS, response=UnitHistoryOut)
def merge_units(request: Request, body: MoveIn) -> UnitHistoryOut:
    """Close units and give all they had to another one: all of them, or none."""
    into = managing.merge_units(**_reorganized(request, body, "into_id"))
    return _history(into)


@router.post("/units/{code}/split", permission=MANAGE_UNITS, response=UnitHistoryOut)
def split_unit(request: Request, code: str, body: SplitIn) -> UnitHistoryOut:
    """Close a unit and divide what stands under it among others."""
    actor = _actor(request)
    (held,) = units_by_code(actor, [code], body.on)
    heirs = {row.unit.code: row.unit_id for row in units_by_code(actor, body.parts, body.on)}
    (registers,) = units_by_code(actor, [body.registers_to], body.on)
    divided = managing.split_unit(
        actor=actor,
        unit_id=held.unit_id,
        parts={
            heirs[heir]: [row.unit_id for row in units_by_code(actor, share, body.on)]
            for heir, share in body.parts.items()
        },
        registers_to=registers.unit_id,
        on=body.on,
        decision=body.decided,
        now=clock.now(),
    )
    return _history(divided)


@router.post("/units/{code}/end", permission=MANAGE_UNITS, response=UnitHistoryOut)
def end_unit(request: Request, code: str, body: UnitEndIn) -> UnitHistoryOut:
    """Close a unit under which nothing stands, and name who takes over what."""
    actor = _actor(request)
    (held,) = units_by_code(actor, [code], body.on)
    heirs = {
        handed: {row.unit_id for row in units_by_code(actor, codes, body.on)}
        for handed, codes in body.successors.items()
    }
    ended = managing.end_unit(
        actor=actor,
        unit_id=held.unit_id,
        successors=heirs,
        on=body.on,
        decision=body.decided,
        now=clock.now(),
    )
    return _history(ended)


@router.post("/units/{code}/undo", permission=MANAGE_UNITS, response=UnitHistoryOut)
def undo_change(request: Request, code: str, body: UndoIn) -> UnitHistoryOut:
    """Take back the latest change of a unit that was entered wrongly."""
    unit = selectors.unit_by_code(code)
    undoing.undo_latest_change(
        actor=_actor(request), unit_id=unit.pk, reason=body.reason, now=clock.now()
    )
    return _history(unit)


@router.post("/units/{code}/codes", permission=MANAGE_UNITS, response=UnitHistoryOut)
def add_code(request: Request, code: str, body: AliasIn) -> UnitHistoryOut:
    """Write down which code another register gives a unit."""
    unit = selectors.unit_by_code(code)
    linking.add_alias(actor=_actor(request), unit_id=unit.pk, now=clock.now(), **body.dict())
    return _history(unit)


@router.post("/units/{code}/links", permission=MANAGE_UNITS, response=LinkOut)
def add_link(request: Request, code: str, body: LinkIn) -> LinkOut:
    """Let a unit answer to another one beside its manager."""
    link = linking.add_link(
        actor=_actor(request),
        unit_id=selectors.unit_by_code(code).pk,
        master_id=selectors.unit_by_code(body.master).pk,
        kind=body.kind,
        starts_on=body.starts_on,
        decision=body.decision,
        now=clock.now(),
    )
    return LinkOut.of(link)


@router.post("/unit-links/{uuid}/end", permission=MANAGE_UNITS, response=LinkOut)
def end_link(request: Request, uuid: UUID, body: LinkEndIn) -> LinkOut:
    """End a link on a day."""
    return LinkOut.of(
        linking.end_link(actor=_actor(request), uuid=uuid, on=body.on, now=clock.now())
    )


def _reorganized(request: Request, body: MoveIn, target: str) -> dict[str, Any]:
    """Return the arguments of an action that brings several units to one."""
    actor = _actor(request)
    (into,) = units_by_code(actor, [body.into], body.on)
    units = units_by_code(actor, body.units, body.on)
    return {
        "actor": actor,
        "unit_ids": [row.unit_id for row in units],
        target: into.unit_id,
        "on": body.on,
        "decision": body.decided,
        "now": clock.now(),
    }


def _actor(request: Request) -> Any:
    return request.actor
