"""The plan of a class for the year in words: week by week, what was changed, what is within."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.registry.curriculum.assessing import AssessmentForm, assessment_of_subject
from khuevan.registry.curriculum.models import PlanKind
from khuevan.registry.curriculum.plan_rules import runs
from khuevan.registry.curriculum.programme import integrated_in, opening_day
from khuevan.registry.curriculum.selectors.changes import PlanChange
from khuevan.registry.curriculum.selectors.plans import ClassPlan, SubjectPlan
from khuevan.registry.curriculum.shown import plan_fault_words, sure_pill
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.staff.api import subjects_of
from khuevan.ui.formats import moment

MOST_RUNS = 8


def assessed_words(room: HomeroomClass, name: str) -> str:
    """Return how a subject is assessed in a class, in words."""
    form = _form_of(room, name)
    return str(form.label) if form else ""


def by_comments(room: HomeroomClass, name: str) -> str:
    """Return the word for comments where a subject has nothing else: the exception on a board."""
    return assessed_words(room, name) if _form_of(room, name) == AssessmentForm.COMMENT else ""


def runs_words(weeks: Sequence[int]) -> str:
    """Return weeks in words: 4 each week; or weeks 1 to 18: 1; weeks 19 to 35: 2.

    Where they change too often for that, the number of each week.
    """
    found = runs(weeks)
    if len(found) == 1:
        return _("%(count)s each week") % {"count": found[0][2]}
    if len(found) > MOST_RUNS:
        return " ".join(map(str, weeks))
    told = []
    for first, last, count in found:
        words = {"first": first, "last": last, "count": count}
        if first == last:
            told.append(_("week %(first)s: %(count)s") % words)
        else:
            told.append(_("weeks %(first)s to %(last)s: %(count)s") % words)
    return "; ".join(told)


def year_rows(plan: ClassPlan) -> list[dict[str, Any]]:
    """Return a row for each subject of a class, in the order of kinds and of the list."""
    return [_row(plan.room, one) for one in _in_order(plan.subjects)]


def fault_words(plan: ClassPlan) -> list[str]:
    """Return what is wrong with a plan, each in a sentence."""
    return [plan_fault_words(one) for one in plan.faults]


def integrated_rows(plan: ClassPlan) -> list[dict[str, Any]]:
    """Return what the class learns within its subjects, with how much of it has a place."""
    code = plan.room.grade_level.code
    if not code.isdigit() or not plan.subjects:
        return []
    placed = sum(one.row.integrated for one in plan.subjects)
    return [
        {
            "label": row.label,
            "asked": row.periods,
            "placed": placed,
            "is_met": placed == row.periods,
            "source": row.source,
            "sure": sure_pill(row.confidence),
        }
        for row in integrated_in(int(code), opening_day(plan.room.academic_year))
    ]


def change_rows(changes: Sequence[PlanChange], *, names_people: bool) -> list[dict[str, Any]]:
    """Return what was changed in a plan, for a page or a sheet."""
    return [
        {
            "title": f"{one.subject_label}: {_what(one)}",
            "before": runs_words(one.before) if one.before else "",
            "after": runs_words(one.after) if one.after else "",
            "when": moment(localtime(one.at)),
            "who": one.who if names_people else "",
            "reason": one.reason,
            "off": _off(one.off),
        }
        for one in changes
    ]


def _form_of(room: HomeroomClass, name: str) -> AssessmentForm | None:
    code = room.grade_level.code
    opening = opening_day(room.academic_year)
    row = assessment_of_subject(int(code), name, opening) if code.isdigit() else None
    return AssessmentForm(row.form) if row else None


def _what(one: PlanChange) -> str:
    if not one.before:
        return _("added to the plan")
    if not one.after:
        return _("removed from the plan")
    return _("otherwise from week %(week)s on") % {"week": one.from_week}


def _off(periods: int) -> str:
    if not periods:
        return _("the year's total stays")
    count = abs(periods)
    if periods > 0:
        told = ngettext("%(count)s period more a year", "%(count)s periods more a year", count)
    else:
        told = ngettext("%(count)s period less a year", "%(count)s periods less a year", count)
    return told % {"count": count}


def _in_order(subjects: Sequence[SubjectPlan]) -> list[SubjectPlan]:
    order = {name: place for place, name in enumerate(subjects_of())}
    kinds = {kind: place for place, kind in enumerate(PlanKind.values)}
    return sorted(
        subjects, key=lambda one: (kinds[one.row.kind], order.get(one.row.subject_name, len(order)))
    )


def _row(room: HomeroomClass, one: SubjectPlan) -> dict[str, Any]:
    row, first = one.row, one.terms[0]
    return {
        "row": row,
        "label": row.subject_label,
        "kind": PlanKind(row.kind).label,
        "is_usual": row.kind == PlanKind.COMPULSORY,
        "assessed": "" if row.kind == PlanKind.SECOND else assessed_words(room, row.subject_name),
        "annual": row.annual,
        "first": sum(row.weeks[:first]),
        "second": sum(row.weeks[first:]),
        "runs": runs_words(row.weeks),
        "weeks": row.weeks,
        "integrated": row.integrated,
    }
