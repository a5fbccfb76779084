"""Sessions that rest, grow old, change hats and languages."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.test import Client

from khuevan.platform.access.middleware import SEEN_KEY, SINCE_KEY
from khuevan.platform.access.tests.factories import Province, hat_in, hold, hold_child
from khuevan.platform.accounts.models import User
from khuevan.platform.accounts.tests.factories import make_person, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]


@pytest.fixture
def lan(province: Province) -> User:
    user = make_user()
    hold(user.person, "school_staff", province.school_a)
    return user


@pytest.fixture
def mother(province: Province) -> User:
    user = make_user(make_person("Trịnh Thu Hường"), "huong")
    hold_child(user.person, make_person("Phạm Minh Anh"))
    return user


def set_in_session(client: Client, **values: Any) -> None:
    session = client.session
    session.update(values)
    session.save()


def rest(client: Client, minutes: float) -> None:
    set_in_session(client, **{SEEN_KEY: int(time.time() - minutes * 60)})


def test_staff_are_signed_out_after_half_an_hour_of_rest(client: Client, lan: User) -> None:
    client.force_login(lan)
    client.get("/account/")
    rest(client, 29)
    assert client.get("/account/").status_code == 200
    rest(client, 31)
    answer = client.get("/account/")
    assert answer.headers["Location"] == "/accounts/login/?next=%2Faccount%2F&ended=1"
    assert "_auth_user_id" not in client.session


def test_families_are_not(client: Client, mother: User) -> None:
    client.force_login(mother)
    client.get("/account/")
    rest(client, 300)
    assert client.get("/account/").status_code == 200


def test_what_a_page_asks_for_by_itself_is_no_use(client: Client, lan: User) -> None:
    client.force_login(lan)
    client.get("/account/")
    rest(client, 20)
    client.get("/account/", headers={"X-Background": "1"})
    assert time.time() - client.session[SEEN_KEY] > 19 * 60
    client.get("/account/")
    assert time.time() - client.session[SEEN_KEY] < 60


@pytest.mark.parametrize("who", ["lan", "mother"])
def test_every_session_has_a_greatest_age(
    client: Client, lan: User, mother: User, who: str
) -> None:
    client.force_login({"lan": lan, "mother": mother}[who])
    set_in_session(client, **{SINCE_KEY: int(time.time()) - 13 * 3600})
    assert client.get("/account/").headers["Location"].startswith("/accounts/login/")


def test_a_deactivated_user_is_out_at_once(client: Client, lan: User) -> None:
    client.force_login(lan)
    lan.is_active = False
    lan.save(update_fields=["is_active"])
    assert client.get("/account/").status_code == 302


def test_a_new_hat_is_a_new_session_key(client: Client, lan: User, province: Province) -> None:
    hold(lan.person, "school_clerk", province.school_b)
    client.force_login(lan)
    client.get("/account/")
    before = client.session.session_key
    answer = client.post(f"/hat/clerk-{province.school_b.pk}/", {"next": "/account/"})
    assert answer.headers["Location"] == "/account/"
    assert client.session.session_key != before
    hat = hat_in(client.get("/account/"))
    assert (hat.code, hat.unit_id) == ("clerk", province.school_b.pk)


def test_a_page_that_the_new_hat_may_not_open_is_left(
    client: Client, lan: User, province: Province
) -> None:
    hold(lan.person, "school_clerk", province.school_b)
    client.force_login(lan)
    client.post(f"/hat/clerk-{province.school_b.pk}/")
    answer = client.post(f"/hat/teacher-{province.school_a.pk}/", {"next": "/users/"})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("key", ["principal-1", "admin-0", "session-1"])
def test_a_hat_one_does_not_have_is_not_there(client: Client, lan: User, key: str) -> None:
    client.force_login(lan)
    assert client.post(f"/hat/{key}/").status_code == 404


def test_a_page_costs_three_queries_before_it_begins(
    client: Client, lan: User, django_assert_max_num_queries: Any
) -> None:
    client.force_login(lan)
    client.get("/account/")
    with django_assert_max_num_queries(3):
        assert hat_in(client.put("/account/")).code == "teacher"


def test_a_visitor_costs_none(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        client.get("/accounts/login/")


def test_the_browsers_language_is_not_asked(client: Client) -> None:
    page = client.get("/accounts/login/", headers={"Accept-Language": "en"})
    assert page.headers["Content-Language"] == "vi"


def test_a_visitor_chooses_a_language(client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": "/accounts/login/"})
    assert answer.headers["Location"] == "/accounts/login/"
    page = client.get("/accounts/login/")
    assert page.headers["Content-Language"] == "en"
    assert '<html lang="en"' in page.text


def test_a_users_language_goes_with_the_user(client: Client, lan: User) -> None:
    client.force_login(lan)
    client.post("/language/", {"language": "en"})
    other_device = Client()
    other_device.force_login(lan)
    assert other_device.get("/account/").headers["Content-Language"] == "en"


def test_unknown_languages_and_themes_are_not_there(client: Client) -> None:
    assert client.post("/language/", {"language": "xx"}).status_code == 404
    assert client.post("/theme/", {"theme": "pink"}).status_code == 404


def test_a_theme_is_remembered(client: Client, lan: User) -> None:
    client.force_login(lan)
    answer = client.post("/theme/", {"theme": "dark", "next": "/account/"})
    assert answer.cookies["theme"].value == "dark"
    assert User.objects.for_sign_in().get(pk=lan.pk).theme == "dark"
    assert client.post("/theme/", {"theme": ""}).cookies["theme"].value == ""


def test_the_answer_leads_to_this_site_only(client: Client) -> None:
    for bad in ("https://example.org/", "//example.org", "/\\example.org"):
        answer = client.post("/language/", {"language": "en", "next": bad})
        assert answer.headers["Location"] == "/"
