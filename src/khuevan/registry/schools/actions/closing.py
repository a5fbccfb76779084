"""Closing a school: refused while pupils, staff or classes remain."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import ngettext

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import not_over, require_near
from khuevan.platform.audit.api import record
from khuevan.platform.organizations.api import Handed, close_unit
from khuevan.registry.schools import audit_codes
from khuevan.registry.schools.errors import AlreadyClosed, StillInUse
from khuevan.registry.schools.holdings import held_in_school, told
from khuevan.registry.schools.models import (
    Campus,
    HomeroomClass,
    Room,
    School,
    SchoolCode,
    SchoolVersion,
)
from khuevan.registry.schools.permissions import MANAGE_SCHOOLS

_WHY = "the school was locked through its scope"


@transaction.atomic
def close_school(
    *,
    actor: Actor,
    school_id: int,
    on: date,
    decision: str,
    successor: School | None = None,
    now: datetime,
) -> School:
    """Close a school from a day on, its first without it; a successor takes its registers.

    :raises AlreadyClosed: when it is closed
    :raises StillInUse: while pupils, staff or classes are there on that day or later
    :raises MoveTooEarly: when the school changed on that day or later
    """
    school = School.objects.visible_to(actor, MANAGE_SCHOOLS).lock(school_id)
    require_near(on, today=actor.today)
    if school.closed_on is not None:
        raise AlreadyClosed(on=f"{school.closed_on:%d/%m/%Y}")
    left = [*held_in_school(school.pk, on=on), *_classes_left(school.pk, on)]
    if left:
        raise StillInUse(what=school.code, holds=told(left), on=f"{on:%d/%m/%Y}")
    taken = {Handed.REGISTERS: [successor.pk]} if successor is not None else {}
    close_unit(actor=actor, unit_id=school.pk, on=on, successors=taken, now=now)
    school.closed_on = on
    school.save(update_fields=["closed_on"])
    for model in (Room, Campus, SchoolVersion, SchoolCode):
        rows = model.objects.unscoped(because=_WHY)
        rows.filter(not_over(on), school_id=school.pk, starts_on__lt=on).update(ends_on=on)
    record(
        audit_codes.SCHOOL_CLOSED,
        actor=actor,
        at=now,
        target=school,
        unit_id=school.pk,
        details={"on": f"{on:%d/%m/%Y}", "decision": decision},
    )
    return school


def _classes_left(school_id: int, on: date) -> list[str]:
    rows = HomeroomClass.objects.unscoped(because=_WHY).filter(school_id=school_id)
    count = rows.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=on), academic_year__ends_on__gt=on
    ).count()
    if not count:
        return []
    return [ngettext("%(count)s class", "%(count)s classes", count) % {"count": count}]
