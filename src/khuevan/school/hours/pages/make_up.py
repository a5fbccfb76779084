"""What each class is short of its plan, and the lessons that were lost and are to be made up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import School, academic_year_on, get_school_for, school_frame
from khuevan.school.hours.making_up import last_sunday
from khuevan.school.hours.selectors.short import Short, lost_until, short_subjects
from khuevan.school.timetable.api import (
    MANAGE_TIMETABLES,
    LostLesson,
    make_up_day,
    make_up_days,
    timetable_on,
)
from khuevan.ui.asked import day_in
from khuevan.ui.formats import day, weekday
from khuevan.ui.page import done, page, render_page
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
    has_timetable = timetable_on(school.pk, today) is not None
    if year is not None and until > year.starts_on and has_timetable:
        short = short_subjects(actor=request.actor, school=school, year=year, until=until)
        lost = lost_until(school, year, today)
    context = {
        **school_frame(request, school, "make up"),
        "actions": (),
        "until": until,
        "has_timetable": has_timetable,
        "classes": _by_class(short),
        "missing": sum(one.progress.short for one in short),
        "days": _by_day(school, lost[:MOST_TOLD], today),
        "all_lost": len(lost),
        "most": MOST_TOLD,
    }
    return render_page(request, "hours/make_up.html", context)


@page(MANAGE_TIMETABLES, methods=("POST",))
def make_up_whole(request: Request, code: str) -> HttpResponse:
    """Hold all that was lost on a day on the day on which the school makes it up."""
    school = get_school_for(request.actor, code, MANAGE_TIMETABLES)
    on, to = day_in(request.POST.get("on", "")), day_in(request.POST.get("to", ""))
    if on is None or to is None or to not in make_up_days(school.pk, [on])[on]:
        raise NotFound
    arranged, left = make_up_day(actor=request.actor, school=school, on=on, to=to, now=clock.now())
    said = ngettext(
        "%(count)s lesson is made up on %(day)s.",
        "%(count)s lessons are made up on %(day)s.",
        arranged,
    )
    messages.success(request, said % {"count": arranged, "day": weekday(to)})
    if left:
        said = ngettext(
            "%(count)s lesson still waits: class or teacher isn't free at its time.",
            "%(count)s lessons still wait: class or teacher isn't free at their time.",
            left,
        )
        messages.warning(request, said % {"count": left})
    return done(request, reverse("hours:make_up", args=[school.code]))


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


def _by_day(school: School, lost: Sequence[LostLesson], since: date) -> list[dict[str, Any]]:
    """Return the lost lessons by day and what took them."""
    days: dict[tuple[date, str], list[LostLesson]] = {}
    for one in lost:
        days.setdefault((one.on, one.reason), []).append(one)
    made_up = make_up_days(school.pk, {on for on, _reason in days})
    return [
        {
            "day": weekday(on),
            "on": on,
            "made_up": [(to, weekday(to)) for to in made_up[on] if to >= since],
            "reason": reason,
            "rows": [_lost(school, one) for one in rows],
        }
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
