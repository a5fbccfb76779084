"""Roles as data: kept up after migrations, changed by levels, never one's own."""

from __future__ import annotations

import pytest

from khuevan.kernel.actor import Permission, permissions
from khuevan.kernel.errors import NotFound
from khuevan.platform.access import actions, audit_codes
from khuevan.platform.access.actor import GrantActor
from khuevan.platform.access.errors import NotYoursToAdd, OwnRole, RoleNameTaken
from khuevan.platform.access.models import KnownPermission, Role
from khuevan.platform.access.permissions import VIEW_SUPPORT, VIEW_USERS
from khuevan.platform.access.roles import ROLES
from khuevan.platform.access.selectors import area_lines
from khuevan.platform.access.tests.factories import (
    NOW,
    Province,
    make_holder,
)
from khuevan.platform.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def test_all_roles_are_there_after_the_migrations() -> None:
    assert set(Role.objects.values_list("code", flat=True)) == {seed.code for seed in ROLES}


def test_each_permission_names_roles_that_exist() -> None:
    known = {seed.code for seed in ROLES}
    assert {role for permission in permissions for role in permission.roles} <= known
    assert {code for seed in ROLES for code in seed.gives} <= known


def test_what_was_taken_by_hand_stays_taken() -> None:
    role = Role.objects.get(code="principal")
    role.permissions = [code for code in role.permissions if code != VIEW_USERS.code]
    role.save(update_fields=["permissions"])
    actions.sync_roles()
    role.refresh_from_db()
    assert VIEW_USERS.code not in role.permissions


def test_even_when_no_role_holds_it_any_more() -> None:
    for role in Role.objects.all():
        role.permissions = [code for code in role.permissions if code != VIEW_SUPPORT.code]
        role.save(update_fields=["permissions"])
    actions.sync_roles()
    assert not Role.objects.filter(permissions__contains=[VIEW_SUPPORT.code]).exists()


def test_a_new_permission_is_offered_once_to_the_roles_it_names() -> None:
    KnownPermission.objects.filter(code=VIEW_USERS.code).delete()
    for role in Role.objects.all():
        role.permissions = [code for code in role.permissions if code != VIEW_USERS.code]
        role.save(update_fields=["permissions"])
    actions.sync_roles()
    holders = Role.objects.filter(permissions__contains=[VIEW_USERS.code])
    assert set(holders.values_list("code", flat=True)) == {
        *VIEW_USERS.roles,
        *(seed.code for seed in ROLES if seed.starts_as in VIEW_USERS.roles),
    }


def test_syncing_again_changes_nothing(django_assert_num_queries: object) -> None:
    actions.sync_roles()
    before = dict(Role.objects.values_list("code", "permissions"))
    actions.sync_roles()
    assert dict(Role.objects.values_list("code", "permissions")) == before


def test_an_administrator_sets_an_area_to_a_level(province: Province) -> None:
    _person, son = make_holder("Nguyễn Thái Sơn", "system_admin", province.root)
    role = actions.change_role(
        actor=son, code="school_clerk", levels={"access": "none"}, reason="Siết quyền", now=NOW
    )
    assert not [code for code in role.permissions if code.startswith("access.")]
    line = next(one for one in area_lines(role) if one.code == "access")
    assert (line.level, line.held) == ("none", [])
    entry = AuditEntry.objects.unscoped(because="test").get(code=audit_codes.ROLE_CHANGED)
    assert VIEW_USERS.code in entry.before["permissions"]


def test_nobody_changes_a_role_they_hold(province: Province) -> None:
    _person, son = make_holder("Nguyễn Thái Sơn", "system_admin", province.root)
    with pytest.raises(OwnRole):
        actions.change_role(
            actor=son, code="system_admin", levels={"students": "manage"}, reason="Thử", now=NOW
        )


def test_an_administrator_of_one_school_changes_no_role(province: Province) -> None:
    _person, son = make_holder("Nguyễn Thái Sơn", "system_admin", province.school_a)
    with pytest.raises(NotFound):
        actions.change_role(
            actor=son, code="school_clerk", levels={"access": "none"}, reason="Thử", now=NOW
        )


