"""The one way a stored file leaves: as a download, after its door."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse

from khuevan.kernel import clock
from khuevan.kernel.actor import SIGNED_IN
from khuevan.platform.files import actions, selectors
from khuevan.platform.files.kinds import UNIT_DECISION
from khuevan.platform.files.models import StoredFile
from khuevan.platform.organizations.api import VIEW_UNITS
from khuevan.ui.page import page
from khuevan.ui.request import Request


@page(SIGNED_IN, methods=("GET",))
def download(request: Request, uuid: UUID) -> FileResponse:
    """Send a file as an attachment that no browser runs or guesses at."""
    return _sent(request, selectors.get_file_for(request.actor, uuid))


@page(VIEW_UNITS, methods=("GET",))
def unit_decision(request: Request, uuid: UUID) -> FileResponse:
    """Send the scan of a decision on units: as public as the directory of units."""
    return _sent(request, selectors.get_public_file(uuid, kind=UNIT_DECISION))


def _sent(request: Request, file: StoredFile) -> FileResponse:
    content = selectors.open_content(file)
    actions.note_download(actor=request.actor, file=file, now=clock.now())
    response = FileResponse(
        content, as_attachment=True, filename=file.name, content_type=file.content_type
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
