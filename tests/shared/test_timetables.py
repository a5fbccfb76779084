"""Our checker and the independent one of ../shared say the same of FET's own timetables.

Debian's `fet-cl` looks for a timetable of every shared problem, for a second or two; what it has by
then, whole or in part, and damaged copies of it are judged by both.
"""

from __future__ import annotations

import importlib.util
import os
import random
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from khuevan.school.timetable.core.checking import check
from khuevan.school.timetable.core.values import Constraint, On, Problem
from khuevan.school.timetable.fet.document import Document
from khuevan.school.timetable.fet.reading import read_problem
from khuevan.school.timetable.fet.report import as_data
from khuevan.school.timetable.fet.results import read_result
from khuevan.school.timetable.fet.solution import fit
from khuevan.school.timetable.fet.tags import TAGS, Form, Tag
from khuevan.school.timetable.fet.writing import write_problem

SHARED = Path(os.environ.get("KHUEVAN_SHARED", Path(__file__).parents[3] / "shared"))
FILES = sorted((SHARED / "data" / "timetable").rglob("*.fet"))
BASE = Path(__file__).parents[2] / "src/khuevan/school/timetable/tests/files/nho.fet"
SECONDS = 2
DAMAGES = (0, 1, 3, 10, 40, 200)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the folder ../shared is not here"),
]
with_fet = pytest.mark.skipif(
    shutil.which("fet-cl") is None, reason="fet-cl is not here: apt-get install fet"
)

Entries = list[dict[str, Any]]


