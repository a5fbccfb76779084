"""Gradebooks, gaps and corrections as pages show them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.registry.staff.api import subject_label
from khuevan.school.gradebooks.cells import write_cell
from khuevan.school.gradebooks.column_names import slot_name
from khuevan.school.gradebooks.models import Confirmation, Correction, CorrectionState, Gradebook
from khuevan.school.gradebooks.selectors.corrections import Stood
from khuevan.school.gradebooks.selectors.progress import Progress
from khuevan.school.gradebooks.slots import BookForm, Content, How, Word, content_of
from khuevan.ui.formats import moment


def book_label(book: Gradebook) -> str:
    """Return what a gradebook is of: its subject, or qualities and competencies."""
    if book.form == BookForm.TRAITS:
        return _("Qualities and competencies")
    if book.form == BookForm.DEVELOPMENT:
        return _("Development of a child")
    return subject_label(book.subject_name)


def progress_line(one: Progress) -> dict[str, Any]:
    """Return a gradebook with what it lacks in a period."""
    return {
        "room": one.book.homeroom_class.name,
        "subject": book_label(one.book),
        "filled": one.filled,
        "required": one.required,
        "missing": one.missing,
        "make_ups": one.make_ups,
        "percent": 100 * one.filled // one.required if one.required else 100,
        "teacher": one.answers.member.person.full_name if one.answers else "",
        "uuid": one.book.uuid,
        "is_complete": one.is_complete,
    }


EMPTY = "–"
PILLS = {
    CorrectionState.ASKED: ("warn", "clock"),
    CorrectionState.CONFIRMED: ("warn", "clock"),
    CorrectionState.DONE: ("ok", "circle-check"),
    CorrectionState.REFUSED: ("bad", "circle-x"),
    CorrectionState.WITHDRAWN: ("neutral", "undo-2"),
}


def shown_value(content: Content, value: int | None) -> str:
    """Return what stood in a cell, for a sentence."""
    if value == Word.EXEMPT:
        return _("exempt")
    if value == Word.MAKE_UP_DUE:
        return _("make-up due")
    return write_cell(content, value) or EMPTY


def how_words(how: How) -> str:
    """Return how a value came into its cell."""
    return {
        How.TYPED: _("typed"),
        How.PASTED: _("pasted from a table"),
        How.FILE: _("taken in from a file"),
        How.CARRIED: _("brought along from the former class or school"),
        How.CORRECTED: _("by a correction"),
        How.DEADLINE: _("nobody made the test up before the deadline"),
        How.UNDONE: _("taken back"),
        How.LOADED: _("loaded"),
    }[how]


def stood_line(one: Stood, content: Content) -> dict[str, Any]:
    """Return a value of a cell's history."""
    return {
        "value": shown_value(content, one.value),
        "by": one.by.full_name if one.by else "",
        "at": moment(one.at),
        "how": how_words(one.how),
        "correction": correction_line(one.correction) if one.correction else None,
    }


def correction_line(one: Correction) -> dict[str, Any]:
    """Return a correction with its people, for lists and its own page."""
    content = content_of(one.gradebook.form, one.slot)
    state = CorrectionState(one.state)
    tone, icon = PILLS[state]
    return {
        "url": reverse("gradebooks:correction", args=[one.uuid]),
        "pupil": one.student.person.full_name,
        "room": one.homeroom_class.name,
        "subject": book_label(one.gradebook),
        "column": slot_name(one.gradebook.form, one.slot),
        "old": shown_value(content, one.old_value),
        "new": shown_value(content, one.new_value),
        "reason": one.reason,
        "answer": one.answer,
        "state": state,
        "pill": {"tone": tone, "icon": icon, "label": state.label},
        "asked_by": one.asked_by.full_name,
        "asked_at": moment(one.asked_at),
        "confirmed_by": one.confirmed_by.full_name if one.confirmed_by else "",
        "confirmed_at": moment(one.confirmed_at) if one.confirmed_at else "",
        "confirmation": Confirmation(one.confirmation).label if one.confirmation else "",
        "decided_by": one.decided_by.full_name if one.decided_by else "",
        "decided_at": moment(one.decided_at) if one.decided_at else "",
        "is_done": state == CorrectionState.DONE,
        "is_refused": state == CorrectionState.REFUSED,
    }
