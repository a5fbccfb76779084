"""Who decides, for programs: the same question as on the page."""

from __future__ import annotations

from django.http import HttpRequest

from khuevan.registry.authority import selectors
from khuevan.registry.authority.documents import AnswerOut
from khuevan.registry.authority.doors import day_asked, school_asked
from khuevan.registry.authority.permissions import VIEW_AUTHORITY
from khuevan.ui.rest import Router

router = Router(tags=["authority"])


@router.get("/authority", permission=VIEW_AUTHORITY, response=AnswerOut)
def get_authority(request: HttpRequest, power: str, school: str, on: str = "") -> AnswerOut:
    """Return who decides a matter for a school on a day; today when none is named."""
    actor = request.actor  # type: ignore[attr-defined]
    day = day_asked(on, otherwise=actor.today)
    found = school_asked(actor, school, on=day)
    return AnswerOut.of(selectors.authority(power, school_id=found.pk, on=day))
