"""A school's list from the command line."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.cast import Cast, actor_of
from tests.factories import TODAY

from khuevan.kernel.errors import NotFound
from khuevan.platform.access.api import operator_actor
from khuevan.platform.audit.api import AuditEntry, PurposeUnclear
from khuevan.registry.students.commands import NotWritable, UnknownFileType
from khuevan.ui.commands import CommandNotAllowed, invoke

WHY = ("--purpose", "EXAM")


def test_operator_writes_a_school_to_a_file_and_it_is_kept(cast: Cast, tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    words = ["--school", cast.school_a.code, "--out", str(target), "--purpose", "INSPECTION"]
    answer = invoke("export students", operator_actor(on=TODAY, login="root"), words)
    assert answer.data["count"] == 4
    rows = CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()
    assert len(rows) == 5
    entry = AuditEntry.objects.unscoped(because="a test").get(code="students.exported")
    assert (entry.actor_label, entry.details["purpose"]) == ("root", "INSPECTION")


def test_stranger_finds_no_such_school(cast: Cast, tmp_path: Path) -> None:
    words = ["--school", cast.school_a.code, "--out", str(tmp_path / "a.csv"), *WHY]
    with pytest.raises(NotFound):
        invoke("export students", actor_of(cast.mai), words)
    assert list(tmp_path.iterdir()) == []


def test_officer_without_the_permission_is_refused(cast: Cast, tmp_path: Path) -> None:
    words = ["--school", cast.school_a.code, "--out", str(tmp_path / "a.csv"), *WHY]
    with pytest.raises(CommandNotAllowed):
        invoke("export students", actor_of(cast.binh), words)


@pytest.mark.parametrize(
    ("name", "error"), [("a.docx", UnknownFileType), ("no/such/folder/a.csv", NotWritable)]
)
def test_file_that_cannot_be_is_refused(
    cast: Cast, tmp_path: Path, name: str, error: type[Exception]
) -> None:
    words = ["--school", cast.school_a.code, "--out", str(tmp_path / name), *WHY]
    with pytest.raises(error):
        invoke("export students", actor_of(cast.loan), words)


def test_a_purpose_that_says_nothing_is_refused(cast: Cast, tmp_path: Path) -> None:
    words = ["--school", cast.school_a.code, "--out", str(tmp_path / "a.csv"), "--purpose", "x"]
    with pytest.raises(PurposeUnclear):
        invoke("export students", actor_of(cast.loan), words)
    assert list(tmp_path.iterdir()) == []
