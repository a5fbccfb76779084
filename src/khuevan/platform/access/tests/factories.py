"""Units, roles and actors for tests: one small province that every test understands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

from khuevan.platform.access.actor import GrantActor, Hat
from khuevan.platform.access.models import Grant, GrantSource, Role
from khuevan.platform.access.selectors import actor_for_person
from khuevan.platform.access.sign_in import SECOND_FACTOR_KEY
from khuevan.platform.accounts.models import Person, User
from khuevan.platform.accounts.tests.factories import make_person, make_user
from khuevan.platform.audit.models import AuditEntry
from khuevan.platform.organizations.api import OrgUnit, create_unit

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
LONG_AGO = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Province:
    """A province with a department, two communes, and three schools."""

    root: OrgUnit
    department: OrgUnit
    commune_a: OrgUnit
    commune_b: OrgUnit
    school_a: OrgUnit
    school_b: OrgUnit
    high_school: OrgUnit


def make_unit(code: str, kind: str, parent: OrgUnit | None = None, name: str = "") -> OrgUnit:
    """Return a unit since the two-level government began."""
    return create_unit(
        code=code,
        kind=kind,
        name=name or code,
        short_name=name or code,
        parent_id=parent.pk if parent else None,
        area_id=None,
        starts_on=LONG_AGO,
    )


def make_province() -> Province:
    """Return the units of the tests' province."""
    root = make_unit("P", "PROVINCE", name="Tỉnh")
    department = make_unit("S", "DEPARTMENT", root, name="Sở GDĐT")
    commune_a = make_unit("C-A", "COMMUNE", root, name="Xã A")
    commune_b = make_unit("C-B", "COMMUNE", root, name="Xã B")
    return Province(
        root,
        department,
        commune_a,
        commune_b,
        make_unit("A", "SCHOOL", commune_a, name="THCS A"),
        make_unit("B", "SCHOOL", commune_b, name="THCS B"),
        make_unit("H", "SCHOOL", department, name="THPT H"),
    )


def hold(
    person: Person,
    role: str,
    unit: OrgUnit,
    *,
    class_id: int | None = None,
    starts_on: date = LONG_AGO,
    ends_on: date | None = None,
    source: str = GrantSource.DERIVED,
) -> Grant:
    """Let a person hold a role on a unit or one of its classes."""
    return Grant.objects.create(
        person=person,
        role=Role.objects.get(code=role),
        anchor_unit=None if class_id else unit,
        anchor_class_id=class_id,
        home_unit=unit,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
    )


def hold_child(guardian: Person, child: Person, school: OrgUnit | None = None) -> Grant:
    """Let a guardian see a child."""
    return Grant.objects.create(
        person=guardian,
        role=Role.objects.get(code="guardian"),
        anchor_person=child,
        home_unit=school,
        starts_on=LONG_AGO,
        source=GrantSource.DERIVED,
    )


def actor_of(person: Person, hat_key: str = "", *, on: date = TODAY) -> GrantActor:
    """Return a person as an actor on the day of the tests."""
    return actor_for_person(person, on=on, now=NOW, hat_key=hat_key)


def make_holder(name: str, role: str, unit: OrgUnit) -> tuple[Person, GrantActor]:
    """Return a person who holds one role, and that person as an actor."""
    person = make_person(name)
    hold(person, role, unit)
    return person, actor_of(person)


def is_logged(actor: GrantActor, user: User) -> bool:
    """Return whether the log says that the actor did something to the account."""
    rows = AuditEntry.objects.unscoped(because="tests").filter(actor_person_id=actor.person_id)
    return rows.filter(person_id=user.person_id).exists()


def actor_in(response: Any) -> GrantActor:
    """Return who acted in the request that this answers."""
    actor = response.wsgi_request.actor
    assert isinstance(actor, GrantActor)
    return actor


def hat_in(response: Any) -> Hat:
    """Return the hat worn in the request that this answers."""
    hat = actor_in(response).hat
    assert hat is not None
    return hat


def make_holder_user(username: str, name: str, role: str, unit: Any) -> User:
    """Return a user who holds that role at that unit."""
    user = make_user(make_person(name), username)
    hold(user.person, role, unit)
    return user


def sign_in(client: Client, user: User, hat: str = "") -> None:
    """Sign somebody in with the second factor given, under one of the hats."""
    client.force_login(user)
    session = client.session
    session[SECOND_FACTOR_KEY] = user.pk
    if hat:
        session["hat"] = hat
    session.save()
