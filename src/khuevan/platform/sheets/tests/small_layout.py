"""A small layout and its lists for tests of this app; the real ones belong to higher layers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from khuevan.platform.sheets.code_lists import CodeList, Entry, class_list
from khuevan.platform.sheets.layouts import Field, Layout
from khuevan.platform.sheets.parsing import Context
from khuevan.platform.sheets.reading import Merge, Row, Sheet

NAME = Field(
    "full_name",
    "Họ tên",
    "Name",
    "full_name",
    required=True,
    aliases=("Họ và tên",),
    splits_into=("family_middle_name", "given_name"),
)
CLASS = Field("class_name", "Lớp", "Class", "listed", required=True, codes="classes",
              aliases=("Tên lớp", "Mã lớp"))  # fmt: skip
LIST = Layout(
    "test.list",
    "List",
    (
        Field("ordinal", "STT", "No.", "ordinal"),
        NAME,
        Field("family_middle_name", "Họ đệm", "Family name", "name"),
        Field("given_name", "Tên", "Given name", "name"),
        Field("birth_date", "Ngày sinh", "Born", "birth_date"),
        Field("sex", "Giới tính", "Sex", "sex"),
        Field("code", "Mã học sinh", "Code", "code", aliases=("Mã HS",)),
        Field("math", "Toán", "Mathematics", aliases=("Toán Điểm",)),
        Field("whole", "Toàn bộ", "All", "mark"),
        CLASS,
        Field("number", "Số định danh cá nhân", "Number", "personal_number"),
    ),
)
CODES = {
    "classes": class_list([("c1", "6A"), ("c2", "6B"), ("c3", "6C")], "sheets.not_in_list"),
    "groups": CodeList((Entry("01", "Kinh"), Entry("08", "Mông", ("Hmông", "H'Mông")))),
}
CONTEXT = Context(date(2026, 11, 22), CODES)


def sheet_of(
    lines: Sequence[Sequence[Any]],
    *,
    name: str = "Sheet1",
    merges: Sequence[Merge] = (),
    is_hidden: bool = False,
) -> Sheet:
    """Make a sheet of lines, leaving blank lines out as reading does."""
    rows = [Row(number, list(cells)) for number, cells in enumerate(lines, start=1)]
    return Sheet(name, [row for row in rows if any(cell != "" for cell in row.cells)],
                 is_hidden, tuple(merges))  # fmt: skip
