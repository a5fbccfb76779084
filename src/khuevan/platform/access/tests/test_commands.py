"""Accounts and roles from the command line, as the operator and as a user."""

from __future__ import annotations

import pytest

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.access import commands  # noqa: F401  (offers the commands)
from khuevan.platform.access.selectors import operator_actor
from khuevan.platform.access.tests.factories import (
    TODAY,
    Province,
    actor_of,
    hold,
    make_holder,
)
from khuevan.platform.accounts.models import User
from khuevan.platform.accounts.tests.factories import make_person, make_user
from khuevan.ui.commands import CommandNotAllowed, invoke

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]


@pytest.fixture
def operator(province: Province) -> Actor:
    return operator_actor(on=TODAY, login="root")


@pytest.fixture
def lan(province: Province) -> User:
    user = make_user()
    hold(user.person, "school_staff", province.school_a)
    return user


def test_the_list_names_people_and_roles(operator: Actor, lan: User) -> None:
    answer = invoke("user list", operator, ["lan"])
    assert [one["username"] for one in answer.data["users"]] == ["lan"]
    assert invoke("user list", operator, ["nobody"]).data["users"] == []


def test_an_account_is_made_and_its_password_told(operator: Actor, province: Province) -> None:
    person = make_person("Lê Thị Mới")
    hold(person, "school_staff", province.school_a)
    answer = invoke("user create", operator, [str(person.uuid), "--username", "moi"])
    user = User.objects.for_sign_in().get(username="moi")
    assert user.check_password(answer.data["password"])


def test_a_password_is_issued(operator: Actor, lan: User) -> None:
    answer = invoke("user password", operator, ["lan"])
    assert User.objects.for_sign_in().get(pk=lan.pk).check_password(answer.data["password"])


def test_an_account_is_switched_off(operator: Actor, lan: User) -> None:
    invoke("user deactivate", operator, ["lan", "--reason", "Nghỉ việc"])
    assert not User.objects.for_sign_in().get(pk=lan.pk).is_active


def test_the_first_administrator_gets_the_role(operator: Actor, lan: User) -> None:
    invoke("user grant", operator, ["lan", "system_admin", "P", "--reason", "Cài đặt"])
    assert "admin" in {hat.code for hat in actor_of(lan.person).hats}


def test_a_principal_acts_within_the_own_school(province: Province, lan: User) -> None:
    _hung, hung = make_holder("Hoàng Văn Hùng", "principal", province.school_a)
    _mai, mai = make_holder("Trần Thị Mai", "principal", province.school_b)
    assert invoke("user password", hung, ["lan"]).data["username"] == "lan"
    with pytest.raises(NotFound):
        invoke("user password", mai, ["lan"])


def test_a_teacher_may_run_none_of_them(province: Province, lan: User) -> None:
    teacher = actor_of(lan.person)
    for words in (
        ("user list", []),
        ("user password", ["lan"]),
        ("user grant", ["lan", "principal", "A", "--reason", "x"]),
    ):
        with pytest.raises(CommandNotAllowed):
            invoke(words[0], teacher, words[1])
