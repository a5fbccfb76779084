"""Many rows at once by COPY: history triggers and constraints on. Steps of bulk actions.

Whoever calls has checked the permission and opened the transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import connection, models
from psycopg import sql

from khuevan.kernel.vietnamese import fold, join_name, name_sort_key
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import tell_triggers_before_copy
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


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Return so many ids of a model's table that no other row will get."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def copy_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Write rows into a model's table by COPY; every constraint and trigger holds."""
    _tell_triggers()
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _tell_triggers() -> None:
    """Tell the history triggers the running batch, and to look no further, for this transaction.

    COPY goes past the wrapper that would name the batch. Each trigger asks for a list of triggers
    to skip, and a list that was never set costs it an exception a row, nine tenths of its time:
    so an empty one is set.
    """
    tell_triggers_before_copy()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")


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
