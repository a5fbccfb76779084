"""Files a clerk could make: each defect alone, all together, and any of them mixed.

What comes out is what the clean file says, or a fault at the very cell. Nothing is misread.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sheets.bent import (
    DEFECTS,
    FORMATS,
    IN_ANY_FILE,
    IN_WORKBOOKS,
    KINDS,
    Bent,
    parsed,
    read_here,
)

LOST_ZERO = {"number_codes", "float_codes"}


def clean_of(kind: str, folder: Path) -> list[dict[str, object]]:
    path = folder / "clean.xlsx"
    Bent(KINDS[kind], frozenset(), random.Random(0)).write(path, "xlsx")
    rows = parsed(read_here(path), KINDS[kind])
    assert len(rows) == len(KINDS[kind].rows)
    assert not [fault for row in rows for fault in row.faults]
    return [row.values for row in rows]


def check(kind: str, defects: frozenset[str], form: str, seed: int, folder: Path) -> None:
    """Compare a bent file with the clean one, cell by cell."""
    wanted, path = clean_of(kind, folder), folder / "bent"
    Bent(KINDS[kind], defects, random.Random(seed)).write(path, form)
    rows = parsed(read_here(path), KINDS[kind])
    assert len(rows) == len(wanted)
    for row, clean in zip(rows, wanted, strict=True):
        faulty = {fault.field_name for fault in row.faults if fault.is_error}
        differing = {name for name, value in clean.items() if row.values.get(name) != value}
        assert differing <= faulty, (kind, sorted(defects), form)
        assert not faulty - differing
        if not defects & LOST_ZERO:
            assert not faulty


def fitting(defects: frozenset[str], form: str) -> frozenset[str]:
    """Leave out what a format cannot have."""
    if form == "xlsx":
        return defects
    known = (*IN_ANY_FILE, *IN_WORKBOOKS) if form == "xls" else IN_ANY_FILE
    return defects & frozenset(known)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("defect", DEFECTS)
def test_each_defect_alone(tmp_path: Path, kind: str, defect: str) -> None:
    check(kind, frozenset({defect}), "xlsx", 1, tmp_path)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMATS)
def test_all_defects_together(tmp_path: Path, kind: str, form: str) -> None:
    check(kind, fitting(frozenset(DEFECTS), form), form, 2, tmp_path)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    kind=st.sampled_from(sorted(KINDS)),
    defects=st.frozensets(st.sampled_from(DEFECTS)),
    form=st.sampled_from(FORMATS),
    seed=st.integers(0, 10_000),
)
def test_any_mixture(
    tmp_path: Path, kind: str, defects: frozenset[str], form: str, seed: int
) -> None:
    check(kind, fitting(defects, form), form, seed, tmp_path)


def test_a_number_that_lost_its_zero_is_told_with_the_likely_one(tmp_path: Path) -> None:
    path = tmp_path / "bent.xlsx"
    Bent(KINDS["students"], frozenset({"number_codes"}), random.Random(0)).write(path, "xlsx")
    (fault,) = parsed(read_here(path), KINDS["students"])[0].faults
    assert (fault.column_name, fault.suggestion) == ("Số định danh cá nhân", "042315000011")
