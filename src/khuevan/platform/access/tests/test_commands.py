"""Accounts and roles from the command line, as the operator and as a user."""

from __future__ import annotations

from argparse import ArgumentParser

import pytest

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.access import (
    audit_codes,
    commands,  # noqa: F401  (offers the commands)
)
from khuevan.platform.access.errors import (
    NeverOfSupport,
    NotYoursToAdd,
    OperatorsOwn,
    OwnRole,
    ReasonNeeded,
    UnknownRight,
)
from khuevan.platform.access.models import Role
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
from khuevan.platform.audit.models import AuditEntry
from khuevan.ui.commands import CommandMistyped, CommandNotAllowed, invoke
from khuevan.ui.commands import commands as registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]


@pytest.fixture
def operator(province: Province) -> Actor:
    return operator_actor(on=TODAY, login="root")


@pytest.fixture
def lan(province: Province) -> User:
    user = make_user()
    hold(user.person, "school_staff", province.school_a)
    return user


def test_whom_a_command_is_about_is_not_who_acts() -> None:
    parser = ArgumentParser()
    registered.get("user password").add_arguments(parser)
    alone = parser.parse_args(["lan"])
    assert (alone.username, alone.acting_as) == ("lan", None)
    both = parser.parse_args(["lan", "--as", "hung"])
    assert (both.username, both.acting_as) == ("lan", "hung")


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


WHY = ("--reason", "Quyết định 12 của Sở")
PUPILS = "people.sensitive:view"


def entries() -> list[AuditEntry]:
    rows = AuditEntry.objects.unscoped(because="test").order_by("pk")
    return list(rows.filter(code=audit_codes.ROLE_CHANGED))


def test_roles_and_what_one_may_do_are_listed(operator: Actor) -> None:
    listed = invoke("role list", operator).data["roles"]
    assert {one["code"] for one in listed} == set(Role.objects.values_list("code", flat=True))
    one = invoke("role list", operator, ["principal"])
    assert one.data["role"]["rights"] == Role.objects.get(code="principal").permissions
    assert "access.user:view" in str(one.text)
    with pytest.raises(NotFound):
        invoke("role list", operator, ["nobody"])


def test_the_operator_lets_a_role_hold_a_right_over_pupils(operator: Actor) -> None:
    answer = invoke("role allow", operator, ["school_staff", PUPILS, *WHY])
    assert PUPILS in answer.data["role"]["rights"]
    assert PUPILS in Role.objects.get(code="school_staff").permissions
    (entry,) = entries()
    assert entry.actor_label == "root"
    assert entry.after == {"permissions": [PUPILS]}
    assert entry.details["reason"] == "Quyết định 12 của Sở"
    invoke("role deny", operator, ["school_staff", PUPILS, *WHY])
    assert PUPILS not in Role.objects.get(code="school_staff").permissions
    assert entries()[1].before == {"permissions": [PUPILS]}


@pytest.mark.parametrize(
    ("verb", "role", "right"),
    [("allow", "school_clerk", "access.user:view"), ("deny", "school_staff", PUPILS)],
)
def test_what_is_so_already_is_not_written_again(
    operator: Actor, verb: str, role: str, right: str
) -> None:
    invoke(f"role {verb}", operator, [role, right, *WHY])
    assert entries() == []


@pytest.mark.parametrize(
    ("verb", "role", "right", "refusal"),
    [
        ("allow", "school_staff", "students.student:fly", UnknownRight),
        ("allow", "nobody", PUPILS, NotFound),
        ("allow", "school_staff", "world.world:manage", OperatorsOwn),
        ("deny", "operator", "access.role:manage", OperatorsOwn),
        ("allow", "support_session", "access.user:manage", NeverOfSupport),
    ],
)
def test_what_the_operator_may_not_either(
    operator: Actor, verb: str, role: str, right: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        invoke(f"role {verb}", operator, [role, right, *WHY])
    assert entries() == []


def test_a_keeper_of_roles_adds_by_command_no_more_than_on_the_page(province: Province) -> None:
    _person, son = make_holder("Nguyễn Thái Sơn", "system_admin", province.root)
    with pytest.raises(NotYoursToAdd):
        invoke("role allow", son, ["school_staff", PUPILS, *WHY])
    with pytest.raises(OwnRole):
        invoke("role allow", son, ["system_admin", PUPILS, *WHY])
    _other, of_school = make_holder("Lê Văn Khác", "system_admin", province.school_a)
    with pytest.raises(NotFound):
        invoke("role deny", of_school, ["school_staff", PUPILS, *WHY])
    assert entries() == []


@pytest.mark.parametrize("words", [["school_staff"], ["school_staff", PUPILS], []])
def test_a_right_without_a_reason_is_no_command(operator: Actor, words: list[str]) -> None:
    with pytest.raises(CommandMistyped):
        invoke("role allow", operator, words)


@pytest.mark.parametrize("reason", ["", "x", "\u200b" * 12, " " * 12])
def test_a_reason_that_says_nothing_is_none(operator: Actor, reason: str) -> None:
    with pytest.raises(ReasonNeeded):
        invoke("role allow", operator, ["school_staff", PUPILS, "--reason", reason])
    assert entries() == []
