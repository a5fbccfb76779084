"""Compares a list with a school's records: what each row would do. Writes nothing."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from khuevan.kernel.actor import Actor
from khuevan.kernel.vietnamese import fold, match_key
from khuevan.platform.sheets.api import (
    Fault,
    Outcome,
    ParsedRow,
    PlannedRow,
    Problem,
    Promises,
    Recognized,
    Severity,
    personal_number_problems,
)
from khuevan.registry.schools.api import HomeroomClass, academic_year_on, further_grades
from khuevan.registry.students.data import Arrival, Correction, NewStudent, StudentData
from khuevan.registry.students.imports.classes import promised_classes
from khuevan.registry.students.imports.compare import Differences, differences
from khuevan.registry.students.imports.known import Asked, Former, Known, Records, load_records
from khuevan.registry.students.imports.matching import Match, Matcher
from khuevan.registry.students.imports.norms import with_doubts
from khuevan.registry.students.imports.repeats import Repeats
from khuevan.registry.students.imports.results import compared_only, is_results
from khuevan.registry.students.imports.shown import placed
from khuevan.registry.students.imports.states import held_here, skipped, without_class
from khuevan.registry.students.imports.wanted import (
    class_id,
    contact_phone,
    full_name,
    given_key,
    student_data,
    with_family_phone,
)
from khuevan.registry.students.rules import bearer_key

NUMBER = re.compile(r"\d+")
WARNING = Severity.WARNING
OLDEST_PUPIL = 100
YOUNGEST_PARENT, OLDEST_PARENT = 12, 80
"""Years between a parent and a child, beyond which a year of birth is looked at."""


@dataclass(slots=True)
class Comparison:
    """Everything one comparison knows besides the row at hand."""

    records: Records
    matcher: Matcher
    repeats: Repeats
    classes: dict[int, tuple[str, str]]
    """Class id to its name and the code of its grade."""
    further: dict[int, dict[str, int]]
    """Class id to the grades it teaches beside its own: code to id."""
    starts_on: date
    on: date
    seen: dict[tuple[object, ...], int] = field(default_factory=dict)

    @property
    def recognized(self) -> Recognized:
        """Return the sheet that is compared."""
        return self.matcher.recognized

    def fault(self, row: ParsedRow, problem: Problem, name: str) -> Fault:
        """Say where in the sheet a problem stands."""
        return self.matcher.fault(row, problem, name)


def plan(
    *,
    actor: Actor,
    unit_id: int,
    rows: Sequence[ParsedRow],
    recognized: Recognized,
    promises: Promises,
    on: date,
) -> list[PlannedRow]:
    """Return what each row would do; the number of queries does not grow with the rows."""
    year = academic_year_on(on)
    records = load_records(actor=actor, unit_id=unit_id, on=on, asked=_asked(rows))
    classes = {
        pk: (name, grade)
        for pk, name, grade in HomeroomClass.objects.unscoped(
            because="the rows name classes found in reach"
        )
        .filter(school_id=unit_id)
        .values_list("pk", "name", "grade_level__code")
    }
    further = {
        pk: {one.code: one.pk for one in grades} for pk, grades in further_grades(classes).items()
    }
    promised = promised_classes(promises)
    classes |= {key: (one.name, one.grade.code) for key, one in promised.items()}
    names = {pk: name for pk, (name, _grade) in classes.items()}
    matcher = Matcher(records, recognized, names)
    comparison = Comparison(
        records=records,
        matcher=matcher,
        repeats=Repeats(rows, matcher),
        classes=classes,
        further=further,
        starts_on=min(year.starts_on, on) if year else on,
        on=on,
    )
    planned = [_plan_row(row, comparison) for row in rows]
    if is_results(recognized):
        return compared_only(planned, recognized)
    return with_doubts(
        planned,
        rows,
        actor=actor,
        unit_id=unit_id,
        promised=promised,
        matcher=matcher,
        year=comparison.starts_on.year,
        on=on,
    )


def names_of(planned: PlannedRow) -> Iterator[Hashable]:
    """Yield what a new pupil is known by: the numbers given, and name with birth date."""
    if "new" not in planned.values:
        return
    data: StudentData = planned.values["new"].data
    for name in ("personal_number", "moet_code"):
        if value := getattr(data, name):
            yield name, value
    yield "named", match_key(data.full_name), data.birth_date


def _asked(rows: Sequence[ParsedRow]) -> Asked:
    """Return what the rows name their pupils by, to look all of them up at once."""
    unnumbered = [
        row.values
        for row in rows
        if not (row.values.get("personal_number") or row.values.get("moet_code"))
    ]
    return Asked(
        numbers=_given(rows, "personal_number"),
        codes=_given(rows, "moet_code"),
        registry_numbers=_given(rows, "registry_number"),
        names=frozenset(fold(full_name(values)) for values in unnumbered),
        birth_dates=frozenset(day for values in unnumbered if (day := values.get("birth_date"))),
    )


def _given(rows: Sequence[ParsedRow], name: str) -> frozenset[str]:
    return frozenset(row.values[name] for row in rows if row.values.get(name))


def _plan_row(row: ParsedRow, comparison: Comparison) -> PlannedRow:
    matcher = comparison.matcher
    known = held_here(row, student_data(row.values), matcher)
    left_out = skipped(row, known, matcher)
    if left_out is not None:
        return left_out
    bare = without_class(row, known, matcher)
    planned = _compared(bare, comparison)
    return planned if bare is row or planned.outcome != Outcome.NEW else _compared(row, comparison)


def _compared(row: ParsedRow, comparison: Comparison) -> PlannedRow:
    wanted = student_data(row.values)
    faults = [*row.faults, *_row_faults(row, wanted, comparison)]
    if any(fault.is_error for fault in faults):
        return PlannedRow(row.number, Outcome.REFUSED, faults=tuple(faults))
    match = comparison.matcher.find(row, wanted)
    taken = None if match.is_refused else _registry_number_taken(row, match.known, comparison)
    faults += [fault for fault in (match.fault, taken) if fault is not None]
    wanted = with_family_phone(wanted, contact_phone(row.values), _held(match.known))
    faults += _phone_doubts(row, wanted, match.known, comparison)
    if any(fault.is_error for fault in faults):
        shown = _side_by_side(row, wanted, match, comparison)
        return PlannedRow(row.number, Outcome.REFUSED, faults=tuple(faults), changes=shown)
    if match.known is None:
        return _plan_new(row, wanted, comparison, faults)
    if match.known.former is not None:
        return _plan_arrival(row, wanted, match.known, comparison, faults)
    return _plan_known(row, wanted, match.known, comparison, faults)


def _held(known: Known | None) -> dict[str, tuple[str, str]]:
    """Return the guardians that the records know: relation to name and phone."""
    rows = known.guardians if known is not None else {}
    return {kind: (row.full_name, row.phone) for kind, row in rows.items()}


def _phone_doubts(
    row: ParsedRow, wanted: StudentData, known: Known | None, comparison: Comparison
) -> list[Fault]:
    """Return a warning when the contact phone is nobody's: the first guardian has another."""
    contact = row.values.get("contact_phone")
    phones = {wanted.phone, *(one.phone for one in wanted.guardians)}
    phones |= {phone for _name, phone in _held(known).values()}
    if not contact or contact in phones:
        return []
    problem = Problem("students.phone_not_kept", severity=WARNING)
    return [comparison.fault(row, problem, "contact_phone")]


