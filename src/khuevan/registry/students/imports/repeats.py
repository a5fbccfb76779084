"""Rows of one list that name one pupil twice, or give one number to two pupils."""

from __future__ import annotations

from collections.abc import Sequence

from khuevan.kernel.vietnamese import match_key
from khuevan.platform.sheets.api import Fault, Params, ParsedRow, Problem, Severity, clashing
from khuevan.registry.students.data import StudentData
from khuevan.registry.students.identity import Verdict, judge_by_number
from khuevan.registry.students.imports.matching import Matcher, told_facts
from khuevan.registry.students.imports.wanted import student_data

NUMBERS = ("personal_number", "moet_code")


class Repeats:
    """What the rows of a list are to each other."""

    def __init__(self, rows: Sequence[ParsedRow], matcher: Matcher) -> None:
        self._matcher = matcher
        self._clashes = {name: clashing(rows, name, _is_same_pupil) for name in NUMBERS}
        self._seen: dict[tuple[object, ...], int] = {}

    def faults(self, row: ParsedRow, wanted: StudentData) -> list[Fault]:
        """Return what other rows of the list say against this one."""
        return self._clashing(row) or self._repeated(row, wanted) or self._alike(row, wanted)

    def _clashing(self, row: ParsedRow) -> list[Fault]:
        """Return a fault when another pupil of the list has this number: both rows are refused."""
        for name, others in self._clashes.items():
            if (other := others.get(row.number)) is not None:
                params: Params = {
                    "told": self._told(row),
                    "row": other.number,
                    "other": self._told(other),
                }
                problem = Problem("students.number_in_two_rows", params)
                return [self._matcher.fault(row, problem, name)]
        return []

    def _repeated(self, row: ParsedRow, wanted: StudentData) -> list[Fault]:
        """Return a fault when an earlier row of the file names the same pupil."""
        values = row.values
        keys: list[tuple[str, tuple[object, ...]]] = [
            (name, (name, values[name])) for name in NUMBERS if values.get(name)
        ]
        if not keys and wanted.full_name and wanted.birth_date:
            place = values.get("class_name")
            named = ("named", match_key(wanted.full_name), wanted.birth_date, place)
            keys.append(("full_name", named))
        firsts = [(name, self._seen.setdefault(key, row.number)) for name, key in keys]
        return [
            self._matcher.fault(row, Problem("students.same_as_row", {"row": first}), name)
            for name, first in firsts
            if first != row.number
        ][:1]

    def _alike(self, row: ParsedRow, wanted: StudentData) -> list[Fault]:
        """Return a warning when an earlier row has this name and birth date: one pupil, or two."""
        if not (wanted.full_name and wanted.birth_date):
            return []
        key = ("alike", match_key(wanted.full_name), wanted.birth_date)
        first = self._seen.setdefault(key, row.number)
        if first == row.number:
            return []
        problem = Problem("students.like_row", {"row": first}, severity=Severity.WARNING)
        return [self._matcher.fault(row, problem, "full_name")]

    def _told(self, row: ParsedRow) -> str:
        return self._matcher.describe(told_facts(row, student_data(row.values)))


def _is_same_pupil(one: ParsedRow, other: ParsedRow) -> bool:
    facts, others = (told_facts(row, student_data(row.values)) for row in (one, other))
    return judge_by_number(facts, others) == Verdict.SAME
