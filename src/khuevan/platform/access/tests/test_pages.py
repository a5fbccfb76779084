"""Users, grants, roles, delegations and support as pages: what is shown, and to whom nothing is."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from khuevan.platform.access import audit_codes
from khuevan.platform.access.models import Delegation, Grant, Role, SupportSession
from khuevan.platform.access.selectors import delegable_grants, grant_lines
from khuevan.platform.access.sign_in import SECOND_FACTOR_KEY
from khuevan.platform.access.tests.factories import (
    Province,
    actor_in,
    actor_of,
    hat_in,
    hold,
    make_holder,
)
from khuevan.platform.accounts.models import User
from khuevan.platform.accounts.tests.factories import make_person, make_user
from khuevan.platform.audit.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]


def make_holder_user(username: str, name: str, role: str, unit: Any) -> User:
    user = make_user(make_person(name), username)
    hold(user.person, role, unit)
    return user


@pytest.fixture
def hung(province: Province) -> User:
    return make_holder_user("hung", "Hoàng Văn Hùng", "principal", province.school_a)


@pytest.fixture
def lan(province: Province) -> User:
    return make_holder_user("lan", "Nguyễn Thị Lan", "school_staff", province.school_a)


@pytest.fixture
def mai(province: Province) -> User:
    return make_holder_user("mai", "Trần Thị Mai", "principal", province.school_b)


@pytest.fixture
def son(province: Province) -> User:
    return make_holder_user("son", "Nguyễn Thái Sơn", "system_admin", province.root)


def sign_in(client: Client, user: User, hat: str = "") -> None:
    client.force_login(user)
    session = client.session
    session[SECOND_FACTOR_KEY] = user.pk
    if hat:
        session["hat"] = hat
    session.save()


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


# --- giving roles


def give(client: Client, user: User, **more: str) -> Any:
    values = {"role": "school_clerk", "starts_on": "20/11/2026", "reason": "Phân công", **more}
    return client.post(f"/people/{user.person.uuid}/roles/new/", values)


def test_a_principal_gives_a_role_in_the_own_school(client: Client, hung: User, lan: User) -> None:
    sign_in(client, hung)
    page = client.get(f"/people/{lan.person.uuid}/roles/new/")
    offered = {code for code, _label in page.context["form"].fields["role"].choices}
    assert offered == {
        "school_clerk",
        "school_staff",
        "homeroom_teacher",
        "subject_teacher",
    }
    answer = give(client, lan, last_day="31/05/2027")
    assert answer.headers["Location"] == f"/users/{lan.uuid}/"
    grant = Grant.objects.unscoped(because="test").get(role__code="school_clerk")
    assert str(grant.ends_on) == "2027-06-01"


@pytest.mark.parametrize("role", ["system_admin", "department_director", "guardian"])
def test_a_role_that_was_not_offered_is_not_taken(
    client: Client, hung: User, lan: User, role: str
) -> None:
    sign_in(client, hung)
    assert give(client, lan, role=role).status_code == 422
    assert not Grant.objects.unscoped(because="test").filter(role__code=role).exists()


def test_the_province_first_says_where(
    client: Client, son: User, lan: User, province: Province
) -> None:
    sign_in(client, son)
    page = client.get(f"/people/{lan.person.uuid}/roles/new/?q=thcs")
    assert {version.unit_id for version in page.context["units"]} == {
        province.school_a.pk,
        province.school_b.pk,
    }
    values = {"role": "principal", "starts_on": "20/11/2026", "reason": "Bổ nhiệm"}
    client.post(f"/people/{lan.person.uuid}/roles/new/?unit=B", values)
    given = Grant.objects.unscoped(because="test").get(role__code="principal")
    assert given.anchor_unit_id == province.school_b.pk


def test_nobody_gives_themselves_a_role(client: Client, hung: User) -> None:
    sign_in(client, hung)
    answer = give(client, hung)
    assert answer.status_code == 422
    assert Grant.objects.unscoped(because="test").count() == 1


def test_ending_a_role(client: Client, hung: User, lan: User) -> None:
    sign_in(client, hung)
    give(client, lan)
    grant = Grant.objects.unscoped(because="test").get(role__code="school_clerk")
    assert client.post(f"/grants/{grant.uuid}/end/", {"reason": ""}).status_code == 422
    client.post(f"/grants/{grant.uuid}/end/", {"reason": "Hết việc"})
    history = client.get(f"/users/{lan.uuid}/").context["history"]
    assert ["Hết việc" in one["text"] for one in history] == [True, False]
    assert [hat.code for hat in actor_of(lan.person).hats] == ["teacher"]


# --- roles


def test_everyone_may_read_what_a_role_may_do(client: Client, lan: User) -> None:
    sign_in(client, lan)
    assert client.get("/roles/").status_code == 200
    assert client.get("/roles/principal/").status_code == 200
    assert client.get("/roles/khong-co/").status_code == 404


def test_an_administrator_changes_a_role_and_the_change_is_told(client: Client, son: User) -> None:
    sign_in(client, son)
    page = client.get("/roles/school_clerk/change/")
    assert 'name="area-access"' in page.text
    values = {"area-access": "none", "reason": "Siết quyền quản lý tài khoản"}
    assert client.post("/roles/school_clerk/change/", values).status_code == 302
    held = Role.objects.get(code="school_clerk").permissions
    assert not [code for code in held if code.startswith("access.")]
    shown = client.get("/roles/school_clerk/")
    assert [one.details["reason"] for one in shown.context["history"]] == [values["reason"]]


def test_ones_own_role_stays(client: Client, son: User) -> None:
    sign_in(client, son)
    values = {"area-students": "manage", "reason": "Thử tự nâng quyền"}
    assert client.post("/roles/system_admin/change/", values).status_code == 422


# --- delegation


def test_delegating_and_acting_under_both_names(client: Client, hung: User, lan: User) -> None:
    sign_in(client, hung)
    (grant,) = delegable_grants(actor=actor_of(hung.person))
    values = {
        "kind": "ABSENCE",
        "grants": [grant.pk],
        "to_username": "lan",
        "starts_on": "20/11/2026",
        "last_day": "27/11/2026",
        "reason": "Đi công tác",
    }
    assert client.post("/delegations/new/", values).status_code == 302
    hat = next(hat for hat in actor_of(lan.person).hats if hat.delegation_id)
    theirs = Client()
    sign_in(theirs, lan, hat.key)
    page = theirs.get("/users/")
    assert page.status_code == 200
    assert "Hoàng Văn Hùng" in actor_in(page).role_label
    row = Delegation.objects.unscoped(because="test").get()
    theirs.post(f"/delegations/{row.uuid}/end/")
    assert theirs.get("/users/").status_code == 404


def test_a_fault_is_told_with_the_form_kept(client: Client, hung: User, lan: User) -> None:
    sign_in(client, hung)
    (grant,) = delegable_grants(actor=actor_of(hung.person))
    values = {
        "kind": "TUQ",
        "grants": [grant.pk],
        "to_username": "lan",
        "starts_on": "20/11/2026",
        "last_day": "27/11/2026",
        "reason": "Đi công tác",
    }
    answer = client.post("/delegations/new/", values)
    assert answer.status_code == 422
    assert "Đi công tác" in answer.text
    assert client.post("/delegations/new/", {**values, "to_username": "x"}).status_code == 422


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
