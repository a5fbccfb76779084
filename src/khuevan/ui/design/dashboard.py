"""The dashboard specimen: the province today."""

from __future__ import annotations

from typing import Any

from khuevan.ui.components import (
    Bar,
    HeatCell,
    HeatRow,
    HeatTable,
    LineChart,
    Mark,
    Series,
    bars,
    heat_step,
    line_chart,
)
from khuevan.ui.design import frame

HERE = frame.HERE
LIMITS = (70.0, 80.0, 90.0, 95.0)
SUBJECTS = ("Toán", "Ngữ văn", "Tiếng Anh", "KHTN", "LS&ĐL", "Tin học", "C.nghệ", "GDCD")
PROGRESS: tuple[tuple[str, tuple[float | None, ...], float], ...] = (
    ("Xã Đông Khê", (71.2, 68.4, 74.0, 66.1, 70.5, 81.3, 78.8, 88.0), 74.8),
    ("Xã Ninh Hải", (78.5, 74.9, 80.2, 69.7, 77.4, 85.0, 83.1, 90.6), 79.9),
    ("Xã Hồng Phong", (80.1, 82.6, 76.3, 79.9, 84.4, 88.2, 90.5, 93.0), 84.4),
    ("Phường Tân Lập", (86.7, 83.0, 88.9, 81.2, 85.5, 90.1, 92.4, 95.2), 87.9),
    ("Xã Bình Minh", (88.3, 86.1, 84.7, 87.9, 90.2, 92.8, 91.0, 96.4), 89.7),
    ("Xã Phú Thượng", (90.4, 87.7, 91.5, 88.2, 89.9, 94.6, 93.3, 97.1), 91.6),
    ("Phường An Hòa", (92.0, 90.8, 93.6, 89.5, 91.7, 95.8, 96.2, 98.0), 93.5),
)
THIS_YEAR = (
    98.6,
    98.7,
    98.5,
    98.4,
    98.6,
    98.3,
    98.4,
    98.1,
    98.2,
    98.0,
    97.9,
    97.6,
    97.8,
    97.5,
    97.2,
    97.6,
    98.1,
)
LAST_YEAR = (
    98.4,
    98.5,
    98.5,
    98.3,
    98.4,
    98.2,
    98.3,
    98.2,
    98.0,
    98.1,
    98.0,
    97.9,
    97.9,
    97.8,
    97.8,
    97.7,
    97.9,
)


def context() -> dict[str, Any]:
    """Return the department's first page on 29/12/2026."""
    return {
        "shell": frame.department(),
        "title": "Toàn tỉnh hôm nay",
        "meta": "Thứ Ba, 29/12/2026 · tuần 17 học kỳ I · số liệu lúc 08:15",
        "levels": {
            "label": "Cấp học: tất cả",
            "options": [
                {"label": name, "url": HERE, "current": name == "Tất cả"}
                for name in ("Tất cả", "Mầm non", "Tiểu học", "THCS", "THPT", "GDTX")
            ],
        },
        "communes": {
            "label": "Xã, phường: tất cả",
            "options": [{"label": "Tất cả", "url": HERE, "current": True}]
            + [{"label": row[0], "url": HERE} for row in PROGRESS],
        },
        "kpis": KPIS,
        "heat": heat(),
        "tasks": TASKS,
        "chart": attendance_chart(),
        "views": [
            {"label": "Biểu đồ", "url": HERE, "current": True},
            {"label": "Bảng số", "url": HERE, "current": False},
        ],
        "bars": pupils_by_level(),
    }


KPIS: list[dict[str, Any]] = [
    {
        "label": "Học sinh đang học",
        "value": "702.418",
        "basis": "+4.206 so với cùng kỳ",
        "url": HERE,
    },
    {
        "label": "Đi học sáng nay",
        "value": "98,1",
        "unit": "%",
        "basis": "13.203 vắng ·",
        "alarm": "thiếu 21 trường",
        "url": HERE,
    },
    {
        "label": "Điểm cuối kỳ đã nhập",
        "value": "91,6",
        "unit": "%",
        "basis": "hạn 31/12,",
        "alarm": "còn 2 ngày",
        "url": HERE,
    },
    {
        "label": "Giáo viên còn thiếu",
        "value": "1.184",
        "basis": "ở 312 trường, theo định mức",
        "url": HERE,
    },
    {
        "label": "Hồ sơ đúng hạn",
        "value": "99,2",
        "unit": "%",
        "basis": "1.243 trên 1.253 trong tháng",
        "url": HERE,
    },
]
TASKS: list[dict[str, str]] = [
    {
        "icon": "lock-open",
        "label": "Mở lại sổ điểm lớp 9B, môn Toán",
        "url": HERE,
        "due": "Hạn hôm nay",
        "tone": "bad",
        "note": "THCS Đông Khê, phúc khảo",
    },
    {
        "icon": "git-compare-arrows",
        "label": "Chỉ tiêu lớp 10 vượt kế hoạch 45 em",
        "url": HERE,
        "due": "Còn 1 ngày",
        "tone": "warn",
        "note": "THPT Nguyễn Hiền trình",
    },
    {
        "icon": "file-exclamation-point",
        "label": "4 xã báo cáo đội ngũ lệch trên 20%",
        "url": HERE,
        "due": "Còn 2 ngày",
        "tone": "warn",
        "note": "Phòng Tổ chức cán bộ chuyển",
    },
    {
        "icon": "gavel",
        "label": "Đơn khiếu nại số 07: kỷ luật viên chức",
        "url": HERE,
        "due": "Còn 8 ngày",
        "tone": "neutral",
        "note": "Thụ lý 21/12/2026",
    },
    {
        "icon": "user-plus",
        "label": "Phân công dạy liên trường: 12 giáo viên",
        "url": HERE,
        "due": "Còn 9 ngày",
        "tone": "neutral",
        "note": "Môn Tin học, 6 trường THCS",
    },
]


def heat() -> HeatTable:
    """Return the share of final marks entered, by commune and subject."""
    return HeatTable(
        corner="Xã, phường",
        columns=SUBJECTS,
        rows=[
            HeatRow(name, [HeatCell(v, HERE, heat_step(v, LIMITS)) for v in values], total)
            for name, values, total in PROGRESS
        ],
        total_label="Chung",
        legend=[(4, "dưới 70"), (3, "70–80"), (2, "80–90"), (1, "90–95"), (0, "từ 95")],
        caption="Phần trăm ô điểm cuối kỳ đã nhập theo xã, phường và môn học",
    )


def attendance_chart() -> LineChart:
    """Return attendance by week, this year against last."""
    return line_chart(
        "Chuyên cần theo tuần, phần trăm buổi có mặt",
        [str(week) for week in range(1, 18)],
        [Series("năm nay", THIS_YEAR), Series("năm trước", LAST_YEAR, compare=True)],
        low=97,
        high=99,
        step=1,
        x_label="tuần",
        marks=[Mark(14, "97,2: đợt cúm tuần 15")],
    )


def pupils_by_level() -> list[Bar]:
    """Return pupils by level and the change in a year."""
    return bars(
        [
            Bar("Mầm non", 148206, HERE, -2114),
            Bar("Tiểu học", 262914, HERE, -1180),
            Bar("THCS", 187550, HERE, 5022),
            Bar("THPT", 91332, HERE, 2270),
            Bar("GDTX", 12416, HERE, 208),
        ]
    )
