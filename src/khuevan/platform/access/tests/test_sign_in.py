"""Signing in by name and password."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from khuevan.platform.access import audit_codes
from khuevan.platform.access.tests.factories import Province, hold
from khuevan.platform.accounts.models import User
from khuevan.platform.accounts.tests.factories import PASSWORD, make_user
from khuevan.platform.audit.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]

NEW_PASSWORD = "một câu thật dài để nhớ"


@pytest.fixture
def lan(province: Province) -> User:
    user = make_user()
    hold(user.person, "school_staff", province.school_a)
    return user


def sign_in(client: Client, username: str = "lan", password: str = PASSWORD, **more: str) -> Any:
    return client.post("/accounts/login/", {"login": username, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_page_is_in_vietnamese_and_asks_for_two_things(client: Client) -> None:
    page = client.get("/accounts/login/")
    assert page.status_code == 200
    assert page.headers["Content-Language"] == "vi"
    assert 'autocomplete="username"' in page.text
    assert 'autocomplete="current-password"' in page.text


def test_the_right_password_lets_in(client: Client, lan: User) -> None:
    answer = sign_in(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_signed_in(client)
    entries = AuditEntry.objects.unscoped(because="test")
    assert entries.filter(code=audit_codes.SIGNED_IN_AS, person_id=lan.person_id).count() == 1


def test_the_session_gets_a_new_key(client: Client, lan: User) -> None:
    client.get("/accounts/login/")
    session = client.session
    session["before"] = 1
    session.save()
    old = session.session_key
    client.cookies["sessionid"] = old or ""
    sign_in(client)
    assert client.session.session_key != old


@pytest.mark.parametrize(
    ("username", "password"), [("lan", "sai"), ("khongco", PASSWORD), ("off", PASSWORD)]
)
def test_whatever_is_wrong_the_answer_is_the_same(
    client: Client, lan: User, username: str, password: str
) -> None:
    make_user(person=None, username="off", is_active=False)
    answer = sign_in(client, username, password)
    assert answer.status_code == 422
    assert not is_signed_in(client)
    text = [str(error) for error in answer.context["form"].non_field_errors()]
    assert text == [
        str(error) for error in sign_in(client, "lan", "x").context["form"].non_field_errors()
    ]


def test_after_signing_in_one_is_where_one_wanted_to_be(client: Client, lan: User) -> None:
    first = client.get("/account/")
    assert first.headers["Location"] == "/accounts/login/?next=%2Faccount%2F"
    assert sign_in(client, next="/account/").headers["Location"] == "/account/"


@pytest.mark.parametrize("bad", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_but_never_on_another_site(client: Client, lan: User, bad: str) -> None:
    assert sign_in(client, next=bad).headers["Location"] == "/"


def test_nobody_signs_up_or_resets_by_mail() -> None:
    for name in ("account_signup", "account_reset_password", "account_email", "mfa_trust"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_signing_out_asks_when_it_was_a_link(client: Client, lan: User) -> None:
    sign_in(client)
    assert client.get("/accounts/logout/").status_code == 200
    assert is_signed_in(client)
    client.post("/accounts/logout/")
    assert not is_signed_in(client)


def test_the_first_password_is_changed_before_anything_else(client: Client, lan: User) -> None:
    lan.must_change_password = True
    lan.save(update_fields=["must_change_password"])
    sign_in(client)
    held_back = client.get("/delegations/")
    assert held_back.headers["Location"] == "/accounts/password/?next=%2Fdelegations%2F"
    answer = client.post(
        "/accounts/password/",
        {
            "oldpassword": PASSWORD,
            "password1": NEW_PASSWORD,
            "password2": NEW_PASSWORD,
            "next": "/delegations/",
        },
    )
    assert answer.headers["Location"] == "/delegations/"
    assert client.get("/delegations/").status_code == 200
    assert User.objects.for_sign_in().get(pk=lan.pk).check_password(NEW_PASSWORD)


@pytest.mark.parametrize("weak", ["ngắn quá", "123456789012", "lan"])
def test_a_weak_new_password_is_refused_with_the_reason(
    client: Client, lan: User, weak: str
) -> None:
    sign_in(client)
    answer = client.post(
        "/accounts/password/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors["password1"]
    assert User.objects.for_sign_in().get(pk=lan.pk).check_password(PASSWORD)


def test_pupils_may_have_shorter_ones(client: Client, province: Province) -> None:
    make_user(username="minhanh")
    sign_in(client, "minhanh")
    shorter = "chín chữ ạ"
    answer = client.post(
        "/accounts/password/",
        {"oldpassword": PASSWORD, "password1": shorter, "password2": shorter},
    )
    assert answer.status_code == 302


def test_an_account_without_a_password_has_none_to_change(client: Client, lan: User) -> None:
    lan.set_unusable_password()
    lan.save(update_fields=["password"])
    client.force_login(lan)
    assert client.get("/accounts/password/").headers["Location"] == "/account/"


@pytest.mark.usefixtures("limits")
def test_five_wrong_passwords_in_a_quarter_of_an_hour_are_enough(client: Client, lan: User) -> None:
    for _ in range(5):
        assert sign_in(client, password="sai").status_code == 422
    limited = sign_in(client)
    assert limited.status_code == 429
    assert "15" in str(limited.context["form"].non_field_errors())
    assert not is_signed_in(client)


@pytest.mark.usefixtures("limits")
def test_the_case_of_the_name_is_no_way_round(client: Client, lan: User) -> None:
    for name in ("lan", "LAN", "Lan", "lAn", "laN"):
        sign_in(client, name, "sai")
    assert sign_in(client).status_code == 429


@pytest.mark.usefixtures("limits")
def test_another_user_is_not_locked_out(client: Client, lan: User) -> None:
    for _ in range(6):
        sign_in(client, "khongco", "sai")
    assert sign_in(client).status_code == 302


@pytest.mark.usefixtures("limits")
def test_right_passwords_do_not_use_up_the_tries(client: Client, lan: User) -> None:
    for _ in range(7):
        assert sign_in(client).status_code == 302
        client.post("/accounts/logout/")


@pytest.mark.usefixtures("limits")
def test_one_address_may_not_try_many_names(client: Client, lan: User) -> None:
    for number in range(20):
        sign_in(client, f"ten{number}", "sai")
    assert sign_in(client).status_code == 429


@pytest.mark.usefixtures("limits")
def test_a_flood_gets_a_page_that_says_wait(client: Client, settings: Any, lan: User) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip", "login_failed": "20/15m/ip,5/15m/key"}
    for _ in range(2):
        sign_in(client)
        client.post("/accounts/logout/")
    answer = sign_in(client)
    assert answer.status_code == 429
    assert "<html" in answer.text
