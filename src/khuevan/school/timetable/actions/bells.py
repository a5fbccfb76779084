"""The bell times of a school: set from a day on, the earlier ones kept until then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Min, QuerySet

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import School
from khuevan.school.timetable import audit_codes
from khuevan.school.timetable.actions.rules import touch
from khuevan.school.timetable.bell_rules import BellFaultKind, BellTime, bell_faults
from khuevan.school.timetable.errors import (
    BellsBackwards,
    BellsLength,
    BellsMissing,
    BellsOverlap,
    NoBells,
    NoLaterBells,
)
from khuevan.school.timetable.models import BellPeriod, Half
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES

BECAUSE = "of a school whose timetables the actor makes"
REFUSALS = {
    BellFaultKind.BACKWARDS: BellsBackwards,
    BellFaultKind.LENGTH: BellsLength,
    BellFaultKind.OVERLAP: BellsOverlap,
    BellFaultKind.HOLE: BellsMissing,
}


@transaction.atomic
def set_bells(
    *,
    actor: Actor,
    school: School,
    level: str,
    bells: Sequence[BellTime],
    starts_on: date,
    now: datetime,
) -> None:
    """Set the bell times of a level, or of all, from a day on until others were set already.

    :raises NoBells, BellsBackwards, BellsLength, BellsOverlap, BellsMissing:
    """
    if school.pk not in actor.reach(MANAGE_TIMETABLES, "school"):
        raise NotFound
    if level and level not in school.levels:
        raise NotFound
    if not bells:
        raise NoBells
    for fault in bell_faults(bells):
        half = str(Half(fault.bell.half).label).lower()
        raise REFUSALS[fault.kind](number=fault.bell.number, half=half)
    rows = _rows(school, level)
    School.objects.unscoped(because=BECAUSE).select_for_update(no_key=True).get(pk=school.pk)
    later = rows.filter(starts_on__gt=starts_on).aggregate(first=Min("starts_on"))["first"]
    rows.filter(starts_on=starts_on).delete()
    for row in rows.filter(starts_on__lt=starts_on).exclude(ends_on__lte=starts_on):
        row.ends_on = starts_on
        row.save(update_fields=["ends_on"])
    BellPeriod.objects.bulk_create(
        BellPeriod(
            school=school,
            level=level,
            half=one.half,
            number=one.number,
            begins_at=one.begins_at,
            ends_at=one.ends_at,
            starts_on=starts_on,
            ends_on=later,
        )
        for one in bells
    )
    touch(school.pk)
    record(
        audit_codes.BELLS_SET,
        actor=actor,
        at=now,
        unit_id=school.pk,
        details={"count": len(bells), "day": starts_on},
    )


@transaction.atomic
def drop_bells(*, actor: Actor, school: School, level: str, starts_on: date, now: datetime) -> None:
    """Take back bell times that do not hold yet: those before them hold on.

    :raises NoLaterBells: when none begin that day, or they hold already
    """
    if school.pk not in actor.reach(MANAGE_TIMETABLES, "school"):
        raise NotFound
    School.objects.unscoped(because=BECAUSE).select_for_update(no_key=True).get(pk=school.pk)
    rows = _rows(school, level)
    dropped = list(rows.filter(starts_on=starts_on))
    if not dropped or starts_on <= actor.today:
        raise NoLaterBells
    until = dropped[0].ends_on
    rows.filter(starts_on=starts_on).delete()
    for row in rows.filter(ends_on=starts_on):
        row.ends_on = until
        row.save(update_fields=["ends_on"])
    touch(school.pk)
    record(
        audit_codes.BELLS_DROPPED,
        actor=actor,
        at=now,
        unit_id=school.pk,
        details={"day": starts_on},
    )


def _rows(school: School, level: str) -> QuerySet[BellPeriod]:
    return BellPeriod.objects.unscoped(because=BECAUSE).filter(school=school, level=level)
