"""Facts that the program ships equal those in ../shared: areas, names, files to import, terms."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from khuevan.platform.sheets.api import UnreadableFile, read_workbook, recognize_all
from khuevan.registry.students.student_layout import STUDENT_LAYOUT

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("KHUEVAN_SHARED", ROOT.parent / "shared"))
AREAS = ROOT / "src/khuevan/platform/areas/data"
NAMES = ROOT / "src/khuevan/cli/world/data"
HA_TINH = "42"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the folder ../shared is not here"),
]


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def pairs(path: Path, *columns: str) -> set[tuple[str, ...]]:
    return {tuple(line[name].strip() for name in columns) for line in lines(path)}


def given(name: str) -> Path:
    return SHARED / "data" / "areas" / name


@pytest.mark.parametrize(
    ("shipped", "shared", "parent"),
    [
        ("communes.csv", "wards_2025.csv", "province_code"),
        ("communes_until_2025.csv", "wards_legacy.csv", "district_code"),
        ("districts_until_2025.csv", "districts_legacy.csv", "province_code"),
    ],
)
def test_every_area_of_the_country(shipped: str, shared: str, parent: str) -> None:
    ours = pairs(AREAS / shipped, "code", "full_name", parent)
    assert ours == pairs(given(shared), "code", "name", parent)


def test_every_province_before_and_after_the_merger() -> None:
    rows = lines(AREAS / "provinces.csv")
    now = {(row["code"], row["full_name"]) for row in rows if not row["ends_on"]}
    before = {(row["code"], row["full_name"]) for row in rows if row["ends_on"] == "2025-07-01"}
    assert now == pairs(given("provinces_2025.csv"), "code", "name")
    assert before == pairs(given("provinces_legacy.csv"), "code", "name")


def test_every_successor() -> None:
    ours = pairs(AREAS / "successors_2025.csv", "former_code", "code")
    assert ours == pairs(given("ward_successors_2025.csv"), "legacy_ward_code", "new_ward_code")


def test_the_demo_world_stands_on_ha_tinh_as_it_is() -> None:
    shown = pairs(NAMES / "ha_tinh.csv", "code", "full_name")
    real = {
        (row["code"], row["name"])
        for row in lines(given("wards_2025.csv"))
        if row["province_code"] == HA_TINH
    }
    assert shown == real
    successors = pairs(given("ward_successors_2025.csv"), "new_ward_code", "legacy_ward_code")
    for row in lines(NAMES / "ha_tinh.csv"):
        former = {old for new, old in successors if new == row["code"]}
        assert former == set(row["former_codes"].split(";")), row["full_name"]


@pytest.mark.parametrize(
    "name",
    ["freq_ho", "freq_dem", "freq_ten", "given_name_gender", "middle_name_gender"],
)
def test_names_are_as_frequent_as_counted(name: str) -> None:
    assert lines(NAMES / f"{name}.csv") == lines(SHARED / "data" / "names" / f"{name}.csv")


FILES = sorted(path for path in (SHARED / "data" / "imports").rglob("*") if path.is_file())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_recognized_or_refused_with_a_sentence(path: Path) -> None:
    refusal, found = "", []
    try:
        found = recognize_all(read_workbook(path).sheets, [STUDENT_LAYOUT])
    except UnreadableFile as refused:
        refusal = str(refused)
    is_ours = path.parent.name == "vn"
    assert refusal.strip() or path.suffix == ".csv"
    assert any(not one.missing for one in found) == is_ours


def test_the_words_for_tables_are_those_of_the_sheet() -> None:
    """A table named in the sheet's glossary is called there what docs/glossary.csv calls it."""
    sheet = (SHARED / "domain" / "glossary.md").read_text("utf-8").casefold()
    terms = {row["code"]: row["vietnamese"] for row in lines(ROOT / "docs" / "glossary.csv")}
    for code in ("AcademicYear", "HomeroomClass", "GradeLevel", "Term", "Student", "School"):
        words = [word.strip() for word in terms[code].casefold().split("(")[0].split(",")]
        assert any(word in sheet for word in words), (code, words)
