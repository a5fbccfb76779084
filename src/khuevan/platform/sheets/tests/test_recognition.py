"""Sheets are recognized by their header text; what is no data is left out with a reason."""

from __future__ import annotations

import random
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.platform.sheets.data_rows import table_of
from khuevan.platform.sheets.header_keys import FAULT_HEADER, header_key
from khuevan.platform.sheets.layouts import Layout, Recognized
from khuevan.platform.sheets.reading import Cell, Merge, Sheet
from khuevan.platform.sheets.recognition import (
    IGNORED,
    recognize,
    recognize_all,
)
from khuevan.platform.sheets.tests.small_layout import CLASS, LIST, sheet_of

HEADER: list[Any] = ["STT", "Họ tên", "Ngày sinh", "Giới tính", "Lớp"]
AN: list[Any] = [1, "Nguyễn Văn An", "01/02/2015", "Nam", "6A"]
YEN: list[Any] = [2, "Lê Thị Yến", "03/04/2015", "Nữ", "6A"]

cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["Họ tên", "Lớp", "Tên", "STT", "Toán", "1", ""]),
    st.integers(),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
)
lines = st.lists(st.lists(cells, max_size=6), max_size=12)


def found(sheet: Sheet, remembered: dict[str, str] | None = None) -> Recognized:
    recognized = recognize(sheet, [LIST], remembered)
    assert recognized is not None
    return recognized


def fields(recognized: Recognized) -> dict[str, str]:
    return {name: column.letter for name, column in recognized.matched.items()}


def test_a_header_below_titles_is_found() -> None:
    sheet = sheet_of([["TRƯỜNG THCS ĐÔNG KHÊ"], ["DANH SÁCH HỌC SINH LỚP 6A"], [], HEADER, AN, YEN])
    recognized = found(sheet)
    assert recognized.header_rows == (4, 4)
    assert not recognized.missing
    assert [row.number for row in recognized.title_rows] == [1, 2]
    assert [row.number for row in table_of(recognized).rows] == [5, 6]


def test_columns_come_in_any_order() -> None:
    order = list(range(5))
    for seed in range(20):
        random.Random(seed).shuffle(order)
        recognized = found(sheet_of([[HEADER[i] for i in order], [AN[i] for i in order]]))
        assert recognized.matched["class_name"].index == order.index(4)


@pytest.mark.parametrize(
    "header",
    [
        "HỌ  VÀ TÊN",
        "Họ và\ntên (*)",
        unicodedata.normalize("NFD", "Họ và tên"),
        "Ho va ten",
        " Họ và tên: ",
        "Họ và tên [theo giấy khai sinh]",
    ],
)
def test_a_header_is_known_however_it_is_spelled(header: str) -> None:
    assert found(sheet_of([[header, "Lớp"], ["Lê An", "6A"]])).matched["full_name"].index == 0


def test_a_tone_still_tells_two_headers_apart() -> None:
    recognized = found(sheet_of([["Họ tên", "Lớp", "Toàn bộ", "Toán"], ["Lê An", "6A", "x", "8"]]))
    assert fields(recognized) == {"full_name": "A", "class_name": "B", "whole": "C", "math": "D"}


def test_unknown_and_missing_columns_are_reported() -> None:
    recognized = found(sheet_of([["STT", "Họ tên", "Sở thích"], [1, "Lê An", "đá bóng"]]))
    assert [column.header for column in recognized.unknown] == ["Sở thích"]
    assert recognized.missing == (CLASS,)


def test_a_field_claimed_twice_goes_to_the_better_header() -> None:
    recognized = found(sheet_of([["Mã lớp", "Họ tên", "Tên lớp"], ["L01", "Lê An", "6A"]]))
    assert recognized.matched["class_name"].letter == "C"
    ((name, claims),) = recognized.ambiguous
    assert (name, [column.letter for column in claims]) == ("class_name", ["A", "C"])


def test_separate_family_and_given_names_stand_for_the_full_name() -> None:
    recognized = found(sheet_of([["Họ đệm", "Tên", "Lớp"], ["Lê Thị", "Yến", "6A"]]))
    assert not recognized.missing


