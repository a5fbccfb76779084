"""Taking on all who are new to a unit in a list: a number of queries that does not grow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import AuditLine, record_all, write_new
from khuevan.platform.organizations.api import OrgUnit, UnitKind
from khuevan.registry.staff import audit_codes
from khuevan.registry.staff.actions.appointing import Post, write_appointments
from khuevan.registry.staff.actions.taking_on import (
    NewMember,
    build_person,
    check_member,
    require_same,
    tell_code,
)
from khuevan.registry.staff.checks import check_period, local_day, require_filler
from khuevan.registry.staff.errors import MoetCodeTaken, NumberOfAnother
from khuevan.registry.staff.leaders import require_paper
from khuevan.registry.staff.models import Appointment, StaffMember
from khuevan.registry.staff.rules import LEADING

WHY = "one person a personal number and one staff member a person, whatever else they are"
Hired = tuple[NewMember, Post]


@transaction.atomic
def take_on_all(
    *, actor: Actor, unit_id: int, hired: Sequence[Hired], now: datetime
) -> list[Appointment]:
    """Appoint each by name, as `take_on` does where nobody of that name is meant.

    :raises DomainError: as for `take_on`, and then nobody is appointed
    """
    unit = OrgUnit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise NotFound
    _check(actor, unit, hired, now)
    known = _by_number(hired)
    for who, post in hired:
        if (person := known.get(who.personal_number)) is not None:
            require_same(person, who)
            require_filler(
                actor, unit=unit, position=post.position, person_id=person.pk, on=post.starts_on
            )
    members = _members(hired, known)
    posts = [post for _who, post in hired]
    appointments = write_appointments(unit, list(zip(members, posts, strict=True)))
    lines = [
        AuditLine(one, unit_id, one.person_id, details={"position": one.get_position_display()})
        for one in appointments
    ]
    record_all(audit_codes.APPOINTED, actor=actor, at=now, lines=lines)
    return appointments


def _check(actor: Actor, unit: OrgUnit, hired: Sequence[Hired], now: datetime) -> None:
    """Refuse who may not be recorded, each position and each person by itself."""
    today = local_day(now)
    for position, on in {(post.position, post.starts_on) for _who, post in hired}:
        require_filler(actor, unit=unit, position=position, person_id=None, on=on)
    for who, post in hired:
        check_member(who, today=today)
        check_period(post.starts_on, post.ends_on, today=today)
        if unit.kind == UnitKind.SCHOOL and post.position in LEADING:
            require_paper(actor, unit, decision=post.decision, decided_by=post.decided_by)


def _by_number(hired: Sequence[Hired]) -> dict[str, Person]:
    numbers = {who.personal_number for who, _post in hired} - {""}
    people = Person.objects.unscoped(because=WHY).filter(personal_number__in=numbers)
    return {one.personal_number or "": one for one in people}


def _members(hired: Sequence[Hired], known: dict[str, Person]) -> list[StaffMember]:
    """Return the staff members of all, in order; who is not there yet is written."""
    new: list[Person] = []
    people = []
    for who, _post in hired:
        person = known.get(who.personal_number)
        if person is None:
            person = build_person(who)
            new.append(person)
        people.append(person)
    _written(new, NumberOfAnother)
    rows = StaffMember.objects.unscoped(because=WHY)
    standing = rows.filter(person__in=list(known.values())).select_related("person")
    there = {one.person_id: one for one in standing}
    members, added = [], []
    for person, (who, _post) in zip(people, hired, strict=True):
        member = there.get(person.pk)
        if member is None:
            member = StaffMember(person=person, moet_code=who.moet_code or None)
            added.append(member)
        else:
            tell_code(member, who)
        members.append(member)
    _written(added, MoetCodeTaken)
    return members


def _written(rows: Sequence[Person] | Sequence[StaffMember], refusal: type[DomainError]) -> None:
    """Write new rows; one whose number or code is somebody's already refuses all of them."""
    try:
        with transaction.atomic():
            write_new(rows)
    except IntegrityError as error:
        raise refusal from error
