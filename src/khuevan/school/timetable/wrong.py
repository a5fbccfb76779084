"""What is wrong with a timetable now: rule by rule, the dearest first, each leading to its week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from khuevan.school.timetable.asked.terms import TERMS, rule_words
from khuevan.school.timetable.boards import Desk, waits
from khuevan.school.timetable.core.checking import Findings
from khuevan.school.timetable.core.engine import Violation
from khuevan.school.timetable.core.values import On
from khuevan.school.timetable.shown import told
from khuevan.ui.formats import number

MOST_OF_RULE = 12
"""How many places of one rule are told; the others are counted."""


def broken_rules(desk: Desk, findings: Findings) -> list[dict[str, Any]]:
    """Return the rules that are broken: clashes first, then what costs most."""
    found: defaultdict[tuple[str, bool], list[Violation]] = defaultdict(list)
    for one in findings.violations:
        if not waits(one):
            found[one.constraint.source, one.is_hard].append(one)
    ordered = sorted(
        found.items(), key=lambda item: (not item[0][1], -sum(one.penalty for one in item[1]))
    )
    return [_rule(desk, code, is_hard, rows) for (code, is_hard), rows in ordered]


def _rule(
    desk: Desk,
    code: str,
    is_hard: bool,  # noqa: FBT001
    rows: Sequence[Violation],
) -> dict[str, Any]:
    dearest = sorted(rows, key=lambda one: -one.penalty)[:MOST_OF_RULE]
    params = desk.setting.book.all(code).params if code in TERMS else None
    return {
        "says": rule_words(code, params) if code in TERMS else code,
        "is_hard": is_hard,
        "count": len(rows),
        "cost": points(sum(one.penalty for one in rows)),
        "rows": [{"text": told(one, desk.names), "of": _where(desk, one)} for one in dearest],
        "left": max(0, len(rows) - MOST_OF_RULE),
    }


def points(cost: float) -> str:
    """Return a cost as people write it: without a decimal where it is whole."""
    return number(int(cost) if cost == int(cost) else round(cost, 1))


def _where(desk: Desk, one: Violation) -> str:
    """Return the query of the editor that shows the lesson, or the week, that is meant."""
    lesson = one.lessons[0] if one.lessons else _lesson_of(desk, one)
    row = desk.setting.rows.get(lesson)
    whose = desk.weeks_by_name.get(str(one.facts.get("who", "")))
    if row is not None:
        whose = whose or f"class:{row.homeroom_class.uuid}"
        return f"?of={whose}&lesson={row.uuid}"
    return f"?of={whose}" if whose else ""


def _lesson_of(desk: Desk, one: Violation) -> int:
    """Return the last lesson of whose week it is, on that day and of that subject if one is named.

    None of them is 0.
    """
    who, board = str(one.facts.get("who", "")), desk.board
    if one.constraint.on is On.LESSONS or who not in desk.weeks_by_name:
        return 0
    line, days = board.occupancy.line(one.constraint.on, who), board.problem.grid.days
    subject, day = one.facts.get("subject"), one.facts.get("day")
    cells = enumerate(line.cells)
    found = [
        lesson
        for at, cell in cells
        if day is None or days[at // line.hours] == day
        for lesson in cell
        if subject is None or board.problem.active[lesson].subject == subject
    ]
    return found[-1] if found else 0