def _side_by_side(
    row: ParsedRow, wanted: StudentData, match: Match, comparison: Comparison
) -> dict[str, tuple[str, str]]:
    """Return how the record differs from a row whose pupil is in question."""
    if match.known is None or not match.is_refused:
        return {}
    found = _differences(row, wanted, match.known, comparison)
    return placed(found.shown, comparison.recognized)


def _registry_number_taken(
    row: ParsedRow, known: Known | None, comparison: Comparison
) -> Fault | None:
    """Return a fault when a pupil's number in the registry book is somebody else's."""
    number = row.values.get("registry_number")
    if not number or (known is not None and known.registry_number == number):
        return None
    if known is not None and known.former is not None and known.registry_number:
        keeps = Problem("students.keeps_registry_number", {"number": known.registry_number})
        return comparison.fault(row, keeps, "registry_number")
    first = comparison.seen.setdefault(("registry_number", number), row.number)
    if first != row.number:
        problem = Problem("students.registry_number_in_row", {"row": first})
        return comparison.fault(row, problem, "registry_number")
    taken = comparison.records.registry_numbers.get(number)
    if taken is not None and taken != _bearer(row):
        problem = Problem("students.registry_number_taken")
        return comparison.fault(row, problem, "registry_number")
    return None


def _bearer(row: ParsedRow) -> str:
    return bearer_key(fold(full_name(row.values)), row.values.get("birth_date"))


def _plan_new(
    row: ParsedRow, wanted: StudentData, comparison: Comparison, faults: list[Fault]
) -> PlannedRow:
    entered_on = row.values.get("entered_on") or comparison.starts_on
    new = NewStudent(
        data=wanted,
        homeroom_class_id=class_id(row.values),
        starts_on=entered_on,
        placed_on=max(entered_on, comparison.starts_on),
        registry_number=row.values.get("registry_number") or "",
        grade_level_id=_own_grade(row, comparison),
    )
    return PlannedRow(row.number, Outcome.NEW, {"new": new}, tuple(faults))


