"""Teachers needed and present of all schools in reach: by subject, commune, school. No names."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.insight.staffing import exports, selectors, shown
from khuevan.insight.staffing.permissions import VIEW_STAFFING
from khuevan.insight.staffing.posts import post_label
from khuevan.insight.staffing.selectors import Asked, Line
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import EducationLevel, School
from khuevan.ui.formats import moment, number
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request

MOST_ROWS = 200
"""So many schools at once on a page; the file has them all."""
_READ = {
    "": selectors.by_post,
    "commune": selectors.by_commune,
    "school": selectors.by_school,
}
_DRAW = {
    "": shown.posts_table,
    "commune": shown.communes_table,
    "school": shown.schools_table,
}


@page(VIEW_STAFFING, methods=("GET",))
def index(request: Request) -> HttpResponseBase:
    """Show what is needed against who is there; who has one school only goes on to it."""
    actor: Actor = request.actor
    one = only_school(actor)
    if one is not None:
        return redirect("staffing:school", code=one.code)
    asked, by = asked_of(request)
    lines = _READ[by](actor=actor, on=actor.today, asked=asked)
    told = selectors.overall(actor=actor, on=actor.today, asked=asked)
    kept = lines[:MOST_ROWS] if by == "school" else lines
    title, crumbs = _titles(asked, lines, actor)
    context = {
        "title": title,
        "crumbs": crumbs,
        "meta": _counted_line(told),
        "kpis": shown.kpis(selectors.total(one.sums for one in lines), told),
        "warnings": shown.warnings(told),
        "table": _DRAW[by](kept, asked),
        "left_out": _left_out(len(lines) - len(kept)),
        "views": _views(asked, by),
        "levels": _levels(asked, by, selectors.levels_counted(actor=actor)),
        "file_url": shown.address(asked).replace("/staffing/", "/staffing/staffing.xlsx", 1),
    }
    return render_page(request, "staffing/index.html", context)


@page(VIEW_STAFFING, methods=("GET",))
def as_file(request: Request) -> HttpResponse:
    """Give the tables as a workbook: by subject, by commune, by school; nobody is named."""
    asked, _by = asked_of(request)
    return exports.workbook(actor=request.actor, asked=asked)


def asked_of(request: Request) -> tuple[Asked, str]:
    """Return what an address asks for; what isn't known counts as all."""
    said = request.GET
    level = said.get("level", "")
    by = said.get("by", "")
    post = said.get("post", "")
    if post and by not in {"commune", "school"}:
        by = "school"
    return (
        Asked(level if level in EducationLevel else "", post[:60], said.get("commune", "")[:20]),
        by if by in _READ else "",
    )


def only_school(actor: Actor) -> School | None:
    """Return the school of somebody who has one only."""
    reach = actor.reach(VIEW_STAFFING, "school")
    if reach.everything or len(reach.ids) != 1:
        return None
    return School.objects.visible_to(actor, VIEW_STAFFING).first()


def _titles(asked: Asked, lines: list[Line], actor: Actor) -> tuple[str, list[dict[str, str]]]:
    """Return the title of what was asked for, and the way back."""
    home = {"label": _("Teachers needed and present"), "url": shown.address(Asked())}
    parts = []
    if asked.post:
        parts.append(post_label(asked.post))
    if asked.commune:
        parts.append(_commune_name(asked, actor))
    if not parts:
        return home["label"], []
    if not lines:
        raise NotFound
    title = " · ".join(parts)
    return title, [home, {"label": title, "url": ""}]


def _commune_name(asked: Asked, actor: Actor) -> str:
    name = selectors.commune_name(actor=actor, on=actor.today, code=asked.commune)
    if not name:
        raise NotFound
    return name


def _counted_line(told: selectors.Overall) -> str:
    if told.counted_at is None:
        return _("Not counted yet")
    words = ngettext("%(schools)s school", "%(schools)s schools", told.schools)
    schools = words % {"schools": number(told.schools)}
    counted = _("Counted %(moment)s") % {"moment": moment(localtime(told.counted_at))}
    return f"{schools} · {counted}"


def _left_out(count: int) -> str:
    if count <= 0:
        return ""
    words = ngettext(
        "%(count)s more school stands in the file.", "%(count)s more schools stand in the file.",
        count,
    )  # fmt: skip
    return words % {"count": number(count)}


def _views(asked: Asked, by: str) -> list[dict[str, Any]]:
    told = [("", _("By subject")), ("commune", _("By commune")), ("school", _("By school"))]
    if asked.post:
        told = told[1:]
    if asked.commune:
        told = [one for one in told if one[0] != "commune"]
    if len(told) == 1:
        return []
    return [
        {"label": label, "url": shown.address(asked, by=code), "current": code == by}
        for code, label in told
    ]


def _levels(asked: Asked, by: str, counted: list[str]) -> list[dict[str, Any]]:
    """Return the levels to choose from; none where a subject of one level is looked at."""
    if asked.post or len(counted) < 2:  # noqa: PLR2004 (nothing to choose)
        return []
    return [
        {
            "label": shown.level_label(level) if level else _("All levels"),
            "url": shown.address(asked, level=level, by=by),
            "current": level == asked.level,
        }
        for level in ("", *(level for level in EducationLevel.values if level in counted))
    ]
