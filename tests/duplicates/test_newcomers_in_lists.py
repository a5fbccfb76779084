"""The check of a list warns of new rows whose people may be recorded already, and refuses none."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from khuevan.platform.audit.api import AuditEntry
from khuevan.platform.sheets.api import Fault
from tests.cast import Cast, actor_of
from tests.factories import make_guardian_data, make_staff, make_student
from tests.sheets.rows import Cells, load, written

pytestmark = pytest.mark.django_db
BORN = date(2015, 2, 9)
NAME = "Đỗ Thị Ngọc Ánh"
ROW = {
    "Họ và tên": NAME,
    "Ngày sinh": "09/02/2015",
    "Giới tính": "Nữ",
    "Lớp": "6A",
    "Họ tên mẹ": "Lê Thị Gần",
    "SĐT mẹ": "0912000111",
}
OTHER = {**ROW, "Họ và tên": "Hà Văn Khác", "Ngày sinh": "01/03/2015", "Giới tính": "Nam"}


def checked(cast: Cast, tmp_path: Path, *rows: Cells, kind: str = "students") -> Any:
    """Check a list as Ms Loan, the clerk of school A."""
    path = written(tmp_path / "l.csv", list(rows))
    words = ("--check", "--school", cast.school_a.code)
    return load(kind, path, *words, actor=actor_of(cast.loan)).data


def warned(answer: Any) -> list[tuple[int, str]]:
    return [(one["row"], one["code"]) for one in answer["warnings"]
            if one["code"].startswith("duplicates.")]  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"Họ và tên": "Do Thi Ngoc Anh"},
        {"Họ và tên": "Đỗ Ngọc Ánh"},
        {"Ngày sinh": "02/09/2015"},
        {"Ngày sinh": "09/02/2014"},
    ],
)
def test_a_pupil_of_another_school_is_told_without_a_fact(
    cast: Cast, tmp_path: Path, changes: dict[str, str]
) -> None:
    mother = make_guardian_data("Lê Thị Gần", phone="0912000111")
    values: dict[str, Any] = {"birth_date": BORN, "sex": "FEMALE", "guardians": (mother,)}
    make_student(NAME, homeroom_class=cast.class_b, **values)
    answer = checked(cast, tmp_path, OTHER, ROW | changes)
    assert warned(answer) == [(3, "duplicates.alike_elsewhere")]
    assert (answer["new"], answer["refused"]) == (2, 0)
    (said,) = (one["reason"] for one in answer["warnings"] if one["row"] == 3)
    for secret in ("điện thoại", "giám hộ", "Gần", "0111", cast.school_b.code):
        assert secret not in said, secret


def test_an_own_pupil_is_told_by_name(cast: Cast, tmp_path: Path) -> None:
    make_student(NAME, homeroom_class=cast.class_6b, birth_date=BORN, sex="FEMALE")
    answer = checked(cast, tmp_path, ROW | {"Ngày sinh": "02/09/2015"})
    assert warned(answer) == [(2, "duplicates.alike_here")]
    said = answer["warnings"][0]["reason"]
    assert NAME in said
    assert "ngày và tháng sinh" in said


@pytest.mark.parametrize(
    "changes",
    [
        {"Họ và tên": "Đỗ Thị Bảo Ánh"},
        {"Ngày sinh": "20/05/2013"},
        {"Họ tên mẹ": "Trần Thị Xa", "SĐT mẹ": "0912000999"},
    ],
)
def test_twins_and_namesakes_are_not_told(
    cast: Cast, tmp_path: Path, changes: dict[str, str]
) -> None:
    mother = make_guardian_data("Lê Thị Gần", phone="0912000111")
    values: dict[str, Any] = {"birth_date": BORN, "sex": "FEMALE", "guardians": (mother,)}
    make_student(NAME, homeroom_class=cast.class_b, **values)
    assert warned(checked(cast, tmp_path, ROW | changes)) == []


def test_staff_are_compared_with_staff(cast: Cast, tmp_path: Path) -> None:
    teacher = make_staff("Lê Văn Thầy", school=cast.school_b)
    teacher.person.birth_date = date(1985, 3, 4)
    teacher.person.save(update_fields=["birth_date"])
    row = {"Họ tên": "Lê Văn Thầy", "Ngày sinh": "04/03/1985", "Giới tính": "Nam",
           "Vị trí việc làm": "Giáo viên THCS"}  # fmt: skip
    answer = checked(cast, tmp_path, row, kind="staff")
    assert warned(answer) == [(2, "duplicates.colleague_alike")]
    assert answer["new"] == 1


def test_who_was_told_of_is_noted_once_a_day(cast: Cast, tmp_path: Path) -> None:
    pupil = make_student(NAME, homeroom_class=cast.class_b, birth_date=BORN, sex="FEMALE")
    path = written(tmp_path / "l.csv", [ROW])
    again = written(tmp_path / "m.csv", [ROW | {"Lớp": "6B"}])
    for one in (path, again):
        load("students", one, "--school", cast.school_a.code, actor=actor_of(cast.loan))
    log = AuditEntry.objects.unscoped(because="a test").filter(code="duplicates.newcomer.told")
    assert log.filter(person_id=pupil.person_id).count() == 1


def test_why_is_told_in_the_language_of_the_reader() -> None:
    kept = Fault("duplicates.alike_elsewhere", "", 3, params={"why": "name:SAME birth_date:SLIP"})
    with translation.override("en"):
        assert "the same name; one digit of the date of birth differs" in kept.reason
    with translation.override("vi"):
        assert "cùng họ tên" in kept.reason
