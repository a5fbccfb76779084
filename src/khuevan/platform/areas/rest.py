"""Areas for programs: those with a name or code, and what became of them."""

from __future__ import annotations

from datetime import date

from ninja import Schema

from khuevan.platform.areas import selectors
from khuevan.platform.areas.models import Area
from khuevan.platform.areas.permissions import VIEW_AREAS
from khuevan.ui.request import Request
from khuevan.ui.rest import Document, Router
from khuevan.ui.tables import part_of

MOST = 200
PART = 500

router = Router(tags=["areas"])


class AreaOut(Document):
    """An area under its code in a period; codes are used again, so the first day belongs to it."""

    code: str
    kind: str
    subtype: str
    full_name: str
    parent_code: str
    starts_on: date
    ends_on: date | None
    listed_since: date | None
    source: str
    became: list[str]
    came_from: list[str]


class AllAreasOut(Schema):
    """A part of all areas; `next` is given as `after`. `version` changes when any of them does."""

    items: list[AreaOut]
    next: str
    version: str


@router.get("/areas", permission=VIEW_AREAS, response=list[AreaOut])
def list_areas(request: Request, q: str, on: date | None = None) -> list[AreaOut]:
    """Return the areas with this code, else with this name, of all times or of a day."""
    found = selectors.areas_found(q, on=on, limit=MOST)
    return [_area(one) for one in selectors.traced(found)]


@router.get("/areas/all", permission=VIEW_AREAS, response=AllAreasOut)
def list_all_areas(request: Request, after: str = "", version: str = "") -> AllAreasOut:
    """Return all areas of all times in parts, or none when nothing changed since a version."""
    now = selectors.version()
    if version == now and not after:
        return AllAreasOut(items=[], next="", version=now)
    rows, more = part_of(Area.objects.all(), ("code", "starts_on"), after, size=PART)
    items = [_area(one) for one in selectors.traced(rows)]
    return AllAreasOut(items=items, next=more, version=now)


def _area(one: selectors.Traced) -> AreaOut:
    return AreaOut.of(
        one.area,
        became=[other.code for other in one.became],
        came_from=[other.code for other in one.came_from],
    )
