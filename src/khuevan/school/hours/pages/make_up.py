"""What each class is short of its plan, and the lessons that were lost and are to be made up."""

from __future__ import annotations

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

MOST_TOLD = 100


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
        "rows": [_row(one) for one in short],
        "missing": sum(one.progress.short for one in short),
        "lost": [_lost(school, one) for one in lost[:MOST_TOLD]],
        "all_lost": len(lost),
        "most": MOST_TOLD,
    }
    return render_page(request, "hours/make_up.html", context)


def _row(one: Short) -> dict[str, Any]:
    return {
        "room": one.room.name,
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
        "day": weekday(one.on),
        "period": one.lesson.period,
        "what": _("%(subject)s, class %(room)s") % words,
        "teacher": one.lesson.person.full_name if one.lesson.person else "",
        "reason": one.reason,
        "url": f"{url}?on={one.on.isoformat()}",
        "label": _("Make up %(subject)s of class %(room)s, %(day)s")
        % {**words, "day": day(one.on)},
    }
