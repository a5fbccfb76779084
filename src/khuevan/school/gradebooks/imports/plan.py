"""Compares a file of marks with gradebooks: what each row would enter. Writes nothing.

A row is of the pupil whose code it carries, and the name has to be that pupil's: where they
disagree the row is refused, so that a column pasted one row off never reaches anybody's marks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from khuevan.kernel.actor import Actor
from khuevan.kernel.vietnamese import match_key
from khuevan.platform.sheets.api import (
    CodeList,
    Context,
    Entry,
    Fault,
    Outcome,
    Params,
    ParsedRow,
    PlannedRow,
    Problem,
    Promises,
    Recognized,
    Severity,
    class_list,
    locate,
)
from khuevan.registry.schools.api import academic_year_on
from khuevan.registry.students.api import ClassPlacement
from khuevan.school.gradebooks.cells import write_cell
from khuevan.school.gradebooks.imports.layouts import (
    RESULTS,
    places_of_marks,
    places_of_results,
)
from khuevan.school.gradebooks.imports.reading import Unread, read_written
from khuevan.school.gradebooks.models import Gradebook, Mark
from khuevan.school.gradebooks.permissions import IMPORT_MARKS
from khuevan.school.gradebooks.selectors.windows import locked_slots
from khuevan.school.gradebooks.slots import Slot, content_of, slot

BECAUSE = "pupils of gradebooks that the actor reached"
TERMS = CodeList(
    (
        Entry("1", "I", ("1", "HK I", "HK1", "HKI", "Học kỳ I", "Học kỳ 1")),
        Entry("2", "II", ("2", "HK II", "HK2", "HKII", "Học kỳ II", "Học kỳ 2")),
    )
)
PERIODS = CodeList(
    (
        Entry("1", "Giữa học kỳ I", ("Giữa kỳ I", "Giữa HK I", "Giữa học kì I", "GKI", "GHKI")),
        Entry("2", "Cuối học kỳ I", ("Cuối kỳ I", "Cuối HK I", "Cuối học kì I", "CKI", "CHKI")),
        Entry("3", "Giữa học kỳ II", ("Giữa kỳ II", "Giữa HK II", "Giữa học kì II", "GKII")),
        Entry("4", "Cuối năm", ("Cuối năm học", "Cuối học kỳ II", "Cuối kỳ II", "CN", "CKII")),
    )
)


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil of a class as a row may name one."""

    student_id: int
    uuid: str
    code: str
    name: str
    birth_date: date | None


@dataclass(slots=True)
class Standing:
    """Everything one comparison knows: gradebooks, pupils, marks, what is locked."""

    books: dict[tuple[int, str], Gradebook] = field(default_factory=dict)
    """By class and subject; qualities and competencies have none."""
    by_code: dict[tuple[int, str], Pupil] = field(default_factory=dict)
    by_name: defaultdict[tuple[int, str], list[Pupil]] = field(
        default_factory=lambda: defaultdict(list)
    )
    marks: dict[tuple[int, int, Slot], Mark] = field(default_factory=dict)
    locked: dict[int, set[Slot]] = field(default_factory=dict)


@dataclass(slots=True)
class Line:
    """What a row would enter, and what is wrong with it."""

    faults: list[Fault]
    entries: list[tuple[int, str, Slot, int, int]] = field(default_factory=list)
    """Gradebook, pupil, column, value, and the version that it would go over."""
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    over: bool = False
    """Whether a mark that stands would become another."""

    @property
    def is_refused(self) -> bool:
        """Say whether the row can't go in."""
        return any(one.is_error for one in self.faults)


def context(actor: Actor, unit_id: int, on: date, promises: Promises) -> Context:
    """Return what cells may mean: the classes and subjects that have gradebooks."""
    books = list(books_of(actor, unit_id, on))
    rooms = {str(one.homeroom_class_id): one.homeroom_class.name for one in books}
    subjects = dict.fromkeys(one.subject_name for one in books if one.subject_name)
    return Context(
        today=on,
        codes={
            "classes": class_list(rooms.items(), "gradebooks.unknown_class"),
            "subjects": CodeList(
                tuple(Entry(name, name) for name in subjects), "gradebooks.unknown_subject"
            ),
            "terms": TERMS,
            "periods": PERIODS,
        },
    )


def books_of(actor: Actor, unit_id: int, on: date) -> Iterator[Gradebook]:
    """Yield the gradebooks of a school in the year of a day; one query."""
    year = academic_year_on(on)
    rows = Gradebook.objects.visible_to(actor, IMPORT_MARKS).filter(
        school_id=unit_id, academic_year=year
    )
    yield from rows.select_related("homeroom_class__grade_level").order_by("pk")


def plan(
    *,
    actor: Actor,
    unit_id: int,
    rows: Sequence[ParsedRow],
    recognized: Recognized,
    promises: Promises,
    on: date,
) -> list[PlannedRow]:
    """Return what each row would enter; the number of queries follows the gradebooks named."""
    rooms = {int(one.values["class_name"]) for one in rows if one.values.get("class_name")}
    standing = _standing(actor, unit_id, rooms, on)
    lines = {row.number: Line(list(row.faults)) for row in rows}
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        line = lines[row.number]
        if not line.is_refused:
            _read(row, line, standing, recognized, seen)
    return [_planned(row, lines[row.number]) for row in rows]


