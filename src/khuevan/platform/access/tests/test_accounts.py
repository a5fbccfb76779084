"""Other people's accounts: whose one may open, reset and switch off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from khuevan.kernel.errors import NotFound
from khuevan.platform.access import actions
from khuevan.platform.access.actor import GrantActor
from khuevan.platform.access.errors import MoreThanYou, OwnAccount, ReasonNeeded
from khuevan.platform.access.permissions import MANAGE_USERS
from khuevan.platform.access.selectors import people_without_account, users
from khuevan.platform.access.tests.factories import (
    NOW,
    Province,
    actor_of,
    hold,
    is_logged,
    make_holder,
)
from khuevan.platform.accounts.models import User
from khuevan.platform.accounts.tests.factories import make_person, make_user

pytestmark = pytest.mark.django_db

Deed = Callable[[GrantActor, User], Any]


def reset(actor: GrantActor, user: User) -> Any:
    return actions.reset_password(actor=actor, user=user, now=NOW)


def deactivate(actor: GrantActor, user: User) -> Any:
    return actions.deactivate_account(actor=actor, user=user, reason="Nghỉ việc", now=NOW)


def reactivate(actor: GrantActor, user: User) -> Any:
    return actions.reactivate_account(actor=actor, user=user, now=NOW)


def unlock(actor: GrantActor, user: User) -> Any:
    return actions.remove_second_factor(actor=actor, user=user, reason="Mất máy", now=NOW)


every_deed = pytest.mark.parametrize("deed", [reset, deactivate, reactivate, unlock])


@pytest.fixture
def clerk(province: Province) -> GrantActor:
    return make_holder("Phan Thị Loan", "school_clerk", province.school_a)[1]


@pytest.fixture
def teacher(province: Province) -> User:
    user = make_user()
    hold(user.person, "school_staff", province.school_a)
    return user


@every_deed
def test_a_clerk_keeps_the_accounts_of_teachers(
    clerk: GrantActor, teacher: User, deed: Deed
) -> None:
    assert not is_logged(clerk, teacher)
    deed(clerk, teacher)
    assert is_logged(clerk, teacher)


@every_deed
def test_but_not_of_the_principal_whose_password_would_be_a_promotion(
    clerk: GrantActor, province: Province, deed: Deed
) -> None:
    user = make_user(make_person("Hoàng Văn Hùng"), "hung")
    hold(user.person, "principal", province.school_a)
    with pytest.raises(MoreThanYou):
        deed(clerk, user)


@every_deed
def test_nor_of_a_teacher_who_is_an_officer_elsewhere(
    clerk: GrantActor, teacher: User, province: Province, deed: Deed
) -> None:
    hold(teacher.person, "commune_officer", province.commune_b)
    with pytest.raises(MoreThanYou):
        deed(clerk, teacher)


@every_deed
def test_nor_of_another_school(province: Province, teacher: User, deed: Deed) -> None:
    _person, stranger = make_holder("Trần Thị Mai", "principal", province.school_b)
    with pytest.raises(NotFound):
        deed(stranger, teacher)


@every_deed
def test_nor_ones_own(province: Province, deed: Deed) -> None:
    user = make_user(make_person("Phan Thị Loan"), "loan")
    hold(user.person, "school_clerk", province.school_a)
    with pytest.raises(OwnAccount):
        deed(actor_of(user.person), user)


@every_deed
def test_a_teacher_keeps_nobodys(province: Province, teacher: User, deed: Deed) -> None:
    _person, other = make_holder("Lê Quốc Toàn", "school_staff", province.school_a)
    with pytest.raises(NotFound):
        deed(other, teacher)


def test_opening_an_account_for_a_person_of_the_school(
    clerk: GrantActor, province: Province
) -> None:
    person = make_person("Lê Thị Mới")
    hold(person, "school_staff", province.school_a)
    found = people_without_account(actor=clerk, permission=MANAGE_USERS, text="moi")
    assert list(found) == [person]
    issued = actions.open_account(actor=clerk, person=person, now=NOW)
    assert issued.user.username == "moilt"
    assert issued.user in users(actor=clerk)
    assert list(found.all()) == []


def test_not_for_a_person_of_another_school(clerk: GrantActor, province: Province) -> None:
    person = make_person("Lê Thị Mới")
    hold(person, "school_staff", province.school_b)
    with pytest.raises(NotFound):
        actions.open_account(actor=clerk, person=person, now=NOW)


def test_removing_the_second_step_removes_app_and_codes(clerk: GrantActor, teacher: User) -> None:
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=teacher, type=kind, data={})
    unlock(clerk, teacher)
    assert not Authenticator.objects.filter(user_id=teacher.pk).exists()


def test_switching_off_needs_a_reason(clerk: GrantActor, teacher: User) -> None:
    with pytest.raises(ReasonNeeded):
        actions.deactivate_account(actor=clerk, user=teacher, reason=" ", now=NOW)


def test_the_list_holds_the_people_of_ones_units(province: Province, clerk: GrantActor) -> None:
    for username, unit in (("an", province.school_a), ("binh", province.school_b)):
        user = make_user(make_person(f"Lê {username}"), username)
        hold(user.person, "school_staff", unit)
    names = [user.username for user in users(actor=clerk)]
    assert names == ["an"]
    _person, admin = make_holder("Nguyễn Thái Sơn", "system_admin", province.root)
    assert {"an", "binh"} <= {user.username for user in users(actor=admin)}
