"""Sample shells: a department officer, a school clerk, a teacher, a guardian."""

from __future__ import annotations

from typing import Any

from khuevan.ui.shell import Group, Link

HERE = "#"


def _links(*lines: tuple[str, str] | tuple[str, str, int], current: str = "") -> list[Link]:
    return [
        Link(line[0], HERE, line[1], line[2] if len(line) > 2 else 0, line[0] == current)
        for line in lines
    ]


def _shell(**parts: Any) -> dict[str, Any]:
    shell = {
        "year_label": "2026–2027 · Học kỳ I",
        "languages": [
            {"code": "vi", "label": "Tiếng Việt", "url": HERE, "current": True},
            {"code": "en", "label": "English", "url": HERE, "current": False},
        ],
        "is_signed_in": True,
        "foot_items": _links(("Nhật ký truy cập", "shield-check"), ("Thiết lập", "settings")),
        "bottom_items": [],
    }
    return {**shell, **parts}


def department(current: str = "Trang chủ") -> dict[str, Any]:
    """Return the shell of a department officer."""
    return _shell(
        unit_name="Sở GDĐT Sông Vân",
        unit_icon="landmark",
        hats=[
            {
                "label": "Sở GDĐT Sông Vân",
                "detail": "Chuyên viên thống kê",
                "url": HERE,
                "current": True,
            },
            {"label": "THCS Đông Khê", "detail": "Cha mẹ học sinh", "url": HERE, "current": False},
        ],
        notification_count=3,
        person_name="Trần Thị Thu Hằng",
        person_initials="TH",
        groups=[
            Group(
                "", _links(("Trang chủ", "house"), ("Việc của tôi", "inbox", 7), current=current)
            ),
            Group(
                "Theo dõi",
                _links(
                    ("Chỉ tiêu kế hoạch", "target"),
                    ("Thống kê, báo cáo", "chart-column"),
                    ("Chất lượng dạy học", "clipboard-check"),
                    current=current,
                ),
            ),
            Group(
                "Hồ sơ ngành",
                _links(
                    ("Trường, lớp", "school"),
                    ("Học sinh", "users"),
                    ("Đội ngũ", "id-card"),
                    current=current,
                ),
            ),
            Group(
                "Điều hành",
                _links(
                    ("Văn bản", "file-text", 4),
                    ("Dịch vụ công", "landmark", 12),
                    ("Thi, tuyển sinh", "graduation-cap"),
                    ("Kiểm tra, khiếu nại", "gavel"),
                    current=current,
                ),
            ),
        ],
        bottom_items=_links(
            ("Hôm nay", "house"),
            ("Việc", "inbox", 7),
            ("Số liệu", "chart-column"),
            ("Tra cứu", "search"),
            current="Hôm nay",
        ),
    )


def school(current: str, *, initials: str = "LH", name: str = "Lê Thu Hà") -> dict[str, Any]:
    """Return the shell of somebody who works at a school."""
    return _shell(
        unit_name="THCS Đông Khê",
        unit_icon="school",
        hats=[
            {"label": "THCS Đông Khê", "detail": "Giáo viên Toán", "url": HERE, "current": True},
            {"label": "Lớp 6A", "detail": "Chủ nhiệm", "url": HERE, "current": False},
        ],
        notification_count=2,
        person_name=name,
        person_initials=initials,
        groups=[
            Group(
                "", _links(("Trang chủ", "house"), ("Việc của tôi", "inbox", 3), current=current)
            ),
            Group(
                "Hằng ngày",
                _links(
                    ("Thời khóa biểu", "calendar-days"),
                    ("Điểm danh", "clipboard-check"),
                    ("Sổ điểm", "notebook-pen"),
                    ("Học bạ", "graduation-cap"),
                    current=current,
                ),
            ),
            Group(
                "Hồ sơ trường",
                _links(
                    ("Học sinh", "users"),
                    ("Đội ngũ", "id-card"),
                    ("Lớp, phòng học", "door-open"),
                    current=current,
                ),
            ),
            Group(
                "Văn phòng",
                _links(
                    ("Văn bản", "file-text", 2),
                    ("Khoản thu", "wallet"),
                    ("Thư viện", "book-open"),
                    current=current,
                ),
            ),
        ],
        bottom_items=_links(
            ("Hôm nay", "house"),
            ("Lịch", "calendar-days"),
            ("Điểm danh", "clipboard-check"),
            ("Sổ điểm", "notebook-pen"),
            current="Hôm nay",
        ),
    )


def rail() -> dict[str, Any]:
    """Return the teacher's shell as a rail beside the mark sheet."""
    shell = school("Sổ điểm")
    shell["groups"] = [
        Group(
            "",
            _links(
                ("Trang chủ", "house"),
                ("Việc của tôi", "inbox"),
                ("Thời khóa biểu", "calendar-days"),
                ("Điểm danh", "clipboard-check"),
                ("Sổ điểm", "notebook-pen"),
                ("Học sinh", "users"),
                ("Tin nhắn", "message-square"),
                current="Sổ điểm",
            ),
        )
    ]
    shell["foot_items"] = _links(("Thiết lập", "settings"))
    return shell


def guardian() -> dict[str, Any]:
    """Return the shell of a guardian's phone."""
    return _shell(
        person_name="Trịnh Thu Hường",
        person_initials="TH",
        bottom_items=_links(
            ("Hôm nay", "house"),
            ("Học tập", "notebook-pen"),
            ("Lịch", "calendar-days"),
            ("Tin nhắn", "message-square", 1),
            ("Thêm", "menu"),
            current="Hôm nay",
        ),
    )
