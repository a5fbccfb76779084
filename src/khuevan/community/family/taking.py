"""A family takes a copy of a child's record along, as a file."""

from __future__ import annotations

import io
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from khuevan.community.family import actions
from khuevan.community.family.held import whole_record
from khuevan.community.family.permissions import TAKE_RECORD
from khuevan.kernel import clock
from khuevan.platform.sheets.api import SheetToWrite, write_workbook
from khuevan.ui.downloads import XLSX, download, file_name
from khuevan.ui.formats import moment
from khuevan.ui.page import page
from khuevan.ui.request import Request


@page(TAKE_RECORD, methods=("POST",))
def child_file(request: Request, uuid: UUID) -> HttpResponse:
    """Give everything the school holds about a child as a file, after noting it."""
    actor, now = request.actor, clock.now()
    child = actions.take_record(actor=actor, uuid=uuid, now=now)
    title = _("Record of %(name)s") % {"name": child.name}
    said = {"at": moment(timezone.localtime(now)), "who": actor.label}
    taken = _("As recorded at %(at)s; taken by %(who)s") % said
    buffer = io.BytesIO()
    write_workbook(
        buffer,
        [
            SheetToWrite(part.name, part.headers, part.rows, titles=(title, taken))
            for part in whole_record(actor=actor, child=child, on=actor.today)
        ],
    )
    return download(buffer.getvalue(), name=file_name(title, "xlsx"), media_type=XLSX)
