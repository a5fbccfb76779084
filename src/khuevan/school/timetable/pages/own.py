"""One's own timetable: the week with its changes, and the address for a calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import PUBLIC
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.errors import NotFound
from khuevan.school.timetable import actions
from khuevan.school.timetable.actions.feeds import hash_of
from khuevan.school.timetable.feeds import calendar_of
from khuevan.school.timetable.models import CalendarFeed
from khuevan.school.timetable.permissions import VIEW_OWN
from khuevan.school.timetable.selectors.days import by_day, lessons_of_person, week_days
from khuevan.school.timetable.selectors.days_off import days_off_of_person
from khuevan.school.timetable.shown import held_line
from khuevan.ui.asked import asked_day
from khuevan.ui.formats import day, weekday
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request

WEEK = timedelta(days=7)


@page(VIEW_OWN, methods=("GET",))
def week(request: Request) -> HttpResponse:
    """Show what somebody teaches in a week, day by day."""
    return _week(request)


@page(VIEW_OWN, methods=("POST",))
def make_feed(request: Request) -> HttpResponse:
    """Make an address for a calendar, and show it once."""
    token = actions.make_feed(actor=request.actor, now=clock.now())
    address = request.build_absolute_uri(reverse("timetable:feed", args=[token]))
    return _week(request, feed=address)


@page(PUBLIC, methods=("GET",))
def feed(request: Request, token: str) -> HttpResponse:
    """Give the timetable behind an address that nobody can guess."""
    feeds = CalendarFeed.objects.unscoped(because="who knows the address may read it")
    row = feeds.filter(token_hash=hash_of(token)).first()
    if row is None:
        raise NotFound
    now = clock.now()
    content = calendar_of(row.person_id, today=now.astimezone(VIETNAM).date(), now=now)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    add_never_cache_headers(answer)  # an address that was replaced answers nobody any more
    return answer


def _week(request: Request, feed: str = "") -> HttpResponse:
    person_id = request.actor.person_id
    if person_id is None:
        raise NotFound
    on = asked_day(request)
    shown = week_days(on)
    found = by_day(lessons_of_person(person_id, shown[0], shown[-1]))
    off = days_off_of_person(person_id, shown[0], shown[-1])
    days: list[dict[str, Any]] = [
        {
            "label": weekday(one),
            "off": off.get(one, ""),
            "is_today": one == request.actor.today,
            "lines": [held_line(held, person_id=person_id) for held in found[one]],
        }
        for one in shown
    ]
    context = {
        "title": _("My timetable"),
        "days": days,
        "week": _("Week from %(day)s") % {"day": day(week_days(on)[0])},
        "before": f"?on={on - WEEK}",
        "after": f"?on={on + WEEK}",
        "is_empty": not off and not any(one["lines"] for one in days),
        "count": sum(line["counts"] for one in days for line in one["lines"]),
        "feed": feed,
    }
    return render_page(request, "timetable/own.html", context)
