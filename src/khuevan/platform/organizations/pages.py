"""The tree of units on a day, one unit, what changed between two days, and changing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.platform.organizations import change_tables, comparing, selectors, tables
from khuevan.platform.organizations.forms import DayForm, TwoDaysForm
from khuevan.platform.organizations.frame import unit_pages, unit_panels
from khuevan.platform.organizations.models import OrgUnitVersion
from khuevan.platform.organizations.permissions import MANAGE_UNITS, VIEW_UNITS
from khuevan.ui.formats import day, moment, number
from khuevan.ui.forms import FIRST_DAY, LAST_DAY
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import FILE_TYPES, file_response

SHOWN_DAYS = 8
LONG_TREE, TOP_DEPTH = 250, 1
MARGIN = timedelta(days=31)


@page(VIEW_UNITS, methods=("GET",))
def tree(request: Request) -> HttpResponse:
    """Show the offices of a day in their tree, with the days on which it changed."""
    form, on = _day(request)
    nodes = comparing.tree_on(on)
    days = comparing.days_of_change()
    is_long = len(nodes) > LONG_TREE and "all" not in request.GET
    begin = days[-1][0] if days else on
    shown = [one for one in nodes if one.depth <= TOP_DEPTH] if is_long else nodes
    context = {
        "slider": _slider(days, on, request.actor.today),
        "is_moved": bool(request.htmx),
        "first_day": day(days[-1][0]) if days else "",
        "form": form,
        "on": day(on),
        "nodes": [tables.node_row(one, on, begin) for one in shown],
        "all_url": "" if len(shown) == len(nodes) else f"?{urlencode({'on': day(on), 'all': '1'})}",
        "all_count": number(len(nodes)),
        "meta": _("%(units)s offices, %(schools)s schools")
        % {"units": len(nodes), "schools": sum(one.schools for one in nodes)},
        "days": _day_links(days, on),
        "may_change": request.actor.may(MANAGE_UNITS),
        "file_url": f"{reverse('units:file', args=['xlsx'])}?{urlencode({'on': day(on)})}",
        "changes_url": _changes_url(days, on),
    }
    return render_page(request, "organizations/tree.html", context, partial="tree")


@page(VIEW_UNITS, methods=("GET",))
def tree_file(request: Request, kind: str) -> HttpResponse:
    """Give the units of a day as a file: the directory is public, so no questions."""
    if kind not in FILE_TYPES:
        raise Http404
    _form, on = _day(request)
    notes = [
        (_("Exported by"), request.actor.label),
        (_("At"), moment(clock.now())),
        (_("On the day"), day(on)),
    ]
    table = tables.UnitTable(selectors.units_listed(on), request.GET, path=reverse("units:tree"))
    return file_response(table, kind, name=_("Units"), notes=notes)


@page(VIEW_UNITS, methods=("GET",))
def unit(request: Request, code: str) -> HttpResponse:
    """Show one unit on a day: its facts, what stands under it, its past and its heirs."""
    form, on = _day(request)
    found = selectors.unit_by_code(code)
    version = selectors.version_of(found.pk, on=on)
    if version is None:
        raise Http404
    is_there = version.starts_on <= on and (version.ends_on is None or on < version.ends_on)
    panels = [one.build(request.actor, version, on) for one in _panels()] if is_there else []
    begin = selectors.records_begin()
    periods = list(selectors.versions_of(found.pk))
    taken = comparing.successions_of(found.pk)
    links = selectors.links_of(found.pk)
    may_change = found.pk in request.actor.reach(MANAGE_UNITS, "school")
    context = {
        "form": form,
        "on": day(on),
        "unit": version,
        "kind": version.kind_label,
        "crumbs": _crumbs(version, on),
        "is_there": is_there,
        "facts": tables.unit_facts(version, on, begin, periods),
        "children": tables.children_table(selectors.children_of(found.pk, on=on), on, begin),
        "came_from": tables.succession_table(taken, found.pk, heirs=False),
        "went_to": tables.succession_table(taken, found.pk, heirs=True),
        "aliases": tables.alias_table(selectors.aliases_of(found.pk)),
        "links": tables.link_table(links, found.pk, may_change=may_change),
        "may_change": may_change,
        "history": tables.version_table(periods, begin),
        "panels": [panel for panel in panels if panel is not None],
        "own_url": _own_page(request, version),
    }
    return render_page(request, "organizations/unit.html", context)


@page(VIEW_UNITS, methods=("GET",))
def changes(request: Request) -> HttpResponse:
    """Show what differs between the trees of two days."""
    form = TwoDaysForm(request.GET or None)
    context: dict[str, Any] = {"form": form, "days": comparing.days_of_change()[:SHOWN_DAYS]}
    if form.is_bound and form.is_valid():
        first, second = sorted((form.cleaned_data["first"], form.cleaned_data["second"]))
        found = comparing.changes_between(first, second)
        is_whole = "all" in request.GET
        most = change_tables.MOST_ROWS if is_whole else change_tables.FEW_ROWS
        context |= {
            "between": _("From %(first)s to %(second)s")
            % {"first": day(first), "second": day(second)},
            "kpis": change_tables.change_kpis(found),
            "tables": change_tables.change_tables(found, first, second, most=most),
            "all_url": "" if is_whole else f"?{request.GET.urlencode()}&all=1",
        }
    return render_page(request, "organizations/changes.html", context)


def _day(request: Request) -> tuple[DayForm, date]:
    """Return the form of the day and the day; today when nothing readable was asked."""
    today = request.actor.today
    slid = _slid(request.GET.get("first_day", ""), request.GET.get("days", ""))
    if slid is not None:
        return DayForm(initial={"on": slid}), slid
    form = DayForm(request.GET if "on" in request.GET else None, initial={"on": today})
    if form.is_bound and form.is_valid():
        return form, form.cleaned_data["on"]
    return form, today


def _slid(first: str, days: str) -> date | None:
    """Return the day the slider stands on: so many days after its first."""
    try:
        day_there = date.fromisoformat(first) + timedelta(days=int(days))
    except (ValueError, OverflowError):
        return None
    return day_there if FIRST_DAY <= day_there <= LAST_DAY else None


def _day_links(days: Sequence[tuple[date, int]], on: date) -> list[dict[str, Any]]:
    """Return the days of change as links, oldest first; the one that holds on the day is marked."""
    shown = sorted(days[:SHOWN_DAYS])
    current = max((one for one, _count in shown if one <= on), default=None)
    return [
        {
            "label": day(one),
            "count": count,
            "url": f"?{urlencode({'on': day(one)})}",
            "current": one == current,
        }
        for one, count in shown
    ]


def _slider(days: Sequence[tuple[date, int]], on: date, today: date) -> dict[str, Any]:
    """Return the span of the slider, its ticks on the days of change, and where it stands."""
    in_reach = [one for one, _count in days if FIRST_DAY <= one <= LAST_DAY]
    known = in_reach or [today]
    first, last = min(known) - MARGIN, max(*known, today) + MARGIN
    first, last = min(first, on), max(last, on)
    return {
        "first": first.isoformat(),
        "first_label": day(first),
        "last_label": day(last),
        "max": (last - first).days,
        "value": (on - first).days,
        "ticks": [(one - first).days for one in sorted(known)],
    }


def _changes_url(days: Sequence[tuple[date, int]], on: date) -> str:
    """Return the address of what changed since the day before the tree took this shape."""
    since = max((one for one, _count in days if one <= on), default=on)
    before = max(since, FIRST_DAY) - timedelta(days=1)
    return f"{reverse('units:changes')}?{urlencode({'from': day(before), 'to': day(on)})}"


def _panels() -> list[Any]:
    return sorted(unit_panels, key=lambda one: one.order)


def _own_page(request: Request, version: OrgUnitVersion) -> str:
    kinds = dict(unit_pages.items())
    address = kinds.get(version.unit.kind)
    return address(request.actor, version.unit.code) if address else ""


def _crumbs(version: OrgUnitVersion, on: date) -> list[dict[str, str]]:
    """Return the line from the tree down to the unit."""
    top = {"label": _("Units"), "url": f"{reverse('units:tree')}?{urlencode({'on': day(on)})}"}
    parent = version.parent_id and selectors.version_of(version.parent_id, on=on)
    line = [top]
    if parent:
        line.append({"label": parent.short_name, "url": tables.unit_url(parent.unit.code, on)})
    return [*line, {"label": version.short_name, "url": ""}]
