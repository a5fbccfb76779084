"""The mark sheet specimen: 45 pupils on one screen and every state of a cell."""

from __future__ import annotations

from typing import Any

from khuevan.ui.design import frame

# number|name|TX1 TX2 TX3 TX4 GK CK|average; marks in tenths, "." is empty
SHEET = """
1|Lê Ngọc Khánh An|75 70 70 65 68 78|7,2
2|Nguyễn Thành An|85 80 80 80 65 83|7,8
3|Phạm Minh Anh|80 75 90 80 75 80|7,9
4|Trần Đức Anh|75 65 75 75 68 83|7,5
5|Vũ Hoàng Ngọc Anh|90 75 75 75 78 83|8,0
6|Đỗ Thị Ngọc Ánh|70 70 70 85 70 78|7,4
7|Hoàng Thiên Ân|65 80 90 60 75 78|7,5
8|Bùi Quốc Bảo|70 65 50 70 68 70|6,7
9|Nguyễn Gia Bảo|90 90 80 95 85 85|8,7
10|Đặng Bảo Châu|50 55 70 45 50 60|5,6
11|Lê Quỳnh Chi|95 75 70 90 83 83|8,3
12|Nguyễn Mạnh Cường|95 85 85 85 95 88|8,9
13|Trần Thùy Dung|85 65 90 85 83 68|7,7
14|Phan Tiến Dũng|75 50 65 75 58 75|6,7
15|Ngô Thùy Dương|80 80 85 80 88 75|8,1
16|Vũ Thành Đạt|75 70 60 75 78 65|7,0
17|Nguyễn Hải Đăng|55 55 55 70 50 65|5,9
18|Hà Minh Đức|55 65 70 65 63 60|6,2
19|Nguyễn Hương Giang|80 75 75 80 75 80|7,8
20|Lý Thu Hà|95 80 75 75 80 85|8,2
21|Trịnh Gia Hân|70 85 50 60 70 73|6,9
22|Nguyễn Trung Hiếu|70 80 80 70 93 78|8,0
23|Dương Huy Hoàng|65 65 65 45 63 73|6,5
24|Phạm Gia Huy|60 70 65 70 48 58|5,9
25|Nguyễn Khánh Huyền|75 80 50 80 60 73|6,9
26|Mai Tuấn Hưng|60 65 55 60 63 58|–
27|Lê Minh Khang|85 80 70 95 65 78|7,7
28|Hồ Đăng Khoa|70 75 70 75 60 60|6,6
29|Nguyễn Tùng Lâm|70 70 70 90 85 88|8,2
30|Đinh Khánh Linh|65 55 70 75 58 .|–
31|Phạm Hoàng Long|80 70 95 85 80 88|8,4
32|Cao Ngọc Mai|90 70 85 90 88 78|8,3
33|Trần Nhật Minh|75 65 65 75 63 50|6,2
34|Nguyễn Trà My|55 75 70 65 68 .|–
35|Lương Bảo Nam|85 75 80 85 85 70|7,8
36|Võ Kim Ngân|70 75 65 90 75 83|7,8
37|Nguyễn Bảo Ngọc|70 65 75 85 70 .|–
38|Tạ Yến Nhi|80 75 80 95 73 .|–
39|Đoàn Minh Phúc|90 . 90 85 75 75|–
40|Nguyễn Anh Quân|75 60 60 60 55 65|6,2
41|Kiều Phương Thảo|65 40 65 55 48 .|–
42|Lê Minh Thư|50 65 70 65 75 .|–
43|Nguyễn Bảo Trâm|85 90 85 85 65 .|–
44|Chu Anh Tuấn|85 85 100 75 90 .|–
45|Trần Hải Yến|70 80 60 65 70 .|–
"""
FINAL = 5
SPECIAL: dict[tuple[int, int], dict[str, Any]] = {
    (22, FINAL): {
        "css": "cell-offline",
        "icon": "cloud-off",
        "title": "Chờ mạng, đang giữ trên máy này",
    },
    (26, FINAL): {
        "css": "cell-conflict",
        "icon": "git-compare-arrows",
        "title": "Khác nhau: mở để chọn",
    },
    (29, FINAL): {"css": "cell-saving", "icon": "refresh-cw", "title": "Đang lưu"},
    (30, FINAL): {"css": "cell-typing", "text": "7,5", "typing": True, "title": "Đang gõ"},
    (37, FINAL): {
        "css": "cell-invalid",
        "icon": "circle-alert",
        "text": "85,5",
        "title": "Sai, chưa lưu",
    },
    (39, 1): {"css": "cell-due", "text": "bù", "title": "Kiểm tra bù trước 31/12"},
}
COLUMNS: list[dict[str, Any]] = [
    {"label": "TX 1"},
    {"label": "TX 2"},
    {"label": "TX 3"},
    {"label": "TX 4"},
    {"label": "GK", "locked": True},
    {"label": "CK", "now": True},
]


