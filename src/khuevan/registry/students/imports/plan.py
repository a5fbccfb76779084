"""Compares a list with a school's records: what each row would do. Writes nothing."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from khuevan.kernel.actor import Actor
from khuevan.kernel.vietnamese import match_key
from khuevan.platform.sheets.api import (
    Fault,
    Outcome,
    ParsedRow,
    PlannedRow,
    Problem,
    Recognized,
    Severity,
    locate,
    personal_number_problems,
)
from khuevan.registry.schools.api import HomeroomClass, academic_year_on
from khuevan.registry.students.data import Correction, NewStudent, StudentData
from khuevan.registry.students.imports.compare import differences
from khuevan.registry.students.imports.known import Known, Records, load_records
from khuevan.registry.students.imports.shown import column_for, placed
from khuevan.registry.students.imports.wanted import class_id, student_data
from khuevan.registry.students.permissions import IMPORT_STUDENTS
from khuevan.registry.students.student_layout import student_states

STUDYING = "STUDYING"
NUMBER = re.compile(r"\d+")
WARNING = Severity.WARNING


@dataclass(slots=True)
class Comparison:
    """Everything one comparison knows besides the row at hand."""

    records: Records
    recognized: Recognized
    classes: dict[int, tuple[str, str]]
    """Class id to its name and the code of its grade."""
    starts_on: date
    seen: dict[tuple[object, ...], int] = field(default_factory=dict)
    taken: dict[int, int] = field(default_factory=dict)
    """Student id to the row that found it: two rows can't be one pupil."""

    def fault(self, row: ParsedRow, problem: Problem, name: str) -> Fault:
        """Say where in the sheet a problem stands."""
        value = row.values.get(name)
        place = column_for(name, self.recognized)
        return locate(
            problem, row.number, self.recognized, place, "" if value is None else str(value)
        )


def plan(
    *, actor: Actor, unit_id: int, rows: Sequence[ParsedRow], recognized: Recognized, on: date
) -> list[PlannedRow]:
    """Return what each row would do; the number of queries does not grow with the rows."""
    year = academic_year_on(on)
    comparison = Comparison(
        records=load_records(
            actor=actor,
            unit_id=unit_id,
            on=on,
            numbers=_given(rows, "personal_number"),
            codes=_given(rows, "moet_code"),
            registry_numbers=_given(rows, "registry_number"),
        ),
        recognized=recognized,
        classes={
            pk: (name, grade)
            for pk, name, grade in HomeroomClass.objects.visible_to(actor, IMPORT_STUDENTS)
            .filter(school_id=unit_id)
            .values_list("pk", "name", "grade_level__code")
        },
        starts_on=min(year.starts_on, on) if year else on,
    )
    return [_plan_row(row, comparison) for row in rows]


def names_of(planned: PlannedRow) -> Iterator[Hashable]:
    """Yield what a new pupil is known by: the numbers given, and name with birth date."""
    data: StudentData = planned.values["new"].data
    for name in ("personal_number", "moet_code"):
        if value := getattr(data, name):
            yield name, value
    yield "named", match_key(data.full_name), data.birth_date


def _given(rows: Sequence[ParsedRow], name: str) -> list[str]:
    return [row.values[name] for row in rows if row.values.get(name)]


def _plan_row(row: ParsedRow, comparison: Comparison) -> PlannedRow:
    faults = list(row.faults)
    faults += _row_faults(row, comparison)
    if any(fault.is_error for fault in faults):
        return PlannedRow(row.number, Outcome.REFUSED, faults=tuple(faults))
    wanted = student_data(row.values)
    known, problem = _find(row, wanted, comparison)
    problem = problem or _registry_number_taken(row, known, comparison)
    if problem is not None:
        faults.append(problem)
        if problem.is_error:
            return PlannedRow(row.number, Outcome.REFUSED, faults=tuple(faults))
    if known is None:
        return _plan_new(row, wanted, comparison, faults)
    return _plan_known(row, wanted, known, comparison, faults)


def _registry_number_taken(
    row: ParsedRow, known: Known | None, comparison: Comparison
) -> Fault | None:
    """Return a fault when a pupil's number in the registry book is somebody else's."""
    number = row.values.get("registry_number")
    if not number or (known is not None and known.registry_number == number):
        return None
    first = comparison.seen.setdefault(("registry_number", number), row.number)
    if first != row.number:
        problem = Problem("students.same_as_row", {"row": first})
        return comparison.fault(row, problem, "registry_number")
    if number in comparison.records.registry_numbers:
        problem = Problem("students.registry_number_taken")
        return comparison.fault(row, problem, "registry_number")
    return None


def _plan_new(
    row: ParsedRow, wanted: StudentData, comparison: Comparison, faults: list[Fault]
) -> PlannedRow:
    new = NewStudent(
        data=wanted,
        homeroom_class_id=class_id(row.values),
        starts_on=comparison.starts_on,
        registry_number=row.values.get("registry_number") or "",
    )
    return PlannedRow(row.number, Outcome.NEW, {"new": new}, tuple(faults))


def _plan_known(
    row: ParsedRow,
    wanted: StudentData,
    known: Known,
    comparison: Comparison,
    faults: list[Fault],
) -> PlannedRow:
    wanted_class = class_id(row.values)
    found = differences(
        known,
        wanted,
        class_id=wanted_class,
        class_name=comparison.classes.get(wanted_class or 0, ("", ""))[0],
        registry_number=row.values.get("registry_number") or "",
    )
    correction = Correction(known.student.pk, known.person.version, found.changes)
    return PlannedRow(
        number=row.number,
        outcome=Outcome.CHANGED if found.changes else Outcome.UNCHANGED,
        values={"correction": correction, "uuid": known.student.uuid},
        faults=tuple(faults),
        changes=placed(found.shown, comparison.recognized),
        target_id=known.student.pk,
        target_version=known.person.version,
    )


