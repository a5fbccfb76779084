"""The programme of general education as the data has it, with its texts and how sure they are."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from khuevan.registry.curriculum.assessing import AssessmentForm, assessment_of
from khuevan.registry.curriculum.models import PlanKind
from khuevan.registry.curriculum.pages.years import year_menu
from khuevan.registry.curriculum.permissions import VIEW_PLANS
from khuevan.registry.curriculum.plan_rules import spread, weekly
from khuevan.registry.curriculum.programme import (
    ProgrammeRow,
    components,
    first_year,
    frame_of,
    integrated_in,
    opening_of,
    programme_named,
    programme_of,
)
from khuevan.registry.curriculum.shown import periods_words, sure_pill
from khuevan.registry.schools.api import GradeLevel, academic_year_on, grade_levels
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request


@page(VIEW_PLANS, methods=("GET",))
def programme(request: Request) -> HttpResponse:
    """Show what each grade learns in a year, how many periods, and which text says so."""
    this = academic_year_on(request.actor.today)
    now = int(this.code[:4]) if this else request.actor.today.year
    codes = [_code(first) for first in range(now + 1, first_year() - 1, -1)]
    asked = request.GET.get("year", "")
    code = asked if asked in codes else _code(now)
    grades = [one for one in grade_levels() if one.code.isdigit()]
    asked = request.GET.get("grade", "")
    grade = next((one for one in grades if one.code == asked), grades[0] if grades else None)
    context: dict[str, Any] = {
        "grade": grade,
        "years": year_menu(codes, code, grade=grade.code if grade else ""),
        "options": [
            {
                "label": one.label,
                "url": f"?grade={one.code}&year={code}",
                "current": one == grade,
            }
            for one in grades
        ],
        "title": _("Programme of general education"),
        "rows": [],
    }
    if grade is not None:
        context.update(_told(grade, opening_of(int(code[:4]))))
    return render_page(request, "curriculum/programme.html", context)


def _told(grade: GradeLevel, on: date) -> dict[str, Any]:
    """Return what a grade learns on a day, by which programme, and what within its subjects."""
    number = int(grade.code)
    frame = frame_of(grade.level, on)
    terms = frame.terms if frame else (18, 17)
    rows = [_row(row, on, terms) for row in programme_of(number, on)]
    return {
        "rows": rows,
        "total": sum(row["periods"] for row in rows if row["counts"]),
        "named": programme_named(number, on),
        "frame": frame,
        "frame_sure": sure_pill(frame.confidence) if frame else None,
        "integrated": [
            {"row": one, "sure": sure_pill(one.confidence)} for one in integrated_in(number, on)
        ],
    }


def _row(row: ProgrammeRow, on: date, terms: tuple[int, int]) -> dict[str, Any]:
    form = assessment_of(row.grade, row.component, on)
    return {
        "name": components()[row.component].label,
        "kind": PlanKind(row.kind).label,
        "periods": row.periods,
        "weekly": periods_words(weekly(spread(row.periods, terms), terms)),
        "counts": row.kind == PlanKind.COMPULSORY,
        "assessed": AssessmentForm(form.form).label if form else "",
        "assessed_by": form.source if form else "",
        "source": row.source,
        "sure": sure_pill(row.confidence),
    }


def _code(first: int) -> str:
    return f"{first}-{first + 1}"
