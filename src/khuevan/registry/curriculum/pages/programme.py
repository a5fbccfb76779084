"""The programme of general education as the data has it, with its texts and how sure they are."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from khuevan.registry.curriculum.models import PlanKind
from khuevan.registry.curriculum.permissions import VIEW_PLANS
from khuevan.registry.curriculum.plan_rules import spread, weekly
from khuevan.registry.curriculum.programme import components, frame_of, opening_day, programme_of
from khuevan.registry.curriculum.shown import periods_words, sure_pill
from khuevan.registry.schools.api import academic_year_on, grade_levels
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request


@page(VIEW_PLANS, methods=("GET",))
def programme(request: Request) -> HttpResponse:
    """Show what each grade learns this year, how many periods, and which text says so."""
    year = academic_year_on(request.actor.today)
    grades = [one for one in grade_levels() if one.code.isdigit()]
    asked = request.GET.get("grade", "")
    grade = next((one for one in grades if one.code == asked), grades[0] if grades else None)
    rows: list[dict[str, Any]] = []
    if grade is not None and year is not None:
        on = opening_day(year)
        frame = frame_of(grade.level, on)
        terms = frame.terms if frame else (18, 17)
        rows = [
            {
                "name": components()[row.component].label,
                "kind": PlanKind(row.kind).label,
                "periods": row.periods,
                "weekly": periods_words(weekly(spread(row.periods, terms), terms)),
                "counts": row.kind == PlanKind.COMPULSORY,
                "source": row.source,
                "sure": sure_pill(row.confidence),
            }
            for row in programme_of(int(grade.code), on)
        ]
    context = {
        "year": year,
        "grade": grade,
        "options": [
            {"label": one.label, "url": f"?grade={one.code}", "current": one == grade}
            for one in grades
        ],
        "rows": rows,
        "total": sum(int(row["periods"]) for row in rows if row["counts"]),
        "title": _("Programme of general education"),
    }
    return render_page(request, "curriculum/programme.html", context)
