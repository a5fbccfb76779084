"""A clean list of each kind, and every way a clerk's file may be bent, alone or together."""

from __future__ import annotations

import csv
import io
import json
import random
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from khuevan.platform.sheets import worker
from khuevan.platform.sheets.api import CodeList, Context, Entry, Layout, ParsedRow, Workbook
from khuevan.platform.sheets.data_rows import table_of
from khuevan.platform.sheets.header_keys import header_key
from khuevan.platform.sheets.parsing import parse_row
from khuevan.platform.sheets.reading import DEFAULT_LIMITS, _collect
from khuevan.platform.sheets.recognition import recognize_all
from khuevan.platform.sheets.tests.build_sheets import declare_dimension, old_workbook
from khuevan.registry.schools.imports.class_layout import CLASS_LAYOUT
from khuevan.registry.schools.imports.school_layout import SCHOOL_LAYOUT
from khuevan.registry.schools.imports.school_words import fixed_lists
from khuevan.registry.staff.imports.staff_layout import STAFF_LAYOUT
from khuevan.registry.staff.imports.words import word_lists
from khuevan.registry.students.state_words import student_states
from khuevan.registry.students.student_layout import (
    STUDENT_LAYOUT,
    ethnic_groups,
)

FORMATS = ("xlsx", "xls", "utf-8", "utf-8-sig", "utf-16", "cp1258")
IN_ANY_FILE = (
    "shuffled", "renamed", "titles", "header_again", "broken_headers", "nfd", "unknown_columns",
    "blank_rows", "footer", "padded",
)  # fmt: skip
IN_WORKBOOKS = ("serial_dates", "number_codes", "float_codes")
IN_XLSX = (
    "real_dates", "formulas", "hidden_columns", "code_sheets", "merged_titles", "merged_down",
    "wrong_dimension",
)  # fmt: skip
DEFECTS = (*IN_ANY_FILE, *IN_WORKBOOKS, *IN_XLSX)
EPOCH = date(1899, 12, 30)
TONES = "\u0300\u0301\u0303\u0309\u0323"
UNKNOWN = ("Cột của riêng trường", "Tự đánh giá")
Cell = str | int | float | date


def _words(*names: str) -> CodeList:
    return CodeList(tuple(Entry(name, name) for name in names))


@dataclass(frozen=True)
class Kind:
    """A clean list: the fields it has, its rows as texts, and what its cells may mean."""

    layout: Layout
    rows: Sequence[Mapping[str, str]]
    codes: Mapping[str, CodeList]
    dates: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    """Codes that a spreadsheet program may turn into numbers."""
    alike: str = ""
    """A column in which all rows say the same: it may be merged downwards."""

    @property
    def context(self) -> Context:
        return Context(today=date(2026, 9, 15), codes=dict(self.codes))


def _rows(fields: str, *lines: str) -> list[dict[str, str]]:
    return [dict(zip(fields.split("|"), line.split("|"), strict=True)) for line in lines]


