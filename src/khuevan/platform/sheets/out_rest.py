"""Lists for programs: a unit's list as a file, by the action and under the rules of the page."""

from __future__ import annotations

from typing import Literal

from django.http import HttpResponse

from khuevan.kernel import clock
from khuevan.platform.audit.api import checked_purpose
from khuevan.platform.sheets import actions
from khuevan.platform.sheets.permissions import USE_IMPORTS
from khuevan.platform.sheets.rest_router import router
from khuevan.platform.sheets.selectors import outgoing_for
from khuevan.ui.downloads import XLSX, ZIP, download
from khuevan.ui.request import Request
from khuevan.ui.rest import StrictSchema
from khuevan.ui.tables import FILE_TYPES

TYPES = {**FILE_TYPES, "zip": ZIP}
BYTES = {"schema": {"type": "string", "format": "binary"}}


class ExportIn(StrictSchema):
    """Whose list is taken out, as what, and what for: a code of the usual purposes, or words."""

    unit: str
    purpose: str
    format: Literal["xlsx", "csv", "zip"] = "xlsx"


@router.post(
    "/exports/{kind}",
    permission=USE_IMPORTS,
    keeps_answer=False,
    openapi_extra={
        "responses": {200: {"description": "OK", "content": dict.fromkeys((XLSX, ZIP), BYTES)}}
    },
)
def take_out(request: Request, kind: str, body: ExportIn) -> HttpResponse:
    """Return the list of a school, or of an office with a sheet or file for each school below.

    The columns are those in which it is loaded: read back unchanged, it changes nothing. That the
    list was taken, by whom and what for, stands in the log.
    """
    importer, unit = outgoing_for(request.actor, kind, code=body.unit)
    taken = actions.take_out(
        actor=request.actor,
        importer=importer,
        unit_id=unit.pk,
        kind=body.format,
        purpose=checked_purpose(body.purpose),
        now=clock.now(),
    )
    name = f"{unit.code}-{importer.word}.{body.format}"
    return download(taken.content, name=name, media_type=TYPES[body.format])
