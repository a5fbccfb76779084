"""Academic years, days without lessons and days made up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from khuevan.registry.schools.actions import (
    FrameData,
    add_make_up_day,
    close_days,
    set_frame,
    withdraw_closure,
    withdraw_make_up_day,
)
from khuevan.registry.schools.calendar import get_closure_for
from khuevan.registry.schools.models import Closure, MakeUpDay, YearFrame
from tests.factories import EVERYTHING, NOW, TODAY, YEAR_STARTS, make_year
from tests.walls.shapes import DAY, SEE_SCHOOL, Deed, Sample, code_a
from tests.walls.world import World, uuid_of

LATER = TODAY + timedelta(days=30)
_API = "/api/v1"
_DAY = TODAY.isoformat()
_LATER = LATER.isoformat()
_SUNDAY = TODAY + timedelta(days=6)
_MADE_UP = TODAY - timedelta(days=1)


def _pk(world: World) -> int:
    return int(world.cast.school_a.pk)


def _closure(world: World) -> Closure:
    return close_days(
        actor=EVERYTHING,
        unit_id=_pk(world),
        levels=(),
        starts_on=TODAY - timedelta(days=20),
        ends_on=TODAY - timedelta(days=18),
        reason="STORM",
        note="",
        decision="88/QĐ-THCS",
        now=NOW,
    )


def _at_closure(world: World) -> dict[str, Any]:
    return uuid_of(world.once(_closure))


def _made_up(world: World) -> Closure:
    """Return a closure with one of its days made up."""
    closure: Closure = world.once(_closure)
    add_make_up_day(actor=EVERYTHING, uuid=closure.uuid, on=_MADE_UP, now=NOW)
    return closure


def _at_made_up(world: World) -> dict[str, Any]:
    return uuid_of(world.once(_made_up))


FRAME = FrameData(
    returns_on=YEAR_STARTS,
    starts_on=YEAR_STARTS,
    ends_on=date(2027, 6, 1),
    terms=((YEAR_STARTS, date(2027, 1, 18)), (date(2027, 1, 18), date(2027, 6, 1))),
    decision="2100/QĐ-UBND",
)
ROUTES = {
    "schools:years": Sample(shared=True),
    "schools:year_level": Sample(
        lambda _w: {"year": "2026-2027", "level": "THCS"},
        also=SEE_SCHOOL,
        at_province=True,
    ),
    "schools:calendar": Sample(code_a),
    "schools:closures": Sample(also=SEE_SCHOOL),
    "schools:closure_new": Sample(also=SEE_SCHOOL),
    "schools:make_up": Sample(_at_closure, also=SEE_SCHOOL),
    "schools:make_up_withdraw": Sample(_at_made_up, also=SEE_SCHOOL),
    "schools:closure_withdraw": Sample(_at_closure, also=SEE_SCHOOL),
    f"POST {_API}/closures/<uuid>/withdraw": Sample(_at_closure),
    f"GET {_API}/years/<year>": Sample(lambda _w: {"year": "2026-2027"}, shared=True),
    f"POST {_API}/years/<year>/<level>": Sample(
        lambda _w: {"year": "2026-2027", "level": "THCS"}, at_province=True
    ),
    f"GET {_API}/schools/<code>/closures": Sample(code_a),
    f"POST {_API}/closures": Sample(),
    f"POST {_API}/closures/<uuid>/make-up-days": Sample(_at_closure),
    f"POST {_API}/closures/<uuid>/make-up-days/withdraw": Sample(_at_made_up),
}
DEEDS = {
    "schools:year_level": Deed(
        YearFrame,
        lambda _w: {
            "returns_on": "05/09/2026",
            "starts_on": "05/09/2026",
            "first_term_ends": "17/01/2027",
            "second_term_starts": "18/01/2027",
            "second_term_ends": "31/05/2027",
            "ends_on": "31/05/2027",
            "decision": "2100/QĐ-UBND",
        },
    ),
    "schools:closure_new": Deed(
        Closure,
        lambda w: {
            "unit": w.cast.school_a.unit.code,
            "starts_on": DAY,
            "last_day": DAY,
            "reason": "STORM",
            "decision": "88/QĐ-THCS",
        },
    ),
    "schools:make_up_withdraw": Deed(MakeUpDay, lambda _w: {"on": f"{_MADE_UP}"}),
    "schools:make_up": Deed(MakeUpDay, lambda _w: {"on": f"{TODAY + timedelta(days=6):%d/%m/%Y}"}),
    "schools:closure_withdraw": Deed(Closure),
    f"POST {_API}/closures/<uuid>/withdraw": Deed(Closure, status=204),
    f"POST {_API}/years/<year>/<level>": Deed(
        YearFrame,
        lambda _w: {
            "returns_on": "2026-09-05",
            "starts_on": "2026-09-05",
            "ends_on": "2027-06-01",
            "terms": [
                {"starts_on": "2026-09-05", "ends_on": "2027-01-18"},
                {"starts_on": "2027-01-18", "ends_on": "2027-06-01"},
            ],
            "decision": "2100/QĐ-UBND",
        },
        200,
    ),
    f"POST {_API}/closures": Deed(
        Closure,
        lambda w: {
            "unit": w.cast.school_a.unit.code,
            "starts_on": _DAY,
            "ends_on": _LATER,
            "reason": "FLOOD",
            "decision": "90/QĐ-THCS",
        },
        201,
    ),
    f"POST {_API}/closures/<uuid>/make-up-days/withdraw": Deed(
        MakeUpDay, lambda _w: {"on": f"{_MADE_UP}"}, 200
    ),
    f"POST {_API}/closures/<uuid>/make-up-days": Deed(
        MakeUpDay, lambda _w: {"on": f"{_SUNDAY}"}, 200
    ),
}
ACTS = {
    "schools.get_closure_for": lambda w, a: get_closure_for(a, w.once(_closure).uuid),
    "schools.close_days": lambda w, a: close_days(
        actor=a,
        unit_id=_pk(w),
        levels=(),
        starts_on=TODAY,
        ends_on=LATER,
        reason="FLOOD",
        note="",
        decision="89/QĐ",
        now=NOW,
    ),
    "schools.withdraw_closure": lambda w, a: withdraw_closure(
        actor=a, uuid=w.once(_closure).uuid, now=NOW
    ),
    "schools.add_make_up_day": lambda w, a: add_make_up_day(
        actor=a, uuid=w.once(_closure).uuid, on=_SUNDAY, now=NOW
    ),
    "schools.withdraw_make_up_day": lambda w, a: withdraw_make_up_day(
        actor=a, uuid=w.once(_made_up).uuid, on=_MADE_UP, now=NOW
    ),
    "schools.set_frame": lambda _w, a: set_frame(
        actor=a, year=make_year(), level="TH", data=FRAME, now=NOW
    ),
}
MAKES = (_closure, _made_up)
