"""Who appoints the leaders of a school, whose office records it, and by which decision."""

from __future__ import annotations

import re
from datetime import date

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.platform.organizations.api import (
    OrgUnit,
    SignUnfit,
    require_number,
    signed_by_another,
    versions_on,
)
from khuevan.platform.regulations.api import Office
from khuevan.registry.authority.api import Holder, authority
from khuevan.registry.staff.errors import (
    LeadersElsewhere,
    NotYoursToFill,
    PaperNeeded,
    PaperToCome,
)
from khuevan.registry.staff.models import Position
from khuevan.registry.staff.permissions import APPOINT_LEADERS, LOAD_LEADERS, RECORD_LEADERS
from khuevan.ui.formats import day

POWER = "appoint_principal"
PROVINCIAL = (Office.PROVINCE_CHAIR, Office.DEPARTMENT, Office.DEPARTMENT_DIRECTOR)
"""Offices whose people reach the whole province."""
_PAPER = re.compile(r"(\S+?),?\s+(?:ngày\s+)?(\d{1,2}/\d{1,2}/\d{4})")
"""Number and day as people write them: "412/QĐ-UBND, 15/08/2026"."""


def parent_of(unit: OrgUnit, on: date) -> int | None:
    """Return the unit above one on a day, if any."""
    return versions_on(on).filter(unit=unit).values_list("parent_id", flat=True).first()


def decider_on_leaders(unit_id: int, *, on: date) -> Holder | None:
    """Return who appoints the leaders of a school on a day; None where no text names anybody."""
    try:
        holders = {one.holder for one in authority(POWER, school_id=unit_id, on=on).rulings}
    except DomainError:
        return None
    holder = next(iter(holders)) if len(holders) == 1 else None
    return holder if holder is not None and holder.is_named else None


def may_lead(actor: Actor, unit: OrgUnit, *, on: date) -> bool:
    """Return whether an actor records who leads a school: the people of the office that decides.

    It is the office of the actor's day, whatever day the post begins: it keeps what the office
    before it appointed. Where no text names an office, the level above records.
    """
    if actor.may(LOAD_LEADERS):
        return True
    held = actor.reach(RECORD_LEADERS, "school")
    if unit.pk not in held:
        return False
    holder = decider_on_leaders(unit.pk, on=actor.today)
    if holder is not None and (held.everything or holder.office in PROVINCIAL):
        return held.everything and holder.office in PROVINCIAL
    if holder is not None and holder.unit is not None:
        return holder.unit.unit_id in held.ids
    above = actor.reach(APPOINT_LEADERS, "school")
    return above.everything or parent_of(unit, on) in above.ids


def not_yours_to_lead(unit: OrgUnit, position: str, *, on: date) -> DomainError:
    """Return the refusal that says who appoints the leaders of a school."""
    holder, label = decider_on_leaders(unit.pk, on=on), Position(position).label
    if holder is None:
        return NotYoursToFill(position=label)
    source = holder.source.text if holder.source else "–"
    return LeadersElsewhere(position=label, who=holder.who, source=source)


def require_paper(actor: Actor, unit: OrgUnit, *, decision: str, decided_by: str) -> None:
    """Refuse a leader without number and day of the decision and who signed it.

    What the server's operator loads tells how it stood before.

    :raises PaperNeeded, PaperToCome, NumberUnfit, SignUnfit:
    """
    if actor.may(LOAD_LEADERS):
        return
    number, signed_on = paper_of(decision)
    if signed_on is None or not decided_by.strip():
        raise PaperNeeded
    require_number(number)
    if signed_on > actor.today:
        raise PaperToCome(day=day(signed_on))
    holder = decider_on_leaders(unit.pk, on=signed_on)
    if holder is not None and signed_by_another(number, holder.office):
        source = holder.source.text if holder.source else "–"
        raise SignUnfit(number=number, office=holder.who, source=source)


def paper_of(decision: str) -> tuple[str, date | None]:
    """Return number and day of a decision as written; no day where it tells none."""
    found = _PAPER.fullmatch(decision.strip())
    if found is None:
        return "", None
    number, told = found.groups()
    one, month, year = (int(part) for part in told.split("/"))
    try:
        return number, date(year, month, one)
    except ValueError:
        return "", None
