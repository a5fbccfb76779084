"""The primary results layout: known for what it is, compared, never taken for a list of pupils."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from tests.cast import Cast
from tests.factories import make_student
from tests.sheets.rows import counts, load, written

from khuevan.platform.sheets.errors import AnotherList, NoHeader, OldFont
from khuevan.registry.students.api import Student
from khuevan.registry.students.results_layout import RESULTS_LAYOUT

WHY = "a test looks"
LEADING = ("STT", "Mã lớp", "Mã học sinh", "Họ tên", "Ngày sinh")
ABILITIES = (
    "Tự chủ và tự học", "Giao tiếp và hợp tác", "Giải quyết vấn đề và sáng tạo", "Ngôn ngữ",
    "Tính toán", "Khoa học", "Thẩm mĩ", "Thể chất",
)  # fmt: skip
QUALITIES = ("Yêu nước", "Nhân ái", "Chăm chỉ", "Trung thực", "Trách nhiệm")
SINGLE = (
    "Đạo đức", "TN-XH", "Ngoại ngữ", "Tiếng dân tộc", "Tin học", "Công nghệ", "Âm nhạc",
    "Mĩ thuật", "HĐTN", "GDTC",
)  # fmt: skip
ENDING = ("Hoàn thành chương trình", "Lên lớp", "Xếp loại")


def results(path: Path, rows: list[tuple[str, str, str, str]]) -> str:
    """Write a sheet as the ministry's: three rows of headers, merged over what they span."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("KQHT C1 TT27")
        sheet.merge_range(0, 0, 0, 10, "KẾT QUẢ HỌC TẬP HỌC KỲ II")
        top = 2
        for column, text in enumerate(LEADING):
            sheet.merge_range(top, column, top + 2, column, text)
        sheet.merge_range(top, 5, top, 18, "Môn học và hoạt động giáo dục")
        for column, subject in ((5, "Toán"), (7, "Tiếng Việt")):
            sheet.merge_range(top + 1, column, top + 1, column + 1, subject)
            sheet.write_row(top + 2, column, ["Mức đạt được", "Điểm KTĐK"])
        for column, text in enumerate(SINGLE, start=9):
            sheet.merge_range(top + 1, column, top + 2, column, text)
        sheet.merge_range(top, 19, top, 26, "Năng lực")
        sheet.merge_range(top, 27, top, 31, "Phẩm chất")
        for column, text in enumerate((*ABILITIES, *QUALITIES), start=19):
            sheet.merge_range(top + 1, column, top + 2, column, text)
        for column, text in enumerate(ENDING, start=32):
            sheet.merge_range(top, column, top + 2, column, text)
        for number, (room, code, name, born) in enumerate(rows, start=1):
            marks = ["T", "9", "H", "8", *["T"] * 10, *["T"] * 13, "x", "x", "HTXS"]
            sheet.write_row(top + 2 + number, 0, [str(number), room, code, name, born, *marks])
    return str(path)


def test_the_layout_has_35_columns() -> None:
    assert len(RESULTS_LAYOUT.fields) == 35


def test_who_is_on_it_is_compared_and_nothing_written(cast: Cast, tmp_path: Path) -> None:
    born = f"{cast.minh_anh.person.birth_date:%d/%m/%Y}"
    rows = [("6A", "", "Phạm Minh Anh", born), ("6A", "", "Vũ Thị Mới", "01/02/2015")]
    path = results(tmp_path / "kq.xlsx", rows)
    before = Student.objects.unscoped(because=WHY).count()
    words = ("--school", cast.school_a.code, "--accept", "good")
    answer = load("students", path, *words)
    assert (counts(answer), answer.data["files_written"]) == ((0, 0, 1, 1), 0)
    assert Student.objects.unscoped(because=WHY).count() == before
    told = {(one["row"], one["code"]) for one in answer.data["errors"] + answer.data["warnings"]}
    assert {(6, "students.is_results"), (7, "students.results_add_nobody")} <= told


def test_what_differs_is_told_and_not_changed(cast: Cast, tmp_path: Path) -> None:
    pupil = make_student("Lê Hòa", homeroom_class=cast.class_6a, moet_code="4200000777")
    born = f"{pupil.person.birth_date:%d/%m/%Y}"
    path = results(tmp_path / "kq.xlsx", [("6B", "4200000777", "Lê Hòa", born)])
    answer = load("students", path, "--school", cast.school_a.code)
    assert counts(answer) == (0, 0, 1, 0)
    codes = {(one["column"], one["code"]) for one in answer.data["warnings"]}
    assert ("Mã lớp", "students.results_differ") in codes


PUPIL = {"STT": "1", "Họ tên": "Vũ Thị Mới", "Ngày sinh": "01/02/2015", "Giới tính": "Nữ",
         "Lớp": "6A", "Dân tộc": "Kinh", "Nơi sinh": "Huế", "Tên cha": "Vũ Văn A"}  # fmt: skip


@pytest.mark.parametrize("kind", ["classes", "staff", "schools"])
def test_a_list_of_pupils_is_no_other_list(cast: Cast, tmp_path: Path, kind: str) -> None:
    path = written(tmp_path / "p.csv", [PUPIL])
    words = () if kind == "schools" else ("--school", cast.school_a.code)
    with pytest.raises(AnotherList, match="học sinh"):
        load(kind, path, *words)


def test_staff_and_classes_are_no_lists_of_pupils(cast: Cast, tmp_path: Path) -> None:
    person = {"Họ tên": "Trần A", "Ngày sinh": "01/02/1985", "Vị trí việc làm": "Giáo viên",
              "Email": "a@b.vn", "Điện thoại": "0912345678"}  # fmt: skip
    room = {"Khối": "6", "Mã lớp": "6A", "Tên lớp": "6A", "GVCN": "Trần A", "Buổi học": "Sáng"}
    for row, match in ((person, "đội ngũ"), (room, "lớp")):
        path = written(tmp_path / "p.csv", [row])
        with pytest.raises(AnotherList, match=match):
            load("students", path, "--school", cast.school_a.code)


@pytest.mark.parametrize(
    "text",
    ["STT;Hä vµ tªn;Ngµy sinh;Líp\n1;NguyÔn V¨n An;01/02/2015;6A\n",
     "STT;Hoï vaø teân;Ngaøy sinh;Lôùp\n1;Nguyeãn Vaên An;01/02/2015;6A\n"],
)  # fmt: skip
def test_old_fonts_are_told(cast: Cast, tmp_path: Path, text: str) -> None:
    for encoding in ("utf-8", "latin-1"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(text.encode(encoding, "replace"))
        with pytest.raises(OldFont):
            load("students", str(path), "--school", cast.school_a.code)


def test_what_a_header_needs_is_said_of_the_kind(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a;b\n1;2\n")
    with pytest.raises(NoHeader, match="Vị trí việc làm"):
        load("staff", str(path), "--school", cast.school_a.code)