@pytest.mark.parametrize("merges", [[], [Merge(1, 1, 1, 2)]])
def test_one_heading_over_two_filled_columns_is_a_split_name(merges: list[Merge]) -> None:
    sheet = sheet_of(
        [["STT", "Họ và tên", "", "Lớp"], [1, "Lê Thị", "Yến", "6A"], [2, "Hà", "An", "6A"]],
        merges=merges,
    )
    assert fields(found(sheet)) == {
        "ordinal": "A",
        "family_middle_name": "B",
        "given_name": "C",
        "class_name": "D",
    }


def test_a_header_of_two_rows_is_read_down() -> None:
    sheet = sheet_of(
        [
            ["STT", "Họ tên", "Lớp", "Toán", "", "Ghi chú"],
            ["", "", "", "Mức", "Điểm", ""],
            [1, "Lê An", "6A", "T", 9, ""],
        ],
        merges=[Merge(1, 3, 1, 4), Merge(1, 0, 2, 0)],
    )
    recognized = found(sheet)
    assert recognized.header_rows == (1, 2)
    assert [column.header for column in recognized.columns][3:5] == ["Toán Mức", "Toán Điểm"]
    assert recognized.matched["math"].letter == "E"
    assert [row.number for row in table_of(recognized).rows] == [3]


IN_PARTS: list[list[Any]] = [
    ["DANH SÁCH"],
    ["STT", "Họ tên", "Ngày sinh", "", "", "Giới tính", "Lớp"],
    ["", "", "Ngày", "Tháng", "Năm", "", ""],
]


@pytest.mark.parametrize("merges", [[], [Merge(2, 2, 2, 4), Merge(2, 0, 3, 0), Merge(2, 1, 3, 1)]])
@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ((1, 2, 2015), "1/2/2015"),
        (("01", "02", "2015"), "01/02/2015"),
        ((1.0, 2.0, 2015.0), "1/2/2015"),
        (("", "", 2015), "2015"),
        (("", "", ""), ""),
        (("01/02/2015", "", ""), "01/02/2015"),
        (("03/04/2015", "2", "2015"), "03/04/2015"),
    ],
)
def test_a_date_in_three_columns_is_one(
    merges: list[Merge], parts: tuple[Cell, ...], whole: str
) -> None:
    rows: list[list[Any]] = [
        [1, "Nguyễn Văn An", *parts, "Nam", "6A"],
        [2, "Lê Thị Yến", 3, 4, 2015, "Nữ", "6A"],
    ]
    recognized = found(sheet_of([*IN_PARTS, *rows], merges=merges))
    assert fields(recognized)["birth_date"] == "C"
    assert fields(recognized)["sex"] == "F"
    assert not [column.header for column in recognized.columns if not column.field]
    first, second = table_of(recognized).rows
    assert (first.number, first.cells[2:5]) == (4, [whole, "", ""])
    assert second.cells[2] == "3/4/2015"


def test_day_month_and_year_below_other_headings_stay_what_they_are() -> None:
    header = ["STT", "Họ tên", "Ngày sinh", "Tháng", "Năm", "Giới tính", "Lớp"]
    sheet = sheet_of([header, [1, "Nguyễn Văn An", "01/02/2015", 9, 2026, "Nam", "6A"]])
    assert table_of(found(sheet)).rows[0].cells[2:5] == ["01/02/2015", 9, 2026]


def test_a_data_row_is_never_taken_for_a_second_header() -> None:
    sheet = sheet_of([["Họ tên", "Lớp", "Ghi chú"], ["Lê An", "6A", "Tên"]])
    assert found(sheet).header_rows == (1, 1)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (HEADER, "REPEATED_HEADER"),
        (["STT", "HỌ TÊN", "Ngày sinh", "", "LỚP"], "REPEATED_HEADER"),
        (["(1)", "(2)", "(3)", "(4)", "(5)"], "COLUMN_NUMBERS"),
        (["A", "B", 1, 2, 3], "COLUMN_NUMBERS"),
        (["Tổng số: 45 học sinh"], "OUTSIDE"),
        (["", "Người lập biểu", "", "", "Hiệu trưởng"], "OUTSIDE"),
        (["", "", "", "Đông Khê, ngày 22 tháng 11 năm 2026"], "OUTSIDE"),
        (["", "", "", "", "", "một ghi chú bên ngoài"], "OUTSIDE"),
    ],
)
def test_rows_that_are_no_data_are_skipped_by_name(line: list[Cell], reason: str) -> None:
    table = table_of(found(sheet_of([HEADER, AN, line, YEN])))
    assert [row.number for row in table.rows] == [2, 4]
    assert [(skipped.row.number, skipped.reason) for skipped in table.skipped] == [(3, reason)]


