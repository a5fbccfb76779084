"""How a school counts overtime."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import School
from khuevan.school.hours import audit_codes
from khuevan.school.hours.models import OvertimeRule
from khuevan.school.hours.permissions import CLOSE_MONTH


@transaction.atomic
def set_rule(
    *,
    actor: Actor,
    school: School,
    counting: str,
    counts_looking_after: bool,
    counts_holidays: bool = True,
    rate: int | None,
    starts_on: date,
    now: datetime,
) -> OvertimeRule:
    """Say how a school counts overtime from a day on; closed months stay as they were."""
    if school.pk not in actor.reach(CLOSE_MONTH, "school"):
        raise NotFound
    rows = OvertimeRule.objects.unscoped(because="of a school that the actor closes months of")
    row, _made = rows.update_or_create(
        school=school,
        starts_on=starts_on,
        defaults={
            "counting": counting,
            "counts_looking_after": counts_looking_after,
            "counts_holidays": counts_holidays,
            "rate": rate,
        },
    )
    record(
        audit_codes.RULE_SET,
        actor=actor,
        at=now,
        target=school,
        unit_id=school.pk,
        details={"day": starts_on},
    )
    made: OvertimeRule = row
    return made
