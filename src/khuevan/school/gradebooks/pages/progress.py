"""What is missing in a period, for a school: by class and subject, with who answers for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.registry.curriculum.api import term_now
from khuevan.registry.schools.api import (
    EducationLevel,
    School,
    get_school_for,
    school_frame,
)
from khuevan.school.gradebooks import actions
from khuevan.school.gradebooks.models import MarksReminder
from khuevan.school.gradebooks.pages.windows import asked_year, marked_levels
from khuevan.school.gradebooks.periods import PRIMARY, names_of
from khuevan.school.gradebooks.permissions import MANAGE_BOOKS
from khuevan.school.gradebooks.selectors.progress import progress_of
from khuevan.school.gradebooks.shown import progress_line
from khuevan.ui.page import done, page, render_page
from khuevan.ui.request import Request

TAB = "marks missing"


@page(MANAGE_BOOKS, methods=("GET",))
def missing(request: Request, code: str) -> HttpResponse:
    """Show which gradebooks lack marks in a period, and who answers for them."""
    school = get_school_for(request.actor, code, MANAGE_BOOKS)
    year = asked_year(request)
    level, period = _asked(request, school)
    rows = progress_of(
        actor=request.actor,
        school=school,
        year=year,
        level=level,
        period=period,
        on=request.actor.today,
        permission=MANAGE_BOOKS,
    )
    lines = [progress_line(one) for one in rows]
    gaps = [one for one in lines if not one["is_complete"]]
    reminded = MarksReminder.objects.visible_to(request.actor, MANAGE_BOOKS).filter(
        school=school, level=level, period=period, sent_on=request.actor.today
    )
    context = {
        **school_frame(request, school, TAB),
        "actions": (),
        "level": level,
        "period": period,
        "choices": _choices(school, level, period),
        "classes": _by_class(gaps),
        "books": len(lines),
        "complete": len(lines) - len(gaps),
        "missing": sum(one["missing"] for one in gaps),
        "make_ups": sum(one["make_ups"] for one in gaps),
        "teachers": len({one["teacher"] for one in gaps if one["teacher"]}),
        "nobody": sum(not one["teacher"] for one in gaps),
        "reminded": reminded.first(),
    }
    return render_page(request, "gradebooks/missing.html", context)


@page(MANAGE_BOOKS, methods=("POST",))
def remind(request: Request, code: str) -> HttpResponse:
    """Remind the teachers who answer for what is missing."""
    school = get_school_for(request.actor, code, MANAGE_BOOKS)
    level, period = _asked(request, school)
    try:
        told = actions.remind_teachers(
            actor=request.actor,
            school=school,
            year=asked_year(request),
            level=level,
            period=period,
            now=clock.now(),
        )
    except NotFound:
        raise
    except DomainError as error:
        messages.error(request, str(error))
    else:
        said = ngettext("%(count)s teacher is told.", "%(count)s teachers are told.", told)
        messages.success(request, said % {"count": told})
    to = reverse("gradebooks:missing", args=[school.code])
    return done(request, f"{to}?level={level}&period={period}")


def _asked(request: Request, school: School) -> tuple[str, int]:
    """Return level and period that an address names, else those of today."""
    levels = marked_levels(school)
    if not levels:
        raise NotFound
    asked = request.GET.get("level", "")
    level = asked if asked in levels else levels[0]
    period = request.GET.get("period", "")
    if period.isascii() and period.isdigit() and int(period) in names_of(level):
        return level, int(period)
    term = term_now(level, request.actor.today) + 1
    if level == PRIMARY:
        return level, 2 * term
    return level, min(term, len(names_of(level)))


def _choices(school: School, level: str, period: int) -> list[dict[str, Any]]:
    levels = marked_levels(school)
    to = reverse("gradebooks:missing", args=[school.code])
    return [
        {
            "label": f"{EducationLevel(one).label}, {name}" if len(levels) > 1 else str(name),
            "url": f"{to}?level={one}&period={number}",
            "current": (one, number) == (level, period),
        }
        for one in levels
        for number, name in names_of(one).items()
    ]


def _by_class(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the gaps of each class, in the order of the classes."""
    rooms: dict[str, list[dict[str, Any]]] = {}
    for one in lines:
        rooms.setdefault(one["room"], []).append(one)
    return [
        {
            "room": room,
            "rows": rows,
            "missing": sum(one["missing"] for one in rows),
            "make_ups": sum(one["make_ups"] for one in rows),
            "label": _("Class %(room)s") % {"room": room},
        }
        for room, rows in rooms.items()
    ]
