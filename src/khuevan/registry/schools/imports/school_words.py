"""Words that cells of the list of schools are written in: levels, kinds, owners, communes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from itertools import combinations, product

from khuevan.kernel.vietnamese import fold
from khuevan.platform.areas.api import Area, areas_on, communes_of, provinces
from khuevan.platform.sheets.api import CodeList, Entry

TOGETHER = "+"
"""Joins the codes of the levels of an entry that stands for several."""
YES = "YES"

_LEVELS = {
    "MN": ("Mầm non", "Nhà trẻ", "Mẫu giáo"),
    "TH": ("Tiểu học", "Cấp 1"),
    "THCS": ("Trung học cơ sở", "Cấp 2"),
    "THPT": ("Trung học phổ thông", "Cấp 3"),
    "GDTX": ("Giáo dục thường xuyên", "GDNN-GDTX", "Thường xuyên"),
    "THN": ("Trung học nghề", "Trung cấp"),
}
_JOINED = ("MN", "TH", "THCS", "THPT")
_TYPES = {
    "NURSERY": ("Nhà trẻ", "Trường nhà trẻ"),
    "KINDERGARTEN": ("Trường mẫu giáo", "Mẫu giáo"),
    "PRESCHOOL": ("Trường mầm non", "Mầm non"),
    "INDEPENDENT_PRESCHOOL": (
        "Cơ sở giáo dục mầm non độc lập",
        "Lớp mầm non độc lập",
        "Nhóm trẻ độc lập",
        "Cơ sở GDMN độc lập",
    ),
    "PRIMARY": ("Trường tiểu học", "Tiểu học"),
    "LOWER_SECONDARY": ("Trường trung học cơ sở", "Trường THCS", "THCS"),
    "PRIMARY_LOWER_SECONDARY": (
        "Trường tiểu học và trung học cơ sở",
        "Trường TH&THCS",
        "TH&THCS",
        "TH và THCS",
        "Trường TH và THCS",
        "Trường tiểu học và THCS",
    ),
    "UPPER_SECONDARY": ("Trường trung học phổ thông", "Trường THPT", "THPT"),
    "MULTI_LEVEL": (
        "Trường phổ thông có nhiều cấp học",
        "Trường THCS và THPT",
        "THCS và THPT",
        "THCS&THPT",
        "Trường THCS&THPT",
        "Trường TH, THCS và THPT",
        "TH, THCS và THPT",
        "Liên cấp",
        "Trường liên cấp",
        "Nhiều cấp học",
    ),
    "GIFTED": ("Trường THPT chuyên", "Trường chuyên", "Chuyên"),
    "ETHNIC_BOARDING": (
        "Trường phổ thông dân tộc nội trú",
        "Trường PTDTNT",
        "PTDTNT",
        "Dân tộc nội trú",
    ),
    "ETHNIC_SEMI_BOARDING": (
        "Trường phổ thông dân tộc bán trú",
        "Trường PTDTBT",
        "PTDTBT",
        "Dân tộc bán trú",
    ),
    "SPECIAL_NEEDS": ("Trường dành cho người khuyết tật", "Trường chuyên biệt", "Khuyết tật"),
    "CONTINUING_CENTER": (
        "Trung tâm giáo dục thường xuyên",
        "Trung tâm GDTX",
        "Trung tâm GDNN-GDTX",
        "Trung tâm giáo dục nghề nghiệp - giáo dục thường xuyên",
        "GDTX",
    ),
    "BOARDING_GENERAL": ("Trường phổ thông nội trú",),
    "TALENT": ("Trường năng khiếu",),
    "COMMUNITY_LEARNING": ("Trung tâm học tập cộng đồng", "TTHTCĐ"),
    "LANGUAGE_IT_CENTER": ("Trung tâm ngoại ngữ, tin học",),
    "VOCATIONAL_SECONDARY": ("Trường trung học nghề",),
    "INTERMEDIATE_COLLEGE": ("Trường trung cấp",),
    "COLLEGE": ("Trường cao đẳng",),
}
ORDINARY = "ORDINARY"
"""What lists write for a school that is nothing special: its levels tell what it is."""
_ORDINARY = ("Trường phổ thông", "Phổ thông", "Bình thường", "Trường thường", "Khác", "Không")
_OWNERS = {
    "PUBLIC": ("Công lập", "CL"),
    "COMMUNITY": ("Dân lập", "DL"),
    "PRIVATE": ("Tư thục", "TT", "Ngoài công lập"),
    "PRIVATE_NFP": ("Tư thục không vì lợi nhuận", "Tư thục hoạt động không vì lợi nhuận"),
    "FOREIGN": ("Có vốn đầu tư nước ngoài", "Có vốn nước ngoài", "Vốn nước ngoài"),
}
_BOARDINGS = {
    "NONE": ("Không", "0"),
    "DAY": ("Bán trú", "Có bán trú", "x"),
    "FULL": ("Nội trú",),
}
_STANDARDS = {
    "0": ("Chưa đạt", "Không", "Chưa"),
    "1": ("Mức độ 1", "Mức 1", "Đạt mức 1", "Đạt chuẩn mức độ 1"),
    "2": ("Mức độ 2", "Mức 2", "Đạt mức 2", "Đạt chuẩn mức độ 2"),
}
_YES_NO = {
    YES: ("Có", "x", "1", "Đúng", "Vùng khó khăn", "Đặc biệt khó khăn", "ĐBKK", "True"),
    "NO": ("Không", "0", "Sai", "Bình thường", "False"),
}
DEPARTMENT, COMMUNE = "DEPARTMENT", "COMMUNE"
_MANAGERS = {
    DEPARTMENT: ("Sở Giáo dục và Đào tạo", "Sở GDĐT", "Sở GD&ĐT", "Sở GD-ĐT", "Sở"),
    COMMUNE: (
        "UBND cấp xã",
        "UBND xã",
        "UBND phường",
        "Ủy ban nhân dân xã",
        "Phòng Văn hóa - Xã hội",
        "Cấp xã",
    ),
}


def _list_of(words: dict[str, tuple[str, ...]], fault: str = "sheets.not_in_list") -> CodeList:
    entries = (Entry(code, names[0], names[1:]) for code, names in words.items())
    return CodeList(tuple(entries), fault)


@cache
def levels() -> CodeList:
    """Return the levels, and several that are written as one: TH&THCS, Tiểu học và THCS."""
    single = [Entry(code, names[0], names[1:]) for code, names in _LEVELS.items()]
    joined = [
        Entry(TOGETHER.join(codes), " và ".join(codes), tuple(_spellings(codes)))
        for size in (2, 3, 4)
        for codes in combinations(_JOINED, size)
    ]
    return CodeList((*single, *joined))


def _spellings(codes: tuple[str, ...]) -> list[str]:
    """Return how several levels are written in one cell; signs between them do not count."""
    words = [(code, _LEVELS[code][0]) for code in codes]
    told = []
    for chosen in product(*words):
        told += [" ".join(chosen), f"{' '.join(chosen[:-1])} và {chosen[-1]}"]
        told += [" và ".join(chosen), f"Liên cấp {' '.join(chosen)}"]
    return told


@cache
def school_types() -> CodeList:
    """Return the kinds of schools, and what stands for none in particular."""
    return _list_of({**_TYPES, ORDINARY: _ORDINARY})


@cache
def fixed_lists() -> dict[str, CodeList]:
    """Return the lists that are the same everywhere."""
    return {
        "levels": levels(),
        "school_types": school_types(),
        "ownerships": _list_of(_OWNERS),
        "boardings": _list_of(_BOARDINGS),
        "standards": _list_of(_STANDARDS),
        "yes_no": _list_of(_YES_NO),
    }


def area_lists(province_code: str, on: date) -> dict[str, CodeList]:
    """Return the provinces and the communes, of one province where it is known.

    A commune's bare name counts where only one bears it.
    """
    communes = list(communes_of(province_code, on)) if province_code else _all_communes(on)
    bare = Counter(fold(one.name) for one in communes)
    entries = (
        Entry(one.code, one.full_name, (one.name,) if bare[fold(one.name)] == 1 else ())
        for one in communes
    )
    places = (Entry(one.code, one.full_name, (one.name,)) for one in provinces(on))
    return {
        "communes": CodeList(tuple(entries), "schools.unknown_commune"),
        "provinces": CodeList(tuple(places), "schools.unknown_province"),
        "managers": _managers(communes),
    }


def _managers(communes: list[Area]) -> CodeList:
    """Return the kinds of offices, and each commune's own."""
    named = [
        Entry(one.code, manager_label(one), (f"Ủy ban nhân dân {_lowered(one)}",))
        for one in communes
    ]
    return CodeList((*_list_of(_MANAGERS).entries, *named), "schools.unknown_manager")


def _all_communes(on: date) -> list[Area]:
    return list(areas_on(on).filter(kind="COMMUNE"))


def _lowered(area: Area) -> str:
    return area.full_name[:1].lower() + area.full_name[1:]


def manager_label(commune: Area | None) -> str:
    """Return how the list writes a managing office: that of a commune, or the department."""
    return f"UBND {_lowered(commune)}" if commune else _MANAGERS[DEPARTMENT][0]


def type_label(code: str) -> str:
    """Return how the list writes a kind of school."""
    return school_types().name_of(code)


def levels_label(codes: tuple[str, ...] | list[str]) -> str:
    """Return how the list writes levels."""
    return "; ".join(_LEVELS[code][0] for code in codes)


def split_levels(found: tuple[str, ...]) -> tuple[str, ...]:
    """Return single levels from the entries of a cell."""
    return tuple(dict.fromkeys(code for one in found for code in one.split(TOGETHER)))
