"""Codes of people: a temporary one and what replaces it, passports, codes that were replaced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.personal_number import check_format
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import reserve_ids
from khuevan.registry.people import audit_codes, rules
from khuevan.registry.people.actions.common import day_of, lock_person, note
from khuevan.registry.people.errors import (
    CodeTaken,
    NotACode,
    NotANumber,
    NoTemporaryCode,
    NumberKnown,
    NumberTaken,
    PersonChanged,
)
from khuevan.registry.people.models import CodeKind, PersonCode
from khuevan.registry.people.selectors import NUMBER, temporary_code_of
from khuevan.registry.people.sources import code_homes

LOCKED = "the person is reached and locked"


@transaction.atomic
def issue_temporary_code(*, actor: Actor, uuid: UUID, now: datetime) -> PersonCode:
    """Give whoever has neither number nor code a temporary one; asked twice it is the same.

    :raises NumberKnown: when a number or a ministry code is known
    """
    person = lock_person(actor, uuid)
    held = temporary_code_of(person.pk)
    if held is not None:
        return held
    if person.personal_number or any(home.read(person.pk) for home in code_homes):
        raise NumberKnown
    (number,) = reserve_ids(PersonCode, 1)
    on = day_of(now)
    issued = PersonCode.objects.create(
        pk=number,
        person=person,
        kind=CodeKind.TEMPORARY,
        code=rules.temporary_code(number, on),
        starts_on=on,
    )
    note(
        audit_codes.TEMPORARY_ISSUED,
        actor=actor,
        person=person,
        now=now,
        details={"code": issued.code},
    )
    return issued


@transaction.atomic
def replace_temporary_code(
    *,
    actor: Actor,
    uuid: UUID,
    version: int,
    now: datetime,
    personal_number: str = "",
    moet_code: str = "",
) -> Person:
    """Put the real number, or the ministry's code, in the place of a temporary code.

    Nothing else changes: every row points at the person, and the temporary code still finds them.

    :raises NoTemporaryCode: when there is none in force
    :raises PersonChanged: when the row's version is no longer `version`
    :raises NotANumber, NotACode: when neither is given as it has to be
    :raises NumberTaken, CodeTaken: when somebody has it
    """
    person = lock_person(actor, uuid)
    held = temporary_code_of(person.pk)
    if held is None:
        raise NoTemporaryCode
    if person.version != version:
        raise PersonChanged
    if personal_number:
        _set_number(person, personal_number)
        held.replaced_by = NUMBER
    if moet_code:
        _set_moet_code(person, moet_code)
        held.replaced_by = held.replaced_by or CodeKind.MOET_PUPIL
    if not held.replaced_by:
        raise NotANumber
    held.ends_on = max(day_of(now), held.starts_on or day_of(now))
    held.save(update_fields=["replaced_by", "ends_on"])
    person.version += 1
    person.save(update_fields=["version"])
    note(
        audit_codes.TEMPORARY_REPLACED,
        actor=actor,
        person=person,
        now=now,
        details={"code": held.code, "by": held.replaced_by},
    )
    return person


def _set_number(person: Person, text: str) -> None:
    checked = check_format(text)
    if not checked.is_valid:
        raise NotANumber
    person.personal_number = checked.digits
    try:
        with transaction.atomic():
            person.save(update_fields=["personal_number"])
    except IntegrityError as error:
        raise NumberTaken from error


def _set_moet_code(person: Person, text: str) -> None:
    code = rules.clean_code(text)
    if code is None or CodeKind.MOET_PUPIL not in code_homes:
        raise NotACode
    code_homes.get(CodeKind.MOET_PUPIL).write(person.pk, code)


@transaction.atomic
def add_passport(
    *,
    actor: Actor,
    uuid: UUID,
    code: str,
    country: str,
    starts_on: date | None,
    now: datetime,
) -> PersonCode:
    """Record a foreigner's passport; the one before ends with it.

    :raises NotACode: when it can't be a number of a passport
    :raises CodeTaken: when somebody has it
    """
    person = lock_person(actor, uuid)
    clean = rules.clean_code(code)
    if clean is None:
        raise NotACode
    on = day_of(now)
    rows = PersonCode.objects.unscoped(because=LOCKED).filter(
        person=person, kind=CodeKind.PASSPORT, ends_on__isnull=True
    )
    for row in rows:
        row.ends_on, row.replaced_by = on, CodeKind.PASSPORT
        row.save(update_fields=["ends_on", "replaced_by"])
    try:
        with transaction.atomic():
            added = PersonCode.objects.create(
                person=person,
                kind=CodeKind.PASSPORT,
                code=clean,
                issuer=normalize(country),
                starts_on=starts_on or on,
            )
    except IntegrityError as error:
        raise CodeTaken from error
    note(audit_codes.CODE_ADDED, actor=actor, person=person, now=now, details={"kind": "PASSPORT"})
    return added


@dataclass(frozen=True, slots=True)
class Replaced:
    """A code that stands on a record no longer."""

    person_id: int
    kind: CodeKind
    code: str


def keep_replaced_codes(replaced: Iterable[Replaced], *, on: date) -> None:
    """Keep codes that were replaced, so that they still find their people.

    A step inside the caller's transaction, who holds the persons' rows locked.
    """
    PersonCode.objects.bulk_create(
        [
            PersonCode(
                person_id=one.person_id,
                kind=one.kind,
                code=one.code,
                replaced_by=one.kind,
                ends_on=on,
            )
            for one in replaced
        ],
        ignore_conflicts=True,
    )


def settle_temporary_codes(person_ids: Iterable[int], *, by: str, on: date) -> None:
    """End the temporary codes of people who have a number or a ministry code now.

    A step inside the caller's transaction, who holds the persons' rows locked.
    """
    rows = PersonCode.objects.unscoped(because=LOCKED).filter(
        person_id__in=list(person_ids), kind=CodeKind.TEMPORARY, ends_on__isnull=True
    )
    rows.update(ends_on=on, replaced_by=by)
