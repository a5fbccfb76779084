"""Files such as the schools of a province hand in: a register of schools, and of each school its
classes and its pupils. All of it is invented, and the same for the same numbers.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Võ", "Đặng", "Bùi", "Hồ", "Dương")
MIDDLES = {
    "Nam": ("Văn", "Minh", "Gia", "Đức", "Quốc", "Hữu", "Anh", "Tuấn"),
    "Nữ": ("Thị", "Ngọc", "Khánh", "Quỳnh", "Thanh", "Phương", "Hà", "Mai"),
}
GIVEN = {
    "Nam": ("An", "Bảo", "Dũng", "Đạt", "Huy", "Khoa", "Long", "Nam", "Phúc", "Sơn", "Tùng"),
    "Nữ": ("Ánh", "Chi", "Hà", "Ngân", "Yến", "Linh", "Nhi", "Oanh", "Thảo", "Trang", "Uyên"),
}
JOBS = ("Làm ruộng", "Công nhân", "Giáo viên", "Buôn bán", "Thợ xây", "Lái xe", "")
COMMUNES = ("Xã Sơn Kim 1", "Xã Hương Sơn", "Xã Đức Thọ", "Xã Can Lộc", "Xã Thạch Hà")
PROVINCE = "Hà Tĩnh"
GRADES = (6, 7, 8, 9)
AGE_IN_GRADE_6 = 11

SCHOOLS = ("STT", "Mã trường", "Tên trường", "Cấp học", "Loại hình", "Tỉnh", "Xã")
CLASSES = ("STT", "Khối", "Tên lớp", "Buổi học", "Số buổi/tuần")
STAFF = (
    "STT",
    "Mã định danh Bộ GD&ĐT",
    "Họ tên",
    "Ngày sinh",
    "Giới tính",
    "Số CCCD",
    "Vị trí việc làm",
)
PUPILS = (
    "STT", "Mã định danh Bộ GD&ĐT", "Họ tên", "Ngày sinh", "Giới tính", "Dân tộc", "Trạng thái",
    "SĐT liên hệ", "Nơi sinh chi tiết", "Tổ/thôn Hộ khẩu thường trú", "Tỉnh thành quê quán",
    "Phường Xã quê quán", "Chỗ ở hiện nay", "Số CMND", "Ngày cấp", "Nơi cấp", "Tên cha",
    "Nghề nghiệp cha", "Năm sinh cha", "Tên mẹ", "Nghề nghiệp mẹ", "Năm sinh mẹ", "Lớp học",
    "Khối học", "Số định danh cá nhân",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: where the files of each kind are, and how many pupils they hold."""

    schools: Path
    classes: Path
    pupils: Path
    staff: Path
    count: int


def write_province(folder: Path, *, schools: int, pupils: int, year: int, staff: int = 0) -> Made:
    """Write the files of so many schools with so many pupils each, for the year that begins.

    With so many members of the staff of each there are lists of those instead of pupils.
    """
    made = Made(
        schools=folder / "schools.xlsx",
        classes=folder / "classes",
        pupils=folder / "pupils",
        staff=folder / "staff",
        count=schools * pupils,
    )
    for one in (made.classes, made.pupils, made.staff):
        one.mkdir(parents=True)
    _write(made.schools, "DANH SÁCH TRƯỜNG", SCHOOLS, map(_school, range(schools)))
    for place in range(schools):
        name = f"{code_of(place)}.xlsx"
        rooms = _rooms(pupils)
        _write(made.classes / name, "DANH SÁCH LỚP", CLASSES, _classes(rooms))
        if staff:
            _write(made.staff / name, "DANH SÁCH ĐỘI NGŨ", STAFF, _staff(place, staff))
            continue
        rows = _pupils(place, pupils, rooms, year)
        _write(made.pupils / name, "DANH SÁCH HỌC SINH", PUPILS, rows)
    return made


def code_of(place: int) -> str:
    """Return the code of a school."""
    return f"4290{place:04d}"


def _school(place: int) -> Sequence[str]:
    commune = COMMUNES[place % len(COMMUNES)]
    name = f"Trường THCS Số {place + 1:04d}"
    return (str(place + 1), code_of(place), name, "THCS", "Công lập", PROVINCE, commune)


def _rooms(pupils: int) -> list[tuple[int, str]]:
    """Return grade and name of each class of a school, at most 40 pupils in one."""
    side_by_side = -(-pupils // (40 * len(GRADES)))
    return [(grade, f"{grade}A{n}") for grade in GRADES for n in range(1, side_by_side + 1)]


def _classes(rooms: Iterable[tuple[int, str]]) -> Iterator[Sequence[str]]:
    for number, (grade, name) in enumerate(rooms, start=1):
        yield str(number), f"Khối {grade}", name, "Sáng", "6"


def _pupils(
    place: int, count: int, rooms: Sequence[tuple[int, str]], year: int
) -> Iterator[Sequence[str]]:
    chance = random.Random(place)
    commune = COMMUNES[place % len(COMMUNES)]
    for at in range(count):
        number = place * count + at + 1
        grade, room = rooms[at % len(rooms)]
        sex = chance.choice(("Nam", "Nữ"))
        family = chance.choice(FAMILIES)
        name = f"{family} {chance.choice(MIDDLES[sex])} {chance.choice(GIVEN[sex])}"
        born = date(year - AGE_IN_GRADE_6 - grade + 6, 1, 1) + timedelta(chance.randrange(365))
        yield (
            str(at + 1), f"42{number:08d}", name, f"{born:%d/%m/%Y}", sex, "Kinh", "Đang học",
            f"09{number:08d}", f"Trạm y tế {commune}", f"Thôn {number % 12 + 1}", PROVINCE, commune,
            f"Thôn {number % 12 + 1}, {commune}", "", "", "",
            f"{family} {chance.choice(MIDDLES['Nam'])} {chance.choice(GIVEN['Nam'])}",
            chance.choice(JOBS), str(born.year - chance.randrange(22, 40)),
            _woman(chance),
            chance.choice(JOBS), str(born.year - chance.randrange(20, 38)), room, f"Khối {grade}",
            f"042{3 if sex == 'Nữ' else 2}{born.year % 100:02d}{number:06d}",
        )  # fmt: skip


def _staff(place: int, count: int) -> Iterator[Sequence[str]]:
    chance = random.Random(-1 - place)
    for at in range(count):
        number = place * count + at + 1
        born = date(1970, 1, 1) + timedelta(chance.randrange(9000))
        yield (
            str(at + 1), f"43{number:08d}", _woman(chance), f"{born:%d/%m/%Y}", "Nữ",
            f"0421{born.year % 100:02d}{number:06d}", "Giáo viên THCS",
        )  # fmt: skip


def _woman(chance: random.Random) -> str:
    parts = (FAMILIES, MIDDLES["Nữ"], GIVEN["Nữ"])
    return " ".join(chance.choice(names) for names in parts)


def _write(path: Path, title: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a list as schools do: a title, a blank line, the headers, text cells."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet("Sheet1")
        page.write_string(0, 0, title)
        for line, cells in enumerate([headers, *rows], start=2):
            for column, text in enumerate(cells):
                page.write_string(line, column, text)
