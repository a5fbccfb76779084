"""A sheet of results is no list of pupils: who is on it is compared, nobody is added or changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from khuevan.platform.sheets.api import (
    Fault,
    Outcome,
    PlannedRow,
    Problem,
    Recognized,
    Severity,
    locate,
)
from khuevan.registry.students.results_layout import FIRST, RESULTS_LAYOUT


def is_results(recognized: Recognized) -> bool:
    """Return whether a sheet holds results."""
    return recognized.layout.code == RESULTS_LAYOUT.code


def compared_only(planned: Sequence[PlannedRow], recognized: Recognized) -> list[PlannedRow]:
    """Return rows that write nothing: the unknown refused, the different told."""
    rows = [_compared(row, recognized) for row in planned]
    if rows:
        what = _at(rows[0], recognized, FIRST, Problem("students.is_results"), warns=True)
        rows[0] = replace(rows[0], faults=(*rows[0].faults, what))
    return rows


def _compared(row: PlannedRow, recognized: Recognized) -> PlannedRow:
    if row.outcome == Outcome.NEW:
        fault = _at(row, recognized, "full_name", Problem("students.results_add_nobody"))
        return PlannedRow(row.number, Outcome.REFUSED, faults=(*row.faults, fault))
    if row.outcome != Outcome.CHANGED:
        return row
    told = [
        _at(
            row,
            recognized,
            name,
            Problem("students.results_differ", {"old": old, "new": new}),
            warns=True,
        )
        for name, (old, new) in row.changes.items()
    ]
    return replace(row, outcome=Outcome.UNCHANGED, changes={}, faults=(*row.faults, *told))


def _at(
    row: PlannedRow, recognized: Recognized, name: str, problem: Problem, *, warns: bool = False
) -> Fault:
    if warns:
        problem = replace(problem, severity=Severity.WARNING)
    return locate(problem, row.number, recognized, name, str(problem.params.get("new", "")))
