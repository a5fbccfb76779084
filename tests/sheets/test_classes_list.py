"""The classes of a school from a list: opened once, changed where told, nothing erased."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, actor_of
from tests.factories import TODAY, make_grade
from tests.sheets.rows import counts, load, reasons, written

from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import AuditEntry
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.schools.imports.class_plan import grade_code
from khuevan.registry.staff.api import homeroom_teachers

WHY = "a test looks"
ROW = {
    "STT": "1",
    "Khối": "Khối 6",
    "Tên lớp": "6C",
    "GVCN": "Lê Quốc Toàn",
    "Buổi học": "Cả ngày",
    "Số buổi/tuần": "9",
    "Lớp ghép": "Không",
    "Lớp chuyên/hòa nhập": "Hòa nhập",
    "Tổ hợp môn": "",
}


def room(cast: Cast, name: str) -> HomeroomClass:
    return HomeroomClass.objects.unscoped(because=WHY).get(school=cast.school_a, name=name)


@pytest.mark.parametrize(
    ("name", "code"),
    [("6A", "6"), ("Lớp 10A1", "10"), ("6.2", "6"), ("Lớn B", "MG5"), ("Toán", "")],
)
def test_a_name_tells_the_grade(name: str, code: str) -> None:
    assert grade_code(name, {}) == code


def test_a_class_is_opened_with_its_teacher_and_again_nothing_changes(
    cast: Cast, tmp_path: Path
) -> None:
    words = (written(tmp_path / "l.csv", [ROW]), "--school", cast.school_a.code)
    assert counts(load("classes", *words, actor=actor_of(cast.loan))) == (1, 0, 0, 0)
    opened = room(cast, "6C")
    told = opened.session, opened.sessions_a_week, opened.is_inclusive
    assert told == ("FULL_DAY", 9, True)
    assert homeroom_teachers([opened.pk], on=TODAY)[opened.pk] == "Lê Quốc Toàn"
    assert counts(load("classes", *words)) == (0, 0, 1, 0)
    changed = {**ROW, "Buổi học": "Chiều", "GVCN": "Nguyễn Thị Lan"}
    words = (written(tmp_path / "l.csv", [changed]), *words[1:])
    assert counts(load("classes", *words)) == (0, 1, 0, 0)
    opened = room(cast, "6C")
    assert (opened.session, opened.sessions_a_week) == ("AFTERNOON", 9)
    assert homeroom_teachers([opened.pk], on=TODAY)[opened.pk] == "Nguyễn Thị Lan"
    assert counts(load("classes", *words)) == (0, 0, 1, 0)


def test_blanks_erase_nothing_and_an_unknown_teacher_is_told(cast: Cast, tmp_path: Path) -> None:
    school = ("--school", cast.school_a.code)
    load("classes", written(tmp_path / "l.csv", [ROW]), *school)
    bare = {"Tên lớp": "6C", "Buổi học": "", "GVCN": "Ai Không Biết", "Số buổi/tuần": ""}
    answer = load("classes", written(tmp_path / "l.csv", [bare]), *school)
    assert counts(answer) == (0, 0, 1, 0)
    assert [one["code"] for one in answer.data["warnings"]] == ["schools.teacher_unknown"]
    assert room(cast, "6C").sessions_a_week == 9


def test_faults_name_their_cell(cast: Cast, tmp_path: Path) -> None:
    make_grade("10")
    rows = [
        {**ROW, "Tên lớp": "6D"},
        {**ROW, "Tên lớp": "6 d"},
        {**ROW, "Tên lớp": "10A", "Khối": "10"},
        {**ROW, "Tên lớp": "Chim Non", "Khối": ""},
        {**ROW, "Tên lớp": "6A", "Khối": "7"},
        {**ROW, "Tên lớp": "6E", "Số buổi/tuần": "99"},
    ]
    answer = load("classes", written(tmp_path / "l.csv", rows), "--school", cast.school_a.code)
    assert reasons(answer) == [
        (3, "Tên lớp", "schools.same_as_row"),
        (4, "Khối", "schools.unknown_grade"),
        (5, "Khối", "schools.grade_needed"),
        (6, "Khối", "schools.other_grade"),
        (7, "Số buổi/tuần", "schools.sessions_unfit"),
    ]


def test_queries_of_a_list_of_classes_do_not_grow_with_it(cast: Cast, tmp_path: Path) -> None:
    bare = {name: text for name, text in ROW.items() if name != "GVCN"}
    asked = []
    for letter, count in (("D", 12), ("E", 36)):
        rows = [{**bare, "Tên lớp": f"6{letter}{at}"} for at in range(count)]
        path = written(tmp_path / "l.csv", rows)
        with CaptureQueriesContext(connection) as caught:
            answer = load("classes", path, "--school", cast.school_a.code)
        assert counts(answer) == (count, 0, 0, 0)
        asked.append(len(caught))
    assert asked[1] <= asked[0] + 2
    opened = room(cast, "6E35")
    assert (opened.session, opened.campus and opened.campus.is_main) == ("FULL_DAY", True)
    entries = AuditEntry.objects.unscoped(because=WHY).filter(code="schools.class_opened")
    assert entries.filter(target_id=opened.pk, unit_id=cast.school_a.pk).count() == 1


def test_another_school_is_not_found(cast: Cast, tmp_path: Path) -> None:
    words = (written(tmp_path / "l.csv", [ROW]), "--school", cast.school_b.code)
    with pytest.raises(NotFound):
        load("classes", *words, actor=actor_of(cast.loan))


def test_words_of_the_ministrys_file_are_known(cast: Cast, tmp_path: Path) -> None:
    row = {**ROW, "Điểm trường": "Điểm trường chính", "Buổi học": "Học 2 buổi/ngày"}
    path = written(tmp_path / "l.csv", [row])
    answer = load("classes", path, "--school", cast.school_a.code)
    assert counts(answer) == (1, 0, 0, 0), answer.data["errors"]
    assert room(cast, "6C").session == "FULL_DAY"


def test_a_fault_tells_the_cell_of_the_file(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path / "l.csv", [{**ROW, "Khối": "Lớp 6", "Tên lớp": "7C"}])
    answer = load("classes", path, "--school", cast.school_a.code, "--check")
    assert [one["value"] for one in answer.data["warnings"]] == ["Lớp 6"]
