"""Files of marks: vnEdu's sheet of a class and subject, the ministry's of primary results."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, make_staff, make_year
from tests.sheets.rows import Cells, counts, load, reasons, written

from khuevan.platform.accounts.api import Person
from khuevan.registry.curriculum.api import fill_plans
from khuevan.registry.schools.api import School
from khuevan.registry.students.api import Student
from khuevan.school.gradebooks.api import Gradebook, How, Mark, SubjectResult, open_books
from khuevan.school.gradebooks.imports.outgoing import mark_rows, result_rows
from khuevan.ui.commands import invoke

WHY = "a test looks"
TITLES = ("SỔ ĐIỂM", "Lớp: 6A   Môn học: Toán   Học kỳ: I")


def opened(who: Person, school: School) -> None:
    actor = actor_of(who)
    fill_plans(actor=actor, school=school, year=make_year(), now=NOW)
    open_books(actor=actor, school=school, year=make_year(), now=NOW)


@pytest.fixture
def pupils(cast: Cast) -> list[Student]:
    """Open the gradebooks of school A; give the pupils of 6A, with codes."""
    opened(cast.hung, cast.school_a)
    found = [cast.minh_anh, *cast.others_6a]
    for number, one in enumerate(found):
        Student.objects.unscoped(because=WHY).filter(pk=one.pk).update(
            moet_code=f"42000510{number}"
        )
        one.moet_code = f"42000510{number}"
    return found


def line(one: Student, **marks: str) -> Cells:
    return {"Mã học sinh": one.moet_code or "", "Họ và tên": one.person.full_name, **marks}


def loaded(cast: Cast, path: Path, *rows: Cells, titles: tuple[str, ...] = TITLES) -> Any:
    file = written(path / "marks.csv", list(rows), *titles)
    words = ("--school", cast.school_a.code, "--accept", "good")
    return load("marks", file, *words, actor=actor_of(cast.loan))


def values(one: Student) -> dict[int, int]:
    rows = Mark.objects.unscoped(because=WHY).filter(student=one)
    return dict(rows.values_list("slot", "value"))


def test_a_sheet_of_a_class_comes_in_with_its_averages(
    cast: Cast, pupils: list[Student], tmp_path: Path
) -> None:
    full = {"ĐĐGtx1": "8", "ĐĐGtx2": "7,5", "TX3": "9.0", "TX 4": "8", "ĐĐGgk": "7.5", "CK": "8"}
    rows = [line(pupils[0], **full), line(pupils[1], ĐĐGtx1="10"), line(pupils[2])]
    answer = loaded(cast, tmp_path, *rows)
    assert counts(answer) == (2, 0, 1, 0)
    assert values(pupils[0]) == {101: 80, 102: 75, 103: 90, 104: 80, 140: 75, 150: 80}
    assert values(pupils[1]) == {101: 100}, "an empty cell of a file empties nothing"
    result = SubjectResult.objects.unscoped(because=WHY).get(student=pupils[0])
    assert result.term_1 == 79
    (how,) = set(Mark.objects.unscoped(because=WHY).values_list("how", flat=True))
    assert how == How.FILE
    assert counts(loaded(cast, tmp_path, *rows)) == (0, 0, 3, 0)
    assert counts(loaded(cast, tmp_path, line(pupils[1], ĐĐGtx1="9"))) == (0, 1, 0, 0)


def test_a_shifted_column_reaches_nobody(cast: Cast, pupils: list[Student], tmp_path: Path) -> None:
    first, second, third = pupils
    moved = [
        {**line(first), "Họ và tên": second.person.full_name, "ĐĐGgk": "9"},
        {**line(second), "Họ và tên": third.person.full_name, "ĐĐGgk": "5"},
        {**line(third), "Mã học sinh": "4299999999", "ĐĐGgk": "5"},
        {"Họ và tên": "Không Có Em Này", "ĐĐGgk": "5"},
    ]
    answer = loaded(cast, tmp_path, *moved)
    assert [code for _row, _column, code in reasons(answer)] == [
        "gradebooks.code_and_name",
        "gradebooks.code_and_name",
        "gradebooks.unknown_code",
        "gradebooks.unknown_pupil",
    ]
    assert not Mark.objects.unscoped(because=WHY).exists()


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"ĐĐGgk": "75"}, "gradebooks.no_mark"),
        ({"ĐĐGgk": "11"}, "gradebooks.no_mark"),
        ({"ĐĐGgk": "7,55"}, "gradebooks.no_mark"),
        ({"ĐĐGgk": "T"}, "gradebooks.no_mark"),
        ({"ĐĐGtx7": "7"}, "gradebooks.no_column"),
    ],
)
def test_what_is_no_mark_is_refused_in_its_place(
    cast: Cast, pupils: list[Student], tmp_path: Path, cells: Cells, code: str
) -> None:
    answer = loaded(cast, tmp_path, line(pupils[0], **cells), line(pupils[1], ĐĐGgk="6"))
    assert [(row, why) for row, _column, why in reasons(answer)] == [(4, code)]
    assert values(pupils[0]) == {}
    assert values(pupils[1]) == {140: 60}


def test_a_closed_column_is_not_written_by_a_file_either(
    cast: Cast, pupils: list[Student], tmp_path: Path
) -> None:
    Gradebook.objects.unscoped(because=WHY).filter(
        homeroom_class=cast.class_6a, subject_name="Toán"
    ).update(closed_slots=[140])
    answer = loaded(cast, tmp_path, line(pupils[0], ĐĐGgk="6"))
    assert [code for _row, _column, code in reasons(answer)] == ["gradebooks.locked"]


def test_what_goes_out_changes_nothing_when_it_comes_back(
    cast: Cast, pupils: list[Student], tmp_path: Path
) -> None:
    loaded(cast, tmp_path, *(line(one, ĐĐGtx1="8", ĐĐGgk="6,5") for one in pupils))
    file = tmp_path / "out.xlsx"
    invoke("export", actor_of(cast.loan), ["marks", str(file), "--school", cast.school_a.code,
                                           "--purpose", "REPORTING"])  # fmt: skip
    words = ("--school", cast.school_a.code)
    answer = load("marks", str(file), *words, actor=actor_of(cast.loan))
    new, changed, unchanged, refused = counts(answer)
    assert (new, changed, refused) == (0, 0, 0)
    assert unchanged > 10 * len(pupils)


def test_a_teacher_takes_the_sheet_and_the_clerk_loads_it(
    cast: Cast, pupils: list[Student], tmp_path: Path, client: Client
) -> None:
    book = Gradebook.objects.unscoped(because=WHY).get(
        homeroom_class=cast.class_6a, subject_name="Toán"
    )
    answer = client.sign_in(cast.toan).get(f"/gradebooks/{book.uuid}/sheet.xlsx?period=1")
    file = tmp_path / "6a.xlsx"
    file.write_bytes(answer.content)
    with ZipFile(file) as parts:
        assert 'hidden="1"' in parts.read("xl/worksheets/sheet1.xml").decode()
    lines = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    assert lines[3][:5] == ["STT", "Mã học sinh", "Họ tên", "Ngày sinh", "ĐĐGtx1"]
    in_order = sorted(pupils, key=lambda one: one.person.sort_key)
    assert [line[1] for line in lines[4:]] == [one.moet_code for one in in_order]
    entered = tmp_path / "entered.xlsx"
    with xlsxwriter.Workbook(str(entered)) as filled:
        page = filled.add_worksheet()
        for at, line in enumerate(lines):
            page.write_row(at, 0, line)
        page.write(4, 4, "7,5")
        page.write(5, 4, 8.5)
    words = ("--school", cast.school_a.code)
    told = load("marks", str(entered), *words, actor=actor_of(cast.loan))
    assert counts(told) == (2, 0, 1, 0)
    marks = Mark.objects.unscoped(because=WHY).filter(gradebook=book)
    assert sorted(marks.values_list("slot", "value")) == [(101, 75), (101, 85)]


def test_primary_results_in_thirty_five_columns(cast: Cast, tmp_path: Path) -> None:
    head = make_staff("Lý Thị Hiệu", school=cast.primary, position="PRINCIPAL").person
    opened(head, cast.primary)
    pupil = cast.duc_minh
    row = {
        "Mã lớp": "3C",
        "Họ và tên": pupil.person.full_name,
        "Ngày sinh": "03/03/2018",
        "Toán Mức": "T",
        "Toán Điểm KTĐK": "9",
        "Đạo đức": "H",
        "Tự chủ và tự học": "T",
        "Trách nhiệm": "Đ",
        "Xếp loại": "HTT",
    }
    file = written(tmp_path / "results.csv", [row], "KẾT QUẢ HỌC TẬP", "Đợt: Cuối học kỳ I")
    words = ("--school", cast.primary.code, "--accept", "good")
    answer = load("primary-results", file, *words, actor=actor_of(head))
    assert counts(answer) == (1, 0, 0, 0)
    books = {
        (one.gradebook.subject_name, one.slot): one.value
        for one in Mark.objects.unscoped(because=WHY).select_related("gradebook")
    }
    assert books == {
        ("Toán", 260): 3,
        ("Toán", 261): 90,
        ("Đạo đức", 260): 2,
        ("", 271): 3,
        ("", 285): 2,
    }
    (out,) = result_rows(actor_of(head), cast.primary.pk, NOW.date())
    assert (out["term"], out["math_level"], out["math_mark"]) == ("Cuối học kỳ I", "T", "9")
    assert list(mark_rows(actor_of(head), cast.primary.pk, NOW.date())) == []


def test_no_other_school_and_no_teacher_loads_marks(
    cast: Cast, pupils: list[Student], tmp_path: Path
) -> None:
    file = written(tmp_path / "marks.csv", [line(pupils[0], ĐĐGgk="6")], *TITLES)
    for who in (cast.mai, cast.lan, cast.toan):
        with pytest.raises(Exception, match=r"."):
            load("marks", file, "--school", cast.school_a.code, actor=actor_of(who))
    assert not Mark.objects.unscoped(because=WHY).exists()
