"""The part of a pupil's record on marks and results, for the school's staff."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.students.api import (
    asks_purpose,
    get_student_for,
    open_record,
    purpose_of,
    read_record,
    record_frame,
)
from khuevan.school.gradebooks.api import VIEW_MARKS
from khuevan.school.results.pupil_shown import term_context
from khuevan.school.results.selectors.pupils import pupil_term, rooms_of
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request

TERMS = (1, 2, 0)


@page(VIEW_MARKS, methods=("GET",))
@asks_purpose
def pupil(request: Request, uuid: UUID) -> HttpResponse:
    """Show a pupil's marks of a term or the year, each average with its reason."""
    actor: Actor = request.actor
    get_student_for(actor, uuid, VIEW_MARKS)
    student, standing = open_record(
        actor=actor, uuid=uuid, what="study", now=clock.now(), purpose=purpose_of(request, uuid)
    )
    record = read_record(actor, student, standing)
    rooms = rooms_of(student.pk, until=actor.today)
    room, term = chosen(request, rooms)
    told = pupil_term(room, student.pk, term, on=actor.today) if room else None
    context = {
        **record_frame(request, record, "study"),
        **choices(rooms, room, term),
        **(term_context(told) if told else {}),
        "has_class": told is not None,
    }
    return render_page(request, "results/pupil.html", context)


def chosen(request: Request, rooms: list[HomeroomClass]) -> tuple[HomeroomClass | None, int]:
    """Return the class of the year and the term that an address names, else those of the day."""
    said = request.GET.get("year", "")
    room = next((one for one in rooms if one.academic_year.code == said), None)
    room = room or (rooms[0] if rooms else None)
    term = request.GET.get("term", "")
    if term in {"0", "1", "2"}:
        return room, int(term)
    today = request.actor.today
    if room is not None and room.academic_year.ends_on <= today:
        return room, 0
    return room, 2 if 2 <= today.month <= 8 else 1  # noqa: PLR2004 (February to August)


def choices(rooms: list[HomeroomClass], room: HomeroomClass | None, term: int) -> dict[str, Any]:
    """Return the terms and years to choose from."""
    labels = {1: _("Term I"), 2: _("Term II"), 0: _("Whole year")}
    code = room.academic_year.code if room else ""
    return {
        "terms": [
            {"label": labels[one], "url": f"?year={code}&term={one}", "current": one == term}
            for one in TERMS
        ],
        "years": [
            {
                "label": str(one.academic_year),
                "url": f"?year={one.academic_year.code}&term={term}",
                "current": one == room,
            }
            for one in rooms
        ],
    }
