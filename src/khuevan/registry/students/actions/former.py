"""Opening what a school saw of a former pupil last: noted, and what is masked on request alone."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import record, record_view
from khuevan.registry.people.api import VIEW_SENSITIVE
from khuevan.registry.students import audit_codes
from khuevan.registry.students.lastview import Frozen
from khuevan.registry.students.models import Enrollment
from khuevan.registry.students.selectors import get_former_for, last_view_for


@transaction.atomic
def open_last_view(*, actor: Actor, uuid: UUID, now: datetime) -> tuple[Enrollment, Frozen]:
    """Return a time at a school that is over and what was seen last, after noting who looks.

    :raises NotFound: when the time is not over, or nothing was kept
    """
    enrollment = get_former_for(actor, uuid)
    frozen = Frozen.model_validate(last_view_for(actor, enrollment).data)
    _note(actor, enrollment, "former", now)
    return enrollment, frozen


@transaction.atomic
def unmask_last_view(*, actor: Actor, uuid: UUID, now: datetime) -> tuple[Enrollment, Frozen]:
    """Return the same with the intent to show what is masked, after noting who asked."""
    enrollment = get_former_for(actor, uuid, VIEW_SENSITIVE)
    frozen = Frozen.model_validate(last_view_for(actor, enrollment, VIEW_SENSITIVE).data)
    _note(actor, enrollment, "sensitive", now)
    record(
        audit_codes.UNMASKED,
        actor=actor,
        at=now,
        target=enrollment,
        person_id=enrollment.person_id,
        unit_id=enrollment.school_id,
        details={"former": True},
    )
    return enrollment, frozen


def _note(actor: Actor, enrollment: Enrollment, what: str, now: datetime) -> None:
    record_view(
        actor=actor,
        person_id=enrollment.person_id,
        unit_id=enrollment.school_id,
        what=what,
        at=now,
        purpose="",
    )
