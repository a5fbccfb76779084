"""Taking on somebody who is new to the unit: one person, whatever else they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.personal_number import check_format
from khuevan.kernel.vietnamese import fold, split_name
from khuevan.platform.accounts.api import Person
from khuevan.platform.organizations.api import OrgUnit
from khuevan.registry.people.api import STAFF_AGES, check_identity
from khuevan.registry.staff.actions.appointing import Post, appoint_to
from khuevan.registry.staff.checks import local_day, require_filler
from khuevan.registry.staff.errors import (
    AlreadyTakenOn,
    MoetCodeTaken,
    NotANumber,
    NumberOfAnother,
    PerhapsKnown,
)
from khuevan.registry.staff.models import Appointment, StaffMember
from khuevan.registry.staff.rules import is_same_person
from khuevan.ui.formats import day


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody as the form of taking on describes them."""

    full_name: str
    birth_date: date
    sex: str
    personal_number: str = ""
    moet_code: str = ""
    phone: str = ""
    ethnicity_code: str = ""
    uuid: UUID | None = None


@transaction.atomic
def take_on(
    *,
    actor: Actor,
    unit_id: int,
    who: NewMember,
    post: Post,
    is_another: bool = False,
    now: datetime,
) -> Appointment:
    """Appoint somebody by name: the person whom the personal number names, else a new one.

    Nothing is told of where a known person works or has children.

    :raises NotAName, ImpossibleBirth, NotANumber: when one of them can't be right
    :raises NumberOfAnother: when the number is kept with another name or birth date
    :raises PerhapsKnown: when somebody of that name and birth date is or was here
    :raises AlreadyTakenOn: when the same form was sent before
    """
    unit = OrgUnit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise NotFound
    require_filler(actor, unit=unit, position=post.position, person_id=None, on=post.starts_on)
    check_member(who, today=local_day(now))
    known = _of_number(who)
    if known is None and not is_another:
        _ask_about_namesakes(unit_id, who)
    person = known or _new_person(who)
    appointment = appoint_to(actor=actor, person=person, unit_id=unit_id, post=post, now=now)
    tell_code(appointment.staff_member, who)
    return appointment


def check_member(who: NewMember, *, today: date) -> None:
    """Refuse what can't be right of anybody.

    :raises NotAName, ImpossibleBirth, NotANumber:
    """
    check_identity(who.full_name, who.birth_date, ages=STAFF_AGES, today=today)
    if who.personal_number and not check_format(who.personal_number).is_valid:
        raise NotANumber


def _of_number(who: NewMember) -> Person | None:
    if not who.personal_number:
        return None
    rows = Person.objects.unscoped(because="one person a personal number, whatever else they are")
    person = rows.filter(personal_number=who.personal_number).first()
    if person is not None:
        require_same(person, who)
    return person


def require_same(person: Person, who: NewMember) -> None:
    """Refuse somebody whose number is kept with another name or birth date.

    :raises NumberOfAnother:
    """
    told = who.full_name, who.birth_date
    if not is_same_person(person.full_name, person.birth_date, *told):
        raise NumberOfAnother


def _ask_about_namesakes(unit_id: int, who: NewMember) -> None:
    rows = Appointment.objects.unscoped(because="who is or was on the staff of the unit itself")
    namesake = (
        rows.filter(
            unit_id=unit_id,
            person__birth_date=who.birth_date,
            person__search_name=fold(who.full_name),
        )
        .select_related("person")
        .order_by("pk")
        .first()
    )
    if namesake is not None:
        born = day(who.birth_date)
        raise PerhapsKnown(name=namesake.person.full_name, born=born)


def build_person(who: NewMember) -> Person:
    """Return a person as described, unsaved."""
    person = Person(
        uuid=who.uuid or uuid4(),
        sex=who.sex,
        birth_date=who.birth_date,
        birth_year=who.birth_date.year,
        personal_number=who.personal_number or None,
        ethnicity_code=who.ethnicity_code,
        phone=who.phone,
    )
    person.set_name(*split_name(who.full_name))
    return person


def _new_person(who: NewMember) -> Person:
    person = build_person(who)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        if "uuid" in str(error):
            raise AlreadyTakenOn from error
        raise NumberOfAnother from error
    return person


def tell_code(member: StaffMember, who: NewMember) -> None:
    """Keep the ministry's code of somebody who had none."""
    if who.moet_code and not member.moet_code:
        member.moet_code = who.moet_code
        try:
            with transaction.atomic():
                member.save(update_fields=["moet_code"])
        except IntegrityError as error:
            raise MoetCodeTaken from error
