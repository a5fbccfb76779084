"""Users, grants, roles, delegations and support as pages: what is shown, and to whom nothing is."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from khuevan.platform.access import audit_codes
from khuevan.platform.access.models import Grant, SupportSession
from khuevan.platform.access.selectors import grant_lines
from khuevan.platform.access.tests.factories import (
    Province,
    hat_in,
    hold,
    make_holder,
    make_holder_user,
    sign_in,
)
from khuevan.platform.accounts.models import User
from khuevan.platform.accounts.tests.factories import make_person, make_user
from khuevan.platform.audit.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]


def entries(code: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.unscoped(because="test").filter(code=code))


# --- the list of users


def test_the_list_shows_the_own_school_only(
    client: Client, hung: User, lan: User, mai: User
) -> None:
    sign_in(client, hung)
    text = client.get("/users/").text
    assert "Nguyễn Thị Lan" in text
    assert "Trần Thị Mai" not in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=nguyen+thi", {"lan"}),
        ("q=hung", {"hung"}),
        ("role=principal", {"hung"}),
        ("state=inactive", set()),
        ("state=active&role=school_staff", {"lan"}),
        ("q=khong+co", set()),
    ],
)
def test_it_is_searched_and_filtered(
    client: Client, hung: User, lan: User, query: str, found: set[str]
) -> None:
    sign_in(client, hung)
    table = client.get(f"/users/?{query}").context["table"]
    assert {user.username for user in table.part[0]} == found


def test_the_province_filters_by_commune(
    client: Client, son: User, hung: User, mai: User, province: Province
) -> None:
    sign_in(client, son)
    table = client.get(f"/users/?unit={province.commune_a.pk}").context["table"]
    assert {user.username for user in table.part[0]} == {"hung"}


def test_a_long_list_comes_in_parts_at_the_same_cost(
    client: Client, hung: User, province: Province, django_assert_max_num_queries: Any
) -> None:
    sign_in(client, hung)
    client.get("/users/")
    with CaptureQueriesContext(connection) as short:
        client.get("/users/")
    for number in range(60):
        make_holder_user(f"gv{number:02}", f"Lê Thị {number:02}", "school_staff", province.school_a)
    with django_assert_max_num_queries(len(short)):
        page = client.get("/users/")
    table = page.context["table"]
    assert len(table.part[0]) == 50
    rest = client.get(f"/users/{table.more_url.partition('/users/')[2]}").context["table"]
    assert len(rest.part[0]) == 11
    assert not {user.pk for user in table.part[0]} & {user.pk for user in rest.part[0]}


def test_a_teacher_finds_no_such_page(client: Client, lan: User) -> None:
    sign_in(client, lan)
    assert client.get("/users/").status_code == 404


def test_pupils_are_known_to_their_school_and_not_above_it(
    client: Client, hung: User, son: User, province: Province
) -> None:
    pupil = make_user(make_person("Phạm Minh Anh"), "minhanh")
    grant = hold(pupil.person, "student", province.school_a)
    without_account = make_person("Phạm Đức Minh")
    hold(without_account, "student", province.school_a)
    sign_in(client, hung)
    assert "Phạm Minh Anh" in client.get("/users/").text
    assert "Phạm Đức Minh" in client.get("/users/new/?q=duc").text
    sign_in(client, son)
    assert "Phạm Minh Anh" not in client.get("/users/").text
    assert "Phạm Đức Minh" not in client.get("/users/new/?q=duc").text
    for path in (
        f"/users/{pupil.uuid}/",
        f"/users/{pupil.uuid}/password/",
        f"/people/{pupil.person.uuid}/roles/new/",
        f"/access/why/{pupil.person.uuid}/",
        f"/grants/{grant.uuid}/end/",
    ):
        assert client.get(path).status_code == 404


# --- one user


def test_the_page_of_a_user_tells_why_each_role_is_held(
    client: Client, hung: User, lan: User
) -> None:
    sign_in(client, hung)
    page = client.get(f"/users/{lan.uuid}/")
    (line,) = page.context["grants"]
    assert (line.place, line.state) == ("THCS A", "now")
    assert page.context["is_managed"]


def test_who_reaches_beyond_their_office_is_told_where_they_stand_and_how_far(
    province: Province,
) -> None:
    person, actor = make_holder("Đặng Thành", "department_director", province.root)
    held = Grant.objects.unscoped(because="a test").filter(person=person)
    held.update(home_unit=province.department)
    with translation.override("vi"):
        (line,) = grant_lines(held.select_related("role"), actor=actor)
    assert line.place == "Sở GDĐT, phạm vi Tỉnh"


def test_a_stranger_school_finds_nobody(client: Client, mai: User, lan: User) -> None:
    sign_in(client, mai)
    for path in ("", "password/", "deactivate/", "second-step/"):
        assert client.get(f"/users/{lan.uuid}/{path}").status_code == 404
        assert client.post(f"/users/{lan.uuid}/{path}").status_code in {404, 405}
    assert client.post(f"/users/{lan.uuid}/reactivate/").status_code == 404


def test_opening_an_account_shows_the_password_once(
    client: Client, hung: User, province: Province
) -> None:
    person = make_person("Lê Thị Mới")
    hold(person, "school_staff", province.school_a)
    sign_in(client, hung)
    assert "Lê Thị Mới" in client.get("/users/new/?q=moi").text
    slip = client.post(f"/users/new/{person.uuid}/", {"username": ""})
    password = slip.context["password"]
    assert password in slip.text
    assert "no-store" in slip.headers["Cache-Control"]
    user = User.objects.for_sign_in().get(person=person)
    assert user.check_password(password)
    assert password not in client.get(f"/users/{user.uuid}/").text


def test_a_taken_username_is_told_at_its_field(
    client: Client, hung: User, lan: User, province: Province
) -> None:
    person = make_person("Lê Thị Mới")
    hold(person, "school_staff", province.school_a)
    sign_in(client, hung)
    answer = client.post(f"/users/new/{person.uuid}/", {"username": "lan"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["username"]


def test_resetting_ends_the_sessions_of_its_owner(client: Client, hung: User, lan: User) -> None:
    theirs = Client()
    theirs.force_login(lan)
    sign_in(client, hung)
    slip = client.post(f"/users/{lan.uuid}/password/")
    assert slip.context["password"] in slip.text
    assert theirs.get("/account/").status_code == 302


def test_deactivating_needs_a_reason_and_can_be_taken_back(
    client: Client, hung: User, lan: User
) -> None:
    sign_in(client, hung)
    assert client.post(f"/users/{lan.uuid}/deactivate/", {"reason": ""}).status_code == 422
    client.post(f"/users/{lan.uuid}/deactivate/", {"reason": "Nghỉ hưu"})
    assert not User.objects.for_sign_in().get(pk=lan.pk).is_active
    client.post(f"/users/{lan.uuid}/reactivate/")
    assert User.objects.for_sign_in().get(pk=lan.pk).is_active


def test_what_is_above_me_is_refused_with_a_sentence(
    client: Client, hung: User, province: Province
) -> None:
    loan = make_holder_user("loan", "Phan Thị Loan", "school_clerk", province.school_a)
    sign_in(client, loan)
    assert client.post(f"/users/{hung.uuid}/password/").status_code == 403
    assert client.get(f"/users/{hung.uuid}/").context["is_managed"] is False


# --- support


@pytest.fixture
def duy(province: Province) -> User:
    return make_holder_user("duy", "Phạm Anh Duy", "support_engineer", province.root)


REASON = "Trường báo không mở được danh sách lớp"


def test_a_session_from_opening_to_closing(client: Client, duy: User, province: Province) -> None:
    sign_in(client, duy)
    values = {"unit": "A", "minutes": "30", "reason": REASON}
    assert client.post("/support/new/", values).headers["Location"] == "/"
    session = SupportSession.objects.unscoped(because="test").get()
    page = client.get("/support/")
    assert hat_in(page).key == f"session-{session.pk}"
    client.post(f"/support/{session.uuid}/close/")
    assert hat_in(client.get("/support/")).key == f"support-{province.root.pk}"


def test_another_sign_in_of_the_engineer_does_not_wear_it(
    client: Client, duy: User, province: Province
) -> None:
    sign_in(client, duy)
    client.post("/support/new/", {"unit": "A", "minutes": "30", "reason": REASON})
    session = SupportSession.objects.unscoped(because="test").get()
    hat = f"/hat/session-{session.pk}/"
    other = Client()
    sign_in(other, duy)
    assert other.post(hat).status_code == 404
    assert hat_in(other.get("/support/")).key == f"support-{province.root.pk}"
    client.post(f"/hat/support-{province.root.pk}/")
    assert client.post(hat).status_code == 302
    assert hat_in(client.get("/support/")).key == f"session-{session.pk}"


def test_each_page_opened_in_it_is_written_down_with_the_reason(
    client: Client, duy: User, province: Province
) -> None:
    sign_in(client, duy)
    client.post("/support/new/", {"unit": "A", "minutes": "30", "reason": REASON})
    client.get("/support/")
    (entry,) = entries(audit_codes.SUPPORT_VIEWED)
    assert entry.unit_id == province.school_a.pk
    assert entry.details["path"] == "/support/"
    assert entry.details["reason"] == REASON


def test_the_principal_sees_it(client: Client, duy: User, hung: User, mai: User) -> None:
    sign_in(client, duy)
    client.post("/support/new/", {"unit": "A", "minutes": "30", "reason": REASON})
    for user, count in ((hung, 1), (mai, 0)):
        sign_in(client, user)
        assert len(client.get("/support/").context["rows"]) == count


@pytest.mark.parametrize(
    "bad", [{"unit": "Z"}, {"minutes": "600"}, {"reason": "lỗi"}, {"reason": ""}]
)
def test_a_bad_request_for_a_session_is_told(
    client: Client, duy: User, bad: dict[str, str]
) -> None:
    sign_in(client, duy)
    values = {"unit": "A", "minutes": "30", "reason": REASON, **bad}
    assert client.post("/support/new/", values).status_code == 422
    assert SupportSession.objects.unscoped(because="test").count() == 0
