"""What grants reach, against a slow model that anyone can check by eye."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuevan.kernel.actor import SIGNED_IN, Permission
from khuevan.kernel.scoping import UnscopedQueryError
from khuevan.platform.access.actor import GrantActor, Hat, HeldGrant
from khuevan.platform.access.models import Delegation, Grant, SupportSession
from khuevan.platform.access.selectors import actor_for_person, actor_for_username, nobody
from khuevan.platform.access.tests.factories import (
    LONG_AGO,
    NOW,
    TODAY,
    Province,
    actor_of,
    hold,
    hold_child,
)
from khuevan.platform.accounts.tests.factories import make_person, make_user
from khuevan.platform.organizations.api import OrgUnit

pytestmark = pytest.mark.django_db

READ = Permission("test.thing:view", "read")
WRITE = Permission("test.thing:record", "write")
QUIET = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def units_of(province: Province) -> list[OrgUnit]:
    return [getattr(province, name) for name in Province.__slots__]


def parents(province: Province) -> dict[int, int | None]:
    return {
        province.root.pk: None,
        province.department.pk: province.root.pk,
        province.commune_a.pk: province.root.pk,
        province.commune_b.pk: province.root.pk,
        province.school_a.pk: province.commune_a.pk,
        province.school_b.pk: province.commune_b.pk,
        province.high_school.pk: province.department.pk,
    }


def is_at_or_below(unit: int, top: int, above: dict[int, int | None]) -> bool:
    here: int | None = unit
    while here is not None:
        if here == top:
            return True
        here = above[here]
    return False


SHAPES = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.sampled_from([frozenset({READ.code}), frozenset({READ.code, WRITE.code})]),
        st.sampled_from(["unit", "class", "person"]),
    ),
    max_size=4,
)


@QUIET
@given(shape=SHAPES)
def test_a_hat_reaches_exactly_what_its_grants_stand_on(
    province: Province, shape: list[tuple[int, frozenset[str], str]]
) -> None:
    units, above = units_of(province), parents(province)
    held = [
        HeldGrant(
            role="any",
            permissions=codes,
            unit_id=units[index].pk if kind == "unit" else None,
            unit_kind=units[index].kind if kind == "unit" else "",
            class_id=100 + index if kind == "class" else None,
            person_id=200 + index if kind == "person" else None,
        )
        for index, codes, kind in shape
    ]
    actor = GrantActor(
        person_id=1, label="", today=TODAY, hat=Hat("h", "officer", "", None, tuple(held))
    )
    for permission in (READ, WRITE):
        tops = [one.unit_id for one in held if permission.code in one.permissions and one.unit_id]
        for unit in units:
            expected = any(is_at_or_below(unit.pk, top, above) for top in tops)
            assert (unit.pk in actor.reach(permission, "school")) == expected
        for index in range(7):
            is_everywhere = province.root.pk in tops
            for kind, base, column in (("class", 100, "class_id"), ("person", 200, "person_id")):
                named = any(
                    getattr(one, column) == base + index and permission.code in one.permissions
                    for one in held
                )
                found = base + index in actor.reach(permission, kind)  # type: ignore[arg-type]
                assert found == (named or is_everywhere)
        assert actor.may(permission) == any(permission.code in one.permissions for one in held)


PERIODS = st.tuples(st.integers(-5, 5), st.none() | st.integers(-5, 5))


@QUIET
@given(
    plans=st.lists(
        st.tuples(
            st.sampled_from(["principal", "school_clerk", "school_staff", "commune_officer"]),
            st.integers(2, 6),
            PERIODS,
        ),
        max_size=5,
    )
)
def test_hats_are_the_grants_in_force_by_kind_of_role_and_place(
    province: Province, plans: list[tuple[str, int, tuple[int, int | None]]]
) -> None:
    units = units_of(province)
    hats = {"principal": "principal", "school_clerk": "clerk", "school_staff": "teacher"}
    expected = set()
    with transaction.atomic():
        person = make_person()
        for role, index, (first, last) in plans:
            starts_on = TODAY + timedelta(days=first)
            ends_on = None if last is None else max(starts_on, TODAY + timedelta(days=last))
            hold(person, role, units[index], starts_on=starts_on, ends_on=ends_on)
            if starts_on <= TODAY and (ends_on is None or ends_on > TODAY):
                expected.add(f"{hats.get(role, 'officer')}-{units[index].pk}")
        actor = actor_of(person)
        assert {hat.key for hat in actor.hats} == expected
        assert (actor.hat is None) == (not expected)
        transaction.set_rollback(True)


def test_one_hat_is_worn_at_a_time(province: Province) -> None:
    person = make_person()
    hold(person, "principal", province.school_a)
    hold(person, "school_clerk", province.school_b)
    clerk = actor_of(person, f"clerk-{province.school_b.pk}")
    permission = Permission("students.student:view", "")
    assert clerk.reach(permission, "school").ids == {province.school_b.pk}
    principal = actor_of(person)
    assert principal.reach(permission, "school").ids == {province.school_a.pk}


def test_a_hat_one_does_not_have_falls_back_to_the_first(province: Province) -> None:
    person = make_person()
    hold(person, "school_clerk", province.school_a)
    hat = actor_of(person, "principal-999").hat
    assert hat is not None
    assert hat.code == "clerk"


def test_all_children_are_under_one_hat() -> None:
    mother, children = (
        make_person("Trịnh Thu Hường"),
        [make_person("Phạm An"), make_person("Phạm B")],
    )
    for child in children:
        hold_child(mother, child)
    actor = actor_of(mother)
    assert [hat.code for hat in actor.hats] == ["guardian"]
    reach = actor.reach(Permission("students.student:view", ""), "person")
    assert reach.ids == {child.pk for child in children}
    assert not actor.is_staff


def test_signed_in_reaches_oneself_only() -> None:
    person = make_person()
    actor = actor_of(person)
    assert actor.reach(SIGNED_IN, "person").ids == {person.pk}
    assert not actor.reach(SIGNED_IN, "school")


def test_nobody_reaches_nothing() -> None:
    actor = nobody(on=TODAY)
    assert not actor.may(SIGNED_IN)
    assert not actor.reach(READ, "school")


def test_the_tree_of_the_day_counts(province: Province) -> None:
    person = make_person()
    hold(person, "commune_officer", province.commune_a, starts_on=date(2020, 1, 1))
    permission = Permission("students.student:view", "")
    before = actor_for_person(person, on=LONG_AGO - timedelta(days=1), now=NOW)
    assert province.school_a.pk not in before.reach(permission, "school")
    assert province.school_a.pk in actor_of(person).reach(permission, "school")


def test_a_deactivated_user_is_no_actor_on_the_command_line(province: Province) -> None:
    make_user(is_active=False)
    assert actor_for_username("lan", on=TODAY, now=NOW) is None


@pytest.mark.parametrize("model", [Grant, Delegation, SupportSession])
def test_who_may_do_what_is_never_read_without_an_actor(model: type) -> None:
    with pytest.raises(UnscopedQueryError):
        list(model.objects.all())  # type: ignore[attr-defined]
    with pytest.raises(UnscopedQueryError):
        list(model.history.rel.related_model.objects.all())  # type: ignore[attr-defined]


def test_an_actor_costs_one_query(province: Province, django_assert_num_queries: object) -> None:
    person = make_person()
    hold(person, "principal", province.school_a)
    hold(person, "school_staff", province.school_a)
    with django_assert_num_queries(1):  # type: ignore[operator]
        actor_of(person)
