"""What happens here: the teachers of a school are counted anew."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime

from khuevan.insight.staffing import audit_codes
from khuevan.insight.staffing.errors import StaffingCountedJustNow
from khuevan.insight.staffing.models import LevelCount
from khuevan.insight.staffing.permissions import COUNT_STAFFING
from khuevan.insight.staffing.upkeep import write_counts
from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import School, get_school_for
from khuevan.ui.formats import clock

AGAIN_AFTER = timedelta(seconds=30)
"""Pressing a button again and again must not keep the database counting."""


@transaction.atomic
def count_anew(*, actor: Actor, code: str, now: datetime) -> School:
    """Count the teachers of a school as they are now, for the tables of those above it.

    :raises NotFound: when there is no such school in reach
    :raises StaffingCountedJustNow: within half a minute of the last count
    """
    school = get_school_for(actor, code, COUNT_STAFFING)
    rows = LevelCount.objects.visible_to(actor, COUNT_STAFFING).filter(school_id=school.pk)
    last = rows.filter(counted_at__gt=now - AGAIN_AFTER).first()
    if last is not None:
        raise StaffingCountedJustNow(time=clock(localtime(last.counted_at)))
    write_counts([school.pk], on=actor.today, now=now)
    record(audit_codes.COUNTED_ANEW, actor=actor, at=now, target=school, unit_id=school.pk)
    return school
