"""Marks of a school as rows of the files in which they come in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.platform.sheets.api import format_date
from khuevan.registry.curriculum.api import term_now
from khuevan.registry.students.api import ClassPlacement
from khuevan.school.gradebooks.cells import write_cell
from khuevan.school.gradebooks.imports.layouts import places_of_marks, places_of_results
from khuevan.school.gradebooks.imports.plan import PERIODS, TERMS, books_of
from khuevan.school.gradebooks.models import Gradebook, Mark, SubjectResult
from khuevan.school.gradebooks.slots import BookForm, Slot, content_of, slot
from khuevan.ui.formats import tenths

BECAUSE = "of gradebooks that the actor reached"
SECONDARY = {BookForm.SCORE, BookForm.COMMENT}
Row = Mapping[str, str]


def mark_rows(actor: Actor, unit_id: int, on: date) -> Iterator[Row]:
    """Yield a row for each pupil of each secondary gradebook, with the marks of the term it is."""
    books = [one for one in books_of(actor, unit_id, on) if one.form in SECONDARY]
    yield from rows_of(books, _term(books, on), on)


def rows_of(books: Sequence[Gradebook], term: int, on: date) -> Iterator[Row]:
    """Yield the rows of secondary gradebooks in hand for a term (1 or 2); three queries."""
    seats = _seats(books, on)
    values = _values(books)
    averages = {
        (one.gradebook_id, one.student_id): (one.term_1, one.term_2)
        for one in SubjectResult.objects.unscoped(because=BECAUSE).filter(
            gradebook_id__in=[book.pk for book in books], year__in={book.year for book in books}
        )
    }
    for book in books:
        for number, seat in enumerate(seats[book.homeroom_class_id], start=1):
            cells = values.get((book.pk, seat.student_id), {})
            average = averages.get((book.pk, seat.student_id), (None, None))[term - 1]
            yield {
                **_pupil(number, book, seat),
                "subject": book.subject_name,
                "term": TERMS.name_of(str(term)),
                **{
                    name: write_cell(content_of(book.form, column), cells.get(column))
                    for name, place in places_of_marks().items()
                    if (column := slot(term, place)) in book.slots
                },
                "average": tenths(average) if book.form == BookForm.SCORE else "",
            }


def result_rows(actor: Actor, unit_id: int, on: date) -> Iterator[Row]:
    """Yield a row for each primary pupil with levels and tests of the newest period there is."""
    books = [one for one in books_of(actor, unit_id, on) if one.form not in SECONDARY]
    values = _values(books)
    period = max((column // 100 for cells in values.values() for column in cells), default=1)
    seats = _seats(books, on)
    of_class: defaultdict[int, dict[str, Gradebook]] = defaultdict(dict)
    for book in books:
        of_class[book.homeroom_class_id][book.subject_name] = book
    for room, own in of_class.items():
        for number, seat in enumerate(seats[room], start=1):
            first = next(iter(own.values()))
            row = {**_pupil(number, first, seat), "term": PERIODS.name_of(str(period))}
            for name, (subject, place) in places_of_results().items():
                of = own.get(subject)
                column = slot(period, place)
                if of is not None and column in of.slots:
                    cell = values.get((of.pk, seat.student_id), {}).get(column)
                    row[name] = write_cell(content_of(of.form, column), cell)
            yield row


def _pupil(number: int, book: Gradebook, seat: ClassPlacement) -> dict[str, str]:
    born = seat.person.birth_date
    return {
        "ordinal": str(number),
        "class_name": book.homeroom_class.name,
        "moet_code": seat.student.moet_code or "",
        "full_name": seat.person.full_name,
        "birth_date": format_date(born) if born else "",
    }


def _term(books: Sequence[Gradebook], on: date) -> int:
    if not books:
        return 1
    level = books[0].homeroom_class.grade_level.level
    return term_now(level, on) + 1


def _seats(books: Sequence[Gradebook], on: date) -> dict[int, list[ClassPlacement]]:
    found: defaultdict[int, list[ClassPlacement]] = defaultdict(list)
    rows = ClassPlacement.objects.unscoped(because=BECAUSE).filter(
        in_force(on), homeroom_class_id__in={one.homeroom_class_id for one in books}
    )
    for seat in rows.select_related("student", "person").order_by("sort_key", "student_id"):
        found[seat.homeroom_class_id].append(seat)
    return found


def _values(books: Sequence[Gradebook]) -> dict[tuple[int, int], dict[Slot, int]]:
    found: defaultdict[tuple[int, int], dict[Slot, int]] = defaultdict(dict)
    rows = Mark.objects.unscoped(because=BECAUSE).filter(
        gradebook_id__in=[one.pk for one in books], year__in={one.year for one in books}
    )
    for book, student, column, value in rows.values_list(
        "gradebook_id", "student_id", "slot", "value"
    ):
        found[book, student][column] = value
    return found
