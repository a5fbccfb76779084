"""The ministry's list of pupils, as schools really send it, through the real layout."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.utils.translation import override

from khuevan.platform.sheets.api import (
    Context,
    ParsedRow,
    Recognized,
    Row,
    Sheet,
    class_list,
    header_key,
    parse_row,
    read_workbook,
    recognize_all,
    table_of,
)
from khuevan.platform.sheets.tests.build_sheets import HEADERS, ClassList
from khuevan.registry.students.state_words import student_states
from khuevan.registry.students.student_layout import (
    MINISTRY_FIELDS,
    STUDENT_LAYOUT,
    ethnic_groups,
)

CONTEXT = Context(
    date(2026, 11, 22),
    {
        "classes": class_list([("6A", "6A"), ("6B", "6B")], "students.unknown_class"),
        "ethnic_groups": ethnic_groups(),
        "student_states": student_states(),
    },
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "list.xlsx"


def recognized(path: Path) -> Recognized:
    (found,) = recognize_all(read_workbook(path).sheets, [STUDENT_LAYOUT])
    return found


def parsed(path: Path) -> list[ParsedRow]:
    found = recognized(path)
    return [parse_row(row, found, CONTEXT) for row in table_of(found).rows]


def sheet(path: Path, lines: list[list[Any]], name: str = "Sheet1", **others: Any) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for title, rows in {name: lines, **others}.items():
            page = book.add_worksheet(title)
            for number, cells in enumerate(rows):
                page.write_row(number, 0, cells)
    return path


def test_the_25_columns_are_all_known(path: Path) -> None:
    assert tuple(field.header for field in MINISTRY_FIELDS) == HEADERS
    found = recognized(ClassList().write(path))
    assert list(found.matched) == [field.name for field in MINISTRY_FIELDS]
    assert (found.missing, found.unknown, found.ambiguous) == ((), (), ())
    assert found.header_rows == (5, 5)


def test_a_whole_class_reads_without_a_fault(path: Path) -> None:
    built = ClassList(footer=[["", "", "Tổng số: 45 học sinh"], ["", "", "HIỆU TRƯỞNG"]])
    rows = parsed(built.write(path))
    assert len(rows) == 45
    assert [fault.sentence for row in rows for fault in row.faults] == []
    first = rows[0].values
    assert first["moet_code"] == "4200000001"
    assert first["ethnicity"] == "01"
    assert first["state"] == "STUDYING"
    assert first["father_birth_year"] == 1980
    assert first["birth_date"].year == 2015


def test_the_columns_of_another_program_are_known(path: Path) -> None:
    header = ["Mã lớp", "Mã học\nsinh", "Họ đệm", "Tên", "Ngày sinh\n(dd/mm/yyyy)", "Nữ", "SĐT mẹ"]
    lines: list[list[Any]] = [
        ["C1-HocSinh"],
        header,
        ["6A", "7407137235", "Lê Thị", "Yến", 42063, "x", 912345678],
    ]
    codes = [["Mã", "Tên dân tộc"], ["01", "Kinh"]]
    (row,) = parsed(
        sheet(path, lines, DM_DanToc=codes, DM_Lop=[["Mã lớp", "Tên lớp"], ["6A", "6A"]])
    )
    assert not row.faults
    assert row.values == {
        "class_name": "6A",
        "moet_code": "7407137235",
        "family_middle_name": "Lê Thị",
        "given_name": "Yến",
        "birth_date": date(2015, 2, 28),
        "female_mark": True,
        "mother_phone": "0912345678",
    }


def test_fathers_and_mothers_under_one_heading_are_told_apart(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for column, text in enumerate(["STT", "Họ và tên", "Ngày sinh", "Lớp"]):
            page.merge_range(0, column, 1, column, text)
        page.merge_range(0, 4, 0, 5, "Thông tin cha")
        page.merge_range(0, 6, 0, 7, "Thông tin mẹ")
        page.write_row(1, 4, ["Họ tên", "Năm sinh", "Họ tên", "Năm sinh"])
        page.write_row(2, 0, ["1", "Lê An", "28/02/2015", "6A", "Lê Bảo", 1980, "Hà Chi", 1983])
    (row,) = parsed(path)
    assert (row.values["father_name"], row.values["father_birth_year"]) == ("Lê Bảo", 1980)
    assert (row.values["mother_name"], row.values["mother_birth_year"]) == ("Hà Chi", 1983)
    assert row.values["full_name"] == "Lê An"


@pytest.mark.parametrize(
    ("header", "value", "fault"),
    [
        ("Họ tên", "", "students.blank_name"),
        ("Ngày sinh", "31/02/2015", "sheets.date_no_such_day"),
        ("Ngày sinh", "", "students.blank_birth_date"),
        ("Giới tính", "N", "sheets.sex_unclear"),
        ("Dân tộc", "Sao Hỏa", "sheets.not_in_list"),
        ("Lớp học", "6K", "students.unknown_class"),
        ("Số định danh cá nhân", 42315000012, "sheets.number_lost_zero"),
    ],
)
def test_a_fault_in_a_cell_is_found_where_it_stands(
    path: Path, header: str, value: Any, fault: str
) -> None:
    built = ClassList()
    built.rows[11][header] = value
    (found,) = [found for row in parsed(built.write(path)) for found in row.faults]
    assert (found.code, found.row) == (fault, built.row_number(11))
    assert found.column == built.column_of(header)
    assert found.column_name == header


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hmông", "08"), ("H'Mông", "08"), ("Mông", "08"), ("Khmer", "05"), ("Kinh (Việt)", "01"),
        ("kinh", "01"), ("Ê Đê", "12"), ("Xơ Đăng", "14"), ("3", "03"), ("Bru - Vân Kiều", "23"),
        ("Thái", "03"), ("Thổ", "24"), ("Sao Hỏa", None), ("Khác", None),
    ],
)  # fmt: skip
def test_ethnic_groups_by_their_names(text: str, code: str | None) -> None:
    assert ethnic_groups().find(text) == code


def test_there_are_54_groups_and_the_foreigners() -> None:
    assert len(ethnic_groups().entries) == 55


def fields_of(headers: list[str], *rows: list[str]) -> dict[str, str]:
    """Return the field of each header of a list."""
    lines = [Row(number, list(cells)) for number, cells in enumerate([headers, *rows], start=1)]
    (found,) = recognize_all([Sheet("K6", lines)], [STUDENT_LAYOUT])
    return {column.header: column.field for column in found.columns}


def test_cells_say_what_an_unclear_header_means() -> None:
    base = ["Họ tên", "Ngày sinh", "Lớp"]
    an = ["Lê Văn An", "01/02/2015", "6A"]

    def field(header: str, *values: str) -> str:
        return fields_of([*base, header], *([*an, one] for one in values))[header]

    assert field("ĐT", "0912 345 678") == field("DT", "0912345678") == "contact_phone"
    assert field("ĐT", "Kinh", "Mường") == field("DT", "Kinh") == field("DT", "") == "ethnicity"
    assert field("Mã định danh", "4200123456") == "moet_code"
    assert field("Mã định danh", "042215000001") == "personal_number"
    assert field("Mã định danh", "1215001234", "1315001235") == "personal_number"  # Hà Nội's
    assert field("Mã định danh học sinh", "042215000001") == "personal_number"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Số CCCD/ĐDCN", "personal_number"),
        ("Số định danh cá nhân/CCCD", "personal_number"),
        ("Chỗ ở hiện tại", "current_address"),
        ("HKTT", "permanent_hamlet"),
        ("SĐT nhận tin nhắn", "contact_phone"),
        ("Cha", "father_name"),
        ("Mẹ", "mother_name"),
    ],
)
def test_headers_of_other_programs_are_known(header: str, name: str) -> None:
    assert fields_of(["Họ tên", "Ngày sinh", "Lớp 2026-2027", header]) == {
        "Họ tên": "full_name",
        "Ngày sinh": "birth_date",
        "Lớp 2026-2027": "class_name",
        header: name,
    }


def test_what_the_pages_call_a_field_is_its_header_too() -> None:
    with override("vi"):
        labels = {item.name: str(item.label) for item in STUDENT_LAYOUT.fields}
    assert labels["father_job"] == "Nghề nghiệp của cha"
    known = {name: STUDENT_LAYOUT.exact_headers[header_key(text)] for name, text in labels.items()}
    assert {name: found for name, (found, _rank) in known.items()} == {
        name: name for name in labels
    }
