"""The page of one figure: definition, parts with their two numbers, and the names it lacks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.insight.dashboard import charts
from khuevan.insight.dashboard.asked import figure_address, moment_line, place_name, with_state
from khuevan.insight.dashboard.charts import basis_of, shown_value, unit_of
from khuevan.insight.dashboard.figures import RECORDS, SCHOOLS, Figure, figures
from khuevan.insight.dashboard.links import class_address, student_address
from khuevan.insight.dashboard.rules import Totals
from khuevan.insight.dashboard.selectors import (
    Snapshot,
    lacking_pupils,
    only_school,
    parts_of,
)
from khuevan.insight.dashboard.selectors.places import SchoolPlace
from khuevan.insight.dashboard.selectors.rows import BY_NAME, PAGE_SIZE, LackingPupil, Part
from khuevan.kernel.actor import Actor
from khuevan.registry.students.api import FACT_NAMES, VIEW_STUDENTS
from khuevan.ui.formats import number
from khuevan.ui.request import Request
from khuevan.ui.tables import seal_cursor

AFTER = "after"


def figure_context(request: Request, figure: Figure, snapshot: Snapshot) -> dict[str, Any]:
    """Return what the page of a figure shows for the scope of a snapshot."""
    actor: Actor = request.actor
    to = partial(figure_address, scope=snapshot.scope, today=actor.today)
    school = only_school(snapshot)
    names = _names(request, figure, snapshot, school) if school else None
    return {
        "figure": figure,
        "title": figure.label,
        "place": place_name(actor, snapshot),
        "meta": moment_line(snapshot),
        "crumbs": _crumbs(figure, snapshot, actor),
        "kpi": _kpi(figure, snapshot.total),
        "facts": _facts(figure, snapshot.total),
        "parts": _parts_table(request, figure, snapshot, to),
        "heat": _heat(figure, snapshot, to),
        "unlisted": _unlisted(figure, snapshot),
        "names": names,
        "names_school": school,
        "hides_names": bool(figure.lacking and school and names is None),
        "export_url": figure_address(
            figure.code, snapshot.scope, today=actor.today, name="figure_file"
        ),
        "others": [
            {"label": one.label, "url": to(one.code)} for one in figures if one is not figure
        ],
    }


def list_table(snapshot: Snapshot, to: charts.Address) -> dict[str, Any]:
    """Return every figure with its value and basis, for `ui/components/table.html`."""
    rows = []
    for figure in figures:
        kpi = _kpi(figure, snapshot.total)
        value = {"value": f"{kpi['value']}{kpi['unit']}", "css": "num"}
        if "missing" in kpi:
            value = {"none": kpi["missing"], "css": "num"}
        cells = [value, {"value": kpi["basis"]}, {"value": figure.numerator_label}]
        rows.append({"label": figure.label, "url": to(figure.code), "cells": cells})
    columns = [
        {"label": _("Figure")},
        {"label": _("Value"), "align": "num"},
        {"label": _("Of")},
        {"label": _("What is counted")},
    ]
    return {"caption": _("Figures"), "columns": columns, "rows": rows}


def _kpi(figure: Figure, total: Totals) -> dict[str, Any]:
    found = {
        "label": figure.numerator_label,
        "value": shown_value(figure, total),
        "unit": unit_of(figure),
        "basis": basis_of(figure, total),
    }
    if figure.value(total) is None:
        found |= {"missing": _("none yet"), "basis": _("there is nothing to divide by")}
    return found


def _facts(figure: Figure, total: Totals) -> list[dict[str, Any]]:
    """Return how the figure is made: numerator, denominator, what is counted and from where."""
    facts = [{"label": figure.numerator_label, "value": number(figure.numerator(total))}]
    if figure.denominator is not None:
        facts.append(
            {"label": figure.denominator_label, "value": number(figure.denominator(total))}
        )
    return [
        *facts,
        {"label": _("Definition"), "value": figure.definition},
        {"label": _("Read from"), "value": figure.query},
        {"label": _("Grouped"), "value": _("By the unit that manages the school on the day")},
    ]


def _crumbs(figure: Figure, snapshot: Snapshot, actor: Actor) -> list[dict[str, str]]:
    """Return the way from all of the reader's schools down to this scope."""
    scope = snapshot.scope
    to = partial(figure_address, figure.code, scope, today=actor.today)
    crumbs = [
        {
            "label": _("Figures"),
            "url": with_state(reverse("dashboard:figures"), {"level": scope.level}),
        },
        {"label": str(figure.label), "url": to(unit="", school="")},
    ]
    place = next((p for p in snapshot.places.values() if p.code == scope.school), None)
    unit = scope.unit or (place.manager_code if place else "")
    manager = next((p.manager for p in snapshot.places.values() if p.manager_code == unit), "")
    if manager and len({p.manager_code for p in snapshot.places.values()}) > 1:
        crumbs.append({"label": manager, "url": to(unit=unit, school="")})
    if place and len(snapshot.places) > 1:
        crumbs.append({"label": place.name, "url": ""})
    crumbs[-1]["url"] = ""
    return crumbs


