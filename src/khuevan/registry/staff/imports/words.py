"""Words that cells of the list of staff are written in."""

from __future__ import annotations

from functools import cache

from khuevan.platform.codes.api import code_table
from khuevan.platform.sheets.api import CodeList, Entry

WORKING, AWAY = "WORKING", "AWAY"
"""At the school, and of it but not at work; what stands behind the colon of a code is how."""

_POSITIONS = {
    "PRINCIPAL": ("Hiệu trưởng", "Giám đốc trung tâm", "Giám đốc"),
    "VICE_PRINCIPAL": (
        "Phó hiệu trưởng",
        "Phó giám đốc trung tâm",
        "Phó giám đốc",
        "PHT",
        "Hiệu phó",
        "Phó HT",
    ),
    "TEACHER": (
        "Giáo viên",
        "GV",
        "Giáo viên mầm non",
        "Giáo viên tiểu học",
        "Giáo viên THCS",
        "Giáo viên THPT",
        "Giáo viên trung học cơ sở",
        "Giáo viên trung học phổ thông",
        "Giáo viên nhà trẻ",
        "Giáo viên mẫu giáo",
        "Giáo viên bộ môn",
        "Giáo viên dạy môn",
        "Tổ trưởng chuyên môn",
        "Tổ phó chuyên môn",
        "Tổ trưởng",
        "Tổ phó",
    ),
    "CLERK": ("Văn thư", "Nhân viên văn thư", "Văn thư - thủ quỹ", "Giáo vụ", "Nhân viên giáo vụ"),
    "ACCOUNTANT": ("Kế toán", "Nhân viên kế toán", "Kế toán trưởng"),
    "LIBRARIAN": (
        "Thư viện",
        "Nhân viên thư viện",
        "Cán bộ thư viện",
        "Nhân viên thư viện, thiết bị",
        "Thư viện, thiết bị",
        "Thư viện - thiết bị",
        "Nhân viên thiết bị, thư viện",
    ),
    "NURSE": ("Y tế học đường", "Y tế", "Nhân viên y tế"),
    "EQUIPMENT": ("Thiết bị, thí nghiệm", "Thiết bị", "Nhân viên thiết bị", "Thí nghiệm"),
    "YOUTH_LEADER": ("Tổng phụ trách Đội", "Giáo viên tổng phụ trách Đội", "TPT Đội"),
    "IT": ("Công nghệ thông tin", "Nhân viên công nghệ thông tin", "CNTT"),
    "COUNSELOR": ("Tư vấn học sinh", "Tư vấn tâm lý", "Nhân viên tư vấn"),
    "INCLUSION": ("Hỗ trợ giáo dục người khuyết tật", "Nhân viên hỗ trợ giáo dục người khuyết tật"),
    "OTHER": (
        "Nhân viên khác",
        "Khác",
        "Nhân viên",
        "Bảo vệ",
        "Tạp vụ",
        "Thủ quỹ",
        "Nấu ăn",
        "Nhân viên nấu ăn",
        "Cấp dưỡng",
        "Nhân viên cấp dưỡng",
        "Nhân viên nuôi dưỡng",
        "Phục vụ",
        "Nhân viên phục vụ",
        "Nhân viên bảo vệ",
        "Nhân viên tạp vụ",
        "Lao công",
        "Lái xe",
    ),
}
_EMPLOYMENTS = {
    "OFFICIAL": ("Công chức",),
    "PUBLIC": (
        "Viên chức",
        "Biên chế",
        "Hợp đồng làm việc không xác định thời hạn",
        "Hợp đồng làm việc xác định thời hạn",
        "HĐLV không xác định thời hạn",
        "HĐLV xác định thời hạn",
        "Viên chức HĐLV không xác định thời hạn",
        "Viên chức HĐLV xác định thời hạn",
        "Viên chức hợp đồng làm việc không xác định thời hạn",
        "Viên chức hợp đồng làm việc xác định thời hạn",
        "Hợp đồng làm việc",
    ),
    "OPEN_CONTRACT": (
        "Hợp đồng lao động không xác định thời hạn",
        "HĐLĐ không xác định thời hạn",
        "Hợp đồng không xác định thời hạn",
    ),
    "TERM_CONTRACT": (
        "Hợp đồng lao động xác định thời hạn",
        "HĐLĐ xác định thời hạn",
        "Hợp đồng lao động",
        "Hợp đồng xác định thời hạn",
        "Hợp đồng",
        "Hợp đồng lao động dưới 1 năm",
        "Hợp đồng lao động trên 1 năm",
        "Hợp đồng dưới 1 năm",
        "Hợp đồng trên 1 năm",
        "HĐLĐ dưới 1 năm",
        "HĐLĐ trên 1 năm",
    ),
    "VISITING": ("Thỉnh giảng", "Giáo viên thỉnh giảng"),
}
_STATES = {
    WORKING: ("Đang làm việc", "Đang làm", "Chuyển đến", "Đang công tác"),
    AWAY: (
        "Tạm nghỉ",
        "Nghỉ không lương",
        "Nghỉ không hưởng lương",
        "Nghỉ ốm",
        "Nghỉ ốm dài hạn",
        "Nghỉ ốm đau dài ngày",
        "Đi học",
        "Cử đi học",
        "Biệt phái",
        "Đi biệt phái",
    ),
    f"{AWAY}:CHILD": ("Nghỉ thai sản", "Đang nghỉ thai sản", "Thai sản", "Nghỉ sinh"),
    "MOVED": (
        "Chuyển đi",
        "Đã chuyển đi",
        "Chuyển công tác",
        "Đã chuyển công tác",
        "Chuyển trường",
        "Luân chuyển",
    ),
    "RETIRED": ("Nghỉ hưu", "Đã nghỉ hưu", "Hưu", "Hưu trí", "Nghỉ hưu trước tuổi"),
    "LEFT": (
        "Nghỉ việc",
        "Thôi việc",
        "Đã nghỉ việc",
        "Đã thôi việc",
        "Bỏ việc",
        "Buộc thôi việc",
        "Chấm dứt hợp đồng",
        "Hết hợp đồng",
    ),
    "DECEASED": ("Từ trần", "Đã từ trần", "Đã mất", "Mất", "Qua đời"),
}


def _list_of(words: dict[str, tuple[str, ...]]) -> CodeList:
    return CodeList(tuple(Entry(code, names[0], names[1:]) for code, names in words.items()))


@cache
def word_lists() -> dict[str, CodeList]:
    """Return the lists that cells are read by."""
    return {
        "positions": _list_of(_POSITIONS),
        "employments": _list_of(_EMPLOYMENTS),
        "states": _list_of(_STATES),
        "ethnic_groups": CodeList.of_table(code_table("peoples")),
    }
