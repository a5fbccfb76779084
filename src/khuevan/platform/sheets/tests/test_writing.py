"""What we write opens safely and reads back the same."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khuevan.kernel.formulas import disarmed
from khuevan.platform.sheets.data_rows import table_of
from khuevan.platform.sheets.fault_texts import register_fault_texts
from khuevan.platform.sheets.faults import Fault
from khuevan.platform.sheets.header_keys import FAULT_HEADER
from khuevan.platform.sheets.parsing import ParsedRow, cell_text, parse_row
from khuevan.platform.sheets.reading import Merge, Workbook, read_workbook
from khuevan.platform.sheets.recognition import recognize
from khuevan.platform.sheets.tests.build_sheets import ClassList
from khuevan.platform.sheets.tests.small_layout import CONTEXT, LIST, sheet_of
from khuevan.platform.sheets.writing import (
    SheetToWrite,
    csv_bytes,
    write_marked_copy,
    write_workbook,
)

register_fault_texts()
EVIL = ["=1+1", "+84912345678", "-2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")']


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "written.xlsx"


def marked(path: Path, workbook: Workbook) -> tuple[list[ParsedRow], list[Fault]]:
    recognized = recognize(workbook.sheets[0], [LIST])
    assert recognized is not None
    rows = [parse_row(row, recognized, CONTEXT) for row in table_of(recognized).rows]
    faults = [fault for row in rows for fault in row.faults]
    write_marked_copy(path, workbook, faults, {recognized.sheet.name: recognized.header_rows[1]})
    return rows, faults


def test_written_cells_read_back_as_they_were(path: Path) -> None:
    rows: list[list[Any]] = [["0123", 7, 6.75, date(2015, 2, 28), True, None, "Nguyễn Thị Ánh"],
            [date(1899, 1, 2), datetime(2026, 11, 22, 7, 30), 10**16, "", "x"]]  # fmt: skip
    write_workbook(path, [SheetToWrite("Lớp 6A", list("abcdefg"), rows, titles=("Trường",))])
    (sheet,) = read_workbook(path).sheets
    assert sheet.name == "Lớp 6A"
    assert [row.cells for row in sheet.rows] == [
        ["Trường"],
        list("abcdefg"),
        ["0123", 7, 6.75, date(2015, 2, 28), True, "", "Nguyễn Thị Ánh"],
        ["02/01/1899", datetime(2026, 11, 22, 7, 30), "1" + "0" * 16, "", "x"],
    ]


def test_formulas_are_written_as_letters(path: Path) -> None:
    write_workbook(path, [SheetToWrite("x", ["a"], [[text] for text in EVIL])])
    with zipfile.ZipFile(path) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
        assert not any("hyperlink" in name for name in package.namelist())
    written = [row.cells[0] for row in read_workbook(path).sheets[0].rows[1:]]
    assert [str(cell).strip() for cell in written] == [text.strip() for text in EVIL]


def test_csv_guards_formulas_and_reads_back(tmp_path: Path) -> None:
    data = csv_bytes(["a", "b"], [[text, -2] for text in EVIL])
    assert data.startswith(b"\xef\xbb\xbf")
    cells = [line[0] for line in csv.reader(io.StringIO(data[3:].decode(), newline=""))]
    assert all(cell.startswith("'") for cell in cells[1:])
    (tmp_path / "x.csv").write_bytes(data)
    rows = read_workbook(tmp_path / "x.csv").sheets[0].rows
    assert [row.cells for row in rows[1:]] == [[text, "-2"] for text in EVIL]


@given(st.text(max_size=20))
def test_no_disarmed_text_starts_a_formula(text: str) -> None:
    assert disarmed(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


def test_a_long_sheet_keeps_memory_flat_and_its_widths(path: Path) -> None:
    lines = ([f"{n}", "Nguyễn Thị Ánh"] for n in range(5_000))
    write_workbook(path, [SheetToWrite("a/b:c*?", ["STT", "Họ tên"], lines)])
    (sheet,) = read_workbook(path).sheets
    assert (sheet.name, len(sheet.rows)) == ("a b c", 5_001)


def test_a_marked_copy_keeps_cells_in_place_and_tells_faults(path: Path) -> None:
    built = ClassList()
    built.rows[3]["Ngày sinh"] = "31/02/2015"
    built.rows[5]["Số định danh cá nhân"] = 42215000006
    source = read_workbook(built.write(path))
    faults = marked(path, source)[1]
    assert len(faults) == 2
    (copy,) = read_workbook(path).sheets
    assert copy.rows[3].cells[-1] == FAULT_HEADER
    assert "31/02/2015" in str(copy.rows[4 + 3].cells[-1])
    for before, after in zip(source.sheets[0].rows, copy.rows, strict=True):
        assert before.number == after.number
        old = [cell_text(cell) for cell in before.cells]
        assert [cell_text(cell) for cell in after.cells][: len(old)] == old


def test_a_marked_copy_comments_and_colors_the_cells(path: Path) -> None:
    built = ClassList()
    built.rows[0]["Giới tính"] = "N"
    marked(path, read_workbook(built.write(path)))
    with zipfile.ZipFile(path) as package:
        comments = package.read("xl/comments1.xml").decode()
        assert "FFFBE7EE" in package.read("xl/styles.xml").decode()
    assert f'ref="E{built.row_number(0)}"' in comments
    assert "“N”" in comments


def test_a_mended_marked_copy_goes_in_again_without_its_fault_column(path: Path) -> None:
    sheet = sheet_of([["STT", "Họ tên", "Lớp"], [1, "Lê An", "6K"], [2, "Lê Yến", "6A"]])
    marked(path, Workbook("xlsx", [sheet]))
    copy = read_workbook(path)
    copy.sheets[0].rows[1].cells[2] = "6B"
    rows, faults = marked(path, copy)
    assert (len(rows), faults) == (2, [])
    assert read_workbook(path).sheets[0].rows[0].cells == ["STT", "Họ tên", "Lớp", FAULT_HEADER]


def test_a_marked_copy_keeps_merged_headings(path: Path) -> None:
    sheet = sheet_of(
        [["STT", "Họ và tên", "", "Lớp"], [1, "Lê Thị", "Yến", "6K"]], merges=[Merge(1, 1, 1, 2)]
    )
    marked(path, Workbook("xlsx", [sheet]))
    assert read_workbook(path).sheets[0].merges == (Merge(1, 1, 1, 2),)


@settings(max_examples=15, deadline=None)
@given(lines=st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=8), min_size=1,
                               max_size=4), min_size=1, max_size=5))  # fmt: skip
def test_any_text_can_be_written(lines: list[list[str]]) -> None:
    buffer = io.BytesIO()
    write_workbook(buffer, [SheetToWrite("x", ["a"], lines)])
    assert zipfile.is_zipfile(buffer)
