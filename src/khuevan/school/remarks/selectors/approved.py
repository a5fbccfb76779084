"""Approved comments on some pupils, for their record and for their family."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor, Permission
from khuevan.registry.schools.api import AcademicYear
from khuevan.registry.staff.api import subject_label
from khuevan.school.gradebooks.api import BookForm, Gradebook, period_name
from khuevan.school.remarks.models import Remark, State
from khuevan.school.remarks.permissions import VIEW_OWN_REMARKS


@dataclass(frozen=True, slots=True)
class Approved:
    """An approved comment: of whom, in what, when, by whom."""

    student_id: int
    subject: str
    is_overall: bool
    """Whether it is the homeroom teacher's on the pupil as a whole."""
    period: int
    period_name: str
    text: str
    by_name: str
    at: datetime


def approved_remarks(
    *,
    actor: Actor,
    student_ids: Collection[int],
    year: AcademicYear,
    permission: Permission = VIEW_OWN_REMARKS,
) -> list[Approved]:
    """Return the approved comments of a year on pupils in reach, by period: one query.

    The homeroom teacher's stands before those of the subjects.
    """
    rows = (
        Remark.objects.visible_to(actor, permission)
        .filter(
            student_id__in=student_ids,
            year=year.starts_on.year,
            sheet__academic_year=year,
            state=State.APPROVED,
        )
        .select_related("sheet__gradebook", "sheet__homeroom_class__grade_level", "by")
        .order_by("student_id", "period", "sheet__gradebook_id")
    )
    found = [_approved(one) for one in rows]
    return sorted(found, key=lambda one: (one.student_id, one.period, not one.is_overall))


def _approved(one: Remark) -> Approved:
    level = one.sheet.homeroom_class.grade_level.level
    return Approved(
        student_id=one.student_id,
        subject=_subject(one.sheet.gradebook),
        is_overall=one.sheet.gradebook is None,
        period=one.period,
        period_name=period_name(level, one.period),
        text=one.text,
        by_name=one.by.full_name if one.by else "",
        at=one.at,
    )


def _subject(book: Gradebook | None) -> str:
    if book is None:
        return _("The pupil as a whole")
    if book.form in {BookForm.TRAITS, BookForm.DEVELOPMENT}:
        return _("Qualities and competencies")
    return subject_label(book.subject_name)
