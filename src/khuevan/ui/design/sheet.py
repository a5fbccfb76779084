"""The import specimen: a sheet of pupils checked before anything is written."""

from __future__ import annotations

from typing import Any

from khuevan.ui.components import changed_words, steps
from khuevan.ui.design import frame

HERE = frame.HERE
STEPS = ("Chọn tệp", "Ghép cột", "Kiểm tra", "Xác nhận", "Kết quả")
PILLS = {
    "new": {"tone": "info", "icon": "plus", "label": "Thêm mới"},
    "change": {"tone": "ok", "icon": "pencil", "label": "Cập nhật"},
    "fault": {"tone": "bad", "icon": "circle-alert", "label": "Lỗi"},
    "doubt": {"tone": "warn", "icon": "triangle-alert", "label": "Cảnh báo"},
    "same": {"tone": "neutral", "icon": "equal", "label": "Không đổi"},
}
# row|name|number|birth|sex|class|outcome; "old>new" marks a change
ROWS = """
14|Nguyễn Gia Bảo|034215 004 118|02/06/2015|Nam|6A|new
15|Lê Quỳnh Chi|034315 006 527|19/11/2015|Nữ|6C>6B|change
16|Vũ Thành Đạt|034215 001 930|07/01/2015|Nam|6A|new
17|Hà Minh Đức|034215 007 244|!31/02/2015|Nam|6C|fault
18|Nguyễn Hương Giang|034315 002 816|24/08/2015|Nữ|6A|new
19|Lý Thu Hà|034315 009 071|?15/03/2014|Nữ|6D|doubt
20|Trịnh Gia Hân|034315 003 662|30/09/2015|Nữ|6A|new
21|Dương Duy Hoàng>Dương Huy Hoàng|034215 008 405|11/05/2015|Nam|6A|change
22|Phạm Gia Huy|034215 005 309|28/12/2015|Nam|6E|new
23|Nguyễn Khánh Huyền|034315 007 953|06/04/2015|Nữ|6A|same
"""
FAULTS: list[dict[str, Any]] = [
    {
        "place": "Dòng 17, cột E",
        "column": "Ngày sinh",
        "what": "31/02/2015 không có trong lịch.",
        "fix": "Sửa thành ngày có thật, ví dụ 28/02/2015.",
        "url": "#row-17",
        "current": True,
    },
    {
        "place": "Dòng 29, cột C",
        "column": "Mã định danh",
        "what": "Thiếu 1 chữ số (có 11, cần 12).",
        "fix": "Có thể Excel đã bỏ số 0 ở đầu.",
        "url": HERE,
    },
    {
        "place": "Dòng 46, cột C",
        "column": "Mã định danh",
        "what": "Trùng với dòng 45.",
        "fix": "Giữ một dòng, xóa dòng kia.",
        "url": HERE,
    },
    {
        "place": "Dòng 88, cột G",
        "column": "Lớp",
        "what": "Trường không có lớp 6K.",
        "fix": "Chọn lớp từ 6A đến 6E.",
        "url": HERE,
    },
    {
        "place": "Dòng 103, cột F",
        "column": "Giới tính",
        "what": "“N” có thể là Nam hoặc Nữ.",
        "fix": "Ghi rõ.",
        "url": HERE,
    },
    {
        "place": "Dòng 160, cột B",
        "column": "Họ và tên",
        "what": "Ô trống.",
        "fix": "Nhập họ tên như trong giấy khai sinh.",
        "url": HERE,
    },
]
CHIPS: list[dict[str, Any]] = [
    {"label": "Tất cả 182", "url": HERE},
    {"label": "Lỗi 6", "url": HERE, "icon": "circle-alert", "on": True},
    {"label": "Cảnh báo 8", "url": HERE, "icon": "triangle-alert"},
    {"label": "Cập nhật 9", "url": HERE, "icon": "pencil"},
    {"label": "Thêm mới 147", "url": HERE, "icon": "plus"},
    {"label": "Không đổi 12", "url": HERE, "icon": "equal"},
]


def _cell(text: str) -> dict[str, Any]:
    if text.startswith("!"):
        return {"value": text[1:], "fault": True}
    if text.startswith("?"):
        return {"value": text[1:], "doubt": "Lớn hơn một tuổi so với khối lớp"}
    old, arrow, new = text.partition(">")
    return {"words": changed_words(old, new)} if arrow else {"value": text}


def _row(line: str) -> dict[str, Any]:
    number, *texts, outcome = line.split("|")
    row: dict[str, Any] = {
        "number": number,
        "cells": [_cell(text) for text in texts],
        "pill": PILLS[outcome],
    }
    if outcome == "fault":
        row["fix"] = {
            "url": HERE,
            "skip_url": HERE,
            "name": number,
            "label": "Tháng 2/2015 chỉ có 28 ngày. Ngày sinh đúng:",
            "value": "28/02/2015",
        }
    return row


def preview() -> dict[str, Any]:
    """Return the faults and the rows of the sheet."""
    return {
        "faults": FAULTS,
        "sheet": {
            "caption": "Các dòng 14 đến 23 của tệp DS_hoc_sinh_khoi6.xlsx",
            "letters": ["B", "C", "E", "F", "G"],
            "headings": ["Họ và tên", "Mã định danh", "Ngày sinh", "Giới tính", "Lớp"],
            "outcome_label": "Sẽ làm gì",
            "rows": [_row(line) for line in ROWS.strip().splitlines()],
        },
    }


def context() -> dict[str, Any]:
    """Return the import page at its third step."""
    return {
        "shell": frame.school("Học sinh", initials="PL", name="Phạm Thị Lan"),
        "title": "Nhập danh sách học sinh khối 6",
        "file": "DS_hoc_sinh_khoi6.xlsx, trang “K6”, 182 dòng",
        "crumbs": [{"label": "Học sinh", "url": HERE}, {"label": "Nhập từ tệp"}],
        "steps": steps(STEPS, 2, [HERE, HERE]),
        "chips": CHIPS,
        **preview(),
    }
