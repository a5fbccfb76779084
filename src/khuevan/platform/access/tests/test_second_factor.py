"""Officers show a second factor before their hat is worn."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from khuevan.platform.access import audit_codes
from khuevan.platform.access.sign_in import SECOND_FACTOR_KEY, MfaAdapter
from khuevan.platform.access.tests.factories import Province, hat_in, hold
from khuevan.platform.accounts.models import User
from khuevan.platform.accounts.tests.factories import PASSWORD, make_person, make_user
from khuevan.platform.audit.models import AuditEntry

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("that_day", "sealed_secrets"),
]

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(secret: str) -> str:
    """Return what an authenticator app shows now."""
    code: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    return code


@pytest.fixture(autouse=True)
def _fresh_codes() -> None:
    """A code works once; each test has its own."""
    cache.clear()


@pytest.fixture
def son(province: Province) -> User:
    user = make_user(make_person("Nguyễn Thái Sơn"), "son")
    hold(user.person, "system_admin", province.root)
    return user


@pytest.fixture
def son_with_app(son: User) -> User:
    TOTP.activate(son, SECRET)
    return son


def _entries(code: str) -> int:
    return AuditEntry.objects.unscoped(because="test").filter(code=code).count()


def sign_in(client: Client) -> Any:
    return client.post("/accounts/login/", {"login": "son", "password": PASSWORD})


def test_without_an_app_an_officer_is_led_to_set_one_up(client: Client, son: User) -> None:
    sign_in(client)
    held_back = client.get("/users/")
    assert held_back.headers["Location"] == "/accounts/second-step/?next=%2Fusers%2F"
    page = client.get(held_back.headers["Location"])
    assert page.status_code == 200
    assert "/accounts/2fa/app/" in page.text


def test_and_can_do_nothing_else_meanwhile(client: Client, son: User) -> None:
    sign_in(client)
    assert client.post(f"/users/{son.uuid}/password/").status_code == 302
    htmx = client.get("/users/", headers={"HX-Request": "true"})
    assert htmx.headers["HX-Redirect"].startswith("/accounts/second-step/")


def test_setting_it_up_from_the_first_code_to_the_page_wanted(
    client: Client, son: User, django_capture_on_commit_callbacks: Any
) -> None:
    sign_in(client)
    client.get("/accounts/second-step/?next=/users/")
    again = client.get("/accounts/2fa/app/")
    assert again.headers["Location"].startswith("/accounts/again/")
    client.post(again.headers["Location"], {"password": PASSWORD, "next": "/accounts/2fa/app/"})
    page = client.get("/accounts/2fa/app/")
    assert "data:image/svg+xml;base64," in page.text
    code = code_of(page.context["form"].secret)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/accounts/2fa/app/", {"code": code})
    assert _entries(audit_codes.SECOND_FACTOR_ADDED) == 1
    assert answer.headers["Location"] == "/accounts/2fa/recovery/"
    codes = client.get("/accounts/2fa/recovery/")
    assert len(codes.context["unused_codes"]) == 10
    assert client.get("/accounts/second-step/").headers["Location"] == "/users/"
    assert client.get("/users/").status_code == 200


def test_a_wrong_first_code_sets_nothing_up(client: Client, son: User) -> None:
    sign_in(client)
    client.post("/accounts/again/", {"password": PASSWORD})
    client.get("/accounts/2fa/app/")
    assert client.post("/accounts/2fa/app/", {"code": "000000"}).status_code == 422
    assert not Authenticator.objects.filter(user=son).exists()


def test_with_an_app_the_password_alone_is_half_a_sign_in(
    client: Client, son_with_app: User
) -> None:
    assert sign_in(client).headers["Location"] == "/accounts/2fa/code/"
    assert "_auth_user_id" not in client.session
    assert client.get("/users/").headers["Location"].startswith("/accounts/login/")
    answer = client.post("/accounts/2fa/code/", {"code": code_of(SECRET)})
    assert answer.headers["Location"] == "/"
    assert client.session[SECOND_FACTOR_KEY] == son_with_app.pk
    assert client.get("/users/").status_code == 200


def test_a_wrong_code_is_told_and_stays_half(client: Client, son_with_app: User) -> None:
    sign_in(client)
    assert client.post("/accounts/2fa/code/", {"code": "000000"}).status_code == 422
    assert "_auth_user_id" not in client.session


def test_a_code_works_once(client: Client, son_with_app: User) -> None:
    code = code_of(SECRET)
    for status in (302, 422):
        sign_in(client)
        assert client.post("/accounts/2fa/code/", {"code": code}).status_code == status
        client.post("/accounts/logout/")


@pytest.mark.usefixtures("limits")
def test_codes_are_limited_too(client: Client, son_with_app: User) -> None:
    sign_in(client)
    for _ in range(5):
        client.post("/accounts/2fa/code/", {"code": "000000"})
    assert client.post("/accounts/2fa/code/", {"code": code_of(SECRET)}).status_code == 429


def test_a_recovery_code_stands_in_once(client: Client, son_with_app: User) -> None:
    codes = Authenticator.objects.create(
        user=son_with_app,
        type=Authenticator.Type.RECOVERY_CODES,
        data={"seed": MfaAdapter().encrypt("a" * 40), "used_mask": 0},
    )
    code = codes.wrap().generate_codes()[0]
    for status in (302, 422):
        sign_in(client)
        assert client.post("/accounts/2fa/code/", {"code": code}).status_code == status
        client.post("/accounts/logout/")


def test_a_session_without_it_is_asked_for_a_code(client: Client, son_with_app: User) -> None:
    client.force_login(son_with_app)
    client.get("/users/")
    answer = client.get("/accounts/second-step/?next=/users/")
    assert answer.headers["Location"].startswith("/accounts/2fa/again/")
    client.post(answer.headers["Location"], {"code": code_of(SECRET)})
    assert client.get("/users/").status_code == 200


def test_the_second_factor_of_one_user_is_not_anothers(client: Client, son: User) -> None:
    client.force_login(son)
    session = client.session
    session[SECOND_FACTOR_KEY] = son.pk + 1
    session.save()
    assert client.get("/users/").status_code == 302


def test_another_hat_is_worn_without_it(client: Client, son: User, province: Province) -> None:
    hold(son.person, "school_staff", province.school_a)
    sign_in(client)
    page = client.get("/accounts/second-step/")
    assert f"/hat/teacher-{province.school_a.pk}/" in page.text
    client.post(f"/hat/teacher-{province.school_a.pk}/")
    assert hat_in(client.get("/account/")).code == "teacher"
    assert client.get("/delegations/").status_code == 200


def test_removing_the_app_asks_for_a_code_not_for_the_password(
    client: Client, son_with_app: User
) -> None:
    sign_in(client)
    client.post("/accounts/2fa/code/", {"code": code_of(SECRET)})
    answer = client.get("/accounts/2fa/app/remove/")
    assert answer.headers["Location"].startswith("/accounts/2fa/again/")
    assert client.get("/accounts/again/").headers["Location"].startswith("/accounts/2fa/again/")


def test_what_is_stored_makes_no_codes(son_with_app: User) -> None:
    stored = Authenticator.objects.get(user=son_with_app).data["secret"]
    assert SECRET not in stored
    assert MfaAdapter().decrypt(stored) == SECRET


def test_the_picture_is_dark_on_white_in_every_theme(son: User) -> None:
    url = MfaAdapter().build_totp_url(son, SECRET)
    assert "son" in url
    assert SECRET in url
    picture = MfaAdapter().build_totp_svg(url)
    assert 'fill="#fff"' in picture
