"""Lists of lessons: who gives what, against the plans of classes and the staff of the school."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F, Q
from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_class, make_staff, make_year
from tests.sheets.rows import counts, load, reasons, written
from tests.sheets.tables import differences, everything

from khuevan.platform.access.api import Grant, operator_actor
from khuevan.platform.sheets.reading import read_workbook
from khuevan.registry.curriculum import actions
from khuevan.registry.curriculum.imports.outgoing import flat_rows
from khuevan.registry.curriculum.models import AssignedPeriods, ClassSubject
from khuevan.registry.curriculum.selectors.answering import responsible_for
from khuevan.registry.curriculum.selectors.plans import class_plans
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.staff.api import TeachingAssignment
from khuevan.registry.staff.models import StaffSubject
from khuevan.ui.commands import invoke

WHY = "a test looks"
LAN, TOAN = "Nguyễn Thị Lan", "Lê Quốc Toàn"


Row = dict[str, str]


def line(teacher: str, subject: str, room: str, periods: object = "", **more: str) -> Row:
    told = {"Giáo viên": teacher, "Môn": subject, "Lớp": room, "Số tiết/tuần": str(periods)}
    return told | more


def brought(cast: Cast, tmp_path: Path, *rows: Row, actor: Any = None) -> Any:
    path = written(tmp_path / "pc.csv", rows)
    return load("assignments", path, "--school", cast.school_a.code, actor=actor)


def givers(cast: Cast, room: HomeroomClass, subject: str) -> dict[str, tuple[int, int]]:
    """Return who gives a subject of a class: periods of the first and the last week."""
    plans = class_plans(actor=EVERYTHING, school=cast.school_a, year=make_year(), on=TODAY)
    return {
        one.teaching.person.full_name: (one.weeks[0], one.weeks[-1])
        for plan in plans
        if plan.room.pk == room.pk
        for part in plan.subjects
        if part.row.subject_name == subject
        for one in part.givers
    }


def planned(cast: Cast) -> None:
    actions.fill_plans(actor=EVERYTHING, school=cast.school_a, year=make_year(), now=NOW)


def codes(answer: Any) -> set[str]:
    return {one["code"] for one in answer.data["warnings"]}


def test_a_class_without_a_plan_gets_it_from_the_list(cast: Cast, tmp_path: Path) -> None:
    rows = [line(TOAN, "Toán học", "6b", 4), line(LAN, "Văn", "Lớp 6B", 4)]
    answer = brought(cast, tmp_path, *rows, actor=actor_of(cast.hung))
    assert counts(answer) == (2, 0, 0, 0)
    assert givers(cast, cast.class_6b, "Toán") == {TOAN: (4, 4)}
    plan = ClassSubject.objects.unscoped(because=WHY).filter(homeroom_class=cast.class_6b)
    assert set(plan.values_list("subject_name", "annual", "kind")) == {
        ("Toán", 140, "COMPULSORY"), ("Ngữ văn", 140, "COMPULSORY")}  # fmt: skip
    assert not AssignedPeriods.objects.unscoped(because=WHY).exists()
    grant = Grant.objects.unscoped(because=WHY).filter(
        person=cast.toan, anchor_class_id=cast.class_6b.pk
    )
    assert grant.count() == 1
    assert counts(brought(cast, tmp_path, *rows)) == (0, 0, 2, 0)


def test_two_share_a_subject_and_who_is_not_named_ends(cast: Cast, tmp_path: Path) -> None:
    planned(cast)
    rows = [line(TOAN, "Toán", "6A", 3), line(LAN, "Toán", "6A", 1)]
    assert counts(brought(cast, tmp_path, *rows)) == (1, 1, 0, 0)
    assert givers(cast, cast.class_6a, "Toán") == {TOAN: (3, 3), LAN: (1, 1)}
    answer = brought(cast, tmp_path, line(LAN, "Toán", "6A", 4))
    assert counts(answer) == (0, 1, 0, 0)
    assert codes(answer) == {"curriculum.takes_over"}
    assert givers(cast, cast.class_6a, "Toán") == {LAN: (4, 4)}
    old = TeachingAssignment.objects.unscoped(because=WHY).get(
        person=cast.toan, homeroom_class=cast.class_6a
    )
    assert old.ends_on == TODAY


def test_more_than_planned_is_refused_and_less_is_told(cast: Cast, tmp_path: Path) -> None:
    planned(cast)
    answer = brought(cast, tmp_path, line(TOAN, "Toán", "6A", 5), line(LAN, "Tin", "6A", 1))
    assert reasons(answer) == [(2, "Số tiết/tuần", "curriculum.more_than_planned")]
    assert not answer.data["lists"]
    answer = brought(cast, tmp_path, line(TOAN, "Toán", "6A", 3))
    assert codes(answer) == {"curriculum.less_than_planned"}
    assert givers(cast, cast.class_6a, "Toán") == {TOAN: (3, 3)}


def test_terms_have_numbers_of_their_own(cast: Cast, tmp_path: Path) -> None:
    terms = {"HK I": "1", "HK II": "2"}
    assert counts(brought(cast, tmp_path, line(LAN, "Lịch sử", "6B", **terms))) == (1, 0, 0, 0)
    assert givers(cast, cast.class_6b, "Lịch sử") == {LAN: (1, 2)}
    assert counts(brought(cast, tmp_path, line(LAN, "Lịch sử", "6B", 1))) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (line("Người Lạ", "Toán", "6A", 4), "Giáo viên", "curriculum.unknown_teacher"),
        (line(TOAN, "Phù thủy", "6A", 4), "Môn", "curriculum.unknown_subject"),
        (line(TOAN, "Toán", "6Z", 4), "Lớp", "curriculum.unknown_class"),
        (line(TOAN, "Toán", "6B", 60), "Số tiết/tuần", "curriculum.periods_unfit"),
        (line(TOAN, "Toán", "6B", 0), "Số tiết/tuần", "curriculum.periods_unfit"),
        (line(TOAN, "Toán", "6B"), "Lớp", "curriculum.blank_periods"),
        (line("Trần Thị Mai", "Toán", "6B", 4), "Giáo viên", "curriculum.unknown_teacher"),
    ],
)
def test_what_is_wrong_is_told_in_its_cell(
    cast: Cast, tmp_path: Path, row: Row, column: str, code: str
) -> None:
    answer = brought(cast, tmp_path, row)
    assert reasons(answer) == [(2, column, code)]
    told = answer.data["errors"][0]
    assert told["value"] == row[column]
    assert (
        not TeachingAssignment.objects.unscoped(because=WHY)
        .filter(homeroom_class=cast.class_6b)
        .exists()
    )


def test_two_of_one_name_are_told_by_code(cast: Cast, tmp_path: Path) -> None:
    other = make_staff(LAN, school=cast.school_a)
    other.moet_code = "4200001234"
    other.save(update_fields=["moet_code"])
    answer = brought(cast, tmp_path, line(LAN, "Toán", "6B", 4))
    assert reasons(answer) == [(2, "Giáo viên", "curriculum.several_teachers")]
    assert "4200001234" in answer.data["errors"][0]["reason"]
    coded = line(LAN, "Toán", "6B", 4, **{"Mã GV": "4200001234"})
    assert counts(brought(cast, tmp_path, coded)) == (1, 0, 0, 0)
    bracketed = line(f"{LAN} (4200001234)", "Toán", "6B", 4)
    assert counts(brought(cast, tmp_path, bracketed)) == (0, 0, 1, 0)
    taught = TeachingAssignment.objects.unscoped(because=WHY)
    assert taught.get(homeroom_class=cast.class_6b).staff_member == other


def test_sixty_periods_on_one_teacher_are_written_and_warned_of(cast: Cast, tmp_path: Path) -> None:
    rooms = [make_class(f"7{sign}", school=cast.school_a) for sign in "GHIKLM"]
    answer = brought(cast, tmp_path, *[line(TOAN, "Toán", room.name, 10) for room in rooms])
    assert counts(answer) == (6, 0, 0, 0)
    (warning,) = answer.data["warnings"]
    assert (warning["row"], warning["code"]) == (2, "curriculum.over_the_limit")
    for number in ("60", "19", "28,5"):
        assert number in warning["reason"]


def test_who_does_not_plan_adds_no_plan(cast: Cast, tmp_path: Path) -> None:
    operator = operator_actor(on=TODAY, login="tests")
    actor = replace(operator, permissions=operator.permissions - {"curriculum.plan:manage"})
    answer = brought(cast, tmp_path, line(TOAN, "Toán", "6B", 4), actor=actor)
    assert reasons(answer) == [(2, "Số tiết/tuần", "curriculum.no_plan")]


def test_lessons_hold_from_the_day_of_the_list_to_the_years_end(cast: Cast, tmp_path: Path) -> None:
    brought(cast, tmp_path, line(TOAN, "Toán", "6B", 4))
    held = TeachingAssignment.objects.unscoped(because=WHY).get(homeroom_class=cast.class_6b)
    assert (held.starts_on, held.ends_on) == (TODAY, make_year().ends_on)


def test_a_list_is_taken_back_with_what_it_let_see(cast: Cast, tmp_path: Path) -> None:
    planned(cast)
    before = everything()
    rows = [line(TOAN, "Toán", "6A", 2), line(LAN, "Toán", "6A", 2), line(LAN, "Tin", "6B", 1)]
    answer = brought(cast, tmp_path, *rows)
    assert counts(answer) == (2, 1, 0, 0)
    assert differences(before, everything())
    (number,) = answer.data["lists"]
    invoke("import-undo", operator_actor(on=TODAY, login="tests"), [number])
    assert differences(before, everything()) == []
    granted = Grant.objects.unscoped(because=WHY).filter(
        person=cast.lan, anchor_class_id=cast.class_6b.pk
    )
    assert not granted.filter(Q(ends_on=None) | Q(ends_on__gt=F("starts_on"))).exists()


@pytest.mark.parametrize("words", [(), ("--layout", "vnedu")])
def test_what_goes_out_comes_in_unchanged(
    cast: Cast, tmp_path: Path, words: tuple[str, ...]
) -> None:
    planned(cast)
    same = make_staff(LAN, school=cast.school_a)
    same.moet_code = "4200001234"
    same.save(update_fields=["moet_code"])
    first = make_staff("=Nguyễn Văn A1", school=cast.school_a).person.full_name
    brought(cast, tmp_path, line(TOAN, "Toán", "6A", 3), line(first, "Toán", "6A", 1))
    brought(cast, tmp_path, line(LAN, "Lịch sử và Địa lí", "6B", 3, **{"Mã GV": "4200001234"}))
    brought(cast, tmp_path, line(TOAN, "Công nghệ", "7A", **{"HK I": "0", "HK II": "1"}))
    path = tmp_path / "ra.xlsx"
    operator = operator_actor(on=TODAY, login="tests")
    told = invoke(
        "export", operator, ["assignments", str(path), "--school", cast.school_a.code, *words]
    )
    assert told.data["count"]
    answer = load("assignments", str(path), "--school", cast.school_a.code, "--check")
    assert counts(answer) == (0, 0, told.data["count"], 0), answer.data["errors"]
    told_rows = [row for sheet in read_workbook(path).sheets for row in sheet.rows]
    assert any(first in row.cells for row in told_rows)


def test_the_workbook_of_vnedu_has_its_three_sheets(cast: Cast, tmp_path: Path) -> None:
    planned(cast)
    path = tmp_path / "ra.xlsx"
    operator = operator_actor(on=TODAY, login="tests")
    code = cast.school_a.code
    invoke("export", operator, ["assignments", str(path), "--school", code, "--layout", "vnedu"])
    sheets = read_workbook(path).sheets
    assert [sheet.name for sheet in sheets] == ["PCGD_Mau1", "MONVNEDU", "LOPVNEDU"]
    assert sheets[0].rows[0].cells == ["GIAOVIEN", "MONVNEDU", "DSLOPDAY"]
    assert [TOAN, "Toán", "6A(4), 7A(4)"] in [row.cells for row in sheets[0].rows]


def test_the_second_list_of_a_day_is_taken_back_to_the_first(cast: Cast, tmp_path: Path) -> None:
    planned(cast)
    brought(cast, tmp_path, line(TOAN, "Tin", "6B", **{"HK I": "1", "HK II": "0"}))
    before = everything()
    answer = brought(cast, tmp_path, line(LAN, "Tin", "6B", 1))
    assert counts(answer) == (0, 1, 0, 0)
    assert givers(cast, cast.class_6b, "Tin học") == {LAN: (1, 1)}
    taught = TeachingAssignment.objects.unscoped(because=WHY).filter(homeroom_class=cast.class_6b)
    assert not taught.filter(person=cast.toan).exists()  # what had not begun before today goes
    invoke("import-undo", operator_actor(on=TODAY, login="tests"), answer.data["lists"])
    assert differences(before, everything()) == []


def test_who_answers_for_marks_comes_in_and_goes_out(cast: Cast, tmp_path: Path) -> None:
    planned(cast)
    make_staff("Đỗ Văn Lí", school=cast.school_a)
    make_staff("Bùi Thị Hóa", school=cast.school_a)
    science = "Khoa học tự nhiên"

    def rows(*marks: str) -> list[Row]:
        names = ("Đỗ Văn Lí", "Bùi Thị Hóa")
        return [
            line(name, science, "6B", 2, **{"Phụ trách điểm": mark})
            for name, mark in zip(names, marks, strict=True)
        ]

    assert "curriculum.several_answer" in str(brought(cast, tmp_path, *rows("x", "có")).data)
    brought(cast, tmp_path, *rows("", "x"))
    lesson = cast.class_6b.pk, science
    found = responsible_for([cast.class_6b.pk], on=TODAY)[lesson]
    assert (found.member.person.full_name, found.is_settled) == ("Bùi Thị Hóa", True)
    out = list(flat_rows(EVERYTHING, cast.school_a.pk, TODAY))
    assert [(one["teacher"], one["answers"]) for one in out if one["subject"] == science] == [
        ("Bùi Thị Hóa", "x"),
        ("Đỗ Văn Lí", ""),
    ]
    before = everything()
    answer = brought(cast, tmp_path, *rows("X", ""))
    found = responsible_for([cast.class_6b.pk], on=TODAY)[lesson]
    assert found.member.person.full_name == "Đỗ Văn Lí"
    invoke("import-undo", operator_actor(on=TODAY, login="tests"), answer.data["lists"])
    assert differences(before, everything()) == []


def test_a_row_holds_from_its_day(cast: Cast, tmp_path: Path) -> None:
    planned(cast)
    teacher = make_staff("Đỗ Văn Toán", school=cast.school_a)
    day = TODAY + timedelta(days=20)
    from_day = {"Từ ngày": f"{day:%d/%m/%Y}"}
    brought(cast, tmp_path, line("Đỗ Văn Toán", "Toán", "6B", 4, **from_day))
    (row,) = TeachingAssignment.objects.unscoped(because=WHY).filter(
        homeroom_class=cast.class_6b, subject_name="Toán", staff_member=teacher
    )
    assert row.starts_on == day
    wrong = brought(
        cast, tmp_path, line("Đỗ Văn Toán", "Tin học", "6B", 1, **{"Từ ngày": "01/01/2001"})
    )
    assert "curriculum.outside_the_year" in str(wrong.data)


def test_training_for_something_else_is_told(cast: Cast, tmp_path: Path) -> None:
    planned(cast)
    teacher = make_staff("Đỗ Thị Vẽ", school=cast.school_a)
    StaffSubject.objects.create(
        staff_member=teacher,
        person=teacher.person,
        subject_name="Mĩ thuật",
        tie="TRAINED",
        starts_on=TODAY - timedelta(days=9),
    )
    answer = brought(
        cast, tmp_path, line("Đỗ Thị Vẽ", "Toán", "6B", 4), line("Đỗ Thị Vẽ", "Mĩ thuật", "6B", 1)
    )
    assert "curriculum.not_trained" in codes(answer)
    assert givers(cast, cast.class_6b, "Toán") == {"Đỗ Thị Vẽ": (4, 4)}