@cache
def independent() -> Any:
    """Return the checker of ../shared as a module."""
    path = SHARED / "cases" / "check_timetable.py"
    spec = importlib.util.spec_from_file_location("check_timetable", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def made_by_fet(problem: Path, folder: Path) -> Entries:
    """Return the timetable FET finds in the time it has, or the most it had placed by then."""
    seeds = [f"--randomseeds{part}={part % 10 == 0:d}" for part in (10, 11, 12, 20, 21, 22)]
    command = ["fet-cl", f"--inputfile={problem}", f"--outputdir={folder}", *seeds]
    command += [f"--timelimitseconds={SECONDS}", "--htmllevel=0"]
    subprocess.run(command, capture_output=True, check=False, timeout=60)
    results = sorted(folder.rglob("*_activities.xml"), key=lambda one: "-current" in str(one))
    assert results, "FET wrote no timetable"
    return read_result(results[0])


def at_random(problem: Problem, chance: random.Random) -> Entries:
    """Return a timetable nobody thought about."""
    grid, rooms = problem.grid, [None, *(room.name for room in problem.rooms)]
    return [
        {
            "activity": lesson,
            "day": chance.choice(grid.days),
            "hour": chance.choice(grid.hours),
            "room": chance.choice(rooms),
        }
        for lesson in problem.active
    ]


def damaged(entries: Entries, problem: Problem, chance: random.Random, times: int) -> Entries:
    """Return a copy in which lessons were moved, lost, doubled or put where nothing is."""
    found = [dict(one) for one in entries]
    grid, rooms = problem.grid, [None, *(room.name for room in problem.rooms)]
    for _ in range(times):
        one = chance.choice(found)
        match chance.choices(range(6), (10, 3, 4, 1, 1, 1))[0]:
            case 0:
                one.update(day=chance.choice(grid.days), hour=chance.choice(grid.hours))
            case 1 if len(found) > 1:
                found.remove(one)
            case 2:
                other = chance.choice(found)
                one["room"], other["room"] = other["room"], chance.choice(rooms)
            case 3:
                found.append(dict(one))
            case 4:
                one[chance.choice(("day", "hour", "room"))] = "nowhere"
            case _:
                one["activity"] = chance.choice((10**6, "x", one["activity"]))
    return found


def theirs(path: Path, entries: Entries) -> dict[str, Any]:
    said: dict[str, Any] = independent().check(str(path), entries)
    return said


def ours(problem: Problem, entries: Entries) -> dict[str, Any]:
    return as_data(check(problem, *fit(entries, problem)))


def listed(violations: list[dict[str, Any]]) -> Counter[tuple[Any, ...]]:
    return Counter((one["kind"], one["count"], one.get("weight")) for one in violations)


def assert_agreed(path: Path, problem: Problem, entries: Entries) -> dict[str, Any]:
    mine, other = ours(problem, entries), theirs(path, entries)
    for name in ("hard_violations", "hard_by_kind", "soft_score", "not_checked", "quality"):
        assert mine[name] == other[name], name
    for name in ("hard", "soft"):
        assert listed(mine[name]) == listed(other[name]), name
    gaps = {
        "teachers": mine["quality"]["teacher_gaps"],
        "students": mine["quality"]["student_gaps"],
    }
    assert mine["gaps"] == gaps
    return mine


@with_fet
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_both_checkers_agree_on_what_fet_made(path: Path, tmp_path: Path) -> None:
    problem, chance = read_problem(path).problem, random.Random(path.stem)
    entries = made_by_fet(path, tmp_path)
    said = assert_agreed(path, problem, entries)
    if len(entries) == len(problem.active):
        assert said["hard"] == []
    for times in DAMAGES:
        assert_agreed(path, problem, damaged(entries, problem, chance, times))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_both_checkers_agree_on_chance(path: Path) -> None:
    problem, chance = read_problem(path).problem, random.Random(path.stem)
    for _ in range(2):
        assert_agreed(path, problem, at_random(problem, chance))
    assert_agreed(path, problem, [])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shared_problem_written_and_read_back_is_the_same(path: Path, tmp_path: Path) -> None:
    document = read_problem(path)
    written, again = write_problem(document), tmp_path / "again.fet"
    again.write_text(written.text, "utf-8")
    assert read_problem(again) == document
    assert written.left_out == ()


@with_fet
def test_fet_solves_a_problem_we_wrote(tmp_path: Path) -> None:
    path = SHARED / "data" / "timetable" / "VN-THPT-chuyen-39-lop.fet"
    document, again = read_problem(path), tmp_path / "again.fet"
    again.write_text(write_problem(document).text, "utf-8")
    entries = made_by_fet(again, tmp_path)
    assert len(entries) == len(document.problem.active)
    assert ours(document.problem, entries)["hard_violations"] == 0


@with_fet
@pytest.mark.parametrize("weight", [100, 10])
def test_fet_begins_with_the_rules_of_a_school(weight: float, tmp_path: Path) -> None:
    """Rules as the editor has them; a soft one that FET would not begin with is left out."""
    small = read_problem(BASE)
    rules = tuple(
        Constraint(kind, on, weight=weight, parameters={number: most}, source="TT")
        for kind, on, number, most in (
            ("max_hours_daily", On.STUDENTS, "most", 4),
            ("max_hours_daily", On.TEACHERS, "most", 4),
            ("max_gaps_per_week", On.STUDENTS, "most", 0),
            ("max_gaps_per_week", On.TEACHERS, "most", 3),
            ("max_days_per_week", On.TEACHERS, "most", 3),
            ("min_days_between", On.LESSONS, "least", 1),
        )
    )
    rules = (*rules[:-1], replace(rules[-1], parameters={"lessons": (1, 2), "least": 1}))
    problem, path = replace(small.problem, constraints=rules), tmp_path / "school.fet"
    written = write_problem(Document(problem))
    assert len(written.left_out) == (0 if weight == 100 else 3)
    path.write_text(written.text, "utf-8")
    assert len(made_by_fet(path, tmp_path)) == len(problem.active)


# Every kind of FET's, whether a shared file has it or not, on a school made up for it.

NUMBERS = (0, 0, 1, 2)


def wish(tag: Tag, chance: random.Random) -> Constraint:
    """Return a constraint of a kind with whatever numbers it takes."""
    problem = read_problem(BASE).problem
    lessons = chance.sample(sorted(problem.active), 3)
    slots = chance.sample(list(problem.grid.slots()), 4)
    values: dict[Form, Any] = {
        Form.NUMBER: chance.choice(NUMBERS),
        Form.FLAG: chance.random() < 0.5,
        Form.LESSONS: tuple(lessons),
        Form.SLOT: tuple(slots[:1]),
        Form.SLOTS: tuple(slots),
        Form.ROOM: ("P1",),
        Form.ROOMS: ("P1", "Tin"),
    }
    named = {"teacher": "Lan", "students": "6A", "subject": "Tin học", "tag": "máy"}
    given: dict[str, Any] = dict(tag.fixed)
    for one in tag.fields:
        if one.form is Form.LESSON:
            given[one.name] = tuple(lessons[: len(one.tags)])
        elif one.form is Form.TEXT:
            if one.is_needed or chance.random() < 0.3:
                given[one.name] = named[one.name]
        elif one.form is Form.HOUR:
            given[one.name] = {"first": chance.randrange(2), "after": chance.randint(2, 4)}[
                one.name
            ]
        elif one.name in ("duration", "component"):
            given[one.name] = chance.choice((1, 2))
        else:
            given[one.name] = values[one.form]
    teacher = chance.choice(("Lan", "Mai"))
    whom = {On.TEACHERS: teacher, On.STUDENTS: "6A", On.ROOMS: "Tin"}.get(tag.on, "")
    names = (whom,) if tag.who else ()
    return Constraint(
        tag.kind, tag.on, names, chance.choice((100, 99.5, 40)), given, source=tag.tag
    )


@pytest.mark.parametrize("tag", TAGS.values(), ids=lambda tag: tag.tag.removeprefix("Constraint"))
def test_both_checkers_agree_on_every_kind(tag: Tag, tmp_path: Path) -> None:
    document, chance = read_problem(BASE), random.Random(tag.tag)
    found = 0
    for _ in range(20):
        constraints = tuple(wish(tag, chance) for _ in range(2))
        problem = replace(document.problem, constraints=constraints)
        path = tmp_path / "made.fet"
        path.write_text(write_problem(replace(document, problem=problem)).text, "utf-8")
        made = read_problem(path).problem
        for times in (0, 2):
            entries = damaged(at_random(made, chance), made, chance, times)
            said = assert_agreed(path, made, entries)
            found += sum(one["kind"] == tag.tag for one in (*said["hard"], *said["soft"]))
    assert found, "nothing ever broke it"
