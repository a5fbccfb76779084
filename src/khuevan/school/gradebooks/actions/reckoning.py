"""Reckoning the averages of a gradebook anew after its marks changed: a step of other actions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db import connection

from khuevan.school.gradebooks.averages import Columns, Results, results_of
from khuevan.school.gradebooks.models import BroughtAverage, Gradebook, Mark
from khuevan.school.gradebooks.selectors.arrangements import exempt_from
from khuevan.school.gradebooks.slots import BookForm, Slot

BECAUSE = "of a gradebook that the actor reached"
_RESULTS = """
INSERT INTO gradebooks_subjectresult AS old (gradebook_id, year, student_id, term_1, term_2, annual)
SELECT %s, %s, found.* FROM unnest(%s::int[], %s::smallint[], %s::smallint[], %s::smallint[]) found
ON CONFLICT (gradebook_id, student_id, year) DO UPDATE
SET term_1 = excluded.term_1, term_2 = excluded.term_2, annual = excluded.annual
WHERE (old.term_1, old.term_2, old.annual)
    IS DISTINCT FROM (excluded.term_1, excluded.term_2, excluded.annual)
"""


def refresh_results(book: Gradebook, students: Collection[int]) -> dict[int, Results]:
    """Reckon the averages of some pupils of a gradebook anew and keep them; four statements.

    Who is exempt from the subject has none.
    """
    if not students or book.form not in {BookForm.SCORE, BookForm.COMMENT}:
        return {}
    cells: defaultdict[int, dict[Slot, int]] = defaultdict(dict)
    rows = Mark.objects.unscoped(because=BECAUSE).filter(
        gradebook_id=book.pk, year=book.year, student_id__in=students
    )
    for student, column, value in rows.values_list("student_id", "slot", "value"):
        cells[student][column] = value
    columns = Columns(book.form, book.slots, book.required)
    exempt, brought = exempt_from(book), _brought(book, students)
    found = {
        student: Results()
        if student in exempt
        else results_of(columns, cells[student], brought=brought.get(student))
        for student in students
    }
    stored = [list(one) for one in zip(*(each.values for each in found.values()), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_RESULTS, [book.pk, book.year, list(found), *stored])
    return found


def _brought(book: Gradebook, students: Collection[int]) -> dict[int, int]:
    """Return the averages of term I that pupils brought along."""
    rows = BroughtAverage.objects.unscoped(because=BECAUSE).filter(
        gradebook=book, student_id__in=students
    )
    return dict(rows.values_list("student_id", "value"))
