"""What follows from a pupil's marks in one gradebook, by the pure rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from khuevan.school.assessments.api import (
    Average,
    Derivation,
    Said,
    SemesterComments,
    SemesterMarks,
    State,
    Step,
    Verdict,
    semester_average,
    semester_verdict,
    year_average,
    year_verdict,
)
from khuevan.school.gradebooks.slots import (
    CLUSTER,
    FINAL,
    MIDTERM,
    BookForm,
    Slot,
    is_regular,
    period_of,
    slot,
)

TERMS = (1, 2)
_BROUGHT: Derivation = (
    Step("ASM-05", _("article 9 clause 1"), _("As the school report brought along says")),
)
Cells = Mapping[Slot, int]
"""A pupil's cells by column; a `slots.Word` says that there is no mark."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What has to be known of a gradebook to reckon: its columns and how many marks it needs."""

    form: str
    slots: Sequence[Slot]
    required: Sequence[int]


@dataclass(frozen=True, slots=True)
class Results:
    """Both terms and the year of a pupil in a subject: tenths, 1 and 0, or None; with reasons."""

    terms: tuple[int | None, int | None] = (None, None)
    annual: int | None = None
    why: tuple[Derivation, Derivation, Derivation] = ((), (), ())

    @property
    def values(self) -> tuple[int | None, int | None, int | None]:
        """Return the three as they are stored."""
        return (*self.terms, self.annual)


def results_of(columns: Columns, cells: Cells, *, brought: int | None = None) -> Results:
    """Return what a pupil's cells give; nothing for gradebooks without averages.

    `brought` is what the report of a pupil who came later says of term I: it stands in the place
    of what would be reckoned from marks.
    """
    if columns.form == BookForm.SCORE:
        first, second = (term_average(columns, cells, term) for term in TERMS)
        if brought is not None:
            first = Average(State.OK, brought, _BROUGHT)
        annual = year_average(first.tenths, second.tenths)
        return Results(
            (first.tenths, second.tenths), annual.tenths, (first.why, second.why, annual.why)
        )
    if columns.form == BookForm.COMMENT:
        one, two = (term_verdict(columns, cells, term) for term in TERMS)
        if brought is not None:
            one = Said(Verdict.PASS if brought else Verdict.FAIL, _BROUGHT)
        year = year_verdict(two)
        return Results((_stored(one), _stored(two)), _stored(year), (one.why, two.why, year.why))
    return Results()


def term_average(columns: Columns, cells: Cells, term: int) -> Average:
    """Return the average of a term (1 or 2) of a scored subject."""
    needs_cluster = slot(term, CLUSTER) in columns.slots
    marks = SemesterMarks(
        regular=tuple(_mark(cells, one) for one in _regular(columns, term)),
        midterm=_mark(cells, slot(term, MIDTERM)),
        final=_mark(cells, slot(term, FINAL)),
        cluster=_mark(cells, slot(term, CLUSTER)),
        needs_cluster=needs_cluster,
    )
    return semester_average(marks, columns.required[term - 1])


def term_verdict(columns: Columns, cells: Cells, term: int) -> Said:
    """Return the verdict of a term of a subject assessed by comment."""
    comments = SemesterComments(
        regular=tuple(_verdict(cells, one) for one in _regular(columns, term)),
        midterm=_verdict(cells, slot(term, MIDTERM)),
        final=_verdict(cells, slot(term, FINAL)),
    )
    return semester_verdict(comments, columns.required[term - 1])


def _regular(columns: Columns, term: int) -> list[Slot]:
    return [one for one in columns.slots if is_regular(one) and period_of(one) == term]


def _mark(cells: Cells, column: Slot) -> int | None:
    value = cells.get(column)
    return value if value is not None and value >= 0 else None


def _verdict(cells: Cells, column: Slot) -> Verdict | None:
    value = _mark(cells, column)
    return None if value is None else (Verdict.PASS if value else Verdict.FAIL)


def _stored(said: Said) -> int | None:
    return None if said.verdict is None else int(said.verdict is Verdict.PASS)
