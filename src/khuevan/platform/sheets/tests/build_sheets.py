"""Makes spreadsheets for tests: a real-shaped ministry list, and every way a file can be wrong."""

from __future__ import annotations

import random
import re
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

TITLES = ("ỦY BAN NHÂN DÂN XÃ HƯƠNG SƠN", "TRƯỜNG THCS ĐÔNG KHÊ", "DANH SÁCH HỌC SINH LỚP 6A")
HEADERS = (
    "STT", "Mã định danh Bộ GD&ĐT", "Họ tên", "Ngày sinh", "Giới tính", "Dân tộc", "Trạng thái",
    "SĐT liên hệ", "Nơi sinh chi tiết", "Tổ/thôn Hộ khẩu thường trú", "Tỉnh thành quê quán",
    "Phường Xã quê quán", "Chỗ ở hiện nay", "Số CMND", "Ngày cấp", "Nơi cấp", "Tên cha",
    "Nghề nghiệp cha", "Năm sinh cha", "Tên mẹ", "Nghề nghiệp mẹ", "Năm sinh mẹ", "Lớp học",
    "Khối học", "Số định danh cá nhân",
)  # fmt: skip
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi", "Hà")
MIDDLES = {"Nam": ("Văn", "Minh", "Gia", "Đức"), "Nữ": ("Thị", "Ngọc", "Khánh", "Quỳnh")}
GIVEN = {"Nam": ("An", "Bảo", "Dũng", "Đạt", "Huy"), "Nữ": ("Ánh", "Chi", "Hà", "Ngân", "Yến")}

NO_STREAM = 0xFFFFFFFF
END_OF_CHAIN = 0xFFFFFFFE
FAT_SECTOR = 0xFFFFFFFD
SECTOR = 512


@dataclass(frozen=True)
class Pupil:
    """One invented pupil of a class list."""

    number: int
    name: str
    sex: str
    born: date
    class_name: str

    @property
    def personal_number(self) -> str:
        """Return a number that agrees with the pupil."""
        digit = 3 if self.sex == "Nữ" else 2
        return f"042{digit}{self.born.year % 100:02d}{self.number:06d}"

    def cells(self) -> dict[str, str]:
        """Return the cells of the ministry's list by header, all text."""
        return {
            "STT": str(self.number),
            "Mã định danh Bộ GD&ĐT": f"42{self.number:08d}",
            "Họ tên": self.name,
            "Ngày sinh": self.born.strftime("%d/%m/%Y"),
            "Giới tính": self.sex,
            "Dân tộc": "Kinh",
            "Trạng thái": "Đang học",
            "SĐT liên hệ": f"0912{self.number:06d}",
            "Nơi sinh chi tiết": "Hà Tĩnh",
            "Tên cha": f"{self.name.split()[0]} Văn Cường",
            "Năm sinh cha": "1980",
            "Tên mẹ": "Trần Thị Hoà",
            "Năm sinh mẹ": "1983",
            "Lớp học": self.class_name,
            "Khối học": "Khối 6",
            "Số định danh cá nhân": self.personal_number,
        }


def pupils(count: int = 45, class_name: str = "6A", seed: int = 42) -> list[Pupil]:
    """Invent a class, the same for the same seed."""
    chance = random.Random(seed)
    made = []
    for number in range(1, count + 1):
        sex = chance.choice(("Nam", "Nữ"))
        parts = (chance.choice(FAMILIES), chance.choice(MIDDLES[sex]), chance.choice(GIVEN[sex]))
        born = date(2015, 1, 1) + timedelta(days=chance.randrange(365))
        made.append(Pupil(number, " ".join(parts), sex, born, class_name))
    return made


@dataclass
class ClassList:
    """A ministry list on one sheet, to be bent before it is written."""

    rows: list[dict[str, Any]] = field(default_factory=lambda: [p.cells() for p in pupils()])
    headers: Sequence[str] = HEADERS
    titles: Sequence[str] = TITLES
    sheet: str = "Sheet1"
    hidden_columns: Sequence[str] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    footer: Sequence[Sequence[str]] = ()
    extra_sheets: Mapping[str, Sequence[Sequence[Any]]] = field(default_factory=dict)

    @property
    def header_row(self) -> int:
        """Return the number of the header row, as a person counts."""
        return len(self.titles) + 2

    def row_number(self, index: int) -> int:
        """Return the number of a data row, as a person counts."""
        return self.header_row + 1 + index

    def column_of(self, header: str) -> int:
        """Return the index of a column."""
        return list(self.headers).index(header)

    def write(self, path: Path) -> Path:
        """Write the list: titles, a blank row, the header, the pupils, a footer after a gap."""
        with xlsxwriter.Workbook(str(path)) as book:
            page = book.add_worksheet(self.sheet)
            for line, title in enumerate(self.titles):
                page.merge_range(line, 0, line, 10, title)
            shown = [self.renamed.get(header, header) for header in self.headers]
            page.write_row(self.header_row - 1, 0, shown)
            for header in self.hidden_columns:
                page.set_column(
                    self.column_of(header), self.column_of(header), None, None, {"hidden": 1}
                )
            for line, row in enumerate(self.rows, start=self.header_row):
                for column, header in enumerate(self.headers):
                    write_cell(book, page, line, column, row.get(header, ""))
            for line, cells in enumerate(self.footer, start=self.header_row + len(self.rows) + 1):
                page.write_row(line, 0, cells)
            for name, lines in self.extra_sheets.items():
                extra = book.add_worksheet(name)
                for line, cells in enumerate(lines):
                    extra.write_row(line, 0, cells)
        return path