def _parts_table(
    request: Request, figure: Figure, snapshot: Snapshot, to: charts.Address
) -> dict[str, Any]:
    parts = parts_of(figure, snapshot)
    by_value = request.GET.get("sort", _usual_sort(figure)) == "value"
    rows = _sorted(figure, parts.rows) if by_value else parts.rows
    labels = {"unit": _("Managed by"), "school": _("School"), "class": _("Class")}
    return {
        "caption": _("%(figure)s by part") % {"figure": figure.label},
        "columns": [
            {
                "label": labels[parts.grain],
                "sort_url": to(figure.code, sort="name"),
                "sorted": "" if by_value else "asc",
            },
            {
                "label": _("Value"),
                "align": "num",
                "sort_url": to(figure.code, sort="value"),
                "sorted": _direction(figure) if by_value else "",
            },
            *({"label": text, "align": "num"} for text in _headers(figure)),
        ],
        "rows": [_part_row(figure, part, to) for part in rows],
    }


def _headers(figure: Figure) -> list[str]:
    if figure.denominator is None:
        return []
    third = [_("Missing")] if figure.kind == "percent" and not figure.less_is_better else []
    return [_("Numerator"), _("Denominator"), *third]


def _part_row(figure: Figure, part: Part, to: charts.Address) -> dict[str, Any]:
    cells = [{"value": f"{shown_value(figure, part.totals)}{unit_of(figure)}", "css": "num"}]
    if figure.value(part.totals) is None:
        cells = [{"none": _("none yet"), "css": "num"}]
    if figure.denominator is not None:
        numbers = [figure.numerator(part.totals), figure.denominator(part.totals)]
        if len(_headers(figure)) > 2:
            numbers.append(numbers[1] - numbers[0])
        cells += [{"value": number(value), "css": "num"} for value in numbers]
    url = to(figure.code, **part.narrow) if part.narrow else ""
    return {
        "label": part.label or _("Without a class"),
        "url": class_address(part.school_code, part.class_uuid) if part.class_uuid else url,
        "cells": cells,
    }


def _usual_sort(figure: Figure) -> str:
    return "value" if figure.kind == "percent" or figure.less_is_better else "name"


def _direction(figure: Figure) -> str:
    return "asc" if figure.kind == "percent" and not figure.less_is_better else "desc"


def _sorted(figure: Figure, rows: list[Part]) -> list[Part]:
    """Return the parts with the worst first, or the largest where more is not worse."""
    ascending = _direction(figure) == "asc"

    def rank(part: Part) -> tuple[bool, int]:
        value = figure.value(part.totals)
        return (value is None, (value or 0) if ascending else -(value or 0))

    return sorted(rows, key=rank)


def _heat(figure: Figure, snapshot: Snapshot, to: charts.Address) -> Any:
    if figure is not RECORDS or len(snapshot.by_school) < 2:
        return None
    corner, places = charts.places_of(snapshot)
    return charts.heat(corner, charts.worst_first(places), to=to)


def _unlisted(figure: Figure, snapshot: Snapshot) -> list[SchoolPlace]:
    return snapshot.unlisted if figure is SCHOOLS else []


def _names(
    request: Request, figure: Figure, snapshot: Snapshot, school: SchoolPlace
) -> dict[str, Any] | None:
    """Return the pupils a figure lacks in one school, for whoever may see their records."""
    actor: Actor = request.actor
    if not figure.lacking or school.id not in actor.reach(VIEW_STUDENTS, "school"):
        return None
    found = lacking_pupils(
        actor=actor,
        figure=figure,
        school_id=school.id,
        on=snapshot.scope.on,
        level=snapshot.scope.level,
        after=request.GET.get(AFTER, ""),
    )
    shown = found[:PAGE_SIZE]
    more = ""
    if len(found) > PAGE_SIZE:
        last = shown[-1]
        here = figure_address(figure.code, snapshot.scope, today=actor.today)
        query = {AFTER: seal_cursor(BY_NAME, PAGE_SIZE, (last.sort_key, last.enrollment_id))}
        more = f"{here}{'&' if '?' in here else '?'}{urlencode(query)}#names"
    total = lacking_count(figure, snapshot.total)
    return {
        "rows": [_name_row(pupil) for pupil in shown],
        "more_url": more,
        "count": ngettext("%(count)s pupil", "%(count)s pupils", total) % {"count": number(total)},
    }


def lacking_count(figure: Figure, total: Totals) -> int:
    """Return how many pupils the list behind a figure holds."""
    missing = figure.missing(total)
    return figure.numerator(total) if missing is None else missing


def _name_row(pupil: LackingPupil) -> dict[str, Any]:
    return {
        "label": pupil.name,
        "url": student_address(pupil.student_uuid),
        "class_name": pupil.class_name,
        "lacks": fact_names(pupil.lacks),
    }


def fact_names(facts: Iterable[str]) -> str:
    """Return facts of a record as words, for a list of what is missing."""
    return ", ".join(str(FACT_NAMES[fact]) for fact in facts)
