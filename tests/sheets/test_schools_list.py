"""The register of schools from a list: found by code, nothing made up, nothing erased."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_class, make_province
from tests.sheets.rows import counts, load, reasons, written

from khuevan.kernel.errors import NotFound
from khuevan.platform.organizations.api import OrgUnit, UnitKind, version_of
from khuevan.registry.schools.actions import RegisterCorrection, correct_register
from khuevan.registry.schools.api import AcademicYear, School, school_facts
from khuevan.registry.schools.errors_of_founding import (
    ConversionNotCorrection,
    FoundedAfterRecords,
)
from khuevan.registry.schools.imports.school_plan import kind_of, shortened
from khuevan.registry.schools.imports.school_words import levels, school_types, split_levels
from khuevan.registry.schools.models import SchoolVersion
from khuevan.ui.commands import CommandNotAllowed

WHY = "a test looks"
ROW = {
    "STT": "1",
    "Mã trường": "42000888",
    "Tên trường": "Trường TH&THCS Sơn Kim",
    "Cấp học": "TH&THCS",
    "Loại hình": "Công lập",
    "Tỉnh": "Hà Tĩnh",
    "Xã": "Xã Sơn Kim 1",
    "Vùng khó khăn": "x",
    "Điện thoại": "0239 3855 123",
    "Website": "sonkim.edu.vn",
    "Năm thành lập": "1975",
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("THCS", ("THCS",)),
        ("Tiểu học và THCS", ("TH", "THCS")),
        ("TH-THCS", ("TH", "THCS")),
        ("TH, THCS và THPT", ("TH", "THCS", "THPT")),
        ("Liên cấp TH-THCS-THPT", ("TH", "THCS", "THPT")),
        ("trung hoc co so", ("THCS",)),
    ],
)
def test_levels_are_read_as_people_write_them(text: str, found: tuple[str, ...]) -> None:
    assert split_levels((levels().find(text) or "",)) == found


def test_kinds_are_read_as_the_ministry_writes_them() -> None:
    for text in ("Trường TH và THCS", "Trường tiểu học và THCS", "TH&THCS"):
        assert school_types().find(text) == "PRIMARY_LOWER_SECONDARY", text


def test_what_a_list_leaves_unsaid_follows_from_levels_and_name() -> None:
    assert kind_of(("THCS",), "Trường PTDTBT THCS Hương Liên") == "ETHNIC_SEMI_BOARDING"
    assert kind_of(("THCS", "THPT"), "Trường THCS&THPT Cẩm Bình") == "MULTI_LEVEL"
    assert kind_of(("THPT",), "Trường THPT Chuyên Hà Tĩnh") == "GIFTED"
    assert shortened("Trường Tiểu học Đông Khê") == "TH Đông Khê"


def test_a_school_is_recorded_as_it_stands_and_again_nothing_changes(
    cast: Cast, tmp_path: Path
) -> None:
    province = make_province()
    words = (written(tmp_path / "s.csv", [ROW]), "--unit", province.code)
    assert counts(load("schools", *words, "--check")) == (1, 0, 0, 0)
    assert not School.objects.unscoped(because=WHY).filter(code="42000888").exists()
    assert counts(load("schools", *words)) == (1, 0, 0, 0)
    school = School.objects.unscoped(because=WHY).get(code="42000888")
    facts = school_facts(school.pk, on=TODAY)
    assert (facts.school_type, facts.is_disadvantaged) == ("PRIMARY_LOWER_SECONDARY", True)
    assert (facts.decision, school.website) == ("", "https://sonkim.edu.vn")
    assert (school.phone, school.founded_on) == ("02393855123", date(1975, 1, 1))
    place = version_of(school.pk, on=TODAY)
    assert place is not None
    assert place.parent_id is not None
    above = version_of(place.parent_id, on=TODAY)
    assert above is not None
    assert above.name == "UBND xã Sơn Kim 1"
    assert counts(load("schools", *words)) == (0, 0, 1, 0)
    bare = {name: ROW[name] for name in ("Mã trường", "Tên trường", "Cấp học")}
    words = (written(tmp_path / "s.csv", [{**bare, "Điện thoại": ""}]), "--unit", province.code)
    assert counts(load("schools", *words)) == (0, 0, 1, 0)


def test_a_correction_is_told_and_one_against_a_decision_refused(
    cast: Cast, tmp_path: Path
) -> None:
    unit = ("--unit", make_province().code)
    load("schools", written(tmp_path / "s.csv", [ROW]), *unit)
    changed = {**ROW, "Điện thoại": "0912345678", "Tên trường": "Trường TH&THCS Sơn Kim 1"}
    path = written(tmp_path / "s.csv", [changed])
    answer = load("schools", path, *unit)
    assert counts(answer) == (0, 1, 0, 0)
    assert [one["code"] for one in answer.data["warnings"]] == ["schools.name_of_the_period"]
    assert counts(load("schools", path, *unit)) == (0, 0, 1, 0)
    founded = {**ROW, "Mã trường": cast.school_a.code, "Cấp học": "TH&THCS", "Xã": ""}
    path = written(tmp_path / "s.csv", [founded])
    answer = load("schools", path, *unit)
    assert reasons(answer) == [(2, "Cấp học", "schools.stands_by_decision")]


def test_faults_name_their_cell(cast: Cast, tmp_path: Path) -> None:
    unit = ("--unit", make_province().code)
    rows = [
        ROW,
        ROW,
        {**ROW, "Mã trường": "42000889", "Xã": "Xã Không Có"},
        {**ROW, "Mã trường": "42 bốn"},
        {**ROW, "Mã trường": "42000890", "Loại trường": "Trường THPT"},
        {**ROW, "Mã trường": "42000891", "Xã": ""},
        {**ROW, "Mã trường": "42000892", "Năm thành lập": "2077"},
        {**ROW, "Mã trường": "42000893", "Đơn vị quản lý": "Sở GDĐT"},
        {**ROW, "Mã trường": "42000894", "Cấp học": "THPT", "Xã": ""},
    ]
    answer = load("schools", written(tmp_path / "s.csv", rows), *unit)
    assert counts(answer) == (1, 0, 0, 8)
    assert reasons(answer) == [
        (3, "Mã trường", "schools.same_as_row"),
        (4, "Xã", "schools.unknown_commune"),
        (5, "Mã trường", "schools.code_unfit"),
        (6, "Cấp học", "schools.levels_unfit"),
        (7, "Xã", "schools.commune_needed"),
        (8, "Năm thành lập", "schools.founded_in_future"),
        (9, "Đơn vị quản lý", "schools.managed_elsewhere"),
        (10, "Xã", "schools.area_needed"),
    ]


def test_only_who_keeps_the_register_loads_it(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path / "s.csv", [ROW])
    with pytest.raises(NotFound):
        load("schools", path, actor=actor_of(cast.loan))
    with pytest.raises(CommandNotAllowed):
        load("schools", path, actor=actor_of(cast.binh))
    assert counts(load("schools", path, "--check", actor=actor_of(cast.thanh)))[0] == 1


def test_the_first_list_begins_its_province(db: None, pinned_day: None, tmp_path: Path) -> None:
    assert not OrgUnit.objects.exists()
    answer = load("schools", written(tmp_path / "s.csv", [ROW], "SỞ GD&ĐT HÀ TĨNH"))
    assert not answer.data["errors"], answer.data["errors"][0]["reason"]
    assert counts(answer) == (1, 0, 0, 0)
    kinds = set(OrgUnit.objects.values_list("kind", flat=True))
    assert kinds == {UnitKind.PROVINCE, UnitKind.DEPARTMENT, UnitKind.COMMUNE, UnitKind.SCHOOL}
    assert AcademicYear.objects.get().code == "2026-2027"


def test_a_list_is_no_way_around_a_decision(cast: Cast, tmp_path: Path) -> None:
    unit = ("--unit", make_province().code)
    load("schools", written(tmp_path / "s.csv", [ROW]), *unit)
    school = School.objects.unscoped(because=WHY).get(code=ROW["Mã trường"])
    other = {**ROW, "Mã trường": "42000889"}
    rows = [
        {**ROW, "Loại hình": "Tư thục"},
        {**other, "Năm thành lập": str(TODAY.year)},
        {**other, "Mã trường": "42000890", "Năm thành lập": ""},
    ]
    answer = load("schools", written(tmp_path / "s.csv", rows), *unit)
    assert reasons(answer) == [
        (2, "Loại hình", "schools.conversion_not_correction"),
        (3, "Năm thành lập", "schools.founded_this_year"),
    ]
    year = {**ROW, "Năm thành lập": str(TODAY.year)}
    answer = load("schools", written(tmp_path / "s.csv", [year]), *unit)
    assert reasons(answer) == [(2, "Năm thành lập", "schools.founded_after_records")]
    told: dict[str, Any]
    for told, error in (
        ({"ownership": "PRIVATE"}, ConversionNotCorrection),
        ({"founded": TODAY.year}, FoundedAfterRecords),
    ):
        with pytest.raises(error):
            correct_register(
                actor=EVERYTHING, corrections=[RegisterCorrection(school.pk, told)], now=NOW
            )


def test_levels_that_are_taught_are_told_in_the_preview(cast: Cast, tmp_path: Path) -> None:
    unit = ("--unit", make_province().code)
    load("schools", written(tmp_path / "s.csv", [ROW]), *unit)
    school = School.objects.unscoped(because=WHY).get(code=ROW["Mã trường"])
    rows = SchoolVersion.objects.unscoped(because=WHY).filter(school=school)
    rows.update(starts_on=TODAY - timedelta(days=3))
    make_class("6A", school=school, grade="6")
    path = written(tmp_path / "s.csv", [{**ROW, "Cấp học": "Tiểu học"}])
    answer = load("schools", path, *unit, "--check")
    assert reasons(answer) == [(2, "Cấp học", "schools.level_still_taught")]
