"""Two versions of a timetable beside each other: what is otherwise, for which class and teacher."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import get_school_for, school_frame
from khuevan.registry.staff.api import subject_label
from khuevan.school.timetable.differences import Difference, Standing, differences
from khuevan.school.timetable.grids import Spot
from khuevan.school.timetable.models import Timetable, Weeks
from khuevan.school.timetable.pages.versions import editor_url
from khuevan.school.timetable.permissions import VIEW_TIMETABLES
from khuevan.school.timetable.selectors.versions import (
    get_timetable_for,
    standing_of,
    timetables,
)
from khuevan.school.timetable.shown import spot_words
from khuevan.ui.formats import day
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request


@page(VIEW_TIMETABLES, methods=("GET",))
def compare(request: Request, uuid: UUID) -> HttpResponse:
    """Show what a version changes against another: by class, by teacher, in figures."""
    timetable = get_timetable_for(request.actor, uuid, VIEW_TIMETABLES)
    school = get_school_for(request.actor, timetable.school.code, VIEW_TIMETABLES)
    others = [
        one for one in timetables(actor=request.actor, school=school) if one.pk != timetable.pk
    ]
    other = _chosen(timetable, others, request.GET.get("with", ""))
    by = "teacher" if request.GET.get("by") == "teacher" else "class"
    found = _found(other, timetable, by) if other else []
    context = {
        **school_frame(request, school, "timetables"),
        "actions": (),
        "title": _("Two versions compared"),
        "timetable": timetable,
        "other": other,
        "others": [
            {
                "uuid": one.uuid,
                "label": f"{one.name}, {day(one.starts_on)}",
                "current": one == other,
            }
            for one in others
        ],
        "by": by,
        "lines": [_line(one, by) for one in found],
        "who_count": len(found),
        "moved": sum(len(one.moved) for one in found),
        "gone": sum(len(one.only_before) for one in found),
        "come": sum(len(one.only_after) for one in found),
        "back": editor_url(timetable),
    }
    return render_page(request, "timetable/compare.html", context)


def _chosen(timetable: Timetable, others: list[Timetable], asked: str) -> Timetable | None:
    """Return the version asked for, else the one it is a copy of, else the one before it."""
    if asked:
        found = next((one for one in others if str(one.uuid) == asked), None)
        if found is None:
            raise NotFound
        return found
    source = next((one for one in others if one.pk == timetable.copied_from_id), None)
    before = next((one for one in others if one.starts_on < timetable.starts_on), None)
    return source or before or next(iter(others), None)


def _found(before: Timetable, after: Timetable, by: str) -> list[Difference]:
    return differences(_by(standing_of(before), by), _by(standing_of(after), by))


def _by(rows: Iterable[Standing], by: str) -> Iterable[tuple[str, Standing]]:
    for one in rows:
        who = one.class_name if by == "class" else one.teacher
        if who:
            yield who, one


def _line(one: Difference, by: str) -> dict[str, Any]:
    rows = [
        *((_what(was, by), _where(was), _where(now)) for was, now in one.moved),
        *((_what(was, by), _where(was), "") for was in one.only_before),
        *((_what(now, by), "", _where(now)) for now in one.only_after),
    ]
    return {"who": one.who, "count": one.count, "rows": rows}


def _what(one: Standing, by: str) -> str:
    """Return a lesson: a class's with its teacher, a teacher's with its class."""
    return f"{subject_label(one.subject)} · {one.teacher if by == 'class' else one.class_name}"


def _where(one: Standing) -> str:
    told = spot_words(Spot(*one.place)) if one.place else _("without a place")
    weeks = str(Weeks(one.weeks).label) if one.weeks not in ("", Weeks.EVERY) else ""
    return ", ".join(part for part in (told, one.room, weeks) if part)
