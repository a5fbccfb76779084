"""A one-time password nobody used, after more was entrusted to the account."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from khuevan.platform.access import actions
from khuevan.platform.access.actions.resets import collect_password
from khuevan.platform.access.actor import GrantActor
from khuevan.platform.access.models import Grant, Role
from khuevan.platform.access.selectors import operator_actor
from khuevan.platform.access.slips import is_void
from khuevan.platform.access.tests.factories import (
    NOW,
    TODAY,
    Province,
    hold,
    hold_child,
    make_holder,
)
from khuevan.platform.accounts.api import Person, User
from khuevan.platform.accounts.tests.factories import make_person, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]

OWN = "một câu thật dài để nhớ"


@pytest.fixture
def hung(province: Province) -> GrantActor:
    return make_holder("Hoàng Văn Hùng", "principal", province.school_a)[1]


@pytest.fixture
def lan(province: Province) -> Person:
    person = make_person()
    hold(person, "school_staff", province.school_a)
    return person


def slip(actor: Any, person: Person) -> str:
    return actions.open_account(actor=actor, person=person, username="lan", now=NOW).password


def fresh() -> User:
    return User.objects.for_sign_in().get(username="lan")


def sign_in(client: Client, password: str) -> Any:
    return client.post("/accounts/login/", {"login": "lan", "password": password})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def void() -> bool:
    return is_void(fresh(), on=TODAY, now=NOW)


MORE = [
    ("principal", "school_b"),
    ("commune_officer", "commune_a"),
    ("system_admin", "root"),
    ("department_specialist", "root"),
    ("school_clerk", "school_b"),
]


@pytest.mark.parametrize(("role", "place"), MORE)
def test_whoever_knows_the_slip_gets_nothing_that_somebody_else_gave_later(
    client: Client, province: Province, hung: GrantActor, lan: Person, role: str, place: str
) -> None:
    password = slip(hung, lan)
    assert not void()
    hold(lan, role, getattr(province, place))
    answer = sign_in(client, password)
    assert answer.status_code == 422
    assert "không còn hiệu lực" in answer.text
    assert not is_signed_in(client)


@pytest.mark.parametrize(("role", "place"), MORE)
def test_a_session_begun_with_the_slip_ends_before_a_password_is_chosen(
    client: Client, province: Province, hung: GrantActor, lan: Person, role: str, place: str
) -> None:
    password = slip(hung, lan)
    sign_in(client, password)
    assert is_signed_in(client)
    hold(lan, role, getattr(province, place))
    values = {"oldpassword": password, "password1": OWN, "password2": OWN}
    client.post("/accounts/password/", values)
    assert not is_signed_in(client)
    assert not fresh().check_password(OWN)


@pytest.mark.parametrize("role", ["school_clerk", "homeroom_teacher", "subject_teacher"])
def test_it_stays_good_for_what_its_issuer_may_issue(
    client: Client, province: Province, hung: GrantActor, lan: Person, role: str
) -> None:
    password = slip(hung, lan)
    hold(lan, role, province.school_a)
    assert sign_in(client, password).status_code == 302


def test_a_new_one_works_and_so_does_a_password_of_ones_own(
    client: Client, province: Province, hung: GrantActor, lan: Person
) -> None:
    slip(hung, lan)
    hold(lan, "system_admin", province.root)
    assert void()
    operator = operator_actor(on=TODAY, login="root")
    issued = actions.reset_password(actor=operator, user=fresh(), now=NOW)
    assert not void()
    hold(lan, "principal", province.school_b)
    assert not void()
    sign_in(client, issued.password)
    client.post(
        "/accounts/password/",
        {"oldpassword": issued.password, "password1": OWN, "password2": OWN},
    )
    hold(lan, "department_director", province.root)
    assert fresh().check_password(OWN)
    assert not void()


def test_what_a_role_gains_counts_too(hung: GrantActor, lan: Person) -> None:
    rare = "people.sensitive:view"
    for role in Role.objects.filter(code="principal"):
        role.permissions = [code for code in role.permissions if code != rare]
        role.save(update_fields=["permissions"])
    slip(hung, lan)
    assert not void()
    for role in Role.objects.filter(code="school_staff"):
        role.permissions = [*role.permissions, rare]
        role.save(update_fields=["permissions"])
    assert void()


def test_an_issuer_who_left_voids_nothing_by_leaving(
    province: Province, hung: GrantActor, lan: Person
) -> None:
    slip(hung, lan)
    rows = Grant.objects.unscoped(because="test").filter(person_id=hung.person_id or 0)
    rows.update(ends_on=TODAY)
    assert not void()
    hold(lan, "homeroom_teacher", province.school_a)
    assert void()


def test_a_brother_in_the_same_school_voids_no_slip_of_the_family(
    province: Province, hung: GrantActor
) -> None:
    mother = make_person("Trịnh Thu Hường")
    for name in ("Minh Anh", "Đức Minh"):
        child = make_person(name)
        hold(child, "student", province.school_a)
        hold_child(mother, child, province.school_a)
        if name == "Minh Anh":
            slip(hung, mother)
    assert not void()
    third = make_person("Thu An")
    hold(third, "student", province.school_b)
    hold_child(mother, third, province.school_b)
    assert void()


def test_one_that_two_persons_answered_for_stands_while_they_could_again(
    province: Province,
) -> None:
    mother = make_user(make_person("Trịnh Thu Hường"), "lan")
    for name, school in (("Minh Anh", province.school_a), ("Đức Minh", province.school_b)):
        child = make_person(name)
        hold(child, "student", school)
        hold_child(mother.person, child, school)
    offices = []
    for name, role, unit in (
        ("Phan Thị Loan", "school_clerk", province.school_a),
        ("Vũ Thị Mai", "principal", province.school_b),
    ):
        person, actor = make_holder(name, role, unit)
        make_user(person, name.split()[-1].lower())
        offices.append(actor)
    loan, mai = offices
    asked = actions.ask_for_reset(actor=loan, user=mother, reason="Quên mật khẩu", now=NOW)
    actions.confirm_reset(actor=mai, request=asked, now=NOW)
    collect_password(actor=loan, request=asked, now=NOW)
    assert not void()
    third = make_person("Thu An")
    hold(third, "student", province.high_school)
    grant = hold_child(mother.person, third, province.high_school)
    assert void()
    Grant.objects.unscoped(because="test").filter(pk=grant.pk).update(ends_on=TODAY)
    assert not void()
    hold(mother.person, "commune_officer", province.commune_b)
    assert void()
