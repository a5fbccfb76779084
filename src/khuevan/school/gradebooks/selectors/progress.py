"""How far the marks of a period are entered: for a school, each gradebook, in few queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from khuevan.kernel.actor import Actor, Permission
from khuevan.registry.curriculum.api import Responsible, responsible_for
from khuevan.registry.schools.api import AcademicYear, School
from khuevan.school.gradebooks.models import Gradebook
from khuevan.school.gradebooks.permissions import VIEW_MARKS
from khuevan.school.gradebooks.selectors.pupils import PUPILS, pupil_values
from khuevan.school.gradebooks.slots import (
    A_PERIOD,
    MOST_REGULAR,
    BookForm,
    Slot,
    Word,
    is_regular,
    period_of,
)

SECONDARY = (BookForm.SCORE, BookForm.COMMENT)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many cells of a gradebook's period are filled, of how many that are required."""

    book: Gradebook
    filled: int
    required: int
    make_ups: int
    """Missed tests that are still due."""
    answers: Responsible | None = None

    @property
    def missing(self) -> int:
        """Return how many required cells hold nothing."""
        return max(0, self.required - self.filled)

    @property
    def is_complete(self) -> bool:
        """Return whether nothing is missing and no make-up is due."""
        return not self.missing and not self.make_ups


def progress_of(
    *,
    actor: Actor,
    school: School,
    year: AcademicYear,
    level: str,
    period: int,
    on: date,
    permission: Permission = VIEW_MARKS,
) -> list[Progress]:
    """Return how far each gradebook of a level of a school is in a period, by class and subject.

    Eight queries, however many classes there are.
    """
    books = list(
        Gradebook.objects.visible_to(actor, permission)
        .filter(school=school, academic_year=year, homeroom_class__grade_level__level=level)
        .select_related("homeroom_class__grade_level")
        .order_by("homeroom_class__sort_key", "homeroom_class_id", "subject_name", "pk")
    )
    counted = counts_of(books, period, on)
    answering = responsible_for({one.homeroom_class_id for one in books}, on=on)
    return [
        Progress(
            book=one,
            filled=counted.get(one.pk, NOTHING).filled,
            required=counted.get(one.pk, NOTHING).required,
            make_ups=counted.get(one.pk, NOTHING).make_ups,
            answers=_answering(one, answering),
        )
        for one in books
        if slots_of_period(one, period)
    ]


def slots_of_period(book: Gradebook, period: int) -> list[Slot]:
    """Return the columns that a gradebook has in a period."""
    return [one for one in book.slots if period_of(one) == period]


def required_in(book: Gradebook, period: int) -> tuple[int, int]:
    """Return how many regular and how many other cells a pupil needs in a period."""
    here = slots_of_period(book, period)
    others = sum(not is_regular(one) for one in here)
    if book.form not in SECONDARY:
        return 0, others
    return (book.required[period - 1] if period <= len(book.required) else 0), others


@dataclass(frozen=True, slots=True)
class _Counted:
    filled: int = 0
    required: int = 0
    make_ups: int = 0


NOTHING = _Counted()
_COUNT_WITH_BOOKS = """
WITH books AS (
    SELECT * FROM unnest(%(books)s::int[], %(regular)s::int[], %(others)s::int[])
        AS b (id, regular, others)
), pupils AS ("""
_COUNT_MARKS = """), marks AS (
    SELECT m.gradebook_id, m.student_id,
        count(*) FILTER (WHERE m.slot %% %(hundred)s <= %(most)s
                         AND (m.value >= 0 OR m.value = %(exempt)s)) AS regular,
        count(*) FILTER (WHERE m.slot %% %(hundred)s > %(most)s
                         AND (m.value >= 0 OR m.value = %(exempt)s)) AS others,
        count(*) FILTER (WHERE m.value = %(due)s) AS due
    FROM gradebooks_mark m
    WHERE m.gradebook_id = ANY(%(books)s::int[]) AND m.year = ANY(%(years)s::int[])
        AND m.slot BETWEEN %(first)s AND %(last)s
    GROUP BY m.gradebook_id, m.student_id
)
SELECT b.id, sum(b.regular + b.others),
    sum(least(b.regular, coalesce(m.regular, 0)) + least(b.others, coalesce(m.others, 0))),
    sum(coalesce(m.due, 0))
FROM books b JOIN pupils p ON p.book_id = b.id
    LEFT JOIN marks m ON m.gradebook_id = b.id AND m.student_id = p.student_id
GROUP BY b.id
"""
_COUNT = _COUNT_WITH_BOOKS + PUPILS + _COUNT_MARKS


def counts_of(books: Collection[Gradebook], period: int, on: date) -> dict[int, _Counted]:
    """Count the cells of gradebooks that the caller reached through a scope: one query.

    Regular marks above what is required don't stand for others that are missing.
    """
    if not books:
        return {}
    needs = [required_in(one, period) for one in books]
    values = {
        **pupil_values(books, on),
        "regular": [one for one, _others in needs],
        "others": [others for _one, others in needs],
        "years": sorted({one.year for one in books}),
        "hundred": A_PERIOD,
        "most": MOST_REGULAR,
        "exempt": int(Word.EXEMPT),
        "due": int(Word.MAKE_UP_DUE),
        "first": period * A_PERIOD,
        "last": period * A_PERIOD + A_PERIOD - 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        rows = cursor.fetchall()
    return {pk: _Counted(int(filled), int(need), int(due)) for pk, need, filled, due in rows}


def _answering(book: Gradebook, found: dict[tuple[int, str], Responsible]) -> Responsible | None:
    """Return who answers for a gradebook: for one of several parts, the first that has somebody."""
    names: Iterable[str] = book.parts or [book.subject_name]
    keys = ((book.homeroom_class_id, name) for name in names)
    return next((found[key] for key in keys if key in found), None)
