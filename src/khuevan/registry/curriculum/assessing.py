"""How what is learnt is assessed, as dated data: by marks, by comments, with tests at times.

`data/assessment.csv` names for some grades the components of each form; a row without components
is for all others of these grades.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.rule_rows import RuleRow, rule_rows
from khuevan.registry.curriculum.programme import DATA, components


class AssessmentForm(TextChoices):
    """How a subject is assessed."""

    SCORE = "SCORE", _("Marks")
    COMMENT_AND_SCORE = "COMMENT_AND_SCORE", _("Comments and marks")
    COMMENT = "COMMENT", _("Comments")
    COMMENT_AND_TEST = "COMMENT_AND_TEST", _("Comments; tests marked at set times")


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRow(RuleRow):
    """Components of some grades are assessed in one form; no component means all others."""

    grades: tuple[str, ...]
    components: tuple[str, ...]
    form: str


def assessment_of(grade: int, component: str, on: date) -> AssessmentRow | None:
    """Return how a component of a grade is assessed on a day; None where no text is known."""
    rows = [
        row
        for row in rule_rows(DATA / "assessment.csv", AssessmentRow)
        if str(grade) in row.grades and row.holds(on)
    ]
    own = next((row for row in rows if component in row.components), None)
    found = own or next((row for row in rows if not row.components), None)
    return found if found and found.form else None


def assessment_of_subject(grade: int, subject_name: str, on: date) -> AssessmentRow | None:
    """Return how a subject of a grade is assessed on a day.

    A subject may be part of several components: those that the text names go first.
    """
    codes = [code for code, part in components().items() if subject_name in part.subjects]
    found = [assessment_of(grade, code, on) for code in codes]
    named = [row for row in found if row is not None and row.components]
    return next(iter(named), None) or next((row for row in found if row is not None), None)
