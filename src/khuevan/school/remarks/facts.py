"""What the marks of a pupil say for a comment: level, trend, what is missing. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from khuevan.school.assessments.api import Level
from khuevan.school.gradebooks.api import (
    FINAL,
    LEVEL,
    MIDTERM,
    BookForm,
    Content,
    Slot,
    Word,
    content_of,
    period_of,
    place_of,
    slot,
    write_cell,
)
from khuevan.school.remarks.models import Band
from khuevan.ui.formats import tenths

GOOD, FAIR, PASS = 80, 65, 50
STEP = 10
"""By how many tenths two tests differ for a trend."""
MOST_TRAITS = 4, 5
"""Which share of qualities has to be Tốt for the highest level, where none is to be improved."""
Cells = Mapping[Slot, int]


class Trend(StrEnum):
    """Where results went from the middle to the end of a term."""

    RISE = "RISE"
    FALL = "FALL"
    STEADY = "STEADY"


@dataclass(frozen=True, slots=True)
class Situation:
    """What a suggestion depends on."""

    band: str
    trend: Trend = Trend.STEADY
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """A pupil's situation, and the figures behind it as they are shown."""

    situation: Situation | None = None
    """Nothing while there is nothing to go by."""
    shown: str = ""
    before: str = ""
    after: str = ""
    missing: tuple[Slot, ...] = ()
    subjects: int = 0
    """Of how many subjects there are results, for the pupil as a whole."""


def band_of_mark(value: int) -> Band:
    """Return the level of an average in tenths."""
    if value >= GOOD:
        return Band.GOOD
    if value >= FAIR:
        return Band.FAIR
    return Band.PASS if value >= PASS else Band.LOW


def given_columns(slots: Iterable[Slot], period: int, cells: Collection[Cells]) -> list[Slot]:
    """Return the columns of a period that at least half of a class has: who lacks one lacks it."""
    counted = Counter(
        column
        for row in cells
        for column, value in row.items()
        if value >= 0 or value == Word.EXEMPT
    )
    here = (one for one in slots if period_of(one) == period)
    return [one for one in here if counted[one] and counted[one] * 2 >= len(cells)]


def facts_of(
    form: str,
    slots: Sequence[Slot],
    cells: Cells,
    *,
    period: int,
    result: int | None,
    given: Collection[Slot],
) -> Facts:
    """Return what the cells of a pupil in a gradebook say of a period.

    `result` is the term's result where it is complete, `given` what the class has.
    """
    here = {one: cells[one] for one in slots if period_of(one) == period and one in cells}
    missing = tuple(
        one
        for one in slots
        if (one in given and here.get(one, Word.CLEARED) in {Word.CLEARED, Word.MAKE_UP_DUE})
        or here.get(one) == Word.MAKE_UP_DUE
    )
    marks = {one: value for one, value in here.items() if value >= 0}
    band, shown = _level(form, marks, result)
    if band is None:
        return Facts(missing=missing)
    trend, before, after = _trend(form, cells, period)
    return Facts(Situation(band, trend, bool(missing)), shown, before, after, missing)


def _level(form: str, marks: Cells, result: int | None) -> tuple[Band | None, str]:
    if form == BookForm.SCORE:
        value = result if result is not None else _so_far(marks)
        return (None, "") if value is None else (band_of_mark(value), tenths(value))
    if form == BookForm.COMMENT:
        value = result if result is not None else _last(marks)
        told = write_cell(Content.VERDICT, value)
        return (None, "") if value is None else (Band.PASS if value else Band.LOW, told)
    if form == BookForm.LEVEL:
        found = next((marks[one] for one in marks if place_of(one) == LEVEL), None)
        told = write_cell(Content.LEVEL, found)
        return (None, "") if found is None else (_of_three(found), told)
    return _traits(marks)


def _traits(marks: Cells) -> tuple[Band | None, str]:
    if not marks:
        return None, ""
    counted = Counter(marks.values())
    shown = ", ".join(
        f"{counted[value]} {write_cell(Content.TRAIT, value)}"
        for value in (3, 2, 1)
        if counted[value]
    )
    if counted[1]:
        return Band.LOW, shown
    many, of = MOST_TRAITS
    return (Band.GOOD if counted[3] * of >= len(marks) * many else Band.PASS), shown


def _of_three(value: int) -> Band:
    return {3: Band.GOOD, 2: Band.PASS}.get(value, Band.LOW)


def _so_far(marks: Cells) -> int | None:
    """Return the mean of what there is, weighed as in an average, while it is incomplete."""
    weights = {one: {MIDTERM: 2, FINAL: 3}.get(place_of(one), 1) for one in marks}
    whole = sum(weights.values())
    if not whole:
        return None
    return (2 * sum(marks[one] * weight for one, weight in weights.items()) + whole) // (2 * whole)


def _last(marks: Cells) -> int | None:
    return marks[max(marks)] if marks else None


def _trend(form: str, cells: Cells, period: int) -> tuple[Trend, str, str]:
    """Compare the end of a term with its middle, where both are there."""
    if form == BookForm.SCORE:
        columns, step = (slot(period, MIDTERM), slot(period, FINAL)), STEP
    elif form == BookForm.LEVEL and period % 2 == 0:
        columns, step = (slot(period - 1, LEVEL), slot(period, LEVEL)), 1
    else:
        return Trend.STEADY, "", ""
    first, last = (cells.get(one, Word.CLEARED) for one in columns)
    if first < 0 or last < 0 or abs(last - first) < step:
        return Trend.STEADY, "", ""
    told = [write_cell(content_of(form, one), cells[one]) for one in columns]
    return (Trend.RISE if last > first else Trend.FALL), told[0], told[1]


def facts_of_level(level: Level | None, subjects: int) -> Facts:
    """Return what a level of study over some subjects says of the pupil as a whole."""
    if level is None:
        return Facts()
    bands = {Level.GOOD: Band.GOOD, Level.FAIR: Band.FAIR, Level.PASS: Band.PASS}
    return Facts(Situation(bands.get(level, Band.LOW)), subjects=subjects)
