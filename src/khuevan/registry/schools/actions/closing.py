"""Closing a school: refused while pupils, staff or classes remain."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import ngettext

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force, not_over, require_near
from khuevan.platform.audit.api import record
from khuevan.platform.organizations.api import (
    Decided,
    Handed,
    MoveTooEarly,
    Signed,
    close_unit,
)
from khuevan.platform.organizations.api import write_decision as keep_paper
from khuevan.registry.schools import audit_codes
from khuevan.registry.schools.actions.decisions import write_decision
from khuevan.registry.schools.competence import asked_on
from khuevan.registry.schools.deciding import require_decider, require_decision
from khuevan.registry.schools.errors import AlreadyClosed, StillInUse
from khuevan.registry.schools.errors_of_founding import (
    SuccessorIsItself,
    SuccessorNotOpen,
    SuccessorTeachesOther,
)
from khuevan.registry.schools.holdings import held_in_school, told
from khuevan.registry.schools.models import (
    Campus,
    EducationLevel,
    HomeroomClass,
    Matter,
    Room,
    School,
    SchoolCode,
    SchoolVersion,
)
from khuevan.registry.schools.permissions import DECIDE_SCHOOLS
from khuevan.ui.formats import day

ENDED = (Room, Campus, SchoolVersion, SchoolCode)
"""What of a school ends with it."""
_WHY = "the school was locked through its scope"


@transaction.atomic
def close_school(
    *,
    actor: Actor,
    school_id: int,
    on: date,
    signed: Signed | None,
    successor: School | None = None,
    now: datetime,
) -> School:
    """Close a school from a day on, its first without it; a successor takes its registers.

    Whoever is competent to found such a school on the day of the decision dissolves or merges it.

    :raises DecisionNeeded, DecisionToCome, CountsBeforeDecision: without a decision before it
    :raises NotTheDecider: when another office decides about such a school
    :raises NumberUnfit, SignerNeeded, SignedOtherwise, PositionUnfit: when it can't be signed so
    :raises AlreadyClosed: when it is closed
    :raises SuccessorIsItself, SuccessorNotOpen: when no other school takes the registers then
    :raises SuccessorTeachesOther: when that school teaches none of its levels
    :raises StillInUse: while pupils, staff or classes are there on that day or later
    :raises MoveTooEarly: when the school changed on that day or later
    """
    school = School.objects.visible_to(actor, DECIDE_SCHOOLS).lock(school_id)
    require_near(on, today=actor.today)
    if school.closed_on is not None:
        raise AlreadyClosed(on=day(school.closed_on))
    _require_nothing_later(school.pk, on)
    if successor is not None:
        _require_successor(school, successor, on)
    decision = require_decision(signed, counts_from=on, today=actor.today)
    matter = Matter.MERGER if successor is not None else Matter.DISSOLUTION
    asked = asked_on(school, decision.on)
    decider = require_decider(actor, asked, matter, signed=decision, own=DECIDE_SCHOOLS)
    left = [*held_in_school(school.pk, on=on), *classes_left(school.pk, on)]
    if left:
        raise StillInUse(what=school.code, holds=told(left), on=day(on))
    taken = {Handed.REGISTERS: [successor.pk]} if successor is not None else {}
    paper = keep_paper(Decided(decision.number, decision.on), actor=actor, on=on, now=now)
    close_unit(actor=actor, unit_id=school.pk, on=on, successors=taken, now=now, paper=paper)
    one = write_decision(school, matter, decision, decider, counts_from=on, actor=actor, now=now)
    school.closed_on = on
    school.save(update_fields=["closed_on"])
    one.ended = _end_with(school.pk, on)
    one.save(update_fields=["ended"])
    record(
        audit_codes.SCHOOL_CLOSED,
        actor=actor,
        at=now,
        target=school,
        unit_id=school.pk,
        details={"on": day(on), "decision": decision.number},
    )
    return school


def _end_with(school_id: int, on: date) -> dict[str, dict[str, str | None]]:
    """End what of a school isn't over, and return which rows with the ends they had."""
    ends: dict[str, dict[str, str | None]] = {}
    for model in ENDED:
        rows = model.objects.unscoped(because=_WHY)
        rows = rows.filter(not_over(on), school_id=school_id, starts_on__lt=on).order_by("pk")
        held = rows.values_list("pk", "ends_on")
        ends[model.__name__] = {str(pk): end.isoformat() if end else None for pk, end in held}
        rows.update(ends_on=on)
    return ends


def _require_successor(school: School, successor: School, on: date) -> None:
    """Refuse a school as its own successor, and one that isn't open on a day."""
    if successor.pk == school.pk:
        raise SuccessorIsItself
    has_closed = successor.closed_on is not None and successor.closed_on <= on
    rows = SchoolVersion.objects.unscoped(because="what a school is by law is public")
    there = rows.filter(in_force(on), school=successor).first()
    if has_closed or there is None:
        raise SuccessorNotOpen(code=successor.code, on=day(on))
    own = rows.filter(school=school).order_by("-starts_on")[0]
    if own.levels and not set(own.levels) & set(there.levels):
        labels = ", ".join(str(EducationLevel(one).label) for one in own.levels)
        raise SuccessorTeachesOther(code=successor.code, levels=labels)


def _require_nothing_later(school_id: int, on: date) -> None:
    """Refuse to close a school before what is written down for a later day of it."""
    found: list[date] = []
    for model in ENDED:
        rows = model.objects.unscoped(because=_WHY).filter(school_id=school_id, starts_on__gte=on)
        found.extend(rows.values_list("starts_on", flat=True))
    if found:
        raise MoveTooEarly(since=day(max(found)))


def classes_left(school_id: int, on: date) -> list[str]:
    """Return in words the classes that are open in a school on a day or later."""
    rows = HomeroomClass.objects.unscoped(because=_WHY).filter(school_id=school_id)
    count = rows.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=on), academic_year__ends_on__gt=on
    ).count()
    if not count:
        return []
    return [ngettext("%(count)s class", "%(count)s classes", count) % {"count": count}]
