"""Gradebooks, gaps and corrections as pages show them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from khuevan.registry.staff.api import subject_label
from khuevan.school.gradebooks.models import Gradebook
from khuevan.school.gradebooks.selectors.progress import Progress
from khuevan.school.gradebooks.slots import BookForm


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
