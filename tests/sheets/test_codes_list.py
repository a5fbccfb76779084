"""Temporary codes reconciled with the ministry's by a list of codes alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, make_student
from tests.sheets.rows import Cells, counts, load, reasons, written

from khuevan.registry.people.api import PersonCode, issue_temporary_code
from khuevan.registry.students.models import Student
from khuevan.ui.commands import invoke

WHY = "a test looks"
CODE = "Mã định danh Bộ GD&ĐT"


def pupil(cast: Cast, name: str, **more: Any) -> tuple[Student, str]:
    """Return a pupil of 6B without any code but a temporary one."""
    one = make_student(name, homeroom_class=cast.class_6b, personal_number="", **more)
    return one, issue_temporary_code(actor=EVERYTHING, uuid=one.person.uuid, now=NOW).code


def loaded(cast: Cast, tmp_path: Path, *rows: Cells) -> Any:
    path = written(tmp_path / "codes.csv", list(rows))
    words = ("--school", cast.school_a.code, "--accept", "good")
    return load("codes", path, *words, actor=actor_of(cast.loan))


def code_of(one: Student) -> str | None:
    return Student.objects.unscoped(because=WHY).get(pk=one.pk).moet_code


def test_codes_are_given_by_temporary_code_or_by_name(cast: Cast, tmp_path: Path) -> None:
    (first, told), (second, _code) = pupil(cast, "Vi Thị Mới"), pupil(cast, "Vi Văn Tạm")
    born = f"{second.person.birth_date:%d/%m/%Y}"
    rows = (
        {"Mã tạm": told, "Họ và tên": "", "Ngày sinh": "", CODE: "4200005001"},
        {"Mã tạm": "", "Họ và tên": "VI VĂN TẠM", "Ngày sinh": born, CODE: "4200005002"},
    )
    answer = loaded(cast, tmp_path, *rows)
    assert counts(answer) == (0, 2, 0, 0)
    assert (code_of(first), code_of(second)) == ("4200005001", "4200005002")
    ended = PersonCode.objects.unscoped(because=WHY).filter(person=first.person, kind="TEMPORARY")
    assert ended.get().ends_on is not None
    assert counts(loaded(cast, tmp_path, *rows)) == (0, 0, 2, 0)
    invoke("import-undo", actor_of(cast.loan), answer.data["lists"])
    assert (code_of(first), code_of(second)) == (None, None)
    assert ended.get().ends_on is None, "the temporary code holds again"


def test_what_differs_is_told_and_refused(cast: Cast, tmp_path: Path) -> None:
    (one, told), (other, second) = pupil(cast, "Vi Thị Mới"), pupil(cast, "Vi Văn Tạm")
    taken, _code = pupil(cast, "Vi Văn Ba")
    Student.objects.unscoped(because=WHY).filter(pk=taken.pk).update(moet_code="4200005009")
    answer = loaded(
        cast,
        tmp_path,
        {"Mã tạm": told, "Họ và tên": "Vi Văn Tạm", CODE: "4200005001"},
        {"Mã tạm": "TAM-KHONG-CO", CODE: "4200005002"},
        {"Mã tạm": second, CODE: "4200005009"},
        {"Họ và tên": "Vi Văn Ba", CODE: "4200005003"},
        {"Mã tạm": second, CODE: "4200005004"},
        {"Mã tạm": second, CODE: "4200005005"},
        {"Họ và tên": "Vi Thị Mới", "Ngày sinh": "01/02/2015", CODE: "4200005006"},
        {"Họ và tên": "Vi Văn Ba", "Ngày sinh": "01/02/2015", CODE: "4200005006"},
    )
    assert [code for _row, _column, code in reasons(answer)] == [
        "students.codes_differ",
        "students.codes_name_nobody",
        "students.code_taken",
        "students.codes_name_nothing",
        "students.same_as_row",
        "students.number_in_two_rows",
        "students.number_in_two_rows",
    ]
    assert "Vi Thị Mới" in answer.data["errors"][0]["reason"]
    assert code_of(one) is None
    assert code_of(other) == "4200005004"
