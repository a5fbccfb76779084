"""One's own month: what was held, owed and above, at each school of a position."""

from __future__ import annotations

from django.http import HttpResponse

from khuevan.registry.schools.api import name_of
from khuevan.school.hours.pages.months import asked_month, beside
from khuevan.school.hours.pages.statement import frame_of, line_context
from khuevan.school.hours.permissions import VIEW_OWN_HOURS
from khuevan.school.hours.selectors.statements import own_statements
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request


@page(VIEW_OWN_HOURS, methods=("GET",))
def own(request: Request) -> HttpResponse:
    """Show the own lessons held and overtime of a month."""
    month = asked_month(request)
    parts = [
        {
            **frame_of(told),
            **line_context(told.lines[0], told),
            "school_name": name_of(told.school),
        }
        for told in own_statements(actor=request.actor, month=month)
        if told.lines
    ]
    context = {
        "parts": parts,
        "month": f"{month:%m/%Y}",
        "month_key": f"{month:%Y-%m}",
        **beside(month),
    }
    return render_page(request, "hours/own.html", context)
