"""What a school's comments may be: how long, and which words it refuses itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import School
from khuevan.school.remarks import audit_codes
from khuevan.school.remarks.models import RemarkSetting
from khuevan.school.remarks.permissions import MANAGE_PHRASES

BECAUSE = "what a school set, by who keeps its phrases"


@transaction.atomic
def set_limits(
    *,
    actor: Actor,
    school: School,
    longest: int,
    longest_overall: int,
    forbidden: Sequence[str],
    now: datetime,
) -> RemarkSetting:
    """Say how long the comments of a school may be, and which words none may have.

    :raises NotFound: when the actor doesn't keep this school's phrases
    """
    if school.pk not in actor.reach(MANAGE_PHRASES, "school"):
        raise NotFound
    setting, _is_new = RemarkSetting.objects.unscoped(because=BECAUSE).update_or_create(
        school=school,
        defaults={
            "longest": longest,
            "longest_overall": longest_overall,
            "forbidden": list(forbidden),
        },
    )
    record(audit_codes.SETTING_CHANGED, actor=actor, at=now, unit_id=school.pk)
    return setting
