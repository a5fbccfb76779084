"""The pupil record specimen, and the same pupil on paper."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from khuevan.ui.design import frame

HERE = frame.HERE
# subject|TX marks|GK|CK|average
SUBJECTS = """
Toán|80 75 90 80|75|80|7,9
Ngữ văn|70 80 75 80|70|75|7,4
Tiếng Anh|90 85 90 95|88|93|9,1
Khoa học tự nhiên|80 80 70 85|78|.|chưa đủ
Lịch sử và Địa lí|70 75 80 70|80|78|7,7
Tin học|90 90|85|88|8,8
Công nghệ|80 85|80|.|chưa đủ
Giáo dục công dân|90 80|83|85|8,4
"""
TABS = (
    "Tổng quan",
    "Học tập",
    "Chuyên cần",
    "Học bạ",
    "Gia đình",
    "Sức khỏe",
    "Khoản thu",
    "Lịch sử",
    "Ai đã xem",
)
EVENTS: list[dict[str, str]] = [
    {
        "when": "29/12",
        "time": "09:40",
        "icon": "notebook-pen",
        "title": "Điểm cuối kỳ Toán: 8",
        "text": "Lê Thu Hà · sổ điểm 6A",
    },
    {
        "when": "21/12",
        "icon": "calendar-check",
        "title": "Nghỉ có phép 1 buổi, lý do ốm",
        "text": "Mẹ gửi đơn, cô Hà duyệt",
    },
    {
        "when": "14/12",
        "icon": "award",
        "title": "Giải Nhì Tin học trẻ cấp tỉnh",
        "text": "Quyết định 412/QĐ-SGDĐT",
    },
    {
        "when": "05/10",
        "icon": "map-pin",
        "title": "Chuyển chỗ ở về xã Đông Khê",
        "text": "Văn thư cập nhật, kèm minh chứng",
    },
    {
        "when": "05/09",
        "time": "2026",
        "icon": "school",
        "title": "Vào lớp 6A, từ Tiểu học Đông Khê",
        "text": "Học bạ số đã nhận và xác minh",
    },
]
FAMILY: list[dict[str, str]] = [
    {
        "name": "Trịnh Thu Hường",
        "letter": "H",
        "role": "mẹ",
        "text": "09•• ••• 318 · đã kết nối tài khoản",
        "icon": "circle-check",
        "tone": "tone-ok",
    },
    {
        "name": "Phạm Đức Tùng",
        "letter": "T",
        "role": "bố",
        "text": "09•• ••• 705 · chưa kết nối",
        "action": "Gửi lời mời",
        "action_url": HERE,
    },
]
FACTS: list[dict[str, str]] = [
    {"label": "Ngày sinh", "value": "18/07/2015"},
    {"label": "Giới tính", "value": "Nữ"},
    {"label": "Mã định danh", "number": "034315008482", "reveal_url": HERE},
    {"label": "Dân tộc", "value": "Kinh"},
    {"label": "Nơi ở", "value": "Thôn Thượng, xã Đông Khê, tỉnh Sông Vân"},
    {"label": "Lớp", "value": "6A, THCS Đông Khê", "url": HERE},
    {"label": "Bảo hiểm y tế", "value": ""},
]


def subjects() -> list[dict[str, Any]]:
    """Return the marks of the first term by subject."""
    rows = []
    for line in SUBJECTS.strip().splitlines():
        name, often, mid, final, average = line.split("|")
        marks = [int(mark) for mark in often.split()]
        rows.append(
            {
                "name": name,
                "often": [*marks, *[None] * (4 - len(marks))],
                "mid": int(mid),
                "final": None if final == "." else int(final),
                "average": average,
                "is_complete": average != "chưa đủ",
                "on": name == "Toán",
            }
        )
    return rows


def days() -> list[list[dict[str, str]]]:
    """Return the term's attendance: five weekdays by 17 weeks."""
    special = {
        (0, 15): ("excused", "P", "Nghỉ có phép"),
        (3, 8): ("excused", "P", "Nghỉ có phép"),
        (2, 12): ("late", "M", "Đi muộn"),
        (2, 16): ("future", "", "Chưa đến"),
        (3, 16): ("future", "", "Chưa đến"),
        (4, 16): ("future", "", "Chưa đến"),
    }
    plain = ("present", "", "Có mặt")
    return [
        [
            dict(zip(("css", "letter", "title"), special.get((weekday, week), plain), strict=True))
            for week in range(17)
        ]
        for weekday in range(5)
    ]


def context() -> dict[str, Any]:
    """Return the record of Phạm Minh Anh, learning tab."""
    return {
        "shell": frame.school("Học sinh"),
        "crumbs": [
            {"label": "Học sinh", "url": HERE},
            {"label": "Lớp 6A", "url": HERE},
            {"label": "3 trên 45"},
        ],
        "previous": {"label": "Lê Ngọc Khánh An", "url": HERE},
        "next": {"label": "Trần Đức Anh", "url": HERE},
        "name": "Phạm Minh Anh",
        "pills": [{"tone": "ok", "icon": "circle-check", "label": "Đang học"}],
        "meta": "Nữ · sinh 18/07/2015 · lớp 6A, chủ nhiệm Lê Thu Hà",
        "number": "034315008482",
        "actions": [
            {"label": "Nhắn gia đình", "icon": "message-square", "url": HERE},
            {"label": "In", "icon": "printer", "url": HERE},
        ],
        "more": [
            {"label": "Chuyển lớp", "icon": "arrow-left-right", "url": HERE},
            {"label": "Tải hồ sơ", "icon": "download", "url": HERE},
        ],
        "tabs": [{"label": tab, "url": HERE, "current": tab == "Học tập"} for tab in TABS],
        "terms": [
            {"label": "Học kỳ I", "url": HERE, "current": True},
            {"label": "Học kỳ II", "url": HERE},
            {"label": "Cả năm", "url": HERE},
        ],
        "subjects": subjects(),
        "days": days(),
        "events": EVENTS,
        "people": FAMILY,
    }


def paper() -> dict[str, Any]:
    """Return a list for printing."""
    return {
        "unit_name": "THCS Đông Khê",
        "printed_at": datetime(2026, 12, 29, 9, 52, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")),
        "subjects": subjects(),
        "name": "Phạm Minh Anh",
    }
