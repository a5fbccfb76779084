"""Faults are data: groups are made of them, sentences in any language."""

from __future__ import annotations

import json

import pytest
from django.utils import translation

from khuevan.platform.sheets.fault_texts import register_fault_texts
from khuevan.platform.sheets.faults import (
    Fault,
    Severity,
    column_letter,
    faults_by_row,
    group_faults,
    in_order,
)

register_fault_texts()

DATE = Fault(
    "sheets.date_no_such_day", "K6", 17, column=4, column_name="Ngày sinh", value="31/02/2015",
    params={"month": "2/2015", "days": 28},
)  # fmt: skip
NUMBER = Fault(
    "sheets.number_too_short", "K6", 29, column=2, column_name="Mã định danh",
    params={"count": 11, "needed": 12, "lacking": 1},
)  # fmt: skip
PHONE = Fault("sheets.phone_unknown", "K6", 17, Severity.WARNING, column=7, value="123")
OTHER_PHONE = Fault("sheets.phone_unknown", "K6", 20, Severity.WARNING, column=7, value="9")
ALL = [PHONE, OTHER_PHONE, NUMBER, DATE]


def test_letters_of_columns() -> None:
    assert [column_letter(n) for n in (0, 4, 25, 26, 701, 702)] == [
        "A",
        "E",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]


def test_a_fault_tells_where_why_and_what_next() -> None:
    with translation.override("en"):
        assert DATE.sentence == (
            "Row 17, column E: 31/02/2015 is not in the calendar."
            " Month 2/2015 has only 28 days. Look at the birth certificate."
        )


def test_a_value_with_a_percent_sign_breaks_no_sentence() -> None:
    assert "%(x)s 50%" in Fault("sheets.date_unread", "a", 1, value="%(x)s 50%").reason


def test_a_stored_fault_comes_back_the_same() -> None:
    assert [Fault.from_data(json.loads(json.dumps(fault.to_data()))) for fault in ALL] == ALL


def test_groups_name_errors_first_then_the_most_frequent() -> None:
    groups = group_faults(ALL)
    assert [(group.code, group.count) for group in groups] == [
        ("sheets.date_no_such_day", 1), ("sheets.number_too_short", 1), ("sheets.phone_unknown", 2),
    ]  # fmt: skip


def test_faults_follow_the_sheet() -> None:
    assert in_order(ALL) == [DATE, PHONE, OTHER_PHONE, NUMBER]
    assert faults_by_row(ALL)["K6", 17] == [DATE, PHONE]


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (
            DATE,
            "Dòng 17, cột E: 31/02/2015 không có trong lịch."
            " Tháng 2/2015 chỉ có 28 ngày. Đối chiếu với giấy khai sinh.",
        ),
        (NUMBER, "Dòng 29, cột C: Có 11 chữ số, cần đủ 12. Đối chiếu với giấy khai sinh."),
    ],
)
def test_faults_speak_vietnamese(fault: Fault, sentence: str) -> None:
    with translation.override("vi"):
        assert fault.sentence == sentence
