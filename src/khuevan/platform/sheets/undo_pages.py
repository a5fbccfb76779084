"""Taking a written list back: what it would do, what stands in the way, and the order."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from khuevan.kernel import clock
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.platform.sheets import actions
from khuevan.platform.sheets.permissions import UNDO_IMPORTS
from khuevan.platform.sheets.selectors import get_import_for
from khuevan.platform.sheets.undo_frames import undo_frame
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request


@page(UNDO_IMPORTS)
def undo(request: Request, uuid: UUID) -> HttpResponse:
    """Show what taking a list back would do, and order it."""
    actor, problem, status = request.actor, "", 200
    if request.method == "POST":
        try:
            actions.order_undo(actor=actor, uuid=uuid, now=clock.now())
            return redirect("sheets:import", uuid=uuid)
        except NotFound:
            raise
        except DomainError as refusal:
            problem, status = str(refusal), 422
    sheet_import = get_import_for(actor, uuid)
    if not sheet_import.may_be_undone:
        return redirect("sheets:import", uuid=uuid)
    undoing = actions.undoing_of(actor=actor, uuid=uuid)
    frame = undo_frame(actor, sheet_import, undoing, problem=problem)
    return render_page(request, "sheets/undo.html", frame, status=status)