def test_a_permission_is_one_object_by_its_code() -> None:
    assert Permission("a.b:view", "x") == Permission("a.b:view", "y")


@pytest.mark.parametrize(
    ("area", "level"), [("students", "view"), ("people", "view"), ("world", "manage")]
)
def test_nobody_puts_into_a_role_what_they_do_not_hold(
    province: Province, area: str, level: str
) -> None:
    _person, son = make_holder("Nguyễn Thái Sơn", "system_admin", province.root)
    before = list(Role.objects.get(code="school_staff").permissions)
    with pytest.raises(NotYoursToAdd):
        actions.change_role(
            actor=son, code="school_staff", levels={area: level}, reason="Thử", now=NOW
        )
    assert Role.objects.get(code="school_staff").permissions == before


def test_nor_what_only_the_operator_may_though_they_held_it(province: Province) -> None:
    son = keeper(province, "world.world:manage")
    with pytest.raises(NotYoursToAdd):
        actions.change_role(
            actor=son, code="school_staff", levels={"world": "manage"}, reason="Thử", now=NOW
        )


def test_what_they_hold_they_may_add(province: Province) -> None:
    son = keeper(province, "staff.member:view")
    role = actions.change_role(
        actor=son, code="commune_officer", levels={"staff": "view"}, reason="Cần xem", now=NOW
    )
    assert "staff.member:view" in role.permissions


def test_a_province_makes_a_role_of_its_own(province: Province) -> None:
    role = create(
        keeper(province, "staff.member:view", "staff.record:view"), "Cán bộ kiểm định", staff="view"
    )
    assert (role.code, role.hat) == ("own-can-bo-kiem-dinh", "teacher")
    assert role.permissions == ["staff.member:view", "staff.record:view"]
    givers = Role.objects.filter(gives__contains=[role.code]).values_list("code", flat=True)
    usual = Role.objects.filter(gives__contains=["school_staff"]).values_list("code", flat=True)
    assert set(givers) == set(usual)
    actions.sync_roles()
    role.refresh_from_db()
    assert role.permissions == ["staff.member:view", "staff.record:view"]


def test_a_new_role_holds_nothing_its_maker_does_not(province: Province) -> None:
    with pytest.raises(NotYoursToAdd):
        create(keeper(province, "staff.member:view"), "Cán bộ tò mò", students="view")


@pytest.mark.parametrize("name", ["Hiệu trưởng", "HIỆU  TRƯỞNG"])
def test_two_roles_of_one_name_are_refused(province: Province, name: str) -> None:
    with pytest.raises(RoleNameTaken):
        create(keeper(province, "staff.member:view"), name, staff="view")


@pytest.mark.parametrize("hat", ["guardian", "student", "support", "admin", "protection", "x"])
def test_no_role_is_made_of_a_kind_that_follows_from_facts(province: Province, hat: str) -> None:
    with pytest.raises(NotFound):
        create(keeper(province, "staff.member:view"), "Vai lạ", hat, staff="view")


def test_an_administrator_of_one_school_makes_none(province: Province) -> None:
    _person, son = make_holder("Nguyễn Thái Sơn", "system_admin", province.school_a)
    with pytest.raises(NotFound):
        create(son, "Vai của trường", access="view")


def keeper(province: Province, *codes: str) -> GrantActor:
    """Return somebody who keeps roles on the whole province and holds these rights there."""
    role = Role.objects.create(
        code="keeper", hat="admin", permissions=["access.role:manage", *codes]
    )
    return make_holder("Nguyễn Thái Sơn", role.code, province.root)[1]


def create(actor: GrantActor, name: str, hat: str = "teacher", **levels: str) -> Role:
    return actions.create_role(
        actor=actor,
        name=name,
        hat=hat,
        levels=levels,
        needs_second_factor=False,
        reason="Theo đề án",
        now=NOW,
    )
