"""A number whose digits contradict the record, confirmed by whoever saw the papers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.vietnamese import normalize
from khuevan.registry.people import audit_codes
from khuevan.registry.people.actions.common import lock_person, note
from khuevan.registry.people.errors import NothingDoubted, ReasonNeeded
from khuevan.registry.people.models import NumberReview
from khuevan.registry.people.permissions import SETTLE_DOUBTS


@transaction.atomic
def confirm_number(*, actor: Actor, uuid: UUID, reason: str, now: datetime) -> NumberReview:
    """Say that a personal number is right as it stands; a new doubt would be listed again.

    :raises NothingDoubted: when the number contradicts nothing
    :raises ReasonNeeded: without a reason
    """
    person = lock_person(actor, uuid, SETTLE_DOUBTS)
    if not person.personal_number or not person.number_doubts:
        raise NothingDoubted
    if not normalize(reason):
        raise ReasonNeeded
    review, is_new = NumberReview.objects.unscoped(because="the person is locked").get_or_create(
        person=person,
        personal_number=person.personal_number,
        doubts=person.number_doubts,
        defaults={"reason": normalize(reason), "by_id": actor.person_id, "at": now},
    )
    if is_new:
        note(
            audit_codes.NUMBER_CONFIRMED,
            actor=actor,
            person=person,
            now=now,
            details={"reason": review.reason},
        )
    return review