def _standing(actor: Actor, unit_id: int, rooms: set[int], on: date) -> Standing:
    standing = Standing()
    for book in books_of(actor, unit_id, on):
        if book.homeroom_class_id in rooms:
            standing.books[book.homeroom_class_id, book.subject_name] = book
            standing.locked[book.pk] = locked_slots(book, on)
    seats = ClassPlacement.objects.unscoped(because=BECAUSE).filter(homeroom_class_id__in=rooms)
    for seat in seats.select_related("student", "person").order_by("pk"):
        pupil = Pupil(
            seat.student_id,
            str(seat.student.uuid),
            seat.student.moet_code or "",
            seat.person.full_name,
            seat.person.birth_date,
        )
        named = standing.by_name[seat.homeroom_class_id, match_key(pupil.name)]
        if pupil not in named:
            named.append(pupil)
        if pupil.code:
            standing.by_code[seat.homeroom_class_id, pupil.code] = pupil
    marks = Mark.objects.unscoped(because=BECAUSE).filter(
        gradebook_id__in=[one.pk for one in standing.books.values()],
        year__in={one.year for one in standing.books.values()},
    )
    standing.marks = {(one.gradebook_id, one.student_id, one.slot): one for one in marks}
    return standing


def _read(
    row: ParsedRow,
    line: Line,
    standing: Standing,
    recognized: Recognized,
    seen: dict[tuple[object, ...], int],
) -> None:
    def wrong(name: str, code: str, params: Params | None = None, *, warns: bool = False) -> None:
        severity = Severity.WARNING if warns else Severity.ERROR
        problem = Problem(code, dict(params or {}), severity=severity)
        line.faults.append(
            locate(problem, row.number, recognized, name, row.told(name, recognized))
        )

    room = int(row.values["class_name"])
    found = _pupil(row, room, standing)
    if isinstance(found, Problem):
        line.faults.append(
            locate(found, row.number, recognized, "full_name", row.told("full_name", recognized))
        )
        return
    period = int(row.values["term"])
    key = (room, found.student_id, row.values.get("subject"), period)
    if key in seen:
        wrong("full_name", "gradebooks.same_as_row", {"row": seen[key]})
        return
    seen[key] = row.number
    for name, subject, place in _columns(row, recognized):
        text = str(row.values.get(name) or "")
        book = standing.books.get((room, subject))
        if book is None:
            if text.strip():
                wrong(name, "gradebooks.no_book", {"subject": subject}, warns=True)
            continue
        column = slot(period, place)
        try:
            value = read_written(content_of(book.form, column), text)
        except Unread:
            wrong(name, "gradebooks.no_mark")
            continue
        if value is None:
            continue
        if column not in book.slots:
            wrong(name, "gradebooks.no_column")
            continue
        mark = standing.marks.get((book.pk, found.student_id, column))
        if mark is not None and mark.value == value:
            continue
        if column in standing.locked[book.pk]:
            wrong(name, "gradebooks.locked")
            continue
        content = content_of(book.form, column)
        before = write_cell(content, mark.value if mark else None)
        line.entries.append((book.pk, found.uuid, column, value, mark.version if mark else 0))
        line.over = line.over or bool(before)
        if before:
            line.changes[name] = (before, write_cell(content, value))


def _columns(row: ParsedRow, recognized: Recognized) -> Iterator[tuple[str, str, int]]:
    """Yield the columns of marks that a file has: field, subject, place in the period."""
    if recognized.layout.code == RESULTS:
        for name, (subject, place) in places_of_results().items():
            if name in recognized.matched:
                yield name, subject, place
        return
    subject = str(row.values["subject"])
    for name, place in places_of_marks().items():
        if name in recognized.matched:
            yield name, subject, place


def _pupil(row: ParsedRow, room: int, standing: Standing) -> Pupil | Problem:
    """Return the pupil of a row: by code and name, which have to agree, else by name alone."""
    name = match_key(str(row.values.get("full_name") or ""))
    code = str(row.values.get("moet_code") or "")
    if code:
        found = standing.by_code.get((room, code))
        if found is None:
            return Problem("gradebooks.unknown_code", {"code": code})
        if match_key(found.name) != name:
            return Problem("gradebooks.code_and_name", {"code": code, "name": found.name})
        return found
    named = standing.by_name.get((room, name), [])
    born = row.values.get("birth_date")
    if born is not None:
        named = [one for one in named if one.birth_date in (None, born)]
    if not named:
        return Problem("gradebooks.unknown_pupil")
    if len(named) > 1:
        return Problem("gradebooks.several_pupils")
    return named[0]


def _planned(row: ParsedRow, line: Line) -> PlannedRow:
    faults = tuple(line.faults)
    if line.is_refused:
        return PlannedRow(row.number, Outcome.REFUSED, faults=faults)
    if not line.entries:
        return PlannedRow(row.number, Outcome.UNCHANGED, faults=faults)
    outcome = Outcome.CHANGED if line.over else Outcome.NEW
    return PlannedRow(row.number, outcome, {"entries": line.entries}, faults, line.changes)
