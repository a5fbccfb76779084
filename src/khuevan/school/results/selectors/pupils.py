"""A pupil's year as staff and family read it: marks of each subject, averages with reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.students.api import ClassPlacement
from khuevan.school.assessments.api import Derivation, Raising, what_would_raise
from khuevan.school.gradebooks.api import (
    BookForm,
    Columns,
    Gradebook,
    Mark,
    Slot,
    content_of,
    is_regular,
    period_of,
    place_of,
    results_of,
    write_cell,
)
from khuevan.school.results.selectors.classes import ClassYear, PupilYear, class_year

BECAUSE = "of a pupil whose marks the actor may see"
MIDTERM, FINAL, CLUSTER = 40, 50, 30


@dataclass(frozen=True, slots=True)
class BookLine:
    """A gradebook of a pupil: marks of a term, what the terms and the year came to, and why."""

    name: str
    is_scored: bool = False
    regular: tuple[str, ...] = ()
    midterm: str = ""
    final: str = ""
    term: int | None = None
    annual: int | None = None
    terms: tuple[int | None, int | None] = (None, None)
    why: Derivation = ()
    level: str = ""
    test: str = ""


@dataclass(frozen=True, slots=True)
class PupilTerm:
    """A pupil's term, or year where `term` is 0."""

    year: ClassYear
    pupil: PupilYear
    term: int
    lines: Sequence[BookLine]
    raising: Sequence[Raising]
    widest: int
    """The most regular marks of a subject."""


def rooms_of(student_id: int, *, until: date) -> list[HomeroomClass]:
    """Return the classes in which a pupil sat, the newest first, one a school year."""
    rows = (
        ClassPlacement.objects.unscoped(because=BECAUSE)
        .filter(student_id=student_id, starts_on__lte=until)
        .select_related("homeroom_class__grade_level", "homeroom_class__academic_year")
        .order_by("-starts_on")
    )
    found: dict[int, HomeroomClass] = {}
    for one in rows:
        found.setdefault(one.homeroom_class.academic_year_id, one.homeroom_class)
    return list(found.values())


def pupil_term(room: HomeroomClass, student_id: int, term: int, *, on: date) -> PupilTerm | None:
    """Return a pupil's term (1, 2) or year (0) in a class; None where the pupil never sat there."""
    year = class_year(room, on, student_id=student_id)
    if not year.pupils:
        return None
    pupil = year.pupils[0]
    books = list(
        Gradebook.objects.unscoped(because=BECAUSE).filter(homeroom_class=room).order_by("pk")
    )
    cells: defaultdict[int, dict[Slot, int]] = defaultdict(dict)
    rows = Mark.objects.unscoped(because=BECAUSE).filter(
        gradebook_id__in=[one.pk for one in books],
        student_id=student_id,
        year=room.academic_year.starts_on.year,
    )
    for book, slot, value in rows.values_list("gradebook_id", "slot", "value"):
        cells[book][slot] = value
    lines = [
        _line(one, cells[one.pk], term)
        for one in books
        if one.form in {BookForm.SCORE, BookForm.COMMENT, BookForm.LEVEL}
    ]
    lines.sort(key=lambda one: not one.is_scored)
    period = ("annual", "term_1", "term_2")[term]
    raising: Sequence[Raising] = ()
    if year.rules is not None and pupil.study:
        raising = what_would_raise(pupil.results[period], year.rules.rules.secondary)
    return PupilTerm(
        year, pupil, term, lines, raising, max((len(one.regular) for one in lines), default=0)
    )


def _line(book: Gradebook, cells: Mapping[Slot, int], term: int) -> BookLine:
    if book.form == BookForm.LEVEL:
        period = 2 if term == 1 else 4
        level, test = (_told(book, cells, period * 100 + place) for place in (60, 61))
        return BookLine(book.subject_name, level=level, test=test)
    found = results_of(Columns(book.form, book.slots, book.required), cells)
    at = term - 1 if term else 2
    regular = tuple(
        _told(book, cells, one)
        for one in book.slots
        if period_of(one) == term and (is_regular(one) or place_of(one) == CLUSTER)
    )
    return BookLine(
        name=book.subject_name,
        is_scored=book.form == BookForm.SCORE,
        regular=regular,
        midterm=_told(book, cells, term * 100 + MIDTERM),
        final=_told(book, cells, term * 100 + FINAL),
        term=found.values[at],
        annual=found.annual,
        terms=found.terms,
        why=found.why[at],
    )


def _told(book: Gradebook, cells: Mapping[Slot, int], slot: Slot) -> str:
    value = cells.get(slot)
    return (
        ""
        if value is None or slot not in book.slots
        else write_cell(content_of(book.form, slot), value)
    )
