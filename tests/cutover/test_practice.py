"""Files of the demo to try a move-over with."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from khuevan.kernel.errors import NotFound
from khuevan.platform.sheets.importers import importers
from khuevan.platform.sheets.reading import read_workbook
from khuevan.registry.cutover import rules, urls
from khuevan.registry.cutover.models import Cutover
from khuevan.registry.cutover.pages.way import practice
from khuevan.registry.cutover.practice import practice_files
from khuevan.registry.cutover.selectors import reconciliation
from khuevan.registry.cutover.steps import KINDS
from tests.cast import Cast, actor_of
from tests.factories import make_student
from tests.sheets.rows import counts, load


def test_they_hold_the_schools_own_lists_a_little_off(
    cast: Cast, begun: Cutover, tmp_path: Path
) -> None:
    for name in ("An", "Bình", "Chi", "Dung"):
        make_student(f"Lê Thị {name}", homeroom_class=cast.class_6a, sex="FEMALE")
    actor = actor_of(cast.loan)
    with zipfile.ZipFile(BytesIO(practice_files(actor, begun))) as package:
        package.extractall(tmp_path)
        names = sorted(package.namelist())
    code = cast.school_a.code
    pupils = reconciliation(actor, begun).school[0].recorded.total or 0
    found = {
        kind: counts(load(kind, str(tmp_path / name), "--school", code, "--check"))
        for kind, name in zip(("classes", "staff", "students"), names, strict=False)
    }
    assert found["classes"][:2] == found["staff"][:2] == (0, 0)
    assert found["students"] == (0, 1, pupils - 3, 1)
    rows = [row.cells for row in read_workbook(tmp_path / names[3]).sheets[0].rows]
    told = rules.read_totals(rows)
    classes = [one for one in reconciliation(actor, begun).classes if one.is_there]
    assert sum(one.count.total or 0 for one in told) == pupils + 1
    assert len(told) == len(classes)
    assert all(one.count.female is not None for one in told)


def test_others_get_none(cast: Cast, begun: Cutover) -> None:
    with pytest.raises(NotFound):
        practice_files(actor_of(cast.lan), begun)


def test_only_the_demo_has_them() -> None:
    assert urls.demo_urls(is_demo=False) == []
    assert [one.name for one in urls.demo_urls(is_demo=True)] == ["practice"]
    assert practice.permission.code == "cutover.cutover:record"  # type: ignore[attr-defined]


def test_every_kind_a_move_over_takes_is_a_kind_of_list() -> None:
    assert [kind for kind in KINDS if kind not in importers] == []
