"""Correcting who a staff member is: name, birth, number, codes; on the version that was read."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import not_over
from khuevan.kernel.personal_number import check_format
from khuevan.kernel.vietnamese import split_name
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import record
from khuevan.registry.people.api import STAFF_AGES, KeptElsewhere, check_identity, name_followers
from khuevan.registry.staff import audit_codes
from khuevan.registry.staff.errors import (
    IdentityChanged,
    MoetCodeTaken,
    NotANumber,
    NotOneself,
    NumberOfAnother,
)
from khuevan.registry.staff.models import Appointment, StaffMember
from khuevan.registry.staff.permissions import MANAGE_STAFF
from khuevan.registry.staff.selectors import unit_of

HIDDEN = frozenset({"personal_number"})
"""Of these the log says that they changed, not from what to what."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, as a form or a program tells it."""

    full_name: str
    birth_date: date | None
    sex: str
    personal_number: str = ""
    moet_code: str = ""
    phone: str = ""


@transaction.atomic
def correct_identity(
    *, actor: Actor, member_uuid: UUID, version: int, told: Identity, now: datetime
) -> StaffMember:
    """Correct a slip in who a colleague is; a name changed by decision is recorded on the person.

    :raises IdentityChanged: when the row's version is no longer `version`
    :raises NotOneself: for one's own record
    :raises KeptElsewhere: when the unit has the member beside the main workplace
    :raises NotANumber, NotAName, ImpossibleBirth: when a value can't be right
    :raises NumberOfAnother, MoetCodeTaken: when somebody has the number or the code
    """
    rows = StaffMember.objects.visible_to(actor, MANAGE_STAFF).select_related("person")
    member = rows.select_for_update(no_key=True, of=("self", "person")).one(member_uuid)
    if member.person_id == actor.person_id:
        raise NotOneself
    _require_main(actor, member)
    if member.person.version != version:
        raise IdentityChanged
    _check(told, actor.today)
    before = _kept(member)
    _save(member, told)
    after = _kept(member)
    changed = [name for name in before if before[name] != after[name]]
    record(
        audit_codes.IDENTITY_CORRECTED,
        actor=actor,
        at=now,
        target=member,
        person_id=member.person_id,
        unit_id=unit_of(member.pk, on=actor.today),
        before={name: before[name] for name in changed if name not in HIDDEN},
        after={name: after[name] for name in changed if name not in HIDDEN},
        details={"fields": changed},
    )
    return member


def identity_of(member: StaffMember) -> Identity:
    """Return who a member is, as the form of a correction begins with it."""
    person = member.person
    return Identity(
        full_name=person.full_name,
        birth_date=person.birth_date,
        sex=person.sex,
        personal_number=person.personal_number or "",
        moet_code=member.moet_code or "",
        phone=person.phone,
    )


def _require_main(actor: Actor, member: StaffMember) -> None:
    rows = Appointment.objects.visible_to(actor, MANAGE_STAFF)
    if not rows.filter(not_over(actor.today), staff_member=member, is_primary=True).exists():
        raise KeptElsewhere


def _check(told: Identity, today: date) -> None:
    check_identity(told.full_name, told.birth_date, ages=STAFF_AGES, today=today)
    if told.personal_number and not check_format(told.personal_number).is_valid:
        raise NotANumber


def _kept(member: StaffMember) -> dict[str, Any]:
    return asdict(identity_of(member))


def _save(member: StaffMember, told: Identity) -> None:
    person = member.person
    is_renamed = person.full_name != told.full_name
    person.set_name(*split_name(told.full_name))
    person.birth_date = told.birth_date
    person.birth_year = told.birth_date.year if told.birth_date else person.birth_year
    person.sex, person.phone = told.sex, told.phone
    person.personal_number = check_format(told.personal_number).digits or None
    person.version += 1
    columns = {"birth_date", "birth_year", "sex", "phone", "personal_number", "version"}
    try:
        with transaction.atomic():
            person.save(update_fields=sorted(columns | Person.NAME_COLUMNS))
    except IntegrityError as error:
        raise NumberOfAnother from error
    member.moet_code = told.moet_code or None
    try:
        with transaction.atomic():
            member.save(update_fields=["moet_code"])
    except IntegrityError as error:
        raise MoetCodeTaken from error
    if is_renamed:
        for follow in name_followers:
            follow(person)
