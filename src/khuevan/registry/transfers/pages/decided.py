"""What an office has decided lately, with its numbers; what is overdue stands beside it."""

from __future__ import annotations

from operator import attrgetter

from django.http import HttpResponse
from django.urls import reverse

from khuevan.registry.transfers import selectors
from khuevan.registry.transfers.decided import DecidedTable
from khuevan.registry.transfers.desks import STAFF, Desk
from khuevan.registry.transfers.pages.frame import desk_options
from khuevan.registry.transfers.pages.steps import both
from khuevan.ui.page import render_page
from khuevan.ui.request import Request


def _decided(desk: Desk, request: Request) -> HttpResponse:
    """Show what the actor's office has decided, newest first."""
    actor = request.actor
    table = DecidedTable(
        selectors.decided_at_own_office(actor=actor, desk=desk),
        request.GET,
        desk=desk,
        on=actor.today,
        path=reverse(desk.route("decided")),
    )
    context = {
        "table": table,
        "desks": desk_options(request, desk, "decided"),
        "board_url": reverse(desk.route("board")),
        "late_url": f"{reverse(desk.route('list'))}?mine=1&late=1",
        "is_of_staff": desk is STAFF,
    }
    part = "more" if table.is_more else "list"
    return render_page(request, "transfers/decided.html", context, partial=part)


decided, staff_decided = both(attrgetter("decide"), methods=("GET",))(_decided)
