"""FET's files: a problem read and written, results, solutions, and the command over them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.kernel.exit_codes import DONE, REFUSED
from khuevan.school.timetable.core.values import Constraint, On, Problem, StudentSet
from khuevan.school.timetable.errors import FileRefused, NotWritable, UnreadableFile
from khuevan.school.timetable.fet import tree
from khuevan.school.timetable.fet.document import Document
from khuevan.school.timetable.fet.reading import read_problem
from khuevan.school.timetable.fet.tags import TAGS
from khuevan.school.timetable.fet.writing import write_problem
from khuevan.ui.commands import Answer, run_tool

SMALL = Path(__file__).parent / "files" / "nho.fet"
GOOD = (
    (1, "Thứ Hai", "Tiết 1", "P1"),
    (2, "Thứ Tư", "Tiết 1", "P1"),
    (3, "Thứ Ba", "Tiết 1", "P1"),
    (4, "Thứ Ba", "Tiết 2", None),
    (5, "Thứ Ba", "Tiết 2", "Tin"),
    (6, "Thứ Ba", "Tiết 3", "Tin"),
)


def entry(activity: object, day: str, hour: str, room: str | None = None) -> dict[str, Any]:
    return {"activity": activity, "day": day, "hour": hour, "room": room}


def solved(tmp_path: Path, *entries: dict[str, Any]) -> Path:
    path = tmp_path / "solution.json"
    path.write_text(json.dumps({"placements": list(entries)}), "utf-8")
    return path


def checked(tmp_path: Path, *entries: dict[str, Any], problem: Path = SMALL) -> Answer:
    return run_tool("timetable check", [str(problem), str(solved(tmp_path, *entries))])


def changed(tmp_path: Path, *pairs: tuple[str, str]) -> Path:
    """Return the small problem with some of its text replaced."""
    text = SMALL.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "changed.fet"
    path.write_text(text, "utf-8")
    return path


def kinds(answer: Answer) -> list[str]:
    return [one["kind"] for one in answer.data["hard"]]


def good(**others: dict[str, Any]) -> list[dict[str, Any]]:
    return [others.get(f"n{row[0]}") or entry(*row) for row in GOOD]


def test_a_sound_timetable_is_done(tmp_path: Path) -> None:
    answer = checked(tmp_path, *good())
    assert (answer.exit_code, answer.data["hard_violations"]) == (DONE, 0)
    assert answer.data["soft_score"] == 0.975
    assert answer.data["gaps"] == {"teachers": 0, "students": 0}
    assert answer.data["quality"]["placed"] == 6
    assert "Đã xếp 6 trong 6 tiết học." in str(answer.text)


def test_a_clash_is_told_by_name_and_ends_with_refusal(tmp_path: Path) -> None:
    answer = checked(tmp_path, *good(n3=entry(3, "Thứ Hai", "Tiết 2", "P1")))
    assert answer.exit_code == REFUSED
    assert "6A1 có 2 tiết cùng lúc vào Thứ Hai Tiết 2: 1, 3" in str(answer.text)
    assert kinds(answer).count("ConstraintBasicCompulsoryTime") == 2
    assert kinds(answer).count("ConstraintBasicCompulsorySpace") == 1


def test_what_is_not_placed_is_counted_apart(tmp_path: Path) -> None:
    answer = checked(tmp_path, *good()[1:])
    assert answer.data["hard_by_kind"] == {"ConstraintBasicCompulsoryTime (not placed)": 1}


@pytest.mark.parametrize(
    "wrong",
    [
        entry("x", "Thứ Hai", "Tiết 4"),
        entry(7, "Thứ Hai", "Tiết 4"),
        entry(99, "Thứ Hai", "Tiết 4"),
        entry(1, "Thứ Hai", "Tiết 4"),
        entry(4, "Chủ Nhật", "Tiết 4"),
        entry(None, "Thứ Hai", "Tiết 4"),
        entry(True, "Thứ Hai", "Tiết 4"),
    ],
)
def test_entries_that_fit_nothing_are_hard(tmp_path: Path, wrong: dict[str, Any]) -> None:
    assert kinds(checked(tmp_path, *good(), wrong)) == ["Solution"]


def test_a_lesson_past_the_end_of_the_day_is_hard(tmp_path: Path) -> None:
    answer = checked(tmp_path, *good(n1=entry(1, "Thứ Hai", "Tiết 4", "P1")))
    assert kinds(answer) == ["ConstraintBasicCompulsoryTime"]
    assert "quá tiết cuối trong ngày" in str(answer.text)


def test_a_kind_nobody_knows_is_named_and_refuses(tmp_path: Path) -> None:
    unknown = "<ConstraintMoonPhase><Phase>1</Phase></ConstraintMoonPhase></Time_Constraints_List>"
    problem = changed(tmp_path, ("</Time_Constraints_List>", unknown))
    answer = checked(tmp_path, *good(), problem=problem)
    assert answer.exit_code == REFUSED
    assert answer.data["not_checked"] == {"ConstraintMoonPhase": 1}
    assert "Không kiểm tra được: ConstraintMoonPhase (1)" in str(answer.text)


def test_another_mode_and_virtual_rooms_are_not_checked(tmp_path: Path) -> None:
    problem = changed(
        tmp_path,
        ("<Days_List>", "<Mode>Terms</Mode><Days_List>"),
        ("<Virtual>false</Virtual>", "<Virtual>true</Virtual>"),
    )
    answer = checked(tmp_path, *good(), problem=problem)
    assert answer.data["not_checked"] == {"Mode Terms": 1, "VirtualRooms": 2}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<Teacher>Hùng</Teacher>", "<Teacher>Huệ</Teacher>", "không có giáo viên “Huệ”"),
        ("<Students>6A1</Students>", "<Students>6Z</Students>", "nhóm học sinh “6Z”"),
        ("<Room>Tin</Room>", "<Room>Lab</Room>", "không có phòng “Lab”"),
        ("<Preferred_Day>Thứ Ba<", "<Preferred_Day>Thứ Bảy<", "không có ngày “Thứ Bảy”"),
        ("<Interval_Start_Hour>Tiết 3<", "<Interval_Start_Hour>9<", "không có tiết “9”"),
        ("<Activity_Id>2<", "<Activity_Id>200<", "không có hoạt động số 200"),
        ("<MinDays>1<", "<MinDays>một<", "“một” không phải số nguyên"),
        ("<MinDays>1</MinDays>", "", "thiếu MinDays"),
        ("<Id>4</Id>", "<Id>3</Id>", "hoạt động số 3 có hai lần"),
        ("<Duration>2</Duration>", "<Duration>0</Duration>", "không kéo dài tiết nào"),
        ("<Weight_Percentage>95<", "<Weight_Percentage>195<", "“195” không phải trọng số"),
        ("<Weight_Percentage>95<", "<Weight_Percentage>nan<", "“nan” không phải trọng số"),
        ("<Day><Name>Thứ Ba<", "<Day><Name>Thứ Hai<", "“Thứ Hai” có hai lần"),
        ("</Days_List>", "", "đây không phải XML"),
        ("<fet version", "<!DOCTYPE fet [<!ENTITY a 'b'>]><fet version", "không nhận tệp có"),
    ],
)
def test_a_fault_of_a_problem_names_file_and_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    problem = changed(tmp_path, (old, new))
    with pytest.raises(FileRefused) as refusal:
        checked(tmp_path, *good(), problem=problem)
    assert f"{problem}, dòng " in str(refusal.value)
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"{", "dòng 1"),
        (b"[]", "placements"),
        (b'{"placements": {}}', "placements"),
        (b'{"placements": [1]}', "placements[0]"),
        (b"\xff\xfe{", "UTF-8"),
        (b"[" * 200_000, "JSON"),
    ],
)
def test_a_solution_that_is_none_is_refused(tmp_path: Path, content: bytes, place: str) -> None:
    path = tmp_path / "solution.json"
    path.write_bytes(content)
    with pytest.raises((FileRefused, UnreadableFile)) as refusal:
        run_tool("timetable check", [str(SMALL), str(path)])
    assert str(path) in str(refusal.value)
    assert place in str(refusal.value)


def test_a_file_that_is_not_there_or_too_big_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UnreadableFile):
        read_problem(tmp_path / "none.fet")
    monkeypatch.setattr(tree, "MOST_BYTES", 100)
    with pytest.raises(UnreadableFile, match="lớn hơn"):
        read_problem(SMALL)


@pytest.mark.parametrize(("name", "most"), [("MOST_NODES", 10), ("MOST_DEPTH", 3)])
def test_a_file_without_measure_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, most: int
) -> None:
    monkeypatch.setattr(tree, name, most)
    with pytest.raises(FileRefused, match="nhiều hơn"):
        read_problem(SMALL)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_nothing_but_a_refusal_comes_of_other_bytes(content: bytes) -> None:
    with pytest.raises(FileRefused):
        tree.parse(b"<fet>" + content, "x.fet")


def test_written_and_read_back_it_is_the_same(tmp_path: Path) -> None:
    document = read_problem(SMALL)
    written = write_problem(document)
    again = tmp_path / "again.fet"
    again.write_text(written.text, "utf-8")
    assert read_problem(again) == document
    assert written.left_out == ()


def test_what_fet_has_no_word_for_is_named(tmp_path: Path) -> None:
    """A problem that came from no file: what is needed is added, what cannot be said is told."""
    small = read_problem(SMALL).problem
    wish = Constraint("teaches_on_days", names=("Lan",))
    problem = Problem(
        small.grid, small.teachers, small.students, small.rooms, small.lessons, (wish,)
    )
    written = write_problem(Document(problem))
    assert written.left_out == (wish,)
    path = tmp_path / "made.fet"
    path.write_text(written.text, "utf-8")
    made = read_problem(path).problem
    assert made.lessons == problem.lessons
    assert {one.source for one in made.constraints} == {
        "ConstraintBasicCompulsoryTime",
        "ConstraintBasicCompulsorySpace",
    }


@pytest.mark.parametrize(
    ("wish", "is_written"),
    [
        (Constraint("max_gaps_per_week", On.TEACHERS, weight=10, parameters={"most": 0}), False),
        (Constraint("max_gaps_per_week", On.TEACHERS, parameters={"most": 0}), True),
        (Constraint("max_hours_daily", On.TEACHERS, weight=10, parameters={"most": 5}), True),
        (Constraint("min_hours_daily", On.STUDENTS, weight=10, parameters={"least": 2}), False),
        (Constraint("min_hours_daily", On.TEACHERS, weight=10, parameters={"least": 2}), True),
    ],
)
def test_a_soft_wish_that_fet_takes_as_hard_alone_is_named(
    wish: Constraint, is_written: bool
) -> None:
    problem = replace(read_problem(SMALL).problem, constraints=(wish,))
    assert write_problem(Document(problem)).left_out == (() if is_written else (wish,))


def test_a_students_set_knows_its_smallest_parts() -> None:
    year = read_problem(SMALL).problem.students[0]
    assert list(year.atoms()) == ["6A1", "6A2", "6B"]
    assert list(StudentSet("6C").atoms()) == ["6C"]


def test_every_kind_of_fet_is_one_of_ours() -> None:
    assert len(TAGS) == len({tag.tag for tag in TAGS.values()})
    assert all(name.startswith("Constraint") for name in TAGS)


RESULT = """<?xml version="1.0" encoding="UTF-8"?>
<Activities_Timetable>
<Activity><Id>1</Id><Day>Thứ Hai</Day><Hour>Tiết 1</Hour><Room>P1</Room></Activity>
<Activity><Id>2</Id><Day></Day><Hour></Hour><Room></Room></Activity>
</Activities_Timetable>
"""


def test_a_result_becomes_a_solution(tmp_path: Path) -> None:
    result, solution = tmp_path / "nho_activities.xml", tmp_path / "out.json"
    result.write_text(RESULT, "utf-8-sig")
    answer = run_tool("timetable convert", [str(result), str(solution)])
    assert answer.data["placed"] == 1
    assert json.loads(solution.read_text("utf-8"))["placements"] == [
        entry(1, "Thứ Hai", "Tiết 1", "P1")
    ]
    with pytest.raises(NotWritable):
        run_tool("timetable convert", [str(result), str(tmp_path / "no" / "out.json")])


@pytest.mark.parametrize(("active", "placed"), [("true", 1), ("false", 0)])
def test_a_problem_with_fixed_times_is_a_result_too(
    tmp_path: Path, active: str, placed: int
) -> None:
    fixed = "<Permanently_Locked>true</Permanently_Locked><Active>"
    problem = changed(tmp_path, (f"{fixed}false", f"{fixed}{active}"))
    solution = tmp_path / "out.json"
    answer = run_tool("timetable convert", [str(problem), str(solution)])
    assert answer.data["placed"] == placed
    found = json.loads(solution.read_text("utf-8"))["placements"]
    assert found == [entry(3, "Thứ Ba", "Tiết 1")][:placed]


def test_other_xml_is_no_result(tmp_path: Path) -> None:
    path = tmp_path / "other.xml"
    path.write_text("<html/>", "utf-8")
    with pytest.raises(FileRefused, match="không phải kết quả của FET"):
        run_tool("timetable convert", [str(path), str(tmp_path / "out.json")])
