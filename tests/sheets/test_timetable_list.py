"""A timetable made elsewhere, with FET or by hand, as a list: matched, written, taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast, actor_of
from tests.factories import NOW
from tests.sheets.loading import confirmed, run_jobs
from tests.sheets.rows import counts, load, reasons, written

from khuevan.platform.sheets.actions import match_names, undo_import, upload_sheets
from khuevan.platform.sheets.api import matches_of
from khuevan.platform.sheets.models import SheetImport
from khuevan.registry.curriculum.api import ASSIGNMENTS
from khuevan.school.timetable.core.values import (
    Constraint,
    Grid,
    Lesson,
    On,
    Problem,
    StudentSet,
    Teacher,
)
from khuevan.school.timetable.fet.document import Document
from khuevan.school.timetable.fet.reading import problem_in
from khuevan.school.timetable.fet.writing import write_problem
from khuevan.school.timetable.imports.reading import half_of, weekday_of
from khuevan.school.timetable.imports.rows import counts_of, lesson_rows, list_of, rule_rows
from khuevan.school.timetable.models import ScheduledLesson, Timetable
from khuevan.school.timetable.rule_models import RuleSetting, TeacherWish

WHY = "a test looks"
LAN, TOAN = "Nguyễn Thị Lan", "Lê Quốc Toàn"
DAYS = ("Thứ 2", "Thứ 3", "Thứ 4", "Thứ 5", "Thứ 6", "Thứ 7")
HOURS = ("T1", "T2", "T3", "T4", "T5")
Row = dict[str, str]


def problem() -> Problem:
    """Return a problem of another school's words: a year with two classes, three lessons."""
    return Problem(
        Grid(DAYS, HOURS),
        (Teacher("C.Lan"), Teacher(TOAN)),
        (StudentSet("Khối 6", 80, (StudentSet("6A", 40), StudentSet("6B", 40))),),
        (),
        (
            Lesson(1, (TOAN,), "Toán", ("6A",)),
            Lesson(2, ("C.Lan",), "Văn", ("6B",), duration=2),
            Lesson(3, (TOAN,), "Thể dục", ("Khối 6",)),
        ),
        (
            Constraint("lessons_in_time"),
            Constraint(
                "preferred_starts", parameters={"lessons": (1,), "slots": ((0, 1),), "locked": True}
            ),
            Constraint("not_available", On.TEACHERS, ("C.Lan",), parameters={"slots": ((5, 0),)}),
            Constraint("max_hours_daily", On.TEACHERS, (TOAN,), parameters={"most": 4}),
            Constraint("min_days_between", weight=95, parameters={
                "lessons": (1, 3), "least": 1, "together_if_same_day": False}),
            Constraint("max_days_per_week", On.TEACHERS, parameters={"most": 5}),
        ),
    )  # fmt: skip


def places() -> list[dict[str, Any]]:
    """Return where a result puts the other two."""
    return [
        {"activity": 2, "day": "Thứ 3", "hour": "T4", "room": None},
        {"activity": 3, "day": "Thứ 7", "hour": "T1", "room": None},
    ]


def brought(cast: Cast, content: bytes) -> SheetImport:
    (taken,) = upload_sheets(
        actor=actor_of(cast.loan),
        kind="timetable.week",
        unit_id=cast.school_a.pk,
        upload=ContentFile(content, name="khác.csv"),
        now=NOW,
    )
    return taken


