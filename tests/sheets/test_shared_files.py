"""Real files that nobody on the project wrote, tried one by one: what goes in, what is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.cast import Cast
from tests.sheets.rows import counts, load

from khuevan.exchange.oneroster.errors import SchoolsSeveral
from khuevan.kernel.errors import DomainError
from khuevan.platform.sheets.errors import AnotherList, ColumnsMissing, NoHeader, NoRows

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("KHUEVAN_SHARED", ROOT.parent / "shared")) / "data"
PACKAGES = SHARED / "imports" / "oneroster"
pytestmark = pytest.mark.shared

FAULTS = {
    "Test_full_data_set.zip": {"oneroster.no_homeroom", "staff.blank_birth_date"},
    "Test_minimal_data_set.zip": {"oneroster.no_homeroom", "staff.blank_birth_date"},
    "oneroster_test_data.zip": {"oneroster.no_homeroom"},
}
"""Why nobody of these packages goes in, for a school that was named: subject classes alone."""


@pytest.mark.parametrize("name", FAULTS)
def test_a_package_of_others_is_read_and_each_fault_located(cast: Cast, name: str) -> None:
    path = str(PACKAGES / name)
    unknown = load("oneroster", path, "--check")
    assert counts(unknown)[:3] == (0, 0, 0)
    assert unknown.data["errors"][0]["code"] == "oneroster.school_unknown"
    answer = load("oneroster", path, "--school", cast.school_a.code, "--check")
    assert {one["code"] for one in answer.data["errors"]} == FAULTS[name]
    told = answer.data["errors"] + answer.data["warnings"]
    assert all(one["sheet"].endswith(".csv") and one["row"] for one in told)
    assert "oneroster.subject_class" in {one["code"] for one in answer.data["warnings"]}


def test_a_package_of_two_schools(cast: Cast) -> None:
    path = str(PACKAGES / "tao_OneRosterv1p1BaseCSV.zip")
    answer = load("oneroster", path, "--check")
    assert [one["value"] for one in answer.data["errors"][:2]] == [
        "my identifier", "my identifier 2"]  # fmt: skip
    with pytest.raises(SchoolsSeveral):
        load("oneroster", path, "--school", cast.school_a.code)


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("imports/moodle/upload_users.csv", NoHeader),
        ("imports/moodle/upload_users_cohorts.csv", NoHeader),
        ("imports/vn/csdl_nganh_class_list_header.csv", NoRows),
        ("records/hoc_ba_so_thcs_small.xlsx", ColumnsMissing),
        ("timetable/assignments/thpt_chuyen_39_vnedu_template.xlsx", AnotherList),
    ],
)
def test_what_is_no_list_of_pupils_says_so(
    cast: Cast, name: str, refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        load("students", str(SHARED / name), "--school", cast.school_a.code, "--check")