def rows() -> list[dict[str, Any]]:
    """Return the 45 rows of class 6A."""
    return [_row(*line.split("|")) for line in SHEET.strip().splitlines()]


def _row(number: str, name: str, values: str, average: str) -> dict[str, Any]:
    cells = [
        {
            "tenths": None if value == "." else int(value),
            "locked": index == FINAL - 1,
            "edge": index == FINAL,
            **SPECIAL.get((int(number), index), {}),
        }
        for index, value in enumerate(values.split())
    ]
    return {
        "number": number,
        "name": name,
        "on": number == "30",
        "values": cells,
        "average": None if average == "–" else average,
        "average_text": average,
    }


def context() -> dict[str, Any]:
    """Return the mark sheet of class 6A, mathematics, while the final column is typed."""
    everyone = rows()
    labels = {
        "columns": COLUMNS,
        "number_label": "Số thứ tự",
        "name_label": "Họ và tên",
        "average_label": "ĐTB",
    }
    foot = {"name": "Trung bình lớp", "values": ["7,5", "7,2", "7,3", "7,5", "7,1", "7,5"]}
    return {
        "shell": frame.rail(),
        "title": "Sổ điểm lớp 6A · Toán",
        "meta": "45 học sinh · hạn cuối kỳ 31/12",
        "halves": [
            {**labels, "caption": "Sổ điểm Toán lớp 6A, số 1 đến 23", "rows": everyone[:23]},
            {
                **labels,
                "caption": "Sổ điểm Toán lớp 6A, số 24 đến 45",
                "rows": everyone[23:],
                "foot": foot,
            },
        ],
    }


CELLS: list[dict[str, Any]] = [
    {"value": "8,5", "name": "Đã lưu", "text": "chữ thường"},
    {"value": "7,5", "css": "cell-typing", "typing": True, "name": "Đang gõ", "text": "viền son"},
    {
        "value": "8,8",
        "css": "cell-saving",
        "icon": "refresh-cw",
        "name": "Đang lưu",
        "text": "chữ nhạt",
    },
    {
        "value": "7,8",
        "css": "cell-offline",
        "icon": "cloud-off",
        "name": "Chờ mạng",
        "text": "trên máy",
    },
    {
        "value": "5,8",
        "css": "cell-conflict",
        "icon": "git-compare-arrows",
        "name": "Khác nhau",
        "text": "mở để chọn",
    },
    {
        "value": "85,5",
        "css": "cell-invalid",
        "icon": "circle-alert",
        "name": "Sai",
        "text": "chưa lưu",
    },
    {"value": "6,8", "css": "cell-locked", "icon": "lock", "name": "Đã khóa", "text": "xin mở"},
    {"value": "", "name": "Trống", "text": "khác số 0"},
    {"value": "bù", "css": "cell-due", "name": "Bù", "text": "hạn 31/12"},
]
