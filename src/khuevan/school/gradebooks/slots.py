"""The columns of a gradebook as small numbers, and what stands in a cell as one number.

A slot is `period * 100 + place`. Secondary schools have two periods, the terms; primary schools
have four (middle and end of each term). A cell's value is a whole number: tenths of a mark, a
level, or one of the words below nought.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum, StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

Slot = int
"""A column of a gradebook: `period * 100 + place`."""

A_PERIOD = 100
MOST_REGULAR = 20
REGULAR, CLUSTER, MIDTERM, FINAL = 1, 30, 40, 50
LEVEL, TEST = 60, 61
TRAIT = 71
"""The first of the places of qualities and competencies."""
FIELD = 91
"""The first of the places of fields of development."""


class BookForm(TextChoices):
    """What stands in the cells of a gradebook."""

    SCORE = "SCORE", _("Marks on ten")
    COMMENT = "COMMENT", _("Passed or not")
    LEVEL = "LEVEL", _("Levels, and tests at set times")
    TRAITS = "TRAITS", _("Qualities and competencies")
    DEVELOPMENT = "DEVELOPMENT", _("Development of a child")


class Content(StrEnum):
    """What a cell of a column holds."""

    SCORE = "SCORE"
    """Tenths, 0 to 100."""
    VERDICT = "VERDICT"
    """Đạt or Chưa đạt: 1 or 0."""
    LEVEL = "LEVEL"
    """Hoàn thành tốt, Hoàn thành, Chưa hoàn thành: 3, 2, 1."""
    TRAIT = "TRAIT"
    """Tốt, Đạt, Cần cố gắng: 3, 2, 1."""
    TEST = "TEST"
    """A whole mark, in tenths."""


class Word(IntEnum):
    """What a cell says instead of a mark."""

    CLEARED = -1
    """It held a value and holds none now."""
    MAKE_UP_DUE = -2
    """The pupil missed the test and may sit another."""
    EXEMPT = -3
    """The pupil need not have this mark."""


class How(IntEnum):
    """How a value came into its cell."""

    TYPED = 1
    PASTED = 2
    FILE = 3
    CARRIED = 4
    CORRECTED = 5
    DEADLINE = 6
    UNDONE = 7
    LOADED = 8


def slot(period: int, place: int) -> Slot:
    """Return the column of a place in a period."""
    return period * A_PERIOD + place


def period_of(slot: Slot) -> int:
    """Return the period of a column: a term, or one of a primary school's four."""
    return slot // A_PERIOD


def place_of(slot: Slot) -> int:
    """Return a column's place in its period."""
    return slot % A_PERIOD


def is_regular(slot: Slot) -> bool:
    """Return whether a column is one of the regular marks of its term."""
    return REGULAR <= place_of(slot) <= MOST_REGULAR


def content_of(form: str, slot: Slot) -> Content:
    """Return what a cell of a column holds in a gradebook of a form."""
    if form == BookForm.SCORE:
        return Content.SCORE
    if form == BookForm.TRAITS:
        return Content.TRAIT
    if form == BookForm.LEVEL:
        return Content.TEST if place_of(slot) == TEST else Content.LEVEL
    return Content.VERDICT


def secondary_slots(
    regular: Iterable[int], *, cluster_period: int = 0, midterm: bool = True
) -> list[Slot]:
    """Return the columns of a subject of a secondary school: `regular` marks of each term."""
    found: list[Slot] = []
    for period, count in enumerate(regular, start=1):
        found += [slot(period, REGULAR + at) for at in range(count)]
        found += [slot(period, CLUSTER)] if period == cluster_period else []
        found += [slot(period, MIDTERM)] if midterm else []
        found.append(slot(period, FINAL))
    return found