def _plan_arrival(
    row: ParsedRow,
    wanted: StudentData,
    known: Known,
    comparison: Comparison,
    faults: list[Fault],
) -> PlannedRow:
    """Return a pupil whom the records know as new to the school; what differs is not shown.

    Parents who seem to be others are left for the next list, where a person sees both.
    """
    former = known.former or Former(comparison.starts_on)
    arrival = Arrival(
        student_id=known.student.pk,
        homeroom_class_id=class_id(row.values),
        starts_on=max(comparison.starts_on, former.ends_on),
        registry_number=row.values.get("registry_number") or "",
        grade_level_id=_own_grade(row, comparison),
    )
    found = differences(known, wanted, class_id=None, class_name="")
    people = [
        one
        for one in found.changes.pop("guardians", ())
        if (held := known.guardians.get(one.relation)) is None
        or given_key(one.full_name) == fold(held.given_name)
    ]
    if people:
        found.changes["guardians"] = tuple(people)
    correction = Correction(known.student.pk, known.person.version, found.changes)
    return PlannedRow(
        number=row.number,
        outcome=Outcome.NEW,
        values={"arrival": arrival, "correction": correction},
        faults=tuple(faults),
        target_id=known.student.pk,
        target_version=known.person.version,
    )


def _plan_known(
    row: ParsedRow,
    wanted: StudentData,
    known: Known,
    comparison: Comparison,
    faults: list[Fault],
) -> PlannedRow:
    found = _differences(row, wanted, known, comparison)
    correction = Correction(known.student.pk, known.person.version, found.changes)
    return PlannedRow(
        number=row.number,
        outcome=Outcome.CHANGED if found.changes else Outcome.UNCHANGED,
        values={
            "correction": correction,
            "uuid": known.student.uuid,
            "came_from": known.class_id,
        },
        faults=tuple(faults),
        changes=placed(found.shown, comparison.recognized),
        target_id=known.student.pk,
        target_version=known.person.version,
    )


def _differences(
    row: ParsedRow, wanted: StudentData, known: Known, comparison: Comparison
) -> Differences:
    wanted_class = class_id(row.values)
    return differences(
        known,
        wanted,
        class_id=wanted_class,
        class_name=comparison.classes.get(wanted_class or 0, ("", ""))[0],
        registry_number=row.values.get("registry_number") or "",
    )


def _row_faults(row: ParsedRow, wanted: StudentData, comparison: Comparison) -> list[Fault]:
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
    if (entered_on := row.values.get("entered_on")) and entered_on > comparison.on:
        problem = Problem("students.entered_in_future")
        found.append(comparison.fault(row, problem, "entered_on"))
    found += _age_faults(row, comparison)
    found += _grade_doubts(row, comparison)
    found += comparison.repeats.faults(row, wanted)
    return found


def _age_faults(row: ParsedRow, comparison: Comparison) -> list[Fault]:
    """Return what no year of birth can be: a pupil of a hundred, a parent of ten."""
    born = row.values.get("birth_date")
    if born is None:
        return []
    found = []
    if comparison.on.year - born.year > OLDEST_PUPIL:
        nobody = Problem("students.age_of_nobody", {"age": comparison.on.year - born.year})
        found.append(comparison.fault(row, nobody, "birth_date"))
    for name in ("father_birth_year", "mother_birth_year"):
        year = row.values.get(name)
        if year and not born.year - OLDEST_PARENT <= year <= born.year - YOUNGEST_PARENT:
            doubt = Problem("students.parent_age", {"year": born.year}, severity=WARNING)
            found.append(comparison.fault(row, doubt, name))
    return found


def _grade_doubts(row: ParsedRow, comparison: Comparison) -> list[Fault]:
    """Return a warning when the grade column and the class tell two grades."""
    said = NUMBER.search(row.values.get("grade_level") or "")
    name, grade = comparison.classes.get(class_id(row.values) or 0, ("", ""))
    if not said or not grade.isdecimal() or said.group() == grade:
        return []
    if _own_grade(row, comparison) is not None:
        return []
    params = {"value": said.group(), "class": name, "grade": grade}
    problem = Problem("students.other_grade", params, severity=WARNING)
    return [comparison.fault(row, problem, "grade_level")]


def _own_grade(row: ParsedRow, comparison: Comparison) -> int | None:
    """Return the grade that the row says, when its class teaches it beside its own."""
    said = NUMBER.search(row.values.get("grade_level") or "")
    taught = comparison.further.get(class_id(row.values) or 0, {})
    return taught.get(said.group()) if said else None
