"""The phone specimens: guardian's home, roll call, checked transcript, sign-in, errors."""

from __future__ import annotations

from typing import Any

from khuevan.ui.design import frame

HERE = frame.HERE
CHOICES = (
    ("present", "Có", "on-ok"),
    ("P", "P", "on-warn"),
    ("K", "K", "on-bad"),
    ("late", "Muộn", "on-info"),
)
ROLL: tuple[tuple[str, str, str], ...] = (
    ("Lê Ngọc Khánh An", "present", ""),
    ("Nguyễn Thành An", "present", ""),
    ("Phạm Minh Anh", "present", ""),
    ("Trần Đức Anh", "P", "Ốm, mẹ đã báo"),
    ("Vũ Hoàng Ngọc Anh", "present", ""),
    ("Đỗ Thị Ngọc Ánh", "K", "Chưa rõ lý do"),
    ("Hoàng Thiên Ân", "present", ""),
    ("Bùi Quốc Bảo", "present", ""),
    ("Nguyễn Gia Bảo", "late", "Đến lúc 07:12"),
    ("Đặng Bảo Châu", "present", ""),
    ("Công Tằng Tôn Nữ Nguyễn Phương Thảo Quỳnh", "present", ""),
)


def family() -> dict[str, Any]:
    """Return the first page of a guardian."""
    return {
        "shell": frame.guardian(),
        "children": [
            {
                "name": "Phạm Minh Anh",
                "detail": "Lớp 6A · THCS Đông Khê",
                "url": HERE,
                "current": True,
            },
            {"name": "Phạm Gia Bảo", "detail": "Lớp 2B · Tiểu học Đông Khê", "url": HERE},
        ],
        "today": "Thứ Ba, 29/12/2026",
        "marks": [
            {"name": "Toán, cuối kỳ", "text": "Hôm nay 09:40 · trung bình môn 7,9", "mark": "8"},
            {"name": "Ngữ văn, cuối kỳ", "text": "Hôm qua · trung bình môn 7,4", "mark": "7,5"},
        ],
        "duties": [
            {
                "icon": "wallet",
                "name": "Tiền ăn tháng 01/2027",
                "text": "690.000 đ · hạn 05/01",
                "verb": "Trả tiền",
                "kind": "primary",
            },
            {
                "icon": "file-pen",
                "name": "Phiếu tham quan",
                "text": "Đồng ý trước 04/01",
                "verb": "Xem phiếu",
                "kind": "plain",
            },
        ],
        "lessons": [
            {"number": "1", "subject": "Toán", "text": "Hình có trục đối xứng", "css": "past"},
            {"number": "2", "subject": "Ngữ văn", "text": "Ôn tập học kỳ I", "css": "past"},
            {
                "number": "3",
                "subject": "Tiếng Anh",
                "text": "Unit 6, tiết 4",
                "css": "now",
                "now": "Đang học",
            },
            {"number": "4", "subject": "KHTN", "text": "Lực ma sát", "css": ""},
            {"number": "5", "subject": "Tin học", "text": "Phòng máy 2", "css": ""},
        ],
    }


def roll_rows() -> list[dict[str, Any]]:
    """Return a class as roll-call rows."""
    return [
        {
            "number": number,
            "name": name,
            "note": note,
            "key": f"pupil-{number}",
            "choices": [
                {"value": value, "label": label, "css": css, "on": value == state}
                for value, label, css in CHOICES
            ],
        }
        for number, (name, state, note) in enumerate(ROLL, start=1)
    ]


def attendance() -> dict[str, Any]:
    """Return the roll call of class 6A while the network is away."""
    return {
        "shell": frame.school("Điểm danh"),
        "rows": roll_rows(),
        "counts": [
            ("42", "Có mặt"),
            ("1", "Có phép (P)"),
            ("1", "Không phép (K)"),
            ("1", "Đi muộn"),
        ],
    }


def verify() -> dict[str, Any]:
    """Return the public answer about a transcript."""
    return {
        "facts": [
            {"label": "Học sinh", "value": "Phạm M••• A•••"},
            {"label": "Năm sinh", "value": "2015"},
            {"label": "Trường", "value": "Tiểu học Đông Khê"},
            {"label": "Năm học", "value": "2025–2026, lớp 5A"},
            {"label": "Kết quả", "value": "Hoàn thành tốt"},
            {"label": "Số học bạ", "value": "HB-05-2026-018842"},
        ],
        "signed": [
            ("Bùi Thanh Nga", "giáo viên chủ nhiệm", "31/05/2026", "16:20"),
            ("Đặng Văn Thịnh", "hiệu trưởng", "02/06/2026", "08:45"),
            ("Trường Tiểu học Đông Khê", "đóng dấu thời gian", "02/06/2026", "08:45"),
        ],
    }


def sign_in() -> dict[str, Any]:
    """Return the sign-in page with a fault."""
    return {"shell": frame.guardian()}


def fault() -> dict[str, Any]:
    """Return the page of a fault of ours."""
    return {"request_id": "20261229-0952-7f3a"}


def session_ended() -> dict[str, Any]:
    """Return the page of a form whose session has ended."""
    return {"kept": [("note", "Đã nhắn gia đình lúc 07:30")]}


def refused() -> dict[str, Any]:
    """Return the page of an action that was refused."""
    return {"sentence": "Chứng thư số hết hạn 20/12. Gia hạn rồi ký lại.", "back_url": HERE}


def nobody() -> dict[str, Any]:
    """Return what a page without data needs: nothing."""
    return {}
