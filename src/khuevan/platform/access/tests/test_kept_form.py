"""A form posted after the session had ended comes back to its owner, and to nobody else."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from khuevan.platform.access import kept
from khuevan.platform.access.kept import KeptForm
from khuevan.platform.access.middleware import SEEN_KEY
from khuevan.platform.access.models import Delegation, Grant
from khuevan.platform.access.selectors import delegable_grants
from khuevan.platform.access.tests.factories import Province, actor_of, hold
from khuevan.platform.accounts.models import User
from khuevan.platform.accounts.tests.factories import PASSWORD, make_person, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]

REASON = "Đi họp ở tỉnh; nhờ thầy Toàn\nlo việc lớp & hồ sơ <gấp>"


@pytest.fixture
def hung(province: Province) -> User:
    user = make_user(make_person("Hoàng Văn Hùng"), "hung")
    hold(user.person, "principal", province.school_a)
    return user


@pytest.fixture
def typed(hung: User, province: Province) -> dict[str, Any]:
    toan = make_user(make_person("Lê Quốc Toàn"), "toan")
    hold(toan.person, "school_staff", province.school_a)
    (grant,) = delegable_grants(actor=actor_of(hung.person))
    return {
        "kind": "ABSENCE",
        "grants": [grant.pk],
        "to_username": "toan",
        "starts_on": "20/11/2026",
        "last_day": "25/11/2026",
        "instrument": "",
        "reason": REASON,
    }


def fall_asleep(client: Client, user: User) -> None:
    """Sign in, open a page, and rest until the session has ended."""
    client.force_login(user)
    client.get("/delegations/new/")
    session = client.session
    session[SEEN_KEY] = int(time.time()) - 31 * 60
    session.save()


def sign_in(client: Client, username: str, sealed: str) -> Any:
    return client.post(
        "/accounts/login/",
        {
            "login": username,
            "password": PASSWORD,
            "kept": sealed,
            "next": "/accounts/kept/",
        },
    )


def test_the_text_comes_back_and_is_sent_by_one_click(
    client: Client, hung: User, typed: dict[str, Any]
) -> None:
    fall_asleep(client, hung)
    asked = client.post("/delegations/new/", typed)
    assert asked.status_code == 401
    assert Delegation.objects.unscoped(because="test").count() == 0
    answer = sign_in(client, "hung", asked.context["kept"])
    assert answer.headers["Location"] == "/accounts/kept/"
    page = client.get("/accounts/kept/")
    assert ("reason", REASON) in [(name, text) for name, text in page.context["kept"].fields]
    sent = client.post("/accounts/kept/send/", typed)
    assert (sent.status_code, sent.headers["Location"]) == (307, "/delegations/new/")
    client.post("/delegations/new/", typed)
    assert Delegation.objects.unscoped(because="test").get().reason.startswith("Đi họp ở tỉnh")


def test_it_is_given_back_once(client: Client, hung: User, typed: dict[str, Any]) -> None:
    fall_asleep(client, hung)
    sign_in(client, "hung", client.post("/delegations/new/", typed).context["kept"])
    client.post("/accounts/kept/send/", typed)
    assert client.get("/accounts/kept/").headers["Location"] == "/"


def test_it_can_be_forgotten(client: Client, hung: User, typed: dict[str, Any]) -> None:
    fall_asleep(client, hung)
    sign_in(client, "hung", client.post("/delegations/new/", typed).context["kept"])
    client.post("/accounts/kept/drop/")
    assert kept.SESSION_KEY not in client.session


def test_another_person_at_the_same_computer_gets_nothing(
    client: Client, hung: User, typed: dict[str, Any]
) -> None:
    fall_asleep(client, hung)
    sealed = client.post("/delegations/new/", typed).context["kept"]
    answer = sign_in(client, "toan", sealed)
    assert answer.headers["Location"] == "/accounts/kept/"
    page = client.get("/accounts/kept/")
    assert page.headers["Location"] == "/"
    assert kept.SESSION_KEY not in client.session


def test_the_device_remembers_whose_it_was_when_the_session_is_gone(
    client: Client, hung: User, typed: dict[str, Any]
) -> None:
    client.force_login(hung)
    client.get("/delegations/new/")
    del client.cookies["sessionid"]
    sealed = client.post("/delegations/new/", typed).context["kept"]
    sign_in(client, "toan", sealed)
    assert client.get("/accounts/kept/").headers["Location"] == "/"
    client.post("/accounts/logout/")
    sign_in(client, "hung", sealed)
    assert client.get("/accounts/kept/").status_code == 200


def test_a_wrong_password_first_keeps_it(client: Client, hung: User, typed: dict[str, Any]) -> None:
    fall_asleep(client, hung)
    sealed = client.post("/delegations/new/", typed).context["kept"]
    answer = client.post("/accounts/login/", {"login": "hung", "password": "sai", "kept": sealed})
    assert answer.context["kept"] == sealed
    assert sealed in answer.text


def test_the_checks_of_the_page_run_again(
    client: Client, hung: User, typed: dict[str, Any], province: Province
) -> None:
    fall_asleep(client, hung)
    sealed = client.post("/delegations/new/", typed).context["kept"]
    held = Grant.objects.unscoped(because="test").filter(person=hung.person)
    held.update(ends_on="2026-11-01")
    sign_in(client, "hung", sealed)
    client.post("/accounts/kept/send/", typed)
    assert client.post("/delegations/new/", typed).status_code == 404


def test_files_and_secrets_are_never_kept(client: Client, hung: User) -> None:
    fall_asleep(client, hung)
    file = SimpleUploadedFile("ds.xlsx", b"PK")
    fields = {"reason": "x", "password1": "bí mật", "otp": "123456", "file": file}
    form = kept.unseal(client.post("/delegations/new/", fields).context["kept"])
    assert form is not None
    assert form.fields == (("reason", "x"),)
    assert form.files_lost


def test_too_much_is_not_kept(client: Client, hung: User) -> None:
    fall_asleep(client, hung)
    answer = client.post("/delegations/new/", {"reason": "x" * (kept.MOST_CHARACTERS + 1)})
    assert answer.context["kept"] == ""
    assert answer.context["next"] == "/"


def test_a_part_of_a_page_asks_in_the_whole_window(
    client: Client, hung: User, typed: dict[str, Any]
) -> None:
    fall_asleep(client, hung)
    answer = client.post("/delegations/new/", typed, headers={"HX-Request": "true"})
    assert answer.headers["HX-Retarget"] == "body"
    assert answer.context["kept"]


@pytest.mark.parametrize("junk", ["", "x", "gAAAAAB", "…"])
def test_what_is_not_ours_is_not_kept(client: Client, hung: User, junk: str) -> None:
    sign_in(client, "hung", junk)
    assert kept.SESSION_KEY not in client.session
    assert kept.unseal(junk) is None


@pytest.mark.parametrize("path", ["//evil.example/", "https://evil.example/", "/no/such/page/"])
def test_only_addresses_of_this_site_count(path: str) -> None:
    assert not kept.is_ours(path)


@given(
    st.lists(st.tuples(st.text(max_size=20), st.text(max_size=200)), max_size=8),
    st.integers(1, 9),
)
def test_what_is_sealed_is_what_is_given_back(fields: list[tuple[str, str]], user: int) -> None:
    form = KeptForm("/delegations/new/", tuple(fields), kept.owner_mark(user))
    text = kept.seal(form)
    assert kept.unseal(text) == form
    assert form.is_for(user)
    assert not form.is_for(user + 1)
    changed = text[:-4] + ("AAAA" if text[-4:] != "AAAA" else "BBBB")
    assert kept.unseal(changed) is None
