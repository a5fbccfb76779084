"""Pages on which roles are given, ended, changed and handed on, walked as their readers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from khuevan.platform.access.models import Delegation, Grant, Role
from khuevan.platform.access.selectors import delegable_grants
from khuevan.platform.access.tests.factories import (
    Province,
    actor_in,
    actor_of,
    sign_in,
)
from khuevan.platform.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]


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
