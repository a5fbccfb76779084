"""The first page of everybody, the dashboard of many schools, and figures that open."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.insight.dashboard import actions, charts, exports, opened
from khuevan.insight.dashboard.asked import (
    figure_address,
    moment_line,
    place_name,
    snapshot_of,
    with_state,
)
from khuevan.insight.dashboard.figures import RECORDS, figures
from khuevan.insight.dashboard.permissions import VIEW_DASHBOARD, VIEW_FIGURES
from khuevan.insight.dashboard.selectors import Snapshot, year_before_now
from khuevan.kernel import clock
from khuevan.kernel.actor import SIGNED_IN
from khuevan.registry.schools.api import EducationLevel
from khuevan.ui.downloads import XLSX, download
from khuevan.ui.formats import day, weekday
from khuevan.ui.home import cards_for, homes, tasks_for
from khuevan.ui.menus import Menu, menu
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request


@page(SIGNED_IN, methods=("GET",))
def home(request: Request) -> HttpResponseBase:
    """Open on what waits for this person today, in the hat worn."""
    hat = request.actor.hat
    if hat is None:
        return render_page(request, "dashboard/no_role.html", {"cards": cards_for(request)})
    if hat.code in homes:
        return homes.get(hat.code)(request)
    if request.actor.may(VIEW_DASHBOARD):
        return _dashboard(request)
    context = {
        "title": _("Today"),
        "meta": weekday(request.actor.today),
        "tasks": tasks_for(request),
        "cards": cards_for(request),
    }
    return render_page(request, "dashboard/home.html", context)


@page(VIEW_DASHBOARD, methods=("GET",))
def dashboard(request: Request) -> HttpResponse:
    """Show the schools in charge today: figures, laggards, decisions."""
    return _dashboard(request)


@page(VIEW_FIGURES, methods=("GET",))
def all_figures_file(request: Request) -> HttpResponse:
    """Give every figure by unit and by school as a workbook: no personal data."""
    snapshot = snapshot_of(request)
    sheets = exports.all_figures(snapshot, where=place_name(request.actor, snapshot))
    return _workbook(sheets, name=f"khue-van-{snapshot.scope.on.isoformat()}.xlsx")


@page(VIEW_FIGURES, methods=("GET",))
def figure_list(request: Request) -> HttpResponse:
    """Show every figure there is for the reader's schools."""
    snapshot = snapshot_of(request)
    to = partial(figure_address, scope=snapshot.scope, today=request.actor.today)
    context = {
        "place": place_name(request.actor, snapshot),
        "meta": moment_line(snapshot),
        "filters": _filters(request, snapshot),
        "export_url": with_state(reverse("dashboard:all_file"), _state(request)),
        "table": opened.list_table(snapshot, to),
    }
    return render_page(request, "dashboard/figures.html", context)


@page(VIEW_FIGURES, methods=("GET",))
def figure(request: Request, code: str) -> HttpResponse:
    """Open a figure: definition, parts by unit, school and class, then the pupils it lacks."""
    if code not in figures:
        raise Http404
    found = figures.get(code)
    snapshot = snapshot_of(request)
    context = opened.figure_context(request, found, snapshot)
    if context["names"] is not None:
        actions.note_names_opened(
            actor=request.actor,
            figure=found,
            school_id=context["names_school"].id,
            count=len(context["names"]["rows"]),
            now=clock.now(),
        )
    return render_page(request, "dashboard/figure.html", context)


@page(VIEW_FIGURES, methods=("GET",))
def figure_file(request: Request, code: str) -> HttpResponse:
    """Give a figure by unit and by school as a workbook: no personal data."""
    if code not in figures:
        raise Http404
    found = figures.get(code)
    snapshot = snapshot_of(request)
    sheets = exports.one_figure(found, snapshot, where=place_name(request.actor, snapshot))
    return _workbook(sheets, name=f"{code}-{snapshot.scope.on.isoformat()}.xlsx")


def _dashboard(request: Request) -> HttpResponse:
    snapshot = snapshot_of(request)
    actor = request.actor
    scope = snapshot.scope
    to = partial(figure_address, scope=scope, today=actor.today)
    before = year_before_now(actor=actor, snapshot=snapshot)
    since = day(before.on) if before else ""
    change = snapshot.total.pupils - before.pupils if before else None
    corner, places = charts.places_of(snapshot)
    ranked = charts.worst_first(places)
    context = {
        "title": _("%(place)s today") % {"place": place_name(actor, snapshot)},
        "meta": moment_line(snapshot),
        "filters": _filters(request, snapshot),
        "export_url": with_state(reverse("dashboard:all_file"), _state(request)),
        "kpis": charts.kpis(snapshot, to=to, change=change, since=since),
        "heat": charts.heat(corner, ranked[: charts.WORST_FIRST], to=to),
        "heat_all_url": to(RECORDS.code) if len(ranked) > charts.WORST_FIRST else "",
        "heat_count": len(ranked),
        "heat_by_unit": len(snapshot.by_manager) > 1,
        "tasks": tasks_for(request),
        "bars": charts.level_bars(snapshot, to=to, before=before.by_level if before else None),
        "since": since,
        "levels_table": charts.sums_table(
            _("Pupils by level"),
            _("Level"),
            [(charts.level_name(level), totals) for level, totals in snapshot.by_level.items()],
        ),
        "grades": charts.grade_columns(snapshot),
        "grade_bars": charts.grade_bars(snapshot),
        "grades_table": charts.sums_table(
            _("Pupils by grade"),
            _("Grade"),
            [(name, totals) for (_code, name), totals in snapshot.by_grade.items()],
        ),
        "level_views": _views(request, "levels"),
        "grade_views": _views(request, "grades"),
        "shows_levels_table": request.GET.get("levels") == "table",
        "shows_grades_table": request.GET.get("grades") == "table",
    }
    return render_page(request, "dashboard/dashboard.html", context)


def _state(request: Request, **changes: str) -> dict[str, str]:
    kept = {name: request.GET.get(name, "") for name in ("level", "unit", "on", "levels", "grades")}
    return {**kept, **changes}


def _filters(request: Request, snapshot: Snapshot) -> list[Menu]:
    """Return the menus of level and managing unit; one that has a single choice is left out."""
    places = snapshot.places.values()
    levels = [level for level in EducationLevel.values if any(level in p.levels for p in places)]
    managers = {p.manager_code: p.manager for p in sorted(places, key=lambda p: p.manager_sort)}
    named = [(level, charts.level_name(level)) for level in levels]
    menus = [
        menu(request, "level", _("Level"), named, everything=_("all")),
        menu(request, "unit", _("Managed by"), managers.items(), everything=_("all")),
    ]
    return [one for one in menus if len(one.options) > 2]


def _views(request: Request, name: str) -> list[dict[str, Any]]:
    """Return the two ways to look at a chart, as links that keep the rest of the page."""
    is_table = request.GET.get(name) == "table"
    path = request.path
    return [
        {
            "label": _("Chart"),
            "url": with_state(path, _state(request, **{name: ""})) + f"#{name}",
            "current": not is_table,
        },
        {
            "label": _("Table"),
            "url": with_state(path, _state(request, **{name: "table"})) + f"#{name}",
            "current": is_table,
        },
    ]


def _workbook(sheets: list[Any], *, name: str) -> HttpResponse:
    buffer = BytesIO()
    exports.write(buffer, sheets)
    return download(buffer.getvalue(), name=name, media_type=XLSX)
