"""The pages of a password that two persons answer for; no button that would be refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from khuevan.platform.access.models import ResetRequest
from khuevan.platform.access.sign_in import SECOND_FACTOR_KEY
from khuevan.platform.access.tests.factories import Province, hold, hold_child
from khuevan.platform.accounts.models import User
from khuevan.platform.accounts.tests.factories import make_person, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]

REASON = "Chị Hường đến văn phòng, quên mật khẩu"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="khuevan.platform.accounts.backends.PasswordBackend")
    session = client.session
    session[SECOND_FACTOR_KEY] = user.pk
    session.save()
    return client


def make(name: str, username: str, role: str, unit: Any) -> Client:
    user = make_user(make_person(name), username)
    hold(user.person, role, unit)
    return signed_in(user)


@pytest.fixture
def loan(province: Province) -> Client:
    return make("Phan Thị Loan", "loan", "school_clerk", province.school_a)


@pytest.fixture
def mai(province: Province) -> Client:
    return make("Vũ Thị Mai", "mai", "principal", province.school_b)


@pytest.fixture
def mother(province: Province) -> User:
    user = make_user(make_person("Trịnh Thu Hường"), "huong")
    for name, school in (("Minh Anh", province.school_a), ("Đức Minh", province.school_b)):
        child = make_person(name)
        hold(child, "student", school)
        hold_child(user.person, child, school)
    return user


def asked_by(client: Client, user: User) -> ResetRequest:
    answer = client.post(f"/users/{user.uuid}/password/ask/", {"reason": REASON})
    assert answer.status_code == 302
    return ResetRequest.objects.unscoped(because="test").get()


def test_the_whole_way(loan: Client, mai: Client, mother: User) -> None:
    page = loan.get(f"/users/{mother.uuid}/").content.decode()
    assert f"/users/{mother.uuid}/password/ask/" in page
    assert f'/users/{mother.uuid}/password/"' not in page
    asked = asked_by(loan, mother)
    url = f"/passwords/{asked.uuid}/"
    assert url in mai.get("/passwords/").content.decode()
    assert REASON in mai.get(url).content.decode()
    assert loan.post(f"{url}show/").status_code == 409
    assert mai.post(f"{url}confirm/").status_code == 302
    assert mai.post(f"{url}show/").status_code == 404
    slip = loan.post(f"{url}show/").content.decode()
    found = re.search(r'id="one-time-password">([a-z0-9-]+)<', slip)
    assert found is not None
    fresh = User.objects.unscoped(because="test").get(pk=mother.pk)
    assert fresh.check_password(found[1])
    assert found[1] not in loan.get(url).content.decode()


def test_a_stranger_does_not_find_it(
    loan: Client, mai: Client, mother: User, province: Province
) -> None:
    asked = asked_by(loan, mother)
    for stranger in (
        make("Tô Văn Lạ", "la", "principal", province.high_school),
        make("Nguyễn Thái Sơn", "son", "system_admin", province.root),
    ):
        assert str(asked.uuid) not in stranger.get("/passwords/").content.decode()
        for path in ("", "confirm/", "decline/", "show/"):
            method = stranger.get if not path else stranger.post
            assert method(f"/passwords/{asked.uuid}/{path}").status_code in {403, 404}


def test_the_owner_reads_of_it_and_stops_it(loan: Client, mai: Client, mother: User) -> None:
    asked = asked_by(loan, mother)
    owner = signed_in(mother)
    page = owner.get(f"/passwords/{asked.uuid}/").content.decode()
    assert f"/passwords/{asked.uuid}/decline/" in page
    assert f"/passwords/{asked.uuid}/confirm/" not in page
    assert owner.post(f"/passwords/{asked.uuid}/decline/").status_code == 302
    assert mai.post(f"/passwords/{asked.uuid}/confirm/").status_code in {404, 409}


def test_where_nobody_confirms_the_page_says_so_before_anything_is_typed(
    loan: Client, mother: User
) -> None:
    page = loan.get(f"/users/{mother.uuid}/password/ask/").content.decode()
    assert 'name="reason"' not in page
    assert "Trịnh Thu Hường" in page


def test_a_refused_password_is_refused_before_the_click(loan: Client, mother: User) -> None:
    assert loan.get(f"/users/{mother.uuid}/password/").status_code == 403
    assert loan.get(f"/users/{mother.uuid}/second-step/").status_code == 403


def test_whoever_may_alone_sees_the_button_and_no_request(loan: Client, province: Province) -> None:
    teacher = make_user(make_person("Lê Quốc Toàn"), "toan")
    hold(teacher.person, "homeroom_teacher", province.school_a)
    page = loan.get(f"/users/{teacher.uuid}/").content.decode()
    assert f'/users/{teacher.uuid}/password/"' in page
    assert "/password/ask/" not in page


def test_a_new_account_that_would_be_refused_has_no_form(province: Province) -> None:
    son = make("Nguyễn Thái Sơn", "son", "system_admin", province.root)
    person = make_person("Lê Thị Mới")
    hold(person, "principal", province.school_a)
    page = son.get(f"/users/new/{person.uuid}/")
    assert page.status_code == 200
    assert 'name="username"' not in page.content.decode()
