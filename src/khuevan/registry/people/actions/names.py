"""A name that changes by decision: the former one is kept and still finds the person."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.vietnamese import fold, normalize, split_name
from khuevan.platform.accounts.api import Person
from khuevan.registry.people import audit_codes, rules
from khuevan.registry.people.actions.common import day_of, lock_person, note
from khuevan.registry.people.checks import check_name
from khuevan.registry.people.errors import (
    NoSuchDay,
    PersonChanged,
    ReasonNeeded,
    SameName,
)
from khuevan.registry.people.models import PersonName
from khuevan.registry.people.sources import name_followers
from khuevan.ui.formats import day


@transaction.atomic
def change_name(
    *,
    actor: Actor,
    uuid: UUID,
    version: int,
    full_name: str,
    on: date,
    reason: str,
    decision: str,
    now: datetime,
) -> Person:
    """Give a person a new name from a day on; a slip of the pen is corrected on the record instead.

    :raises PersonChanged: when the row's version is no longer `version`
    :raises NotAName, SameName, ReasonNeeded: when there is nothing to change
    :raises NoSuchDay: before the last change, or ahead of today
    """
    person = lock_person(actor, uuid)
    name = normalize(full_name)
    _check(person, name, version=version, reason=reason)
    last = _last_change(person)
    today = day_of(now)
    if not rules.may_change_on(on, last=last, born=person.birth_date, today=today):
        earliest = max(filter(None, (last, person.birth_date, rules.EARLIEST_CHANGE)))
        raise NoSuchDay(earliest=day(earliest), latest=day(today))
    before = person.full_name
    PersonName.objects.create(
        person=person,
        family_name=person.family_name,
        middle_name=person.middle_name,
        given_name=person.given_name,
        search_name=fold(before),
        reason=normalize(reason),
        decision=normalize(decision),
        starts_on=last,
        ends_on=on,
    )
    person.set_name(*split_name(name))
    person.version += 1
    person.save(update_fields=[*Person.NAME_COLUMNS, "version"])
    for follow in name_followers:
        follow(person)
    note(
        audit_codes.NAME_CHANGED,
        actor=actor,
        person=person,
        now=now,
        before={"full_name": before},
        after={"full_name": person.full_name},
        details={"on": on, "reason": normalize(reason), "decision": normalize(decision)},
    )
    return person


def _check(person: Person, name: str, *, version: int, reason: str) -> None:
    if person.version != version:
        raise PersonChanged
    check_name(name)
    if name == person.full_name:
        raise SameName
    if not normalize(reason):
        raise ReasonNeeded


def _last_change(person: Person) -> date | None:
    rows = PersonName.objects.unscoped(because="the person is reached and locked")
    return rows.filter(person=person).order_by("-ends_on").values_list("ends_on", flat=True).first()