def _row_faults(row: ParsedRow, comparison: Comparison) -> list[Fault]:
    """Return what is wrong with a row beside its single cells."""
    found = []
    number = row.values.get("personal_number")
    if number:
        found += [
            comparison.fault(row, problem, "personal_number")
            for problem in personal_number_problems(
                number, sex=row.values.get("sex"), birth_date=row.values.get("birth_date")
            )
        ]
    if (row.values.get("state") or STUDYING) != STUDYING:
        state = student_states().name_of(row.values["state"])
        problem = Problem("students.not_studying", {"value": state})
        found.append(comparison.fault(row, problem, "state"))
    found += _grade_doubts(row, comparison)
    found += _repeated(row, comparison)
    return found


def _grade_doubts(row: ParsedRow, comparison: Comparison) -> list[Fault]:
    """Return a warning when the grade column and the class tell two grades."""
    said = NUMBER.search(row.values.get("grade_level") or "")
    _name, grade = comparison.classes.get(class_id(row.values) or 0, ("", ""))
    if not said or not grade.isdecimal() or said.group() == grade:
        return []
    problem = Problem("students.other_grade", {"value": said.group()}, severity=WARNING)
    return [comparison.fault(row, problem, "grade_level")]


def _repeated(row: ParsedRow, comparison: Comparison) -> list[Fault]:
    """Return a fault when an earlier row of the file names the same pupil."""
    values = row.values
    keys: list[tuple[str, tuple[object, ...]]] = [
        (name, (name, values[name]))
        for name in ("personal_number", "moet_code")
        if values.get(name)
    ]
    wanted = student_data(values)
    if not keys and wanted.full_name and wanted.birth_date:
        named = ("named", match_key(wanted.full_name), wanted.birth_date, values.get("class_name"))
        keys.append(("full_name", named))
    firsts = [(name, comparison.seen.setdefault(key, row.number)) for name, key in keys]
    repeated = [
        comparison.fault(row, Problem("students.same_as_row", {"row": first}), name)
        for name, first in firsts
        if first != row.number
    ]
    return repeated[:1] or _alike(row, wanted, comparison)


def _alike(row: ParsedRow, wanted: StudentData, comparison: Comparison) -> list[Fault]:
    """Return a warning when an earlier row has this name and birth date: one pupil, or two."""
    if not (wanted.full_name and wanted.birth_date):
        return []
    key = ("alike", match_key(wanted.full_name), wanted.birth_date)
    first = comparison.seen.setdefault(key, row.number)
    if first == row.number:
        return []
    problem = Problem("students.like_row", {"row": first}, severity=WARNING)
    return [comparison.fault(row, problem, "full_name")]


def _find(
    row: ParsedRow, wanted: StudentData, comparison: Comparison
) -> tuple[Known | None, Fault | None]:
    """Return the pupil a row means: by number, ministry code, or name and birth date here."""
    records = comparison.records
    by_number = records.by_number.get(wanted.personal_number or "")
    by_code = records.by_code.get(wanted.moet_code or "")
    if by_number and by_code and by_number is not by_code:
        return None, comparison.fault(row, Problem("students.two_records"), "moet_code")
    if wanted.personal_number in records.numbers_elsewhere:
        return None, comparison.fault(row, Problem("students.number_taken"), "personal_number")
    if wanted.moet_code in records.codes_elsewhere:
        return None, comparison.fault(row, Problem("students.code_taken"), "moet_code")
    known = by_number or by_code
    problem = None
    if known is None:
        known, problem = _find_by_name(row, wanted, comparison)
    elif _is_another(known, wanted):
        problem = comparison.fault(
            row, Problem("students.another_by_number", severity=WARNING), "full_name"
        )
    if known is not None:
        first = comparison.taken.setdefault(known.student.pk, row.number)
        if first != row.number:
            repeated = Problem("students.same_as_row", {"row": first})
            return None, comparison.fault(row, repeated, "full_name")
    return known, problem


def _is_another(known: Known, wanted: StudentData) -> bool:
    """Tell that name and birth date both deny who the number says it is."""
    return (
        match_key(wanted.full_name) != match_key(known.person.full_name)
        and wanted.birth_date is not None
        and wanted.birth_date != known.person.birth_date
    )


def _find_by_name(
    row: ParsedRow, wanted: StudentData, comparison: Comparison
) -> tuple[Known | None, Fault | None]:
    alike = [
        known
        for known in comparison.records.by_name.get(
            (match_key(wanted.full_name), wanted.birth_date), ()
        )
        if not _denies(known, wanted)
    ]
    if not alike:
        return None, None
    if len(alike) > 1:
        several = Problem("students.several_alike", {"count": len(alike)})
        return None, comparison.fault(row, several, "full_name")
    doubt = None
    if wanted.personal_number or wanted.moet_code:
        doubt = comparison.fault(
            row, Problem("students.found_by_name", severity=WARNING), "full_name"
        )
    return alike[0], doubt


def _denies(known: Known, wanted: StudentData) -> bool:
    """Tell that two of one name and birth date are two people: their numbers differ."""
    number, code = known.person.personal_number, known.student.moet_code
    return bool(
        (wanted.personal_number and number and wanted.personal_number != number)
        or (wanted.moet_code and code and wanted.moet_code != code)
    )
