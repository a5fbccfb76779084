"""What the columns and periods of a gradebook are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.school.gradebooks.column_names import named_by_place, short_name
from khuevan.school.gradebooks.models import Gradebook
from khuevan.school.gradebooks.periods import period_name
from khuevan.school.gradebooks.slots import (
    CLUSTER,
    FINAL,
    LEVEL,
    MIDTERM,
    TEST,
    TRAIT,
    BookForm,
    Content,
    Slot,
    content_of,
    is_regular,
    place_of,
)

SHORT_TRAITS = (
    "Tự chủ",
    "Giao tiếp",
    "Giải quyết",
    "Ngôn ngữ",
    "Tính toán",
    "Khoa học",
    "C. nghệ",
    "Tin học",
    "Thẩm mĩ",
    "Thể chất",
    "Yêu nước",
    "Nhân ái",
    "Chăm chỉ",
    "Tr. thực",
    "Tr. nhiệm",
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is drawn: its short name over the cells, and what that stands for."""

    slot: Slot
    label: str
    title: str
    content: Content
    is_locked: bool


def columns_of(book: Gradebook, slots: Sequence[Slot], locked: frozenset[Slot]) -> list[Column]:
    """Return the columns of a gradebook with their names."""
    return [
        Column(slot, _label(slot), _title(slot), content_of(book.form, slot), slot in locked)
        for slot in slots
    ]


def _label(slot: Slot) -> str:
    at = place_of(slot) - TRAIT
    return SHORT_TRAITS[at] if 0 <= at < len(SHORT_TRAITS) else short_name(slot)


def _title(slot: Slot) -> str:
    place = place_of(slot)
    if place >= TRAIT:
        return named_by_place(place)
    if is_regular(slot):
        return _("Regular mark %(number)s") % {"number": place}
    return {
        CLUSTER: _("Study topics"),
        MIDTERM: _("Midterm mark"),
        FINAL: _("Final mark"),
        LEVEL: _("Level reached"),
        TEST: _("Mark of the periodic test"),
    }[place]


def period_label(book: Gradebook, period: int) -> str:
    """Return what a period of a gradebook is called; nought is the whole year."""
    return period_name(book.homeroom_class.grade_level.level, period) if period else _("Whole year")


def average_labels(form: str, period: int) -> list[tuple[int, str]]:
    """Return which of a pupil's three results a sheet shows, with their names; none has none."""
    if form not in {BookForm.SCORE, BookForm.COMMENT}:
        return []
    is_scored = form == BookForm.SCORE
    result = pgettext("column of marks", "Result")
    word = pgettext("column of marks", "ĐTB") if is_scored else result
    if period:
        return [(period - 1, word)]
    return [(0, f"{word} I"), (1, f"{word} II"), (2, pgettext("column of marks", "Year"))]
