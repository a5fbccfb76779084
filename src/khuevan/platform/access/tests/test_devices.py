"""My devices: which sessions there are, and ending them."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from khuevan.platform.access import actions
from khuevan.platform.access.models import Device
from khuevan.platform.access.rules import DeviceWords, device_words
from khuevan.platform.access.tests.factories import NOW, Province, hold, make_holder
from khuevan.platform.accounts.models import User
from khuevan.platform.accounts.tests.factories import make_person, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]

BACKEND = "khuevan.platform.accounts.backends.PasswordBackend"
PASSWORD = "một câu dài mười hai chữ"  # noqa: S105
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Mobile Safari/537.36"
)
DESK = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0"
)


@pytest.fixture
def lan(province: Province) -> User:
    user = make_user(make_person("Nguyễn Thị Lan"), "lan")
    hold(user.person, "school_staff", province.school_a)
    user.set_password(PASSWORD)
    user.save()
    return user


def signed_in(agent: str = DESK) -> Client:
    """Return a browser signed in as Ms Lan by the sign-in page."""
    client = Client(HTTP_USER_AGENT=agent)
    answer = client.post("/accounts/login/", {"login": "lan", "password": PASSWORD})
    assert answer.status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def devices() -> list[Device]:
    return list(Device.objects.unscoped(because="test").order_by("pk"))


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, DeviceWords("Chrome", "Android", is_mobile=True)),
        (DESK, DeviceWords("Edge", "Windows", is_mobile=False)),
        ("curl/8.0", DeviceWords("", "", is_mobile=False)),
        ("", DeviceWords("", "", is_mobile=False)),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
            DeviceWords("Safari", "iPhone", is_mobile=True),
        ),
    ],
)
def test_a_browser_is_told_in_words_people_know(agent: str, words: DeviceWords) -> None:
    assert device_words(agent) == words


def test_the_page_lists_mine_and_marks_this_one(lan: User, province: Province) -> None:
    signed_in(PHONE)
    desk = signed_in()
    other, _actor = make_holder("Vũ Thị Mai", "principal", province.school_b)
    Client(HTTP_USER_AGENT="Firefox").force_login(make_user(other, "mai"), backend=BACKEND)
    page = desk.get("/account/devices/").content.decode()
    assert page.count("/end/") == 1
    assert "Android" in page
    assert "Windows" in page
    assert "Firefox" not in page


def test_ending_one_signs_it_out_and_no_other(lan: User) -> None:
    phone, desk = signed_in(PHONE), signed_in()
    first = devices()[0]
    assert desk.post(f"/account/devices/{first.uuid}/end/").status_code == 302
    assert not is_in(phone)
    assert is_in(desk)


def test_ending_all_others_leaves_this_one(lan: User) -> None:
    phone, tablet, desk = signed_in(PHONE), signed_in("iPad"), signed_in()
    desk.post("/account/devices/end-others/")
    assert [is_in(one) for one in (phone, tablet, desk)] == [False, False, True]


def test_nobody_ends_the_session_of_another(lan: User, province: Province) -> None:
    desk = signed_in()
    person, _actor = make_holder("Nguyễn Thái Sơn", "school_clerk", province.school_a)
    thief = Client()
    thief.force_login(make_user(person, "son"), backend=BACKEND)
    assert thief.post(f"/account/devices/{devices()[0].uuid}/end/").status_code == 404
    thief.post("/account/devices/end-others/")
    assert is_in(desk)


def test_a_new_hat_keeps_the_device(lan: User, province: Province) -> None:
    hold(lan.person, "school_clerk", province.school_b)
    desk = signed_in()
    desk.get("/account/")
    desk.post(f"/hat/clerk-{province.school_b.pk}/")
    (device,) = devices()
    assert device.session_key == desk.session.session_key


def test_a_new_password_of_ones_own_ends_the_other_sessions(lan: User) -> None:
    phone, desk = signed_in(PHONE), signed_in()
    new = "mật khẩu mới rất dài này"
    answer = desk.post(
        "/accounts/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.status_code == 302
    assert not is_in(phone)
    assert is_in(desk)
    assert [one.session_key for one in devices()] == [desk.session.session_key]
    assert Session.objects.count() == 1


@pytest.mark.parametrize("deed", ["reset_password", "deactivate_account"])
def test_the_office_ends_all_sessions_with_the_password(
    lan: User, province: Province, deed: str
) -> None:
    desk = signed_in()
    _person, clerk = make_holder("Hoàng Văn Hùng", "principal", province.school_a)
    facts: dict[str, Any] = {"reason": "Mất máy"} if deed == "deactivate_account" else {}
    getattr(actions, deed)(actor=clerk, user=lan, now=NOW, **facts)
    assert not is_in(desk)
    assert devices() == []