KINDS = {
    "students": Kind(
        STUDENT_LAYOUT,
        _rows(
            "ordinal|moet_code|full_name|birth_date|sex|ethnicity|state|contact_phone|father_name"
            "|father_birth_year|class_name|personal_number",
            "1|4212345601|Nguyễn Thị Thuỳ Dương|02/03/2015|Nữ|Kinh|Đang học|0912345678"
            "|Nguyễn Văn Cường|1980|6A|042315000011",
            "2|4212345602|Đặng Quốc Bảo|15/11/2015|Nam|Mường|Đang học|0987654321"
            "|Đặng Văn Sỹ|1978|6A|042215000012",
            "3|4212345603|Hà Ngọc Ánh|30/12/2014|Nữ|Tày|Đang học|0356123456"
            "|Hà Văn Lực|1985|6A|042314000013",
        ),
        {
            "classes": _words("6A", "6B"),
            "ethnic_groups": ethnic_groups(),
            "student_states": student_states(),
        },
        dates=("birth_date",),
        numbers=("moet_code", "personal_number", "father_birth_year"),
        alike="class_name",
    ),
    "staff": Kind(
        STAFF_LAYOUT,
        _rows(
            "ordinal|school_name|moet_code|full_name|birth_date|sex|state|personal_number|phone"
            "|position|employment|starts_on",
            "1|Trường THCS Đông Khê|4200009001|Trần Thị Bích|12/03/1988|Nữ|Đang làm việc"
            "|042188009001|0912345678|Giáo viên THCS|Viên chức|15/08/2015",
            "2|Trường THCS Đông Khê|4200009002|Lê Quốc Hưng|01/10/1979|Nam|Đang làm việc"
            "|042079009002|0912345679|Kế toán|Viên chức|01/09/2010",
        ),
        word_lists(),
        dates=("birth_date", "starts_on"),
        numbers=("moet_code", "personal_number"),
        alike="school_name",
    ),
    "classes": Kind(
        CLASS_LAYOUT,
        _rows(
            "ordinal|grade|class_code|name|teacher|session|sessions_a_week|subject_combination",
            "1|6|C01|6A|Nguyễn Thị Lan|Sáng|6|Tổ hợp một",
            "2|6|C02|6B|Lê Quốc Toàn|Sáng|6|Tổ hợp hai",
            "3|6|C03|6C|Phan Văn Sỹ|Sáng|5|Tổ hợp ba",
        ),
        {"grades": _words("6", "7", "8", "9"), "sessions": _words("Sáng", "Chiều", "Cả ngày")},
        numbers=("sessions_a_week",),
        alike="session",
    ),
    "schools": Kind(
        SCHOOL_LAYOUT,
        _rows(
            "ordinal|code|name|levels|ownership|school_type|address|phone|website|founded",
            "1|42000901|Trường THCS Hòa Hải|THCS|Công lập|THCS|Thôn Một, Hòa Hải|02393123456"
            "|hoahai.edu.vn|1975",
            "2|42000902|Trường Tiểu học Lộc Yên|Tiểu học|Công lập|Tiểu học|Thôn Hai, Lộc Yên"
            "|02393123457|locyen.edu.vn|1981",
        ),
        fixed_lists(),
        numbers=("code", "founded"),
        alike="ownership",
    ),
}


