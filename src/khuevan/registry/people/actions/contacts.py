"""How somebody is reached: the whole ordered list at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.phone import is_phone, phone_digits
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.accounts.api import Person
from khuevan.registry.people import audit_codes
from khuevan.registry.people.actions.common import day_of, lock_person, note
from khuevan.registry.people.errors import NotAContact, PersonChanged, TwiceTheSame
from khuevan.registry.people.models import Contact, ContactKind

MOST_CONTACTS = 8


@dataclass(frozen=True, slots=True)
class ContactData:
    """One way to reach somebody, as a form or a program names it."""

    kind: str
    value: str
    note: str = ""


@transaction.atomic
def set_contacts(
    *, actor: Actor, uuid: UUID, version: int, contacts: Sequence[ContactData], now: datetime
) -> Person:
    """Set all contacts in the order in which to try them; what is left out ends today.

    The first phone becomes the one that lists show.

    :raises PersonChanged: when the row's version is no longer `version`
    :raises NotAContact, TwiceTheSame: naming the line
    """
    person = lock_person(actor, uuid)
    if person.version != version:
        raise PersonChanged
    wanted = _checked(contacts)
    on = day_of(now)
    rows = Contact.objects.unscoped(because="the person is reached and locked")
    held = {row.value: row for row in rows.filter(person=person, ends_on__isnull=True)}
    before = [row.value for row in sorted(held.values(), key=lambda row: row.position)]
    for value in held.keys() - {one.value for one in wanted}:
        held[value].ends_on = on
        held[value].save(update_fields=["ends_on"])
    for place, one in enumerate(wanted, start=1):
        row = held.get(one.value) or Contact(person=person, value=one.value, starts_on=on)
        row.kind, row.note, row.position = one.kind, one.note, place
        row.save()
    person.phone = next((o.value for o in wanted if o.kind != ContactKind.EMAIL), "")
    person.version += 1
    person.save(update_fields=["phone", "version"])
    note(
        audit_codes.CONTACTS_CHANGED,
        actor=actor,
        person=person,
        now=now,
        before={"contacts": ", ".join(before)},
        after={"contacts": ", ".join(one.value for one in wanted)},
    )
    return person


def _checked(contacts: Sequence[ContactData]) -> list[ContactData]:
    if len(contacts) > MOST_CONTACTS:
        raise NotAContact(line=MOST_CONTACTS + 1)
    found: list[ContactData] = []
    for line, one in enumerate(contacts, start=1):
        value = _value(one)
        if value is None or one.kind not in ContactKind.values:
            raise NotAContact(line=line)
        if any(value == other.value for other in found):
            raise TwiceTheSame(line=line)
        found.append(ContactData(one.kind, value, normalize(one.note)[:80]))
    return found


def _value(one: ContactData) -> str | None:
    if one.kind == ContactKind.EMAIL:
        value = one.value.strip().lower()
        try:
            validate_email(value)
        except ValidationError:
            return None
        return value
    digits = phone_digits(one.value)
    return digits if is_phone(digits) else None
