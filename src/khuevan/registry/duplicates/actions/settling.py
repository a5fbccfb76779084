"""Two people who look alike, confirmed as two."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.audit.api import record
from khuevan.registry.duplicates import audit_codes
from khuevan.registry.duplicates.errors import PairChanged, ReasonNeeded
from khuevan.registry.duplicates.models import DuplicatePair, PairState
from khuevan.registry.duplicates.permissions import SETTLE_PAIRS
from khuevan.registry.duplicates.selectors import pairs
from khuevan.registry.people.api import home_of


@transaction.atomic
def tell_apart(*, actor: Actor, uuid: UUID, reason: str, now: datetime) -> DuplicatePair:
    """Say that a pair is two people: it is not proposed again.

    :raises NotFound: when there is none in reach
    :raises PairChanged, ReasonNeeded: when it was settled before, or nobody says why
    """
    pair = pairs(actor, SETTLE_PAIRS).select_for_update(of=("self",)).one(uuid)
    if pair.state != PairState.OPEN:
        raise PairChanged
    if not normalize(reason):
        raise ReasonNeeded
    pair.state, pair.reason = PairState.APART, normalize(reason)
    pair.settled_at, pair.settled_by = now, actor.label[:200]
    pair.save(update_fields=["state", "reason", "settled_at", "settled_by"])
    record(
        audit_codes.TOLD_APART,
        actor=actor,
        at=now,
        target=pair.one,
        person_id=pair.one_id,
        unit_id=home_of(pair.one_id, now.astimezone(VIETNAM).date()),
        details={"reason": pair.reason},
    )
    return pair
