"""Giving roles: nobody gives more than they may, nobody gives to themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuevan.kernel.actor import permissions
from khuevan.kernel.errors import NotFound
from khuevan.platform.access import actions, audit_codes
from khuevan.platform.access.actions.grants import Place, may_give
from khuevan.platform.access.actor import GrantActor
from khuevan.platform.access.errors import (
    BadPeriod,
    FollowsFromFact,
    NoSuchAnchor,
    NotToOneself,
    NotYoursToGive,
)
from khuevan.platform.access.models import Grant, GrantSource, Role
from khuevan.platform.access.permissions import GIVE_GRANTS
from khuevan.platform.access.roles import NEVER_BY_HAND, ROLES
from khuevan.platform.access.selectors import operator_actor
from khuevan.platform.access.tests.factories import (
    NOW,
    TODAY,
    Province,
    actor_of,
    hold,
    make_holder,
)
from khuevan.platform.accounts.models import Person
from khuevan.platform.accounts.tests.factories import make_person
from khuevan.platform.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def give(actor: GrantActor, person: Person, role: str, place: Place, **more: object) -> Grant:
    values: dict[str, object] = {"starts_on": TODAY, "reason": "Phân công mới", "now": NOW, **more}
    return actions.give_grant(
        actor=actor,
        person=person,
        role=Role.objects.get(code=role),
        place=place,
        **values,  # type: ignore[arg-type]
    )


def test_a_principal_gives_a_school_role_in_the_own_school(province: Province) -> None:
    person, (_hung, hung) = (
        make_person(),
        make_holder("Hoàng Văn Hùng", "principal", province.school_a),
    )
    grant = give(hung, person, "school_clerk", Place(province.school_a.pk))
    assert grant.source == GrantSource.MANUAL
    assert [hat.code for hat in actor_of(person).hats] == ["clerk"]
    entry = AuditEntry.objects.unscoped(because="test").get(code=audit_codes.GRANT_GIVEN)
    assert (entry.person_id, entry.unit_id) == (person.pk, province.school_a.pk)


def test_not_in_another_school(province: Province) -> None:
    _person, hung = make_holder("Hoàng Văn Hùng", "principal", province.school_a)
    with pytest.raises(NotFound):
        give(hung, make_person(), "school_clerk", Place(province.school_b.pk))


@pytest.mark.parametrize("role", ["department_director", "system_admin", "commune_officer"])
def test_not_a_role_that_reaches_further(province: Province, role: str) -> None:
    _person, hung = make_holder("Hoàng Văn Hùng", "principal", province.school_a)
    with pytest.raises(NotYoursToGive):
        give(hung, make_person(), role, Place(province.school_a.pk))


def test_not_to_oneself(province: Province) -> None:
    person, hung = make_holder("Hoàng Văn Hùng", "principal", province.school_a)
    with pytest.raises(NotToOneself):
        give(hung, person, "school_clerk", Place(province.school_a.pk))


@pytest.mark.parametrize("role", sorted(NEVER_BY_HAND))
def test_roles_that_follow_from_facts_are_never_given(province: Province, role: str) -> None:
    _person, son = make_holder("Nguyễn Thái Sơn", "system_admin", province.root)
    with pytest.raises(NotYoursToGive):
        give(son, make_person(), role, Place(province.school_a.pk))


def test_who_may_not_give_roles_finds_no_such_page(province: Province) -> None:
    _person, clerk = make_holder("Phan Thị Loan", "school_clerk", province.school_a)
    with pytest.raises(NotFound):
        give(clerk, make_person(), "school_clerk", Place(province.school_a.pk))


def test_a_period_begins_today_or_later_and_goes_forward(province: Province) -> None:
    _person, hung = make_holder("Hoàng Văn Hùng", "principal", province.school_a)
    place = Place(province.school_a.pk)
    with pytest.raises(BadPeriod):
        give(hung, make_person(), "school_clerk", place, starts_on=TODAY - timedelta(days=1))
    with pytest.raises(BadPeriod):
        give(hung, make_person(), "school_clerk", place, ends_on=TODAY)


def test_a_class_that_nobody_names_is_no_place(province: Province) -> None:
    _person, hung = make_holder("Hoàng Văn Hùng", "principal", province.school_a)
    with pytest.raises(NoSuchAnchor):
        give(hung, make_person(), "homeroom_teacher", Place(province.school_a.pk, 987_654))


def test_the_operator_gives_the_first_administrators(province: Province) -> None:
    operator = operator_actor(on=TODAY, login="root")
    person = make_person()
    give(operator, person, "system_admin", Place(province.root.pk))  # type: ignore[arg-type]
    assert actor_of(person).may(GIVE_GRANTS)


def test_ending_a_role_ends_it_at_once(province: Province) -> None:
    person, (_p, hung) = (
        make_person(),
        make_holder("Hoàng Văn Hùng", "principal", province.school_a),
    )
    grant = give(hung, person, "school_clerk", Place(province.school_a.pk))
    actions.end_grant(actor=hung, grant=grant, reason="Chuyển việc", now=NOW)
    assert actor_of(person).hats == ()


def test_one_that_has_not_begun_never_holds(province: Province) -> None:
    person, (_p, hung) = (
        make_person(),
        make_holder("Hoàng Văn Hùng", "principal", province.school_a),
    )
    later = TODAY + timedelta(days=9)
    grant = give(hung, person, "school_clerk", Place(province.school_a.pk), starts_on=later)
    actions.end_grant(actor=hung, grant=grant, reason="Nhầm người", now=NOW)
    assert actor_of(person, on=later).hats == ()


def test_a_role_that_follows_from_a_fact_ends_with_the_fact(province: Province) -> None:
    person, (_p, hung) = (
        make_person(),
        make_holder("Hoàng Văn Hùng", "principal", province.school_a),
    )
    grant = hold(person, "school_clerk", province.school_a)
    with pytest.raises(FollowsFromFact):
        actions.end_grant(actor=hung, grant=grant, reason="Thử", now=NOW)


def test_a_fact_that_ends_early_ends_its_grants_early(province: Province) -> None:
    person = make_person()
    actions.derive_grants(
        [
            actions.GrantSpec(
                person_id=person.pk,
                role_code="homeroom_teacher",
                source_key="staff.homeroom:1",
                starts_on=TODAY - timedelta(days=30),
                ends_on=TODAY + timedelta(days=200),
                unit_id=province.school_a.pk,
                home_unit_id=province.school_a.pk,
            )
        ]
    )
    assert actions.end_derived_grants(source_key="staff.homeroom:1", on=TODAY) == 1
    assert actor_of(person).hats == ()
    assert actor_of(person, on=TODAY - timedelta(days=1)).hats != ()


ROLE_CODES = [seed.code for seed in ROLES]


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    giver=st.sampled_from(ROLE_CODES),
    given_role=st.sampled_from(ROLE_CODES),
    giver_at=st.integers(0, 6),
    given_at=st.integers(0, 6),
)
def test_nobody_ever_gives_what_they_neither_hold_nor_may_give(
    province: Province, giver: str, given_role: str, giver_at: int, given_at: int
) -> None:
    units = [getattr(province, name) for name in Province.__slots__]
    person = make_person()
    grant = hold(person, giver, units[giver_at])
    actor = actor_of(person)
    role, place = Role.objects.get(code=given_role), Place(units[given_at].pk)
    allowed = may_give(actor, role, place)
    grant.delete()
    if not allowed:
        return
    assert given_role not in NEVER_BY_HAND
    assert place.unit_id in actor.reach(GIVE_GRANTS, "school")
    lists_it = given_role in Role.objects.get(code=giver).gives
    holds_all = all(
        place.unit_id in actor.reach(permissions.get(code), "school") for code in role.permissions
    )
    assert lists_it or holds_all


def test_the_log_says_whose_role_it_is(province: Province) -> None:
    person, (_hung, hung) = (
        make_person(),
        make_holder("Hoàng Văn Hùng", "principal", province.school_a),
    )
    give(hung, person, "school_clerk", Place(province.school_a.pk))
    entry = AuditEntry.objects.unscoped(because="a test").get(code=audit_codes.GRANT_GIVEN)
    assert entry.target_label == person.full_name