def lessons(cast: Cast) -> list[tuple[Any, ...]]:
    rows = ScheduledLesson.objects.unscoped(because=WHY).filter(school=cast.school_a)
    found = [
        (
            row.homeroom_class.name, row.subject_name, row.person.full_name if row.person else "",
            row.length, row.weekday, row.period, row.is_locked, row.joint is not None,
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=str)


def test_a_problem_of_others_becomes_a_draft_once_its_names_are_known(cast: Cast) -> None:
    """The year stands for its classes; who is not known is asked about, once for all lists."""
    text = write_problem(Document(problem(), name="Trường khác")).text
    content = list_of(problem_in(text.encode(), "x.fet").problem, places(), {"6A", "6B"})
    taken = brought(cast, content)
    assert (taken.count("NEW"), taken.count("REFUSED"), taken.count("UNCHANGED")) == (3, 2, 2)
    lan = str(cast.lan.staff_member.uuid)
    match_names(
        actor=actor_of(cast.loan), uuid=taken.uuid, chosen={("teacher", "C.Lan"): lan}, now=NOW
    )
    assert lan in matches_of(cast.school_a.pk, ASSIGNMENTS)["teacher"].values()
    taken.refresh_from_db()
    confirmed(cast, taken)
    assert run_jobs() == ["DONE"]
    assert lessons(cast) == [
        ("6A", "Giáo dục thể chất", TOAN, 1, 6, 1, False, True),
        ("6A", "Toán", TOAN, 1, 1, 2, True, False),
        ("6B", "Giáo dục thể chất", TOAN, 1, 6, 1, False, True),
        ("6B", "Ngữ văn", LAN, 2, 2, 4, False, False),
    ]
    (rule,) = RuleSetting.objects.unscoped(because=WHY).filter(code="TT-H14")
    assert (rule.params, rule.staff_member_id) == (
        {"session": 4, "day": 4},
        cast.toan.staff_member.pk,
    )
    (wish,) = TeacherWish.objects.unscoped(because=WHY).filter(school=cast.school_a)
    assert (wish.kind, wish.spots, wish.state) == ("AWAY", ["6-MORNING-1"], "ACCEPTED")
    again = brought(cast, content)
    assert again.count("UNCHANGED") == 7


def test_a_draft_of_a_list_is_taken_back_with_its_lessons(cast: Cast) -> None:
    content = list_of(problem(), (), {"6A", "6B"}).replace(b"C.Lan", LAN.encode())
    taken = brought(cast, content)
    confirmed(cast, taken)
    run_jobs()
    assert Timetable.objects.unscoped(because=WHY).filter(school=cast.school_a).exists()
    undo_import(actor=actor_of(cast.hung), uuid=taken.uuid, now=NOW)
    assert not ScheduledLesson.objects.unscoped(because=WHY).filter(school=cast.school_a).exists()


def line(number: int, room: str, subject: str, teacher: str, **more: str) -> Row:
    return {"Mã tiết": str(number), "Lớp": room, "Môn": subject, "Giáo viên": teacher} | more


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (line(1, "6Z", "Toán", TOAN), "Lớp", "curriculum.unknown_class"),
        (line(1, "", "Toán", TOAN), "Lớp", "timetable.no_class"),
        (line(1, "6A", "Phù thủy", TOAN), "Môn", "curriculum.unknown_subject"),
        (line(1, "6A", "", TOAN), "Môn", "timetable.no_subject"),
        (line(1, "6A", "Toán", "Người Lạ"), "Giáo viên", "curriculum.unknown_teacher"),
        (line(1, "6A", "Toán", TOAN, **{"Số tiết liền": "9"}), "Số tiết liền",
         "timetable.length_unfit"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_named(
    cast: Cast, tmp_path: Path, row: Row, column: str, code: str
) -> None:
    path = written(tmp_path / "tkb.csv", [row])
    answer = load("timetable", path, "--school", cast.school_a.code)
    assert reasons(answer) == [(2, column, code)]
    assert not Timetable.objects.unscoped(because=WHY).filter(school=cast.school_a).exists()


def test_a_time_the_school_has_not_leaves_the_lesson_waiting(cast: Cast, tmp_path: Path) -> None:
    rows = [
        line(1, "6A", "Toán", TOAN, **{"Thứ": "Thứ Hai", "Buổi": "Sáng", "Tiết": "7"}),
        line(2, "6A", "Toán", TOAN, **{"Thứ": "3", "Buổi": "chiều", "Tiết": "2"}),
        line(3, "6A", "Văn", f"{LAN}, {TOAN}", **{"Phòng": "Phòng Lạ"}),
    ]
    answer = load("timetable", written(tmp_path / "tkb.csv", rows), "--school", cast.school_a.code)
    assert counts(answer) == (3, 0, 0, 0)
    told = {one["code"] for one in answer.data["warnings"]}
    assert told == {
        "timetable.no_such_time", "timetable.other_teachers", "timetable.unknown_room"
    }  # fmt: skip
    assert [one[4:6] for one in lessons(cast)] == [(None, None), (2, 2), (None, None)]


def test_rules_that_no_school_has_are_told_once_of_a_kind() -> None:
    rows = [*lesson_rows(problem(), (), ()), *rule_rows(problem())]
    assert counts_of(rows) == {"lessons": 3, "rules": 2, "left": 2}


@given(st.integers(1, 6), st.sampled_from(["{}", "Thứ {}", "thu {}", "T{}"]))
def test_a_day_is_understood_as_people_write_it(day: int, form: str) -> None:
    assert weekday_of(form.format(day + 1)) == day


def test_days_and_halves_in_words() -> None:
    words = ("Thứ Hai", "Thứ tư", "Thứ Bảy", "Monday", "")
    assert [weekday_of(one) for one in words] == [1, 3, 6, 1, None]
    assert [half_of(one) for one in ("Buổi sáng", "Chiều", "C", "Tối")] == [
        "MORNING", "AFTERNOON", "AFTERNOON", ""
    ]  # fmt: skip
