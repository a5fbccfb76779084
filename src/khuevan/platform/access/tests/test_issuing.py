"""The way into an account is as much as the pupils' records behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from khuevan.platform.access import actions, audit_codes
from khuevan.platform.access.actions.grants import Place, may_give
from khuevan.platform.access.actions.issuing import pupil_codes
from khuevan.platform.access.actor import GrantActor
from khuevan.platform.access.errors import SeesPupils, TwoPersonsNeeded
from khuevan.platform.access.events import account_issued
from khuevan.platform.access.models import Role
from khuevan.platform.access.selectors import operator_actor
from khuevan.platform.access.tests.factories import (
    NOW,
    TODAY,
    Province,
    actor_of,
    hold,
    hold_child,
    is_logged,
    make_holder,
)
from khuevan.platform.accounts.api import Person
from khuevan.platform.accounts.audit_codes import PASSWORD_ISSUED
from khuevan.platform.accounts.models import User
from khuevan.platform.accounts.tests.factories import make_person, make_user
from khuevan.platform.audit.models import AuditEntry

pytestmark = pytest.mark.django_db

Deed = Callable[[Any, User], Any]


def reset(actor: Any, user: User) -> Any:
    return actions.reset_password(actor=actor, user=user, now=NOW)


def reactivate(actor: Any, user: User) -> Any:
    return actions.reactivate_account(actor=actor, user=user, now=NOW)


def unlock(actor: Any, user: User) -> Any:
    return actions.remove_second_factor(actor=actor, user=user, reason="Mất máy", now=NOW)


every_deed = pytest.mark.parametrize("deed", [reset, reactivate, unlock])


@pytest.fixture
def son(province: Province) -> GrantActor:
    return make_holder("Nguyễn Thái Sơn", "system_admin", province.root)[1]


@pytest.fixture
def loan(province: Province) -> GrantActor:
    return make_holder("Phan Thị Loan", "school_clerk", province.school_a)[1]


@pytest.fixture
def hung(province: Province) -> User:
    user = make_user(make_person("Hoàng Văn Hùng"), "hung")
    hold(user.person, "principal", province.school_a)
    return user


@every_deed
@pytest.mark.parametrize(
    "role", ["principal", "school_clerk", "homeroom_teacher", "commune_officer", "support_engineer"]
)
def test_the_administrator_opens_no_account_that_sees_pupils(
    province: Province, son: GrantActor, deed: Deed, role: str
) -> None:
    user = make_user()
    places = {"commune_officer": province.commune_a, "support_engineer": province.department}
    hold(user.person, role, places.get(role, province.school_a))
    with pytest.raises(SeesPupils):
        deed(son, user)


@every_deed
def test_nor_one_that_will_see_them(province: Province, son: GrantActor, deed: Deed) -> None:
    user = make_user()
    quiet = Role.objects.create(code="librarian", hat="teacher", permissions=["access.user:view"])
    hold(user.person, quiet.code, province.school_a)
    deed(son, user)
    hold(user.person, "principal", province.school_a, starts_on=TODAY + timedelta(days=1))
    with pytest.raises(SeesPupils):
        deed(son, user)


def test_taking_the_permissions_off_a_role_for_a_moment_opens_nothing(
    son: GrantActor, hung: User
) -> None:
    before = pupil_codes(Role.objects.get(code="principal"))
    Role.objects.filter(code="principal").update(permissions=[])
    assert pupil_codes(Role.objects.get(code="principal")) == before
    with pytest.raises(SeesPupils):
        reset(son, hung)


def test_nor_does_the_administrator_open_a_new_one(province: Province, son: GrantActor) -> None:
    person = make_person("Lê Thị Mới")
    hold(person, "principal", province.school_a)
    with pytest.raises(SeesPupils):
        actions.open_account(actor=son, person=person, now=NOW)


def test_switching_off_stays_possible(son: GrantActor, hung: User) -> None:
    actions.deactivate_account(actor=son, user=hung, reason="Lộ mật khẩu", now=NOW)
    assert not User.objects.for_sign_in().get(pk=hung.pk).is_active


@every_deed
@pytest.mark.parametrize("role", ["school_staff", "subject_teacher", "homeroom_teacher"])
def test_the_office_of_the_school_helps_its_teachers(
    province: Province, loan: GrantActor, deed: Deed, role: str
) -> None:
    user = make_user()
    hold(user.person, role, province.school_a)
    deed(loan, user)
    assert is_logged(loan, user)


@every_deed
def test_and_its_pupils_and_families(province: Province, loan: GrantActor, deed: Deed) -> None:
    child, parent = make_user(make_person("Minh Anh"), "minhanh"), make_user()
    own = hold_child(child.person, child.person, province.school_a)
    own.role = Role.objects.get(code="student")
    own.save()
    hold_child(parent.person, child.person, province.school_a)
    for user in (child, parent):
        deed(loan, user)
        assert is_logged(loan, user)


@every_deed
def test_but_not_a_parent_whose_other_child_is_in_another_school(
    province: Province, loan: GrantActor, deed: Deed
) -> None:
    parent = make_user()
    hold_child(parent.person, make_person("Minh Anh"), province.school_a)
    hold_child(parent.person, make_person("Minh Khôi"), province.school_b)
    with pytest.raises(SeesPupils):
        deed(loan, parent)


@every_deed
def test_a_teacher_with_a_child_elsewhere_is_a_parent_too(
    province: Province, loan: GrantActor, deed: Deed
) -> None:
    user, child = make_user(), make_person("Minh Khôi")
    hold(user.person, "school_staff", province.school_a)
    hold_child(user.person, child)
    hold(child, "student", province.school_b)
    with pytest.raises(SeesPupils):
        deed(loan, user)


@every_deed
def test_the_operator_is_the_last_resort_and_the_owner_learns_of_it(
    hung: User, deed: Deed, django_capture_on_commit_callbacks: Any
) -> None:
    told: list[int] = []

    def hear(*, person_id: int, **_more: Any) -> None:
        told.append(person_id)

    account_issued.connect(hear)
    with django_capture_on_commit_callbacks(execute=True):
        deed(operator_actor(on=TODAY, login="root"), hung)
    account_issued.disconnect(hear)
    assert told == [hung.person_id]
    assert AuditEntry.objects.unscoped(because="test").filter(person_id=hung.person_id).exists()


# --- giving afterwards


def give(actor: GrantActor, person: Person, role: str, place: Place) -> Any:
    return actions.give_grant(
        actor=actor,
        person=person,
        role=Role.objects.get(code=role),
        place=place,
        starts_on=TODAY,
        reason="Phân công",
        now=NOW,
    )


@pytest.mark.parametrize("code", [PASSWORD_ISSUED, audit_codes.SECOND_FACTOR_REMOVED])
def test_whoever_issued_the_sign_in_gives_it_no_more_than_they_hold(
    province: Province, son: GrantActor, code: str
) -> None:
    user = make_user()
    Role.objects.create(code="librarian", hat="teacher", permissions=["access.user:view"])
    hold(user.person, "librarian", province.school_a)
    (reset if code == PASSWORD_ISSUED else unlock)(son, user)
    place = Place(province.school_a.pk)
    with pytest.raises(TwoPersonsNeeded):
        give(son, user.person, "principal", place)
    with pytest.raises(TwoPersonsNeeded):
        give(son, user.person, "support_engineer", Place(province.department.pk))
    _person, another = make_holder("Trần Quốc Bảo", "system_admin", province.root)
    give(another, user.person, "principal", place)


# --- who gives what, and where

ABOVE = [
    "system_admin",
    "department_director",
    "department_specialist",
    "data_protection_officer",
    "support_engineer",
]


@pytest.mark.parametrize("role", ABOVE)
@pytest.mark.parametrize("giver", ["operator", "department_director", "system_admin", "principal"])
def test_roles_of_the_department_stand_on_no_school_or_commune(
    province: Province, giver: str, role: str
) -> None:
    actor: Any = operator_actor(on=TODAY, login="root")
    if giver != "operator":
        place = province.school_a if giver == "principal" else province.root
        actor = make_holder("Ai Đó", giver, place)[1]
    for unit in (province.school_a, province.high_school, province.commune_a):
        assert not may_give(actor, Role.objects.get(code=role), Place(unit.pk))


@pytest.mark.parametrize("role", ["system_admin", "data_protection_officer"])
def test_only_the_director_and_the_operator_give_the_offices_that_watch_each_other(
    province: Province, son: GrantActor, role: str
) -> None:
    wanted, place = Role.objects.get(code=role), Place(province.root.pk)
    _person, director = make_holder("Đỗ Thị Hà", "department_director", province.root)
    assert may_give(director, wanted, place)
    assert may_give(operator_actor(on=TODAY, login="root"), wanted, place)
    assert not may_give(son, wanted, place)


def test_holding_all_of_a_role_is_not_the_right_to_give_it(
    province: Province, son: GrantActor
) -> None:
    quiet = Role.objects.create(code="librarian", hat="teacher", permissions=["access.user:view"])
    assert not may_give(son, quiet, Place(province.school_a.pk))


def test_a_role_that_stands_in_the_wrong_place_can_be_ended(province: Province) -> None:
    person = make_person()
    grant = hold(person, "system_admin", province.school_a, source="MANUAL")
    _person, director = make_holder("Đỗ Thị Hà", "department_director", province.root)
    actions.end_grant(actor=director, grant=grant, reason="Đặt nhầm chỗ", now=NOW)
    assert actor_of(person).hats == ()
