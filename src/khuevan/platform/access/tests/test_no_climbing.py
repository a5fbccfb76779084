"""Whatever one gives, delegates and issues, one never comes to hold more than before."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuevan.kernel.errors import DomainError
from khuevan.platform.access import actions
from khuevan.platform.access.actions.grants import Place
from khuevan.platform.access.actions.issuing import pupil_codes
from khuevan.platform.access.actor import GrantActor
from khuevan.platform.access.models import Grant, Role
from khuevan.platform.access.roles import FAMILY_HATS
from khuevan.platform.access.selectors import delegable_grants, hats_of
from khuevan.platform.access.tests.factories import (
    NOW,
    TODAY,
    Province,
    actor_of,
    hold,
    hold_child,
)
from khuevan.platform.accounts.models import User
from khuevan.platform.accounts.tests.factories import make_person, make_user
from khuevan.platform.organizations.api import units_under

pytestmark = pytest.mark.django_db

Held = set[tuple[str, int]]

CAST = (
    ("system_admin", "root"),
    ("department_director", "root"),
    ("data_protection_officer", "department"),
    ("department_specialist", "department"),
    ("commune_officer", "commune_a"),
    ("support_engineer", "department"),
    ("principal", "school_a"),
    ("school_clerk", "school_a"),
    ("homeroom_teacher", "school_a"),
    ("principal", "school_b"),
    ("nobody_much", "school_a"),
    ("nobody_much", "department"),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["give", "end", "delegate", "issue", "unlock", "reactivate"]),
        st.integers(0, 20),
        st.integers(0, len(CAST)),
        st.integers(0, 20),
        st.integers(0, 6),
    ),
    min_size=3,
    max_size=12,
)


@dataclass
class Climb:
    """One person's tries, and the accounts into which they found a way."""

    users: list[User]
    province: Province
    mine: list[User] = field(default_factory=list)

    def step(self, deed: str, who: int, whom: int, role: int, unit: int) -> None:
        """Try one thing in one of the hats held; what is refused changes nothing."""
        owner = self.mine[who % len(self.mine)].person
        hats = hats_of(owner.pk, on=TODAY, now=NOW)
        if not hats:
            return
        actor = actor_of(owner, hats[role % len(hats)].key)
        target = self.users[whom]
        with suppress(DomainError):
            if deed in {"issue", "unlock", "reactivate"}:
                self.way_in(deed, actor, target)
            elif deed == "give":
                self.give(actor, target, role, unit)
            elif deed == "end":
                for grant in Grant.objects.unscoped(because="test").filter(person=target.person):
                    actions.end_grant(actor=actor, grant=grant, reason="Thử", now=NOW)
            else:
                self.delegate(actor, target)

    def way_in(self, deed: str, actor: GrantActor, target: User) -> None:
        """Get into another's account."""
        if deed == "issue":
            actions.reset_password(actor=actor, user=target, now=NOW)
        elif deed == "unlock":
            actions.remove_second_factor(actor=actor, user=target, reason="Mất máy", now=NOW)
        else:
            actions.reactivate_account(actor=actor, user=target, now=NOW)
        if target not in self.mine:
            self.mine.append(target)

    def give(self, actor: GrantActor, target: User, role: int, unit: int) -> None:
        """Give a role somewhere."""
        roles = list(Role.objects.order_by("code"))
        units = [getattr(self.province, name) for name in Province.__slots__]
        actions.give_grant(
            actor=actor,
            person=target.person,
            role=roles[role % len(roles)],
            place=Place(units[unit].pk),
            starts_on=TODAY,
            reason="Thử",
            now=NOW,
        )

    def delegate(self, actor: GrantActor, target: User) -> None:
        """Delegate everything of the hat worn."""
        actions.delegate(
            actor=actor,
            to_person=target.person,
            kind="TUQ",
            grants=list(delegable_grants(actor=actor)),
            starts_on=TODAY,
            ends_on=TODAY + timedelta(days=7),
            instrument="12/UQ",
            reason="Thử",
            now=NOW,
        )

    def held(self) -> Held:
        """Return what all accounts together hold: each permission at each unit below its place."""
        people = [user.person_id for user in self.mine]
        rows = Grant.objects.unscoped(because="test").filter(person_id__in=people)
        found: Held = set()
        for grant in rows.select_related("role"):
            codes = set(pupil_codes(grant.role))
            if grant.role.hat not in FAMILY_HATS:
                codes |= set(grant.role.permissions)
            unit_id = grant.anchor_unit_id or grant.home_unit_id
            assert unit_id is not None
            found |= {(code, one) for code in codes for one in units_under({unit_id}, on=TODAY)}
        return found


@pytest.fixture
def users(province: Province) -> list[User]:
    """Return an account of everyone, two of them with next to no rights."""
    Role.objects.create(code="nobody_much", hat="teacher", permissions=["access.user:view"])
    users = []
    for number, (role, place) in enumerate(CAST):
        user = make_user(make_person(f"Lê Thị {role}"), f"user{number}")
        hold(user.person, role, getattr(province, place))
        users.append(user)
    parent = make_user(make_person("Lê Văn Ba"), "parent")
    for school in (province.school_a, province.school_b):
        hold_child(parent.person, make_person("Lê Minh"), school)
    return [*users, parent]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(climber=st.integers(0, len(CAST)), steps=STEPS)
def test_nobody_climbs(
    province: Province,
    users: list[User],
    climber: int,
    steps: list[tuple[str, int, int, int, int]],
) -> None:
    climb = Climb(users, province, [users[climber]])
    before = climb.held()
    start = transaction.savepoint()
    try:
        for step in steps:
            climb.step(*step)
            assert climb.held() <= before
    finally:
        transaction.savepoint_rollback(start)


@pytest.mark.parametrize("climber", range(len(CAST) + 1))
def test_nor_by_trying_every_door_after_every_gift(
    province: Province, users: list[User], climber: int
) -> None:
    climb = Climb(users, province, [users[climber]])
    before = climb.held()
    for whom in range(len(users)):
        climb.step("issue", 0, whom, 0, 0)
    for whom in (10, 11):
        for role in range(Role.objects.count()):
            for unit in (1, 2, 4):
                climb.step("give", 0, whom, role, unit)
    for deed in ("issue", "unlock", "reactivate"):
        for whom in range(len(users)):
            climb.step(deed, 0, whom, 0, 0)
    assert climb.held() <= before
