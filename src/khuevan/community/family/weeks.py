"""The lessons of a child's class: today, and the week."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from khuevan.community.family import selectors
from khuevan.community.family.lessons import days_off_of, lines_of
from khuevan.community.family.pages import frame_of
from khuevan.community.family.permissions import VIEW_CHILD
from khuevan.community.family.selectors import get_child_for
from khuevan.school.timetable.api import week_days
from khuevan.ui.asked import asked_day
from khuevan.ui.formats import day, weekday
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request

WEEK = timedelta(days=7)


@page(VIEW_CHILD, methods=("GET",))
def child_week(request: Request, uuid: UUID) -> HttpResponse:
    """Show the lessons of a child's class in a week, with that week's changes."""
    child = get_child_for(request.actor, uuid, on=request.actor.today)
    found = selectors.children(actor=request.actor, on=request.actor.today)
    on = asked_day(request)
    shown = week_days(on)
    off = days_off_of(child, shown)
    days = [
        {
            "label": weekday(one),
            "off": off.get(one, ""),
            "is_today": one == request.actor.today,
            "lines": lines,
        }
        for one, lines in zip(shown, lines_of(child, shown), strict=True)
    ]
    context = {
        **frame_of(request, child, found, "family:week"),
        "days": days,
        "is_empty": not off and not any(one["lines"] for one in days),
        "week": _("Week from %(day)s") % {"day": day(week_days(on)[0])},
        "before": f"?on={on - WEEK}",
        "after": f"?on={on + WEEK}",
    }
    return render_page(request, "family/week.html", context)
