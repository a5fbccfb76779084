"""What one comments on, and what a school's classes still lack: with how many are approved."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.registry.schools.api import academic_year_on, get_school_for, held_on, school_frame
from khuevan.school.gradebooks.api import period_name
from khuevan.school.remarks.permissions import MANAGE_PHRASES, VIEW_REMARKS, WRITE_REMARKS
from khuevan.school.remarks.selectors.progress import (
    Progress,
    own_targets,
    progress_of,
    targets_of_school,
)
from khuevan.ui.asked import whole_number
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request


@page(WRITE_REMARKS, methods=("GET",))
def own(request: Request) -> HttpResponse:
    """Show the classes and subjects on which one comments, with how many are approved."""
    year = academic_year_on(request.actor.today)
    targets = own_targets(actor=request.actor, year=year) if year else []
    found = progress_of(targets, None, request.actor)
    context = {
        "title": _("My comments"),
        "rows": [_line(one) for one in found],
        "year": year,
        "approved": sum(one.approved for one in found),
        "all": sum(one.pupils for one in found),
    }
    return render_page(request, "remarks/own.html", context)


@page(VIEW_REMARKS, methods=("GET",))
def school(request: Request, code: str) -> HttpResponse:
    """Show how far the comments of each class of a school are in a period."""
    found = get_school_for(request.actor, code, VIEW_REMARKS)
    year = academic_year_on(request.actor.today)
    targets = targets_of_school(actor=request.actor, school=found, year=year) if year else []
    asked = whole_number(request.GET.get("period", "")) or None
    periods = sorted({(one.room.grade_level.level, of) for one in targets for of in one.periods})
    if asked not in {of for _level, of in periods}:
        asked = None
    lines = progress_of(targets, asked, request.actor)
    context = {
        **school_frame(request, found, "comments"),
        "actions": (),
        "rooms": _by_room(lines),
        "periods": _choices(periods, asked, lines),
        "approved": sum(one.approved for one in lines),
        "all": sum(one.pupils for one in lines),
        "keeps": held_on(request.actor, MANAGE_PHRASES, found),
    }
    return render_page(request, "remarks/school.html", context)


def _choices(
    periods: list[tuple[str, int]], asked: int | None, lines: list[Progress]
) -> list[dict[str, Any]]:
    shown = asked or (lines[0].period if lines else 0)
    names: dict[int, list[str]] = {}
    for level, of in periods:
        names.setdefault(of, []).append(period_name(level, of))
    return [
        {
            "label": " / ".join(dict.fromkeys(labels)),
            "url": f"?period={of}",
            "current": of == shown,
        }
        for of, labels in sorted(names.items())
    ]


def _by_room(lines: list[Progress]) -> list[dict[str, Any]]:
    rooms: dict[str, list[Progress]] = {}
    for one in lines:
        rooms.setdefault(one.target.room.name, []).append(one)
    return [
        {
            "name": name,
            "lines": [_line(one) for one in found],
            "approved": sum(one.approved for one in found),
            "all": sum(one.pupils for one in found),
            "open": sum(not one.is_whole for one in found),
        }
        for name, found in rooms.items()
    ]


def _line(one: Progress) -> dict[str, Any]:
    return {
        "url": reverse("remarks:sheet", args=[one.target.uuid, one.period]),
        "room": one.target.room.name,
        "name": one.target.title,
        "period": period_name(one.target.room.grade_level.level, one.period),
        "approved": one.approved,
        "pupils": one.pupils,
        "percent": min(one.approved, one.pupils) * 100 // one.pupils if one.pupils else 0,
        "is_whole": one.is_whole,
    }
