"""Lists that go out in the layouts in which they come in: read back, nothing changes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.cast import Cast, Client, actor_of
from tests.factories import TODAY, make_student
from tests.sheets.rows import counts, load

from khuevan.kernel.actor import Actor
from khuevan.platform.access.api import operator_actor
from khuevan.platform.sheets.errors import NotAList
from khuevan.platform.sheets.reading import read_workbook
from khuevan.ui.commands import SchoolUnknown, invoke


def out(kind: str, target: Path, code: str, actor: Actor | None = None) -> int:
    """Take a list out as the command does; return how many rows it has."""
    chosen = actor or operator_actor(on=TODAY, login="tests")
    if kind == "students":
        answer = invoke("export students", chosen, [str(target), "--school", code])
    else:
        answer = invoke("export", chosen, [kind, str(target), "--unit", code])
    return int(answer.data["count"])


@pytest.mark.parametrize("kind", ["classes", "staff", "students", "schools"])
def test_what_goes_out_comes_in_unchanged(cast: Cast, tmp_path: Path, kind: str) -> None:
    path, code = tmp_path / f"{kind}.xlsx", cast.school_a.code
    if kind == "students":
        make_student(
            "Lê Hòa", homeroom_class=cast.class_6a, sex="MALE", addresses={"CURRENT": "=1+1"}
        )
    count = out(kind, path, code)
    assert count
    answer = load(kind, str(path), "--school", code, "--check")
    assert counts(answer) == (0, 0, count, 0), answer.data["errors"]


def test_codes_stay_text_and_formulas_are_letters(cast: Cast, tmp_path: Path) -> None:
    out("students", tmp_path / "s.xlsx", cast.school_a.code)
    cells = [
        cell for row in read_workbook(tmp_path / "s.xlsx").sheets[0].rows for cell in row.cells
    ]
    assert "042315000482" in cells
    assert all(isinstance(cell, str) for cell in cells)


def test_an_office_takes_out_a_file_for_each_school(cast: Cast, tmp_path: Path) -> None:
    parent = "42"
    count = out("classes", tmp_path / "all.zip", parent)
    with zipfile.ZipFile(tmp_path / "all.zip") as package:
        assert f"{cast.school_a.code}/classes.xlsx" in package.namelist()
    answer = load("classes", str(tmp_path / "all.zip"), "--check")
    assert counts(answer) == (0, 0, count, 0)


def test_an_office_takes_out_a_sheet_for_each_school(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    make_student("Lê Hòa", homeroom_class=cast.class_6a, sex="MALE")
    count = out("students", path, "42")
    assert {sheet.name for sheet in read_workbook(path).sheets} >= {
        cast.school_a.code,
        cast.school_b.code,
    }
    answer = load("students", str(path))
    assert counts(answer) == (0, 0, count, 0), answer.data["errors"]


def test_others_take_nothing_out(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(SchoolUnknown):
        out("staff", tmp_path / "s.xlsx", cast.school_b.code, actor_of(cast.loan))
    with pytest.raises(SchoolUnknown):
        out("students", tmp_path / "s.xlsx", cast.school_b.code, actor_of(cast.loan))
    with pytest.raises(NotAList):
        out("staff", tmp_path / "s.csv", "42")


@pytest.mark.parametrize(
    "path", ["/students/", "/staff/", "/schools/{}/classes/", "/schools/{}/staff/"]
)
def test_lists_offer_the_layout_on_their_own_pages(cast: Cast, client: Client, path: str) -> None:
    client.sign_in(cast.loan)
    content = client.get(path.format(cast.school_a.code)).content.decode()
    assert "/imports/out/" in content
    client.sign_in(cast.lan)
    assert "/imports/out/" not in client.get("/students/").content.decode()
