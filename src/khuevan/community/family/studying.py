"""A child's marks and results as the family reads them: nobody else's, no comparison."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from khuevan.community.family import selectors
from khuevan.community.family.pages import frame_of
from khuevan.community.family.selectors import get_child_for
from khuevan.kernel.errors import NotFound
from khuevan.school.gradebooks.api import VIEW_OWN_MARKS
from khuevan.school.results.api import choices, chosen, pupil_term, rooms_of, term_context
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request


@page(VIEW_OWN_MARKS, methods=("GET",))
def study(request: Request, uuid: UUID) -> HttpResponse:
    """Show a child's marks of a term or the year, averages, level, conduct."""
    actor = request.actor
    found = get_child_for(actor, uuid, on=actor.today)
    if found.student.person_id not in actor.reach(VIEW_OWN_MARKS, "person"):
        raise NotFound
    rooms = rooms_of(found.student.pk, until=actor.today)
    room, term = chosen(request, rooms)
    told = pupil_term(room, found.student.pk, term, on=actor.today) if room else None
    children = selectors.children(actor=actor, on=actor.today)
    context = {
        **frame_of(request, found, children, "family:study"),
        **choices(rooms, room, term),
        **(term_context(told) if told else {}),
        "has_class": told is not None,
    }
    return render_page(request, "family/study.html", context)