def write_cell(book: Any, page: Any, line: int, column: int, value: Any) -> None:
    """Write text as text, numbers as numbers, dates as formatted serials."""
    if isinstance(value, date):
        page.write_datetime(line, column, value, book.add_format({"num_format": "dd/mm/yyyy"}))
    elif isinstance(value, str):
        page.write_string(line, column, value)
    else:
        page.write(line, column, value)


def edit_package(path: Path, edit: Callable[[str, bytes], bytes]) -> Path:
    """Rewrite the parts of a package in place."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, edit(name, content))
    return path


def declare_dimension(path: Path, dimension: str) -> Path:
    """Make the first sheet declare a dimension it does not have."""

    def edit(name: str, content: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return content
        return re.sub(
            rb'<dimension ref="[^"]*"', b'<dimension ref="%s"' % dimension.encode(), content
        )

    return edit_package(path, edit)


def sheet_xml_package(path: Path, sheet_data: bytes) -> Path:
    """Replace the rows of a small workbook by raw XML."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write(0, 0, "a")
    return edit_package(
        path,
        lambda name, content: (
            re.sub(
                rb"<sheetData>.*</sheetData>",
                lambda _: b"<sheetData>" + sheet_data + b"</sheetData>",
                content,
            )
            if name.endswith("sheet1.xml")
            else content
        ),
    )


def bomb(path: Path, mebibytes: int) -> Path:
    """Make a small workbook whose sheet unpacks to many MB of blanks."""
    return sheet_xml_package(path, b" " * (mebibytes << 20))


def lying_bomb(path: Path, mebibytes: int) -> Path:
    """Make a bomb whose directory declares a harmless size."""
    bomb(path, mebibytes)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        entry = package.getinfo("xl/worksheets/sheet1.xml")
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = -1
        while (place := data.find(signature, place + 1)) != -1:
            if data[place + offset : place + offset + 4] == struct.pack("<I", entry.file_size):
                data[place + offset : place + offset + 4] = struct.pack("<I", 4096)
    path.write_bytes(data)
    return path


def far_cell(path: Path, cell: str = "XFD1048576") -> Path:
    """Make a workbook with one cell beside the table's end of the world."""
    number = re.sub("[A-Z]", "", cell)
    row = f'<row r="{number}"><c r="{cell}" t="str"><v>x</v></c></row>'
    first = '<row r="1"><c r="A1" t="str"><v>Họ tên</v></c></row>'
    return sheet_xml_package(path, (first + row).encode())


def package_of(path: Path, names: Sequence[str]) -> Path:
    """Make a zip package with nearly empty parts of these names."""
    with zipfile.ZipFile(path, "w") as package:
        for name in names:
            package.writestr(name, "<x/>")
    return path


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """Make a minimal compound file (the container of .xls and of encrypted .xlsx)."""
    entries = [_directory_entry("Root Entry", 5, child=1)]
    body, fat = b"", [FAT_SECTOR]
    directory_sectors = -(-(len(streams) + 1) // 4)
    fat += [*range(2, directory_sectors + 1), END_OF_CHAIN]
    for number, (name, content) in enumerate(streams.items(), start=1):
        padded = content.ljust(-(-max(len(content), 4096) // SECTOR) * SECTOR, b"\0")
        start, size = len(fat), len(padded) // SECTOR
        right = number + 1 if number < len(streams) else NO_STREAM
        entries.append(_directory_entry(name, 2, right=right, start=start, size=len(padded)))
        fat += [*range(start + 1, start + size), END_OF_CHAIN]
        body += padded
    directory = b"".join(entries).ljust(directory_sectors * SECTOR, b"\0")
    table = b"".join(struct.pack("<I", item) for item in fat).ljust(SECTOR, b"\xff")
    return _compound_header() + table + directory + body


def _compound_header() -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096,
                        END_OF_CHAIN, 0, END_OF_CHAIN, 0)  # fmt: skip
    return head + struct.pack("<I", 0) + b"\xff" * (108 * 4)


def _directory_entry(
    name: str, kind: int, *, child: int = NO_STREAM, right: int = NO_STREAM,
    start: int = END_OF_CHAIN, size: int = 0,
) -> bytes:  # fmt: skip
    encoded = (name + "\0").encode("utf-16-le")
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded), kind, 1, NO_STREAM, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def old_workbook(rows: Sequence[Sequence[str | float]], *, is_locked: bool = False) -> bytes:
    """Make a minimal .xls of one sheet."""
    lock = _record(0x2F, struct.pack("<HHH48x", 1, 1, 1)) if is_locked else b""
    before = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)) + lock
    name = "Lớp 6A".encode("utf-16-le")
    sheet_head = struct.pack("<BBBB", 0, 0, len(name) // 2, 1) + name
    start = len(before) + 4 + 4 + len(sheet_head) + 4
    book = before + _record(0x85, struct.pack("<I", start) + sheet_head) + _record(0x0A, b"")
    page = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    width = max(len(row) for row in rows)
    page += _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            page += _old_cell(line, column, value)
    return compound_file({"Workbook": book + page + _record(0x0A, b"")})


def _old_cell(line: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", line, column, 0)
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x204, place + struct.pack("<HB", len(text) // 2, 1) + text)
    return _record(0x203, place + struct.pack("<d", value))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content
