"""Titles at the end of a year (ASM-13; Circular 22/2021, article 15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from khuevan.school.assessments.rules.derivation import Derivation, Points, Step
from khuevan.school.assessments.rules.values import Level, SecondaryRules, SubjectResult, Title

ARTICLE = "Điều 15"
EXCELLENT_SUBJECTS = 6

_NONE = _("No title: conduct and study both have to be Tốt")
_COUNTED = _("Conduct and study Tốt; %(count)s subjects from %(mark)s, %(needed)s make Xuất sắc")


@dataclass(frozen=True, slots=True)
class Awarded:
    """A title, or none."""

    title: Title | None
    why: Derivation = ()


def year_title(
    conduct: Level | None,
    study: Level | None,
    subjects: Sequence[SubjectResult],
    rules: SecondaryRules,
) -> Awarded:
    """Return the title of a year's results; absences have no part in it."""
    if conduct is not Level.GOOD or study is not Level.GOOD:
        return Awarded(None, (Step("ASM-13", ARTICLE, _NONE),))
    averages = [one.average or 0 for one in subjects if one.counts and one.is_scored]
    count = sum(average >= rules.excellent_from for average in averages)
    facts = {
        "count": count,
        "mark": Points(rules.excellent_from),
        "needed": EXCELLENT_SUBJECTS,
    }
    title = Title.EXCELLENT if count >= EXCELLENT_SUBJECTS else Title.GOOD_STUDENT
    return Awarded(title, (Step("ASM-13", ARTICLE, _COUNTED, facts),))
