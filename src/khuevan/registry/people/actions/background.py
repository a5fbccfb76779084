"""Nationality and religion: what somebody is counted as; religion only where a form asks for it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.platform.accounts.api import Person
from khuevan.platform.codes.api import code_table
from khuevan.registry.people import audit_codes
from khuevan.registry.people.actions.common import day_of, lock_person, note
from khuevan.registry.people.errors import PersonChanged, ReligionNotYours, UnknownCode
from khuevan.registry.people.permissions import VIEW_SENSITIVE
from khuevan.registry.people.selectors import allows


@transaction.atomic
def set_background(
    *,
    actor: Actor,
    uuid: UUID,
    version: int,
    nationality_code: str,
    religion_code: str | None = None,
    now: datetime,
) -> Person:
    """Set which country somebody is of, and the religion when one is named; None leaves it.

    The log says that a religion was written, never which.

    :raises PersonChanged: when the row's version is no longer `version`
    :raises UnknownCode: when a code is not on the list of that day
    :raises ReligionNotYours: when religion is given by somebody who may not see it
    """
    person = lock_person(actor, uuid)
    if person.version != version:
        raise PersonChanged
    on = day_of(now)
    if nationality_code and not code_table("nationalities").has(nationality_code, on=on):
        raise UnknownCode
    columns = ["nationality_code", "version"]
    before = {"nationality_code": person.nationality_code}
    if religion_code is not None and religion_code != person.religion_code:
        if religion_code and not code_table("religions").has(religion_code, on=on):
            raise UnknownCode
        if not allows(actor, person, VIEW_SENSITIVE):
            raise ReligionNotYours
        person.religion_code = religion_code
        columns.append("religion_code")
    person.nationality_code = nationality_code
    person.version += 1
    person.save(update_fields=columns)
    note(
        audit_codes.BACKGROUND_SET,
        actor=actor,
        person=person,
        now=now,
        before=before,
        after={"nationality_code": nationality_code},
        details={"religion": "religion_code" in columns},
    )
    return person
