"""What columns of a gradebook are called."""

from __future__ import annotations

from django.utils.translation import pgettext

from khuevan.school.gradebooks.periods import PRIMARY_NAMES, TERM_NAMES
from khuevan.school.gradebooks.shapes import TRAITS
from khuevan.school.gradebooks.slots import (
    CLUSTER,
    FINAL,
    LEVEL,
    MIDTERM,
    TEST,
    TRAIT,
    BookForm,
    Slot,
    is_regular,
    period_of,
    place_of,
)

OF_TERMS = (BookForm.SCORE, BookForm.COMMENT)


def short_name(slot: Slot) -> str:
    """Return what stands above a column: TX1, GK, CK."""
    place = place_of(slot)
    if is_regular(slot):
        return pgettext("column of marks", "TX%(number)s") % {"number": place}
    named = {
        CLUSTER: pgettext("column of marks", "CĐ"),
        MIDTERM: pgettext("column of marks", "GK"),
        FINAL: pgettext("column of marks", "CK"),
        LEVEL: pgettext("column of marks", "Level"),
        TEST: pgettext("column of marks", "Test"),
    }
    if place in named:
        return named[place]
    at = place - TRAIT
    return TRAITS[at] if 0 <= at < len(TRAITS) else str(place)


def slot_name(form: str, slot: Slot) -> str:
    """Return a column's name with its period, for sentences: CK, term I."""
    names = TERM_NAMES if form in OF_TERMS else PRIMARY_NAMES
    period = str(names.get(period_of(slot), period_of(slot)))
    return f"{short_name(slot)}, {period[:1].lower()}{period[1:]}"
