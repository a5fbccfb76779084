"""What every action on a person begins and ends with."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.errors import NotFound
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import record, record_view
from khuevan.registry.people.permissions import EDIT_PERSONS
from khuevan.registry.people.selectors import get_person_kept, kept_persons, persons
from khuevan.registry.people.sources import home_of


def lock_person(actor: Actor, uuid: UUID, permission: Permission = EDIT_PERSONS) -> Person:
    """Return a person in reach, locked until the end of the transaction.

    :raises NotFound: when there is none, or not for this actor
    :raises KeptElsewhere: when the row itself would change, and others keep it
    """
    if permission is EDIT_PERSONS:
        get_person_kept(actor, uuid)
        rows = kept_persons(actor)
    else:
        rows = persons(actor, permission)
    person = rows.select_for_update(no_key=True, of=("self",)).filter(uuid=uuid).first()
    if person is None:
        raise NotFound
    return person


def day_of(now: datetime) -> date:
    """Return the day of an instant in Viet Nam."""
    return now.astimezone(VIETNAM).date()


def note(code: str, *, actor: Actor, person: Person, now: datetime, **told: Any) -> None:
    """Write the audit entry of what happened to a person, into the log of their unit."""
    unit_id = home_of(person.pk, day_of(now))
    record(code, actor=actor, at=now, target=person, person_id=person.pk, unit_id=unit_id, **told)


def note_opened(*, actor: Actor, person: Person, what: str, now: datetime) -> None:
    """Note that the actor looks at a page of a person reached already."""
    unit_id = home_of(person.pk, day_of(now))
    record_view(actor=actor, person_id=person.pk, unit_id=unit_id, what=what, at=now)
