"""The component board: every component in every state, as picture and as text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import pgettext_lazy

from khuevan.ui.components import changed_words, steps
from khuevan.ui.design import dashboard, frame, marks, phone, record, sheet

HERE = frame.HERE
LONG_NAME = "Công Tằng Tôn Nữ Nguyễn Phương Thảo Quỳnh"
COLORS = (
    (pgettext_lazy("color", "paper"), "paper"),
    (pgettext_lazy("color", "surface"), "surface"),
    (pgettext_lazy("color", "sunken"), "sunken"),
    (pgettext_lazy("color", "border"), "line2"),
    (pgettext_lazy("color", "ink"), "ink"),
    (pgettext_lazy("color", "second ink"), "ink2"),
    (pgettext_lazy("color", "old tile"), "ink3"),
    (pgettext_lazy("color", "blue ink"), "muc"),
    (pgettext_lazy("color", "vermilion"), "son"),
    (pgettext_lazy("color", "moss"), "ok"),
    (pgettext_lazy("color", "turmeric"), "warn"),
    (pgettext_lazy("color", "plum"), "bad"),
)
PILLS = (
    ("ok", "circle-check", "Đã ký"),
    ("info", "clock", "Chờ duyệt"),
    ("warn", "triangle-alert", "Sắp hết hạn"),
    ("bad", "circle-x", "Trả lại"),
    ("neutral", "pencil", "Bản nháp"),
    ("neutral", "lock", "Đã khóa"),
    ("neutral", "archive", "Đã thay thế"),
)
LESSONS: list[dict[str, str]] = [
    {"subject": "Toán", "text": "cô Hà · P.204", "css": "hue-1"},
    {
        "subject": "Ngữ văn",
        "text": "cô Nhàn · P.204",
        "css": "hue-2 lesson-pinned",
        "icon": "pin",
        "state": "đã ghim",
    },
    {
        "subject": "Tin học",
        "text": "dạy thay, P.12",
        "css": "hue-3 lesson-substitute",
        "icon": "arrow-left-right",
        "state": "dạy thay",
    },
    {
        "subject": "Tiếng Anh",
        "text": "trùng với 6C",
        "css": "lesson-clash",
        "icon": "triangle-alert",
        "state": "bị trùng",
    },
    {"subject": "Trống", "text": "thả vào đây", "css": "lesson-free"},
]
JOBS: list[dict[str, Any]] = [
    {
        "title": "Ký học bạ khối 9",
        "tone": "info",
        "icon": "loader-circle",
        "state": "Đang chạy",
        "done": 118,
        "total": 190,
        "text": "118 trên 190 học bạ · còn khoảng 2 phút",
        "stop_url": HERE,
    },
    {
        "title": "Nhập danh sách khối 6",
        "tone": "warn",
        "icon": "triangle-alert",
        "state": "Xong, 6 dòng lỗi",
        "text": "176 dòng đã ghi lúc 09:12",
        "url": HERE,
        "link": "Mở danh sách lỗi",
    },
    {
        "title": "Gửi báo cáo EMIS đầu năm",
        "tone": "ok",
        "icon": "circle-check",
        "state": "Xong",
        "text": "1.253 trường · gửi lúc 10:05",
        "url": HERE,
        "link": "Xem biên nhận",
    },
    {
        "title": "Ký học bạ khối 5",
        "tone": "bad",
        "icon": "circle-x",
        "state": "Dừng lại",
        "text": "Chứng thư số hết hạn 20/12. Gia hạn rồi ký lại.",
        "url": HERE,
        "link": "Thử lại",
    },
]
TABLE: dict[str, Any] = {
    "caption": "Học sinh khối 6",
    "select": "pupil",
    "columns": [
        {"label": "Họ và tên", "sort_url": HERE, "sorted": "asc"},
        {"label": "Lớp", "sort_url": HERE},
        {"label": "Nghỉ", "align": "num"},
        {"label": "Trung bình", "align": "num"},
        {"label": "Tình trạng"},
    ],
}
STATES: dict[str, dict[str, str]] = {
    "in": {"tone": "ok", "icon": "circle-check", "label": "Đang học"},
    "move": {"tone": "info", "icon": "arrow-left-right", "label": "Xin chuyển"},
    "left": {"tone": "neutral", "icon": "log-out", "label": "Đã chuyển đi"},
}
PUPILS = (
    ("Lê Ngọc Khánh An", "6A", "0", "7,2", "in"),
    ("Phạm Minh Anh", "6A", "2", "7,9", "in"),
    ("Đỗ Thị Ngọc Ánh", "6B", "11", "", "move"),
    (LONG_NAME, "6B", "1", "8,6", "left"),
)


def _table_row(index: int, pupil: tuple[str, ...]) -> dict[str, Any]:
    name, group, absent, average, state = pupil
    return {
        "key": index,
        "label": name,
        "url": HERE,
        "on": index == 1,
        "cells": [
            {"value": group},
            {"value": absent, "css": "num"},
            {"value": average, "css": "num"} if average else {"none": "chưa đủ", "css": "num"},
            {"pill": STATES[state]},
        ],
    }


def full_class() -> dict[str, Any]:
    """Return a table of 45 rows under a sticky head and first column."""
    rows = [
        {
            "label": LONG_NAME if row["number"] == "17" else row["name"],
            "url": HERE,
            "cells": [{"value": row["number"], "css": "num"}]
            + [{"value": text, "css": "num"} for text in _texts(row)]
            + [{"pill": STATES["in"]}],
        }
        for row in marks.rows()
    ]
    heads = ("STT", "TX 1", "TX 2", "TX 3", "TX 4", "GK", "CK", "ĐTB")
    columns: list[dict[str, str]] = [{"label": "Họ và tên"}]
    columns += [{"label": head, "align": "num"} for head in heads]
    return {
        "caption": "45 học sinh lớp 6A",
        "sticky": True,
        "columns": [*columns, {"label": "Tình trạng"}],
        "rows": rows,
    }


def _texts(row: dict[str, Any]) -> list[str]:
    values = [cell["tenths"] for cell in row["values"]]
    shown = ["" if v is None else f"{v // 10},{v % 10}".removesuffix(",0") for v in values]
    return [*shown, row["average_text"]]


class SampleForm(forms.Form):
    """Every kind of field, one of them wrong."""

    birth_date = forms.CharField(
        label="Ngày sinh", help_text="Ví dụ 09/02/2015", initial="18/07/2015"
    )
    homeroom = forms.ChoiceField(
        label="Lớp", help_text="Lớp đang mở năm nay", choices=[("6A", "6A"), ("6B", "6B")]
    )
    number = forms.CharField(label="Mã định danh", help_text="12 chữ số")
    note = forms.CharField(
        label="Ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    sex = forms.ChoiceField(
        label="Giới tính", choices=[("f", "Nữ"), ("m", "Nam")], widget=forms.RadioSelect
    )
    notify = forms.BooleanField(
        label="Báo cho gia đình", help_text="Gửi trong ứng dụng", required=False
    )
    file = forms.FileField(label="Tệp danh sách", help_text="xlsx hoặc xls, tối đa 20 MB")

    def clean_number(self) -> str:
        """Refuse a personal number that is too short."""
        raise forms.ValidationError("Có 11 chữ số, cần đủ 12. Kiểm tra số 0 ở đầu.")


def sample_form() -> SampleForm:
    """Return the form as it comes back with one fault and one missing file."""
    form = SampleForm(
        {
            "birth_date": "18/07/2015",
            "homeroom": "6A",
            "number": "34315004118",
            "sex": "f",
            "notify": "on",
        }
    )
    form.is_valid()
    return form


KPIS: list[dict[str, Any]] = [
    {
        "label": "Trẻ 5 tuổi đến lớp",
        "value": "99,4",
        "unit": "%",
        "basis": "41.208 trên 41.457 · ngày 29/12/2026",
        "url": HERE,
        "link": "Mở 249 trẻ chưa đến lớp",
    },
    {
        "label": "Thư viện đạt chuẩn",
        "missing": "chưa có",
        "alarm": "38 trường chưa báo cáo, không tính là 0",
        "url": HERE,
        "link": "Nhắc các trường",
    },
    {
        "label": "Giáo viên đạt chuẩn trình độ",
        "value": "96,7",
        "unit": "%",
        "basis": "32.114 trên 33.210",
        "alarm": "thiếu 4 trong 96 xã, phường",
        "icon": "circle-alert",
        "url": HERE,
        "link": "Xem nơi còn thiếu",
    },
    {
        "label": "Bữa ăn bán trú hôm nay",
        "value": "118.402",
        "basis": "suất, ngày 28/12/2026",
        "alarm": "số cũ 1 ngày, đang lấy lại",
        "icon": "clock-alert",
        "url": HERE,
        "link": "Mở theo trường",
    },
]
DIFF: list[dict[str, Any]] = [
    {"label": "Họ và tên", "words": changed_words("Dương Duy Hoàng", "Dương Huy Hoàng")},
    {"label": "Lớp", "words": changed_words("6C", "6B"), "note": "từ 05/01/2027"},
]
EVENTS: list[dict[str, str]] = [
    {"icon": "file-pen", "title": "Hiệu trưởng ký số", "text": "hôm nay 08:45"},
    {
        "icon": "undo-2",
        "title": "Trả lại: thiếu nhận xét môn Tin học",
        "text": "26/12 · phó hiệu trưởng",
    },
    {"icon": "send", "title": "Giáo viên chủ nhiệm trình ký", "text": "25/12 · Lê Thu Hà"},
]
RESULTS: list[dict[str, Any]] = [
    {
        "label": "Học sinh",
        "results": [
            {
                "parts": [("Phạm ", False), ("Minh Anh", True)],
                "text": "Lớp 6A · THCS Đông Khê · sinh 18/07/2015",
                "url": HERE,
                "icon": "users",
            },
            {
                "parts": [("Nguyễn ", False), ("Minh Anh", True)],
                "text": "Lớp 11B2 · THPT Nguyễn Hiền · sinh 02/03/2010",
                "url": HERE,
                "icon": "users",
            },
        ],
    },
    {
        "label": "Văn bản",
        "results": [
            {
                "parts": [("Quyết định khen thưởng em ", False), ("Minh Anh", True)],
                "text": "412/QĐ-SGDĐT · 14/12/2026",
                "url": HERE,
                "icon": "file-text",
            }
        ],
    },
]


WAYS: dict[str, Any] = {
    "tabs": [
        {
            "label": label,
            "url": HERE,
            "current": label == "Học tập",
            "count": 2 if label == "Lịch sử" else 0,
        }
        for label in ("Tổng quan", "Học tập", "Chuyên cần", "Lịch sử")
    ],
    "segments": [
        {"label": "Biểu đồ", "url": HERE, "current": True},
        {"label": "Bảng số", "url": HERE},
    ],
    "crumbs": [
        {"label": "Học sinh", "url": HERE},
        {"label": "Lớp 6A", "url": HERE},
        {"label": "3 trên 45"},
    ],
    "previous": {"label": "Lê Ngọc Khánh An", "url": HERE},
    "next": {"label": LONG_NAME, "url": HERE},
    "pages": [
        {"label": "1", "url": HERE},
        {"label": "2", "current": True},
        {"label": "3", "url": HERE},
        {"label": "…"},
        {"label": "14.049", "url": HERE},
    ],
}
"""Tabs, segments, crumbs, neighbors and page numbers."""

OF_A_RECORD: dict[str, Any] = {
    "record_pills": [
        {"tone": "ok", "icon": "circle-check", "label": "Đang học"},
        {"tone": "warn", "icon": "triangle-alert", "label": "Thiếu giấy khai sinh"},
    ],
    "record_actions": [{"label": "In", "icon": "printer", "url": HERE}],
}


def context() -> dict[str, Any]:
    """Return everything the board shows."""
    return {
        "form": sample_form(),
        "colors": COLORS,
        "charts": range(1, 9),
        "pills": PILLS,
        "chips": [
            {"label": "Khối 6", "remove_url": HERE},
            {"label": "Nghỉ trên 5 buổi", "remove_url": HERE},
        ],
        "add": [{"label": "Lớp", "url": HERE}, {"label": "Giới tính", "url": HERE}],
        "kpis": KPIS,
        "cells": marks.CELLS,
        "lessons": LESSONS,
        "table": {**TABLE, "rows": [_table_row(i, pupil) for i, pupil in enumerate(PUPILS)]},
        "full_class": full_class(),
        "actions": [{"label": "Xếp lớp"}, {"label": "In phiếu"}],
        "jobs": JOBS,
        "steps": steps(sheet.STEPS, 2, [HERE, HERE]),
        **WAYS,
        **OF_A_RECORD,
        "diff": DIFF,
        "events": EVENTS,
        "dated_events": record.EVENTS,
        "empty_actions": [
            {"label": "Tạo bài kiểm tra", "url": HERE, "kind": "primary"},
            {"label": "Nhập tệp đề", "url": HERE},
        ],
        "long_name": LONG_NAME,
        "facts": record.FACTS,
        "people": record.FAMILY,
        "results": RESULTS,
        "heat": dashboard.heat(),
        "bars": dashboard.pupils_by_level(),
        "chart": dashboard.attendance_chart(),
        "tasks": dashboard.TASKS[:3],
        "days": record.days(),
        "roll": phone.roll_rows()[3:6],
        **sheet.preview(),
    }
