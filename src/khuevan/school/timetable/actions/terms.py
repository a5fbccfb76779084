"""What a school promises and has measured: how early it publishes, how far its campuses are."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import Campus, School
from khuevan.school.timetable import audit_codes
from khuevan.school.timetable.actions.rules import touch
from khuevan.school.timetable.errors import NoSuchRule, SameCampus
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.school.timetable.rule_models import MOST_NOTICE, CampusWay, PublishingNotice

BECAUSE = "of a school whose timetables the actor makes"


@transaction.atomic
def set_notice(
    *, actor: Actor, school: School, working_days: int, now: datetime
) -> PublishingNotice:
    """Say how many working days before it holds a timetable is published.

    :raises NoSuchRule: when it is more than anybody waits
    """
    if school.pk not in actor.reach(MANAGE_TIMETABLES, "school"):
        raise NotFound
    if not 0 <= working_days <= MOST_NOTICE:
        raise NoSuchRule
    rows = PublishingNotice.objects.unscoped(because=BECAUSE)
    row, _made = rows.update_or_create(school=school, defaults={"working_days": working_days})
    record(
        audit_codes.NOTICE_SET,
        actor=actor,
        at=now,
        target=school,
        unit_id=school.pk,
        details={"count": working_days},
    )
    made: PublishingNotice = row
    return made


@transaction.atomic
def set_way(
    *,
    actor: Actor,
    school: School,
    one: UUID,
    other: UUID,
    km: Decimal | None,
    minutes: int | None,
    now: datetime,
) -> CampusWay:
    """Say how far two campuses are apart, in kilometres, minutes of the way, or both.

    :raises SameCampus: when they are one, or nothing is said of them
    """
    if school.pk not in actor.reach(MANAGE_TIMETABLES, "school"):
        raise NotFound
    rows = Campus.objects.unscoped(because=BECAUSE).filter(school=school)
    found = sorted((rows.one(one), rows.one(other)), key=lambda site: site.pk)
    if found[0] == found[1] or (km is None and minutes is None):
        raise SameCampus
    ways = CampusWay.objects.unscoped(because=BECAUSE)
    way, _made = ways.update_or_create(
        one=found[0],
        other=found[1],
        defaults={"school": school, "km": km, "minutes": minutes},
    )
    touch(school.pk)
    record(
        audit_codes.WAY_SET,
        actor=actor,
        at=now,
        unit_id=school.pk,
        details={
            "name": name_of_way(found[0], found[1]),
            "km": "–" if km is None else str(km),
            "minutes": "–" if minutes is None else str(minutes),
        },
    )
    made: CampusWay = way
    return made


@transaction.atomic
def remove_way(*, actor: Actor, school: School, one: UUID, other: UUID, now: datetime) -> None:
    """Let the way between two campuses be counted from their ways to the main one again."""
    ways = CampusWay.objects.visible_to(actor, MANAGE_TIMETABLES).filter(school=school)
    both = {one, other}
    way = ways.filter(one__uuid__in=both, other__uuid__in=both).first()
    if way is None:
        raise NotFound
    touch(school.pk)
    record(
        audit_codes.WAY_REMOVED,
        actor=actor,
        at=now,
        unit_id=school.pk,
        details={"name": name_of_way(way.one, way.other)},
    )
    way.delete()


def name_of_way(one: Campus, other: Campus) -> str:
    """Return what a way is called."""
    return f"{one.name} – {other.name}"
