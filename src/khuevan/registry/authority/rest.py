"""Who decides, for programs: the same question as on the page."""

from __future__ import annotations

from typing import Annotated

from ninja import Query

from khuevan.platform.regulations.api import POWERS, known_powers, order_of, power_label
from khuevan.registry.authority import selectors
from khuevan.registry.authority.documents import AnswerOut, PowerOut
from khuevan.registry.authority.doors import day_asked, school_asked
from khuevan.registry.authority.permissions import VIEW_AUTHORITY
from khuevan.ui.request import Request
from khuevan.ui.rest import Router

router = Router(tags=["authority"])
Power = Annotated[
    str,
    Query(
        description=f"The matter, by a code of GET /api/v1/powers: {', '.join(POWERS)}.",
    ),
]


@router.get("/powers", permission=VIEW_AUTHORITY, response=list[PowerOut])
def list_powers(request: Request) -> list[PowerOut]:
    """Return the matters of which it is recorded who decides them."""
    codes = sorted(known_powers(), key=order_of)
    return [PowerOut(code=code, name=power_label(code)) for code in codes]


@router.get("/authority", permission=VIEW_AUTHORITY, response=AnswerOut)
def get_authority(request: Request, power: Power, school: str, on: str = "") -> AnswerOut:
    """Return who decides a matter for a school on a day; today when none is named."""
    actor = request.actor
    day = day_asked(on, otherwise=actor.today)
    found = school_asked(actor, school, on=day)
    return AnswerOut.of(selectors.authority(power, school_id=found.pk, on=day))
