"""Areas for programs: those with a name or code, and what became of them."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Schema

from khuevan.platform.areas import selectors
from khuevan.platform.areas.permissions import VIEW_AREAS
from khuevan.ui.rest import Router

MOST = 200

router = Router(tags=["areas"])


class AreaOut(Schema):
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


@router.get("/areas", permission=VIEW_AREAS, response=list[AreaOut])
def list_areas(request: HttpRequest, q: str, on: date | None = None) -> list[AreaOut]:
    """Return the areas with this code, else with this name, of all times or of a day."""
    found = selectors.areas_found(q, on=on, limit=MOST)
    return [
        AreaOut(
            code=one.area.code,
            kind=one.area.kind,
            subtype=one.area.subtype,
            full_name=one.area.full_name,
            parent_code=one.area.parent_code,
            starts_on=one.area.starts_on,
            ends_on=one.area.ends_on,
            listed_since=one.area.listed_since,
            source=one.area.source,
            became=[area.code for area in one.became],
            came_from=[area.code for area in one.came_from],
        )
        for one in selectors.traced(found)
    ]