@dataclass
class Bent:
    """A list bent in some ways, ready to be written in a format."""

    kind: Kind
    defects: frozenset[str]
    chance: random.Random

    def has(self, name: str) -> bool:
        return name in self.defects

    def fields(self) -> list[str]:
        names = list(self.kind.rows[0])
        if self.has("unknown_columns"):
            names += UNKNOWN
        if self.has("shuffled"):
            self.chance.shuffle(names)
        return names

    def header(self, name: str) -> str:
        item = self.kind.layout.by_name.get(name)
        text = item.header if item else name
        if item and self.has("renamed"):
            known = self.kind.layout.exact_headers
            mine = [one for one in item.headers if known[header_key(one)][0] == name]
            text = self.chance.choice(mine)
        if self.has("broken_headers"):
            text = text.replace(" ", self.chance.choice(("\n", "  ", " \n ", "\u00a0")))
        return self._form(text)

    def _form(self, text: str) -> str:
        if not self.has("nfd"):
            return text
        return "".join(
            unicodedata.normalize("NFD", sign) if self.chance.random() < 0.7 else sign
            for sign in text
        )

    def cell(self, name: str, text: str) -> Cell:
        if name in self.kind.dates:
            day, month, year = (int(part) for part in text.split("/"))
            if self.has("real_dates"):
                return date(year, month, day)
            if self.has("serial_dates"):
                return (date(year, month, day) - EPOCH).days
        if name in self.kind.numbers and self.has("number_codes"):
            return int(text)
        if name in self.kind.numbers and self.has("float_codes"):
            return float(text)
        return self._form(f"  {text} " if self.has("padded") else text)

    def lines(self) -> tuple[list[list[Cell]], int, list[str]]:
        """Return the grid, the index of the header row, and the fields of the columns."""
        names = self.fields()
        grid: list[list[Cell]] = []
        if self.has("titles") or self.has("merged_titles"):
            grid += [["ỦY BAN NHÂN DÂN XÃ ĐÔNG KHÊ"], ["DANH SÁCH NĂM HỌC 2026-2027"], []]
        top = len(grid)
        headers: list[Cell] = [self.header(name) for name in names]
        grid.append(headers)
        for place, row in enumerate(self.kind.rows):
            if place and self.has("blank_rows"):
                grid += [[]] * self.chance.randint(1, 2)
            if place == 1 and self.has("header_again"):
                grid.append(list(headers))
            grid.append([self.cell(name, row.get(name, "x")) for name in names])
        if self.has("footer"):
            grid += [[], ["", "", "Tổng số: 3"], ["", "", "Hiệu trưởng"]]
        return grid, top, names

    def write(self, path: Path, kind: str) -> None:
        grid, top, names = self.lines()
        if kind == "xlsx":
            self._write_xlsx(path, grid, top, names)
        elif kind == "xls":
            rows = [[c if isinstance(c, str) else float(c) for c in line] for line in grid]  # type: ignore[arg-type]
            path.write_bytes(old_workbook(rows))
        else:
            text = io.StringIO()
            csv.writer(text, delimiter=self.chance.choice(",;\t")).writerows(grid)
            path.write_bytes(encoded(text.getvalue(), kind))

    def _write_xlsx(self, path: Path, grid: list[list[Cell]], top: int, names: list[str]) -> None:
        with xlsxwriter.Workbook(str(path)) as book:
            if self.has("code_sheets"):
                self._write_codes(book, "Danh mục dân tộc")
            page = book.add_worksheet("Sheet1")
            style = book.add_format({"num_format": "dd/mm/yyyy"})
            for line, cells in enumerate(grid):
                for column, cell in enumerate(cells):
                    self._write_cell(page, line, column, cell, style, is_data=line > top)
            if self.has("merged_titles"):
                for line in range(2):
                    page.merge_range(line, 0, line, 6, grid[line][0])
            if self.has("merged_down") and self.kind.alike:
                column = names.index(self.kind.alike)
                filled = [line for line in range(top + 1, len(grid)) if len(grid[line]) > 3]
                page.merge_range(filled[0], column, filled[-1], column, grid[filled[0]][column])
            if self.has("hidden_columns"):
                page.set_column(1, 2, None, None, {"hidden": True})
            if self.has("code_sheets"):
                self._write_codes(book, "Danh mục khác")
        if self.has("wrong_dimension"):
            declare_dimension(path, "A1:B2")

    def _write_codes(self, book: Any, name: str) -> None:
        page = book.add_worksheet(name)
        for line in range(20):
            page.write_row(line, 0, [f"{line:02d}", f"Mục {line}"])

    def _write_cell(
        self, page: Any, line: int, column: int, cell: Cell, style: Any, *, is_data: bool
    ) -> None:
        if isinstance(cell, date):
            page.write_datetime(line, column, cell, style)
        elif isinstance(cell, str) and is_data and self.has("formulas") and cell:
            page.write_formula(line, column, "=A1&B1", None, cell)
        elif isinstance(cell, str):
            page.write_string(line, column, cell)
        else:
            page.write_number(line, column, cell)


def encoded(text: str, encoding: str) -> bytes:
    """Return a text in an encoding; windows-1258 writes the tone after its letter."""
    if encoding != "cp1258":
        return text.encode(encoding)
    signs = []
    for sign in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", sign)
        tone = "".join(one for one in parts if one in TONES)
        letter = unicodedata.normalize("NFC", "".join(one for one in parts if one not in TONES))
        signs.append(letter + tone)
    return "".join(signs).encode("cp1258")


def read_here(path: Path) -> Workbook:
    """Read a file as the reading process does, without one: fast."""
    told = io.StringIO()
    with redirect_stdout(told):
        worker.read(path, json.loads(DEFAULT_LIMITS.for_worker()))
    return _collect(json.loads(line) for line in told.getvalue().splitlines())


def parsed(workbook: Workbook, kind: Kind) -> list[ParsedRow]:
    """Return the rows of the one list in a file, as the wizard reads them."""
    (found,) = recognize_all(workbook.sheets, [kind.layout])
    assert not found.missing
    return [parse_row(row, found, kind.context) for row in table_of(found).rows]
