"""Withdrawing a decision on a school: what it brought goes with it, where nothing rests on it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import record
from khuevan.platform.organizations.api import drop_unit, reopen_unit, version_of
from khuevan.registry.schools import audit_codes
from khuevan.registry.schools.actions.closing import ENDED, classes_left
from khuevan.registry.schools.actions.decisions import (
    CLOSINGS,
    CONVERSIONS,
    lock_decision,
    require_reason,
)
from khuevan.registry.schools.actions.facts import require_no_class
from khuevan.registry.schools.competence import asked_on, decider_of
from khuevan.registry.schools.deciding import require_under_province
from khuevan.registry.schools.decisions import school_decisions
from khuevan.registry.schools.errors import StillInUse
from khuevan.registry.schools.errors_of_founding import ComingSchoolInUse, RestsOnIt, SchoolIsOpen
from khuevan.registry.schools.facts import SchoolFacts
from khuevan.registry.schools.frame import name_of
from khuevan.registry.schools.holdings import held_in_school, told
from khuevan.registry.schools.models import (
    Campus,
    Matter,
    Room,
    School,
    SchoolCode,
    SchoolDecision,
    SchoolVersion,
)
from khuevan.ui.formats import day as written

_WHY = "the school was locked through its scope"


@transaction.atomic
def withdraw_decision(
    *, actor: Actor, uuid: UUID, reason: str, now: datetime
) -> SchoolDecision | None:
    """Withdraw a decision on a school, by whoever may record it, with all that it brought.

    A conversion's facts end, a closed school is open as before, a school founded for a day to come
    goes away with its decision: of that nothing is returned.

    :raises ReasonNeeded: when nothing tells why
    :raises NotTheDecider, DeciderUnknown: when another office decided so
    :raises RestsOnIt: when something was written down since that rests on it
    :raises LevelStillTaught, MoveBeforeConversion: when the school can't be again what it was
    :raises ParentNotThere: when the unit that the school stood under has ended
    :raises SchoolIsOpen: when a founding is withdrawn after the school opened
    :raises StillInUse, ComingSchoolInUse: when a coming school has people or accounts already
    """
    school, one = lock_decision(actor, uuid)
    why = require_reason(reason)
    said = {"decision": one.number, "reason": why}
    if one.matter == Matter.FOUNDING:
        _revoke(actor, school, one, said, now)
        return None
    if one.matter in CONVERSIONS:
        _step_back(actor, school, one)
    elif one.matter in CLOSINGS:
        _reopen(actor, school, one, why, now)
    one.is_withdrawn, one.withdrawn_because = True, why
    one.save(update_fields=["is_withdrawn", "withdrawn_because"])
    record(
        audit_codes.DECISION_WITHDRAWN,
        actor=actor,
        at=now,
        target=school,
        unit_id=school.pk,
        details={"matter": str(Matter(one.matter).label), **said},
    )
    return one


def _step_back(actor: Actor, school: School, one: SchoolDecision) -> None:
    """Let a school be again what it was by law before a conversion."""
    rows = SchoolVersion.objects.unscoped(because=_WHY).filter(school=school)
    held = list(rows.select_for_update(no_key=True, of=("self",)).order_by("-starts_on"))
    if not any(row.starts_on == one.counts_from for row in held):
        return
    if school.closed_on is not None:
        raise RestsOnIt(what=_("the closing on %(on)s") % {"on": _day(school.closed_on)})
    latest, before = held[0], held[1] if len(held) > 1 else None
    if latest.starts_on != one.counts_from or before is None:
        what = _("what the school became on %(on)s") % {"on": _day(latest.starts_on)}
        raise RestsOnIt(what=what)
    was = SchoolFacts.of(before)
    require_no_class(school.pk, was, on=one.counts_from)
    asked = asked_on(school, actor.today, facts=was)
    require_under_province(asked, decider_of(asked, Matter.CONVERSION, on=actor.today))
    latest.delete()
    before.ends_on = None
    before.save(update_fields=["ends_on"])


def _reopen(actor: Actor, school: School, one: SchoolDecision, why: str, now: datetime) -> None:
    """Let a school that was closed be open as if it had not been."""
    if school.closed_on is None:
        return
    closed = school.closed_on
    reopen_unit(actor=actor, unit_id=school.pk, on=closed, reason=why, now=now)
    for model in ENDED:
        rows = model.objects.unscoped(because=_WHY).filter(school_id=school.pk, ends_on=closed)
        for row in rows.order_by("pk"):
            _give_back_end(row, one.ended)
    school.closed_on = None
    school.save(update_fields=["closed_on"])


def _give_back_end(
    row: Room | Campus | SchoolVersion | SchoolCode, ended: dict[str, dict[str, str | None]] | None
) -> None:
    """Let a row end when it would have without the closing; what ended by itself stays ended.

    Closings of before it was kept what they ended give no end back.
    """
    held = {str(row.pk): None} if ended is None else ended.get(type(row).__name__, {})
    if str(row.pk) not in held:
        return
    end = held[str(row.pk)]
    row.ends_on = date.fromisoformat(end) if end else None
    row.save(update_fields=["ends_on"])


def _revoke(
    actor: Actor, school: School, one: SchoolDecision, said: dict[str, str], now: datetime
) -> None:
    """Let a school that was to open go away, with its places, its code and its decision."""
    opens_on = _opens_on(school)
    if opens_on <= actor.today:
        raise SchoolIsOpen(on=_day(opens_on))
    others = [row for row in school_decisions(school.pk) if row.pk != one.pk]
    if others:
        raise RestsOnIt(what=f"{others[0].get_matter_display()} ({others[0].number})")
    left = [*held_in_school(school.pk, on=opens_on), *classes_left(school.pk, opens_on)]
    if left:
        raise StillInUse(what=school.code, holds=told(left), on=_day(opens_on))
    place = version_of(school.pk, on=opens_on)
    name = name_of(school)
    try:
        _drop(school)
    except (ProtectedError, RestrictedError) as error:
        raise ComingSchoolInUse(school=name) from error
    record(
        audit_codes.FOUNDING_REVOKED,
        actor=actor,
        at=now,
        unit_id=place.parent_id if place else None,
        details={"school": name, "code": school.code, **said},
    )


def _drop(school: School) -> None:
    """Delete all rows of a school that never opened; their history stays."""
    SchoolDecision.objects.unscoped(because=_WHY).filter(school_id=school.pk).delete()
    for model in ENDED:
        model.objects.unscoped(because=_WHY).filter(school_id=school.pk).delete()
    pk = school.pk
    School.objects.unscoped(because=_WHY).filter(pk=pk).delete()
    drop_unit(pk)


def _opens_on(school: School) -> date:
    rows = SchoolVersion.objects.unscoped(because=_WHY).filter(school_id=school.pk)
    first: date = rows.order_by("starts_on").values_list("starts_on", flat=True)[0]
    return first


def _day(day: date) -> str:
    return written(day)
