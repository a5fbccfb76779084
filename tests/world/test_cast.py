"""The cast: the same people at the same places in every world."""

from __future__ import annotations

from datetime import date

import pytest

from khuevan.cli.world import cast
from khuevan.cli.world.plan import WorldPlan, plan_world
from khuevan.cli.world.shapes import HouseholdPlan, StaffPlan
from khuevan.kernel.personal_number import contradictions


@pytest.fixture(params=[(8, 600), (60, 30_000)], ids=["small", "demo"], scope="module")
def plan(request: pytest.FixtureRequest) -> WorldPlan:
    schools, pupils = request.param
    return plan_world(today=date(2026, 11, 22), schools=schools, pupils=pupils)


@pytest.fixture(scope="module")
def staff(plan: WorldPlan) -> dict[str, StaffPlan]:
    return {m.username: m for _, members in plan.staff() for m in members if m.username}


@pytest.fixture(scope="module")
def household(plan: WorldPlan) -> HouseholdPlan:
    _, households = next(plan.households())
    return next(iter(households))


def test_usernames_are_unique_and_all_roles_are_played() -> None:
    usernames = [member.username for member in cast.CAST]
    assert len(set(usernames)) == len(usernames) == 20
    assert {role for member in cast.CAST for role in member.roles} == {
        "homeroom_teacher", "subject_teacher", "school_staff", "principal", "school_clerk",
        "department_specialist", "data_officer", "department_director", "commune_officer",
        "system_admin", "data_protection_officer", "support_engineer", "guardian", "student",
    }  # fmt: skip


def test_everybody_says_what_they_can_see() -> None:
    assert all(str(member.sees) for member in cast.CAST)


def test_ms_lan_is_in_charge_of_6a_at_school_a(
    plan: WorldPlan, staff: dict[str, StaffPlan]
) -> None:
    lan = staff["lan"]
    assert (lan.unit_code, lan.homeroom) == (plan.school_a.code, "6A")
    assert ("6A", "Ngữ văn") in lan.lessons
    assert {name for name, _ in lan.lessons} <= set(cast.LAN.classes)


def test_mr_hung_and_ms_loan_work_at_school_a(plan: WorldPlan, staff: dict[str, StaffPlan]) -> None:
    assert (staff["hung"].unit_code, staff["hung"].position) == (plan.school_a.code, "PRINCIPAL")
    assert (staff["loan"].unit_code, staff["loan"].position) == (plan.school_a.code, "CLERK")


def test_mr_toan_teaches_only_his_classes(staff: dict[str, StaffPlan]) -> None:
    toan = staff["toan"]
    assert not toan.homeroom
    assert {name for name, _ in toan.lessons} <= {"6A", "7A"}
    assert ("6A", "Toán") in toan.lessons


def test_ms_mai_works_elsewhere(plan: WorldPlan, staff: dict[str, StaffPlan]) -> None:
    assert staff["mai"].unit_code == plan.school_b.code != plan.school_a.code
    assert plan.school_b.commune != plan.school_a.commune


def test_both_ends_of_a_transfer_have_a_clerk_and_an_officer(
    plan: WorldPlan, staff: dict[str, StaffPlan]
) -> None:
    assert (staff["ngoc"].unit_code, staff["ngoc"].position) == (plan.school_b.code, "CLERK")
    assert staff["quan"].unit_code == f"42-{plan.school_b.commune.code}" != staff["hoa"].unit_code


def test_officers_work_in_offices(staff: dict[str, StaffPlan]) -> None:
    assert {staff[name].unit_code for name in ("binh", "dung", "thanh", "son")} == {"42-SGDDT"}
    assert staff["hoa"].unit_code == "42-18685"


def test_huong_has_two_children_in_two_schools(plan: WorldPlan, household: HouseholdPlan) -> None:
    assert [guardian.username for guardian in household.guardians] == ["huong", ""]
    minh_anh, duc_minh = household.children
    assert (minh_anh.school_code, minh_anh.class_name) == (plan.school_a.code, "6A")
    assert duc_minh.school_code == plan.primary_of_a.code
    assert minh_anh.username == "minhanh"


@pytest.mark.parametrize("year", [2025, 2026, 2029])
def test_minh_anh_is_eleven_in_every_academic_year(year: int) -> None:
    plan = plan_world(today=date(year, 11, 22), schools=8, pupils=600)
    household = next(iter(next(plan.households())[1]))
    assert household.children[0].person.birth_date == date(year - 11, 7, 18)


def test_class_6a_of_the_demo_is_full() -> None:
    plan = plan_world(today=date(2026, 11, 22))
    assert next(c.size for c in plan.school_a.classes if c.name == "6A") == 45


def test_a_mother_and_her_daughter_of_grade_10_choose_at_the_upper_school(plan: WorldPlan) -> None:
    houses = [house for _, group in plan.households() for house in group]
    [house] = [one for one in houses if any(g.username == "thu" for g in one.guardians)]
    [linh] = house.children
    assert (linh.username, linh.school_code) == ("linh", plan.upper_school.code)
    assert linh.class_name.startswith("10")
    assert linh.person.full_name == cast.LINH.full_name
    assert linh.person.personal_number is not None
    number, born = linh.person.personal_number, linh.person.birth_date
    assert not contradictions(number, sex=linh.person.sex, birth_date=born)


def test_the_upper_school_has_a_principal_and_a_homeroom_teacher(
    plan: WorldPlan, staff: dict[str, StaffPlan]
) -> None:
    assert (staff["phuc"].unit_code, staff["phuc"].position) == (
        plan.upper_school.code,
        "PRINCIPAL",
    )
    assert (staff["khanh"].unit_code, staff["khanh"].homeroom) == (plan.upper_school.code, "10A1")
