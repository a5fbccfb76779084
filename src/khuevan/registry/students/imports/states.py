"""Rows of pupils who do not sit in a class: gone, on leave, or not placed yet.

The ministry's file carries who left as well. Such a row writes nothing and keeps nobody else out:
it is told, and where the records have the pupil here, with what to do about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from khuevan.kernel.vietnamese import match_key
from khuevan.platform.sheets.api import (
    Outcome,
    ParsedRow,
    PlannedRow,
    Problem,
    Severity,
)
from khuevan.registry.students.data import StudentData
from khuevan.registry.students.identity import Verdict, judge_by_number
from khuevan.registry.students.imports.known import Known
from khuevan.registry.students.imports.matching import Matcher, facts_of, told_facts

STUDYING, ON_LEAVE = "STUDYING", "ON_LEAVE"
WARNING = Severity.WARNING


def standing_of(values: Mapping[str, Any]) -> str:
    """Return what a row says of a pupil: the state without its term, studying where it is blank."""
    return str(values.get("state") or STUDYING).partition(":")[0]


def held_here(row: ParsedRow, wanted: StudentData, matcher: Matcher) -> Known | None:
    """Return the pupil on the school's roll whom a row names, as far as nothing denies it."""
    records = matcher.records
    known = records.by_number.get(wanted.personal_number or "") or records.by_code.get(
        wanted.moet_code or ""
    )
    if known is None:
        named = records.by_name.get((match_key(wanted.full_name), wanted.birth_date), [])
        known = named[0] if len(named) == 1 else None
    if known is None or known.former is not None:
        return None
    is_another = judge_by_number(facts_of(known), told_facts(row, wanted)) == Verdict.ANOTHER
    return None if is_another else known


def skipped(row: ParsedRow, known: Known | None, matcher: Matcher) -> PlannedRow | None:
    """Return the row of a pupil who is not here to study; None where the row is to be compared."""
    standing = standing_of(row.values)
    if standing == STUDYING or (standing == ON_LEAVE and known is not None and known.is_on_leave):
        return None
    code = f"students.state_{standing.lower()}" if known else "students.state_of_nobody_here"
    return PlannedRow(
        row.number,
        Outcome.UNCHANGED,
        faults=(matcher.fault(row, Problem(code, severity=WARNING), "state"),),
        target_id=known.student.pk if known else None,
        target_version=known.person.version if known else None,
    )


def without_class(row: ParsedRow, known: Known | None, matcher: Matcher) -> ParsedRow:
    """Return a row without its class, where the records have the pupil on the roll and in none.

    Who is on leave sits nowhere until the way back is recorded; whose second school it is sits in
    a class of the main one; a blank cell places nobody.
    """
    if known is None or known.class_id is not None:
        return row
    is_blank = not row.told("class_name", matcher.recognized)
    if not (is_blank or known.is_on_leave or known.is_guest):
        return row
    others = tuple(fault for fault in row.faults if fault.field_name != "class_name")
    if standing_of(row.values) == STUDYING and known.is_on_leave:
        column = "state" if row.told("state", matcher.recognized) else "class_name"
        stays = Problem("students.is_on_leave", severity=WARNING)
        others = (*others, matcher.fault(row, stays, column))
    elif known.is_guest and not is_blank:
        seated = Problem("students.seated_elsewhere", severity=WARNING)
        others = (*others, matcher.fault(row, seated, "class_name"))
    return replace(row, values={**row.values, "class_name": None}, faults=others)
