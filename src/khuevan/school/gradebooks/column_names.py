"""What columns of a gradebook are called."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext

from khuevan.school.gradebooks.periods import AGE_NAMES, PRIMARY_NAMES, TERM_NAMES
from khuevan.school.gradebooks.shapes import FIELDS, TRAITS
from khuevan.school.gradebooks.slots import (
    CLUSTER,
    FIELD,
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

NAMES_BY_FORM: Mapping[str, Mapping[int, str | Promise]] = {
    BookForm.SCORE: TERM_NAMES,
    BookForm.COMMENT: TERM_NAMES,
    BookForm.DEVELOPMENT: AGE_NAMES,
}


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
    return named_by_place(place) or str(place)


def named_by_place(place: int) -> str:
    """Return the quality, competency or field of development that has a place, if one has."""
    for first, names in ((FIELD, FIELDS), (TRAIT, TRAITS)):
        if first <= place < first + len(names):
            return names[place - first]
    return ""


def slot_name(form: str, slot: Slot) -> str:
    """Return a column's name with its period, for sentences: CK, term I."""
    names = NAMES_BY_FORM.get(form, PRIMARY_NAMES)
    period = str(names.get(period_of(slot), period_of(slot)))
    return f"{short_name(slot)}, {period[:1].lower()}{period[1:]}"
