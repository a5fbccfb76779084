"""What each class is short of its plan, and the lessons that were lost and are to be made up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.registry.schools.api import School, academic_year_on, get_school_for, school_frame
from khuevan.school.hours.making_up import last_sunday
from khuevan.school.hours.selectors.short import Short, lost_until, short_subjects
from khuevan.school.timetable.api import MANAGE_TIMETABLES, LostLesson
from khuevan.ui.formats import day, weekday
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request

MOST_TOLD = 300


@page(MANAGE_TIMETABLES, methods=("GET",))
def make_up(request: Request, code: str) -> HttpResponse:
    """Show what is to be made up until what is held comes to what is planned."""
    school = get_school_for(request.actor, code, MANAGE_TIMETABLES)
    today = request.actor.today
    until, year = last_sunday(today), academic_year_on(today)
    short: list[Short] = []
    lost: list[LostLesson] = []
    if year is not None and until > year.starts_on:
        short = short_subjects(actor=request.actor, school=school, year=year, until=until)
        lost = lost_until(school, year, today)
    context = {
        **school_frame(request, school, "make up"),
        "actions": (),
        "until": until,
        "classes": _by_class(short),
        "missing": sum(one.progress.short for one in short),
        "days": _by_day(school, lost[:MOST_TOLD]),
        "all_lost": len(lost),
        "most": MOST_TOLD,
    }
    return render_page(request, "hours/make_up.html", context)


def _by_class(short: Sequence[Short]) -> list[dict[str, Any]]:
    """Return each class with what it is short of, and the subjects behind it."""
    rooms: dict[str, list[Short]] = {}
    for one in short:
        rooms.setdefault(one.room.name, []).append(one)
    return [
        {
            "room": room,
            "short": sum(one.progress.short for one in rows),
            "rows": [_row(one) for one in rows],
        }
        for room, rows in rooms.items()
    ]


def _by_day(school: School, lost: Sequence[LostLesson]) -> list[dict[str, Any]]:
    """Return the lost lessons by day and what took them."""
    days: dict[tuple[date, str], list[LostLesson]] = {}
    for one in lost:
        days.setdefault((one.on, one.reason), []).append(one)
    return [
        {"day": weekday(on), "reason": reason, "rows": [_lost(school, one) for one in rows]}
        for (on, reason), rows in days.items()
    ]


def _row(one: Short) -> dict[str, Any]:
    return {
        "subject": one.subject,
        "planned": one.progress.planned,
        "held": one.progress.held,
        "arranged": one.progress.arranged,
        "short": one.progress.short,
    }


def _lost(school: School, one: LostLesson) -> dict[str, Any]:
    words = {"subject": one.lesson.subject_label, "room": one.lesson.homeroom_class.name}
    url = reverse("timetable:move_day", args=[school.code, one.lesson.uuid])
    return {
        "period": one.lesson.period,
        "what": _("%(subject)s, class %(room)s") % words,
        "teacher": one.lesson.person.full_name if one.lesson.person else "",
        "url": f"{url}?on={one.on.isoformat()}",
        "label": _("Make up %(subject)s of class %(room)s, %(day)s")
        % {**words, "day": day(one.on)},
    }
