"""The line of the first page about a child's combination of subjects."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.community.family.selectors import Child
from khuevan.registry.choices.api import GIVE_WISHES, own_wishes, rounds_of
from khuevan.ui.formats import day
from khuevan.ui.request import Request

LEVEL = "THPT"
"""The level at which pupils choose; others are asked nothing."""


def line_of(request: Request, child: Child) -> dict[str, str] | None:
    """Return the line on the first page about a child's choice, where there is something to do."""
    if child.level != LEVEL or child.room is None or not request.actor.may(GIVE_WISHES):
        return None
    rounds = rounds_of(actor=request.actor, student=child.student, room=child.room)
    if not rounds:
        return None
    url = reverse("family:choices", args=[child.uuid])
    one = rounds[0]
    if one.is_open(request.actor.today):
        wished = own_wishes(actor=request.actor, one=one, student=child.student)
        words = {"day": day(one.last_day)}
        told = _("Combination of subjects: choose until %(day)s")
        if wished is not None and wished.combination_ids:
            told = _("Combination of subjects: chosen, can be changed until %(day)s")
        return {"url": url, "text": told % words}
    if one.published_at is not None:
        return {"url": url, "text": _("Combination of subjects: the result")}
    return {"url": url, "text": _("Combination of subjects: waiting for the result")}
