"""Cells become values or typed problems; nothing a person types raises."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.kernel.vietnamese import normalize
from khuevan.platform.sheets.data_rows import table_of
from khuevan.platform.sheets.fault_texts import TEXTS, register_fault_texts
from khuevan.platform.sheets.faults import Severity, fault_texts
from khuevan.platform.sheets.layouts import Field
from khuevan.platform.sheets.parsing import (
    Parsed,
    cell_text,
    format_date,
    parse_cell,
    parse_row,
    personal_number_problems,
)
from khuevan.platform.sheets.parsing.rows import PARSERS
from khuevan.platform.sheets.reading import Cell
from khuevan.platform.sheets.recognition import recognize
from khuevan.platform.sheets.tests.small_layout import CONTEXT, LIST, sheet_of

register_fault_texts()

cells = st.one_of(
    st.text(max_size=30),
    st.text("0123456789/.- ", max_size=14),
    st.integers(),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
)


def parsed(kind: str, cell: Cell) -> Parsed:
    return parse_cell(cell, Field("x", "X", "X", kind, codes="groups"), CONTEXT)


def code(kind: str, cell: Cell) -> str:
    problem = parsed(kind, cell).problem
    return problem.code.removeprefix("sheets.") if problem else ""


@pytest.mark.parametrize(
    "cell",
    [
        "28/02/2015", "28/2/2015", " 28 / 02 / 2015 ", "28-02-2015", "28.02.2015", "2015-02-28",
        "28 02 2015", "28/02/2015 00:00:00", "2015-02-28T07:30", "28022015", 28022015, 42063,
        "42063", 42063.5, date(2015, 2, 28), datetime(2015, 2, 28, 7, 30),
        "ngày 28 tháng 02 năm 2015", "28 Tháng 2, năm 2015",
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(cell: Cell) -> None:
    assert parsed("date", cell) == Parsed(date(2015, 2, 28))


@pytest.mark.parametrize(
    ("cell", "fault", "suggestion"),
    [
        ("31/02/2015", "date_no_such_day", ""),
        ("29/02/2016", "", ""),
        ("29/02/2015", "date_no_such_day", ""),
        ("31/04/2015", "date_no_such_day", ""),
        ("06/25/2015", "date_month_first", "25/06/2015"),
        ("31/31/2015", "date_no_such_month", ""),
        ("00/05/2015", "date_unread", ""),
        ("2015", "date_year_only", ""),
        (2015, "date_year_only", ""),
        ("/ /2015", "date_year_only", ""),
        ("hôm qua", "date_unread", ""),
        (True, "date_unread", ""),
        (12, "date_unread", ""),
        (99999999, "date_no_such_month", ""),
        ("02/06/15", "date_short_year_taken", "02/06/2015"),
        ("02/06/50", "date_short_year", ""),
        ("31/02/15", "date_no_such_day", ""),
    ],
)
def test_a_date_that_cannot_be_is_told(cell: Cell, fault: str, suggestion: str) -> None:
    problem = parsed("date", cell).problem
    assert code("date", cell) == fault
    assert (problem.suggestion if problem else "") == suggestion


def test_a_birth_date_lies_between_1900_and_today() -> None:
    assert code("birth_date", "23/11/2026") == "date_in_future"
    assert code("birth_date", "31/12/1899") == "date_too_early"
    assert parsed("birth_date", "22/11/2026").value == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("cell", "sex"),
    [
        ("Nam", "MALE"), ("NAM", "MALE"), ("1", "MALE"), (1, "MALE"), ("m", "MALE"),
        ("Trai", "MALE"),
        ("Nữ", "FEMALE"), ("nu", "FEMALE"), ("0", "FEMALE"), (0.0, "FEMALE"), ("F", "FEMALE"),
    ],
)  # fmt: skip
def test_sex_is_read(cell: Cell, sex: str) -> None:
    assert parsed("sex", cell) == Parsed(sex)


@pytest.mark.parametrize(("cell", "fault"), [("N", "sex_unclear"), ("?", "sex_unknown")])
def test_an_unclear_sex_is_asked_for(cell: str, fault: str) -> None:
    assert code("sex", cell) == fault


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("034215004118", ""),
        (34215004118, "number_lost_zero"),
        (34215004118.0, "number_lost_zero"),
        ("34215004118", "number_lost_zero"),
        ("12345678901", "number_lost_zero"),
        ("00421500411", "number_too_short"),
        ("0342150041180", "number_too_long"),
        ("187654321", "number_old_card"),
        ("3.42E+10", "number_not_digits"),
        ("không có", "number_not_digits"),
    ],
)
def test_a_personal_number_is_checked(cell: Cell, fault: str) -> None:
    assert code("personal_number", cell) == fault


def test_a_lost_zero_is_explained_and_offered() -> None:
    problem = parsed("personal_number", 34215004118).problem
    assert problem is not None
    assert problem.suggestion == "034215004118"
    assert problem.params == {"count": 11, "needed": 12, "lacking": 1}


def test_no_zero_is_offered_to_a_number_that_has_it() -> None:
    """A digit is missing somewhere in the middle: which one, nobody can tell."""
    problem = parsed("personal_number", "04221599009").problem
    assert problem is not None
    assert (problem.code, problem.suggestion) == ("sheets.number_too_short", "")


def test_contradictions_of_a_number_only_warn() -> None:
    problems = personal_number_problems("007315004118", sex="MALE", birth_date=date(2014, 3, 15))
    assert [problem.code for problem in problems] == [
        "sheets.number_says_province", "sheets.number_says_sex", "sheets.number_says_birth_year",
    ]  # fmt: skip
    assert {problem.severity for problem in problems} == {Severity.WARNING}
    assert not personal_number_problems("034215004118", sex=None, birth_date=None)


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("0912345678", "0912345678"), (912345678, "0912345678"), ("+84 912 345 678", "0912345678"),
        ("84912345678", "0912345678"), ("0912.345.678", "0912345678"),
        ("0912345678; 0988000111", "0912345678"), ("02393855555", "02393855555"),
    ],
)  # fmt: skip
def test_a_phone_number_is_read(cell: Cell, phone: str) -> None:
    assert parsed("phone", cell) == Parsed(phone)


def test_a_wrong_phone_number_only_warns() -> None:
    problem = parsed("phone", "091234").problem
    assert problem is not None
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("cell", "name", "fault"),
    [
        ("NGUYỄN  THỊ ÁNH", "Nguyễn Thị Ánh", ""),
        ("H'Hen Niê", "H'Hen Niê", ""),
        ("Y-Bhăm Êban", "Y-Bhăm Êban", ""),
        ("Yến", "Yến", "name_one_word"),
        ("NguyÔn V¨n An", None, "name_old_font"),
        ("Nguyễn Văn 2", None, "name_digits"),
        ("Lê <b>An</b>", None, "name_strange"),
        ("=cmd|' /C calc'!A0", None, "name_digits"),
        ("a " * 300, None, "too_long"),
    ],
)
def test_a_name_is_read_and_repaired(cell: str, name: str | None, fault: str) -> None:
    assert (parsed("full_name", cell).value, code("full_name", cell)) == (name, fault)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("x", True),
        ("X", True),
        ("Có", True),
        (1, True),
        (True, True),
        ("", False),
        ("Không", False),
    ],
)
def test_a_tick_is_read(cell: Cell, value: bool) -> None:
    assert parsed("yes_no", cell) == Parsed(value)


@pytest.mark.parametrize("cell", ["Hmông", "H'Mông", "h’mông", "MÔNG", "mong", "08", 8])
def test_a_listed_word_is_found_by_any_of_its_names(cell: Cell) -> None:
    assert parsed("listed", cell) == Parsed("08")


def test_an_unlisted_word_is_an_error_with_the_nearest_name() -> None:
    problem = parsed("listed", "Kin").problem
    assert problem is not None
    assert (problem.code, problem.suggestion) == ("sheets.not_in_list", "Kinh")


@pytest.mark.parametrize("cell", ["6a", "6 A", "6/A", "Lớp 6A", "LỚP 6A"])
def test_a_class_is_found_however_it_is_written(cell: str) -> None:
    item = LIST.by_name["class_name"]
    assert parse_cell(cell, item, CONTEXT) == Parsed("c1")


def test_codes_stay_text() -> None:
    assert parsed("code", 7407137235.0).value == "7407137235"
    assert parsed("code", "0012 345").value == "0012345"
    for formula in ("=cmd|'/c calc'!A1", "@SUM(1)", "+1"):
        assert code("code", formula) == "no_code"


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [("year", 1980, 1980), ("year", "15/03/1980", 1980), ("year", date(1980, 3, 1), 1980),
     ("integer", "12", 12), ("integer", 12.0, 12)],
)  # fmt: skip
def test_numbers_are_read(kind: str, cell: Cell, value: int) -> None:
    assert parsed(kind, cell).value == value


def test_a_row_tells_its_faults_with_their_places() -> None:
    header: list[Cell] = ["STT", "Họ tên", "Ngày sinh", "Giới tính", "Lớp", "Số định danh cá nhân"]
    row: list[Cell] = [1, "", "31/02/2015", "N", "6K", 34215004118]
    recognized = recognize(sheet_of([header, row]), [LIST])
    assert recognized is not None
    read = parse_row(table_of(recognized).rows[0], recognized, CONTEXT)
    assert read.has_errors
    assert read.values["birth_date"] is None
    assert {(fault.column_letter, fault.column_name, fault.value) for fault in read.faults} == {
        ("B", "Họ tên", ""),
        ("C", "Ngày sinh", "31/02/2015"),
        ("D", "Giới tính", "N"),
        ("E", "Lớp", "6K"),
        ("F", "Số định danh cá nhân", "34215004118"),
    }


@given(st.sampled_from(sorted(PARSERS)), cells)
def test_no_cell_raises_and_every_problem_has_a_sentence(kind: str, cell: Cell) -> None:
    answer = parsed(kind, cell)
    assert normalize(cell_text(cell)) == cell_text(cell)
    if answer.problem is not None:
        assert answer.problem.code in fault_texts
        known = {"value": "v", "suggestion": answer.problem.suggestion, **answer.problem.params}
        assert str(TEXTS[answer.problem.code].reason) % known
        assert (str(TEXTS[answer.problem.code].hint) % known).endswith((".", "?"))


@given(st.dates(date(1900, 1, 1), date(2026, 11, 22)))
def test_a_written_date_reads_back(day: date) -> None:
    assert parsed("birth_date", format_date(day)) == Parsed(day)
    assert parsed("birth_date", day) == Parsed(day)


@given(st.integers(1, 31), st.integers(1, 12), st.integers(1950, 2020))
def test_a_date_is_right_or_refused_with_none_in_its_place(day: int, month: int, year: int) -> None:
    answer = parsed("date", f"{day}/{month}/{year}")
    if answer.value is None:
        assert answer.problem is not None
        assert answer.problem.suggestion == ""
