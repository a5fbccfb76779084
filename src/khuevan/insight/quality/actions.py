"""What happens here: a cell is mended through the record's own action, a school counted anew."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime

from khuevan.insight.quality import audit_codes
from khuevan.insight.quality.cells import Cell, Write
from khuevan.insight.quality.errors import CountedJustNow
from khuevan.insight.quality.models import SchoolScore
from khuevan.insight.quality.permissions import COUNT_ANEW
from khuevan.insight.quality.rule_list import QualityRule
from khuevan.insight.quality.upkeep import write_counts
from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import School, get_school_for
from khuevan.ui.formats import clock

AGAIN_AFTER = timedelta(seconds=30)
"""Pressing a button again and again must not keep the database counting."""


@transaction.atomic
def mend(*, cell: Cell, said: Write) -> None:
    """Write one cell through the action of its record, and count the school anew.

    Refusals are those of that action: another version, a number taken, a value that can't be.
    """
    cell.write(said)
    write_counts([said.school.pk], on=said.actor.today, now=said.now)


@transaction.atomic
def count_anew(*, actor: Actor, code: str, now: datetime) -> School:
    """Count the faults of a school as they are now.

    :raises NotFound: when there is no such school in reach
    :raises CountedJustNow: within half a minute of the last count
    """
    school = get_school_for(actor, code, COUNT_ANEW)
    score = SchoolScore.objects.visible_to(actor, COUNT_ANEW).filter(school_id=school.pk)
    last = score.filter(on=actor.today, counted_at__gt=now - AGAIN_AFTER).first()
    if last is not None:
        raise CountedJustNow(time=clock(localtime(last.counted_at)))
    write_counts([school.pk], on=actor.today, now=now)
    record(audit_codes.COUNTED_ANEW, actor=actor, at=now, target=school, unit_id=school.pk)
    return school


@transaction.atomic
def note_opened(
    *, actor: Actor, school: School, rule: QualityRule, count: int, now: datetime
) -> None:
    """Write down that records at fault were listed by name, and how many."""
    record(
        audit_codes.FINDINGS_OPENED,
        actor=actor,
        at=now,
        unit_id=school.pk,
        details={"rule": rule.code, "count": count},
    )
