"""Both eras of the province: districts until 30/6/2025, communes since."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.world.conftest import TODAY, SmallWorld

from khuevan.platform.areas.api import areas_on
from khuevan.platform.organizations.api import (
    Handed,
    ManagerNotRecorded,
    OrgUnit,
    manager_on,
    successors_of,
    unit_by_code,
    version_of,
    versions_on,
)

pytestmark = pytest.mark.django_db
LAST_DAY, THAT_DAY = date(2025, 6, 30), date(2025, 7, 1)


def test_who_managed_a_school_is_answered_for_both_eras(world: SmallWorld) -> None:
    school = unit_by_code(world.plan.school_a.code)
    before = manager_on(school.pk, on=date(2025, 3, 1))
    assert (before.name, before.unit.kind) == (
        "Phòng Giáo dục và Đào tạo thành phố Hà Tĩnh",
        "DISTRICT_OFFICE",
    )
    assert manager_on(school.pk, on=LAST_DAY).unit == before.unit
    for day in (THAT_DAY, TODAY):
        assert manager_on(school.pk, on=day).name == "UBND xã Cẩm Bình"


def test_of_a_day_before_all_records_the_answer_is_a_sentence(world: SmallWorld) -> None:
    school = unit_by_code(world.plan.school_a.code)
    with pytest.raises(ManagerNotRecorded) as refused:
        manager_on(school.pk, on=world.plan.since - timedelta(days=1))
    assert "04/09/2024" in str(refused.value)


def test_the_departments_schools_were_the_departments_before_too(world: SmallWorld) -> None:
    for school in world.plan.schools:
        kinds = {
            manager_on(world.loaded.unit_ids[school.code], on=day).unit.kind
            for day in (LAST_DAY, TODAY)
        }
        expected = {"DEPARTMENT"} if school.is_departments else {"DISTRICT_OFFICE", "COMMUNE"}
        assert kinds == expected


def test_a_school_stood_in_an_area_of_the_day(world: SmallWorld) -> None:
    for school in world.plan.schools:
        for day in (LAST_DAY, TODAY):
            placed = version_of(world.loaded.unit_ids[school.code], on=day)
            assert placed is not None
            assert placed.area is not None
            assert areas_on(day).filter(code=placed.area.code).first() == placed.area


def test_twelve_district_offices_ended_with_successors(world: SmallWorld) -> None:
    offices = OrgUnit.objects.filter(kind="DISTRICT_OFFICE")
    assert offices.count() == 12
    assert versions_on(LAST_DAY).filter(unit__in=offices).count() == 12
    assert not versions_on(THAT_DAY).filter(unit__in=offices).exists()
    city = unit_by_code("42-436-PGDDT")
    heirs = {unit.code for unit in successors_of(city.pk, handed=Handed.SCHOOLS)}
    assert {"42-18685", "42-18073"} <= heirs
    registers = successors_of(city.pk, handed=Handed.REGISTERS)
    assert [unit.code for unit in registers] == ["42-SGDDT"]


def test_what_kept_no_registers_hands_none_over(world: SmallWorld) -> None:
    """Registers were the education offices'; the inspectorate's work went to the province's."""
    inspectorate, district = unit_by_code("42-SGDDT-TTRA"), unit_by_code("42-H436")
    for unit in (inspectorate, district):
        assert not successors_of(unit.pk, handed=Handed.REGISTERS)
    heirs = successors_of(inspectorate.pk, handed=Handed.DOSSIERS)
    assert [unit.code for unit in heirs] == ["42-TTRA"]
    assert successors_of(district.pk, handed=Handed.DOSSIERS)


def test_each_change_of_that_day_names_its_own_text(world: SmallWorld) -> None:
    """The list of codes arranges nothing, and nothing of the Department changed."""
    held = {one.unit.code: one for one in versions_on(THAT_DAY).select_related("paper")}
    arranged = "1665/NQ-UBTVQH15 (theo trí nhớ)"
    assert held["42-18685"].decision == arranged
    assert (held["42-SGDDT"].decision, held["42"].decision) == ("", "")
    papers = {school.is_departments: held[school.code].decision for school in world.plan.schools}
    assert papers.get(False) == "142/2025/NĐ-CP"
    assert papers.get(True, arranged) == arranged


def test_communes_began_on_that_day(world: SmallWorld) -> None:
    communes = OrgUnit.objects.filter(kind="COMMUNE").exclude(code__contains="-C")
    assert not versions_on(LAST_DAY).filter(unit__in=communes).exists()
    assert versions_on(THAT_DAY).filter(unit__in=communes).count() == 69
