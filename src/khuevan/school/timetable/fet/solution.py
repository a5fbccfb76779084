"""A timetable as JSON: where each lesson stands, by the names of its problem."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.school.timetable.core.engine import Sentence, Violation, broken
from khuevan.school.timetable.core.values import Constraint, Placement, Problem
from khuevan.school.timetable.errors import FileRefused, NotWritable, UnreadableFile
from khuevan.school.timetable.fet.tree import read_bytes

MOST_TOLD = 40
AS_WRITTEN = Constraint("solution", source="Solution")
NO_ID = gettext_lazy("“%(text)s” is no id of a lesson")
NOT_ACTIVE = gettext_lazy("Lesson %(lessons)s is placed, but it is not in use")
UNKNOWN = gettext_lazy("Lesson %(lessons)s is placed, but the problem has none of this number")
TWICE = gettext_lazy("Lesson %(lessons)s is placed a second time")
NO_SLOT = gettext_lazy("Lesson %(lessons)s is placed on “%(day)s”, “%(hour)s”, which is no time")
NO_ROOM = gettext_lazy("Lesson %(lessons)s is placed in “%(room)s”, which is no room")

Entry = Mapping[str, Any]


def read_solution(path: Path, problem: Problem) -> tuple[list[Placement], list[Violation]]:
    """Read a solution; entries that fit nothing in the problem are told of, not refused.

    :raises UnreadableFile: when it is not there or too big
    :raises FileRefused: when it is no solution, with the place
    """
    return fit(read_entries(path), problem)


def read_entries(path: Path) -> list[Entry]:
    """Read the entries of a solution as they are written.

    :raises UnreadableFile: when it is not there or too big
    :raises FileRefused: when it is no solution, with the place
    """
    return entries_told(read_bytes(path), str(path))


def entries_told(content: bytes, file: str) -> list[Entry]:
    """Read the entries of a solution from its bytes.

    :raises UnreadableFile, FileRefused:
    """
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        place = _("line %(line)d") % {"line": error.lineno}
        raise FileRefused(file=file, place=place, reason=_("this is no JSON")) from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(file=file, reason=_("it is not UTF-8")) from error
    except (RecursionError, ValueError) as error:
        raise UnreadableFile(file=file, reason=_("this is no JSON")) from error
    entries = found.get("placements") if isinstance(found, dict) else None
    if not isinstance(entries, list):
        reason = _("a list of placements is wanted")
        raise FileRefused(file=file, place="placements", reason=reason)
    for at, entry in enumerate(entries):
        if not isinstance(entry, dict):
            reason = _("activity, day and hour are wanted")
            raise FileRefused(file=file, place=f"placements[{at}]", reason=reason)
    return entries


def fit(entries: Iterable[Entry], problem: Problem) -> tuple[list[Placement], list[Violation]]:
    """Return the placements that fit a problem, and what is wrong with the other entries."""
    fitting = _Fitting(problem)
    for entry in entries:
        fitting.take(entry)
    return list(fitting.placed.values()), fitting.faults


class _Fitting:
    """Takes entries one by one."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.days = {name: at for at, name in enumerate(problem.grid.days)}
        self.hours = {name: at for at, name in enumerate(problem.grid.hours)}
        self.out_of_use = {one.id for one in problem.lessons if not one.is_active}
        self.placed: dict[int, Placement] = {}
        self.faults: list[Violation] = []

    def take(self, entry: Entry) -> None:
        """Place what an entry says, or tell why not."""
        lesson = _id(entry.get("activity"))
        if lesson is None:
            self.fault(NO_ID, text=_told(entry.get("activity")))
        elif lesson not in self.problem.active:
            self.fault(NOT_ACTIVE if lesson in self.out_of_use else UNKNOWN, lesson)
        elif lesson in self.placed:
            self.fault(TWICE, lesson)
        else:
            self.place(lesson, entry)

    def place(self, lesson: int, entry: Entry) -> None:
        """Place a lesson where the entry says, if there is such a time."""
        day, hour = self.at(self.days, entry, "day"), self.at(self.hours, entry, "hour")
        if day is None or hour is None:
            said = {name: _told(entry.get(name)) for name in ("day", "hour")}
            self.fault(NO_SLOT, lesson, **said)
            return
        room = entry.get("room") or None
        if room is not None and not (isinstance(room, str) and room in self.problem.rooms_by_name):
            self.fault(NO_ROOM, lesson, room=_told(room))
            room = None
        self.placed[lesson] = Placement(lesson, day, hour, room)

    def at(self, names: Mapping[str, int], entry: Entry, key: str) -> int | None:
        """Return which day or hour an entry names."""
        name = entry.get(key)
        return names.get(name) if isinstance(name, str) else None

    def fault(self, sentence: Sentence, *lessons: int, **facts: str) -> None:
        """Keep a fault of the file itself."""
        self.faults.append(broken(AS_WRITTEN, sentence, facts, lessons=lessons))


def _told(value: object) -> str:
    """Return the beginning of what an entry says, as it can be written: half a letter is none."""
    return str(value)[:MOST_TOLD].encode(errors="replace").decode()


def _id(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 12:
        return int(value)
    return None


def entries_of(problem: Problem, placements: Iterable[Placement]) -> list[dict[str, Any]]:
    """Return placements as entries, by the names of the problem."""
    grid = problem.grid
    return [
        {
            "activity": one.lesson,
            "day": grid.days[one.day],
            "hour": grid.hours[one.hour],
            "room": one.room,
        }
        for one in placements
    ]


def write_solution(path: Path, entries: Iterable[Entry]) -> None:
    """Write entries as a solution.

    :raises NotWritable: when the file can't be written
    """
    text = json.dumps({"placements": list(entries)}, ensure_ascii=False, indent=1)
    write_text(path, text + "\n")


def write_text(path: Path, text: str) -> None:
    """Write a text into a file.

    :raises NotWritable: when it can't be written
    """
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file.

    :raises NotWritable: when it can't be written
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise NotWritable(file=str(path), reason=error.strerror or "") from error
