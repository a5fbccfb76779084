"""Many rows at once by COPY: history triggers and constraints on. Steps of bulk actions.

Whoever calls has checked the permission and opened the transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from khuevan.kernel.vietnamese import fold, join_name, name_sort_key
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import copy_rows, reserve_ids
from khuevan.registry.people.models import Address, AddressKind


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person as a bulk load knows them."""

    family: str
    middle: str
    given: str
    sex: str
    birth_year: int | None
    birth_date: date | None = None
    personal_number: str | None = None
    ethnicity_code: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class NewAddress:
    """An address of one kind of a person who exists."""

    person_id: int
    kind: AddressKind
    detail: str
    area_id: int | None = None


@dataclass(frozen=True, slots=True)
class WrittenPerson:
    """A person's id with the key that lists sort by."""

    id: int
    sort_key: str


PERSON_COLUMNS = (
    "id", "uuid", "family_name", "middle_name", "given_name", "sort_key", "search_name", "sex",
    "birth_date", "birth_year", "personal_number", "ethnicity_code", "phone", "version",
)  # fmt: skip


def write_people(people: Sequence[NewPerson]) -> list[WrittenPerson]:
    """Write people, in order, and return their ids with their sort keys."""
    ids = reserve_ids(Person, len(people))
    written = [
        WrittenPerson(pk, name_sort_key(person.family, person.middle, person.given))
        for pk, person in zip(ids, people, strict=True)
    ]
    copy_rows(Person, PERSON_COLUMNS, map(_person_row, written, people))
    return written


def _person_row(written: WrittenPerson, person: NewPerson) -> tuple[Any, ...]:
    full_name = join_name(person.family, person.middle, person.given)
    return (
        written.id, uuid4(), person.family, person.middle, person.given, written.sort_key,
        fold(full_name), person.sex, person.birth_date, person.birth_year, person.personal_number,
        person.ethnicity_code, person.phone, 1,
    )  # fmt: skip


def write_addresses(addresses: Sequence[NewAddress]) -> None:
    """Write current addresses of people."""
    ids = reserve_ids(Address, len(addresses))
    copy_rows(
        Address,
        ("id", "person_id", "kind", "area_id", "detail", "starts_on", "ends_on"),
        (
            (pk, new.person_id, new.kind.value, new.area_id, new.detail, None, None)
            for pk, new in zip(ids, addresses, strict=True)
        ),
    )