@pytest.mark.parametrize(
    "line",
    [
        [3, "Trần Công"],
        ["", "", "05/06/2015", "Nam", "6A"],
        [3, "", "", "", "6A"],
        [3, "Tống Sở An", "05/06/2015", "Nam", "6A"],
    ],
)
def test_a_row_that_lacks_something_is_still_data(line: list[Cell]) -> None:
    assert len(table_of(found(sheet_of([HEADER, AN, line]))).rows) == 2


def test_rows_only_numbered_are_blank() -> None:
    table = table_of(found(sheet_of([HEADER, AN, [2], ["3", ""]])))
    assert (len(table.rows), table.skipped) == (1, [])


def test_a_cell_merged_downwards_counts_for_each_row() -> None:
    lines = [HEADER, AN, [*YEN[:4], ""], [3, "Hà Chi", "", "Nữ", "6B"]]
    sheet = sheet_of(lines, merges=[Merge(2, 4, 3, 4)])
    assert [row.cells[4] for row in table_of(found(sheet)).rows] == ["6A", "6A", "6B"]


def test_code_list_sheets_beside_are_left_out() -> None:
    data = sheet_of([HEADER, AN])
    notes = sheet_of([["Giới tính", "Ngày sinh"], ["Nam", "x"]], name="DM_GioiTinh")
    classes = sheet_of([["Mã lớp", "Tên lớp"], ["L1", "6A"]], name="DM_Lop")
    hidden = sheet_of([HEADER, AN], name="cũ", is_hidden=True)
    assert [one.sheet.name for one in recognize_all([notes, classes, hidden, data], [LIST])] == [
        "Sheet1"
    ]


def test_one_sheet_a_class_are_all_taken() -> None:
    sheets = [sheet_of([HEADER, AN], name=name) for name in ("6A", "6B", "6C")]
    assert len(recognize_all(sheets, [LIST])) == 3


def test_the_layout_that_fits_best_wins() -> None:
    other = Layout("test.other", "Other", (CLASS, LIST.by_name["math"]))
    recognized = recognize(sheet_of([["Lớp", "Toán"], ["6A", 9]]), [LIST, other])
    assert recognized is not None
    assert recognized.layout is other


def test_nothing_is_recognized_in_a_letter() -> None:
    assert recognize(sheet_of([["Kính gửi: Sở"], ["Lớp học vui vẻ"]]), [LIST]) is None


def test_what_a_person_matched_is_remembered_by_header() -> None:
    mapping = {header_key("Phòng"): "class_name", header_key("Mã HS"): IGNORED}
    moved: list[list[Any]] = [["Phòng", "STT", "Mã HS", "Họ tên"], ["6A", 1, "9", "Lê An"]]
    assert fields(found(sheet_of(moved), mapping)) == {
        "class_name": "A", "ordinal": "B", "full_name": "D",
    }  # fmt: skip


def test_the_fault_column_of_a_marked_copy_is_no_column() -> None:
    recognized = found(sheet_of([[*HEADER, FAULT_HEADER], [*AN, "sai"]]))
    assert recognized.unknown == ()


@given(lines)
def test_any_sheet_gets_an_answer_and_no_row_is_lost(some: list[list[Cell]]) -> None:
    sheet = sheet_of(some)
    recognized = recognize(sheet, [LIST])
    if recognized is None:
        return
    table = table_of(recognized)
    told = [row.number for row in table.rows] + [skipped.row.number for skipped in table.skipped]
    assert len(told) == len(set(told))
    below = {row.number for row in sheet.rows if row.number > recognized.header_rows[1]}
    assert set(told) <= below
