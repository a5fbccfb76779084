"""How good the records are: the league of schools, one school, the rules. Nobody is named here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.insight.quality import actions, exports, selectors, shown
from khuevan.insight.quality.errors import CountedJustNow
from khuevan.insight.quality.permissions import COUNT_ANEW, VIEW_FINDINGS, VIEW_SCORES
from khuevan.insight.quality.rule_list import Topic, rule_of, rules_on
from khuevan.insight.quality.selectors import League, RuleLine
from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import School, get_school_for, held_on, name_of
from khuevan.ui.formats import moment, number
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request

TOP = 3
TOP_RULES = 5


@page(VIEW_SCORES, methods=("GET",))
def index(request: Request) -> HttpResponseBase:
    """Show the league of the schools in reach; who has one school only goes on to it."""
    actor: Actor = request.actor
    one = _only_school(actor)
    if one is not None:
        return redirect("quality:school", code=one.code)
    league, unit = _asked(request)
    by_school = request.GET.get("by") == "school" or bool(unit) or len(league.units) == 1
    schools = None
    if unit:
        places = selectors.schools_of_unit(actor=actor, on=actor.today, unit=unit)
        schools = [place.id for place in places]
    lines = selectors.rule_sums(actor=actor, on=actor.today, schools=schools)
    trend = selectors.trend_of(actor=actor, on=actor.today, schools=schools)
    total = league.total
    context = {
        "title": league.units[0].name if unit else _("Data quality"),
        "crumbs": _crumbs() if unit else [],
        "meta": _moment_line(league),
        "kpis": [
            shown.score_kpi(total.now, total.change),
            shown.wrong_kpi(total.now, lines),
            {
                "label": _("Schools counted"),
                "value": number(total.schools),
                "basis": _("%(count)s not counted lately") % {"count": number(league.uncounted)}
                if league.uncounted
                else _("all open schools in reach"),
            },
        ],
        "chart": shown.chart_of(trend),
        "table": shown.league_table(
            league, league.schools if by_school else league.units, of_schools=by_school
        ),
        "views": [] if unit or len(league.units) == 1 else _views(by_school=by_school),
        "sums": shown.sums_table(lines, TOP_RULES, unit=unit),
        "all_sums": shown.sums_table(lines, unit=unit) if len(lines) > TOP_RULES else None,
        "file_url": f"{reverse('quality:file')}{f'?unit={unit}' if unit else ''}",
    }
    return render_page(request, "quality/index.html", context)


@page(VIEW_SCORES, methods=("GET",))
def league_file(request: Request) -> HttpResponse:
    """Give the league as a workbook: by unit, by school, by rule; nobody is named."""
    league, unit = _asked(request)
    return exports.workbook(league, actor=request.actor, unit=unit)


@page(VIEW_SCORES, methods=("GET",))
def school(request: Request, code: str) -> HttpResponse:
    """Show one school as it is now: score, trend, what each rule finds, where to begin."""
    actor: Actor = request.actor
    found = get_school_for(actor, code, VIEW_SCORES)
    lines = selectors.school_lines(found, actor.today)
    points = selectors.points_of_lines(lines)
    trend = selectors.trend_of(actor=actor, on=actor.today, schools=[found.pk])
    sees = held_on(actor, VIEW_FINDINGS, found)
    wrong = [one for one in lines if one.wrong]
    context = {
        "title": name_of(found),
        "crumbs": [] if _only_school(actor) else [*_crumbs(), {"label": name_of(found), "url": ""}],
        "meta": _("Counted now, %(moment)s") % {"moment": moment(localtime(clock.now()))},
        "school": found,
        "kpis": [
            shown.score_kpi(points, _change(trend, points)),
            shown.wrong_kpi(points, lines),
            _first_kpi(wrong),
        ],
        "chart": shown.chart_of(trend),
        "groups": _groups(found, wrong, sees=sees),
        "right": [one.rule.name for one in lines if not one.wrong],
        "top": [_line(found, one, sees=sees) for one in wrong[:TOP]],
        "sees": sees,
        "kinds": shown.kinds_told(),
        "may_count": held_on(actor, COUNT_ANEW, found),
    }
    return render_page(request, "quality/school.html", context)


@page(COUNT_ANEW, methods=("POST",))
def count_anew(request: Request, code: str) -> HttpResponse:
    """Count a school anew, so that the league of those above it shows what was mended."""
    try:
        actions.count_anew(actor=request.actor, code=code, now=clock.now())
    except CountedJustNow as just_now:
        messages.info(request, str(just_now))
    else:
        messages.success(request, _("Counted anew. The office above sees the same score now."))
    return redirect("quality:school", code=code)


@page(VIEW_SCORES, methods=("GET",))
def rule(request: Request, rule: str) -> HttpResponse:
    """Show the schools in which one rule found something; which records, the school alone sees."""
    actor, unit = request.actor, request.GET.get("unit", "")
    asked = rule_of(rule, actor.today)
    rows = selectors.schools_at_fault(actor=actor, on=actor.today, rule=asked.code, unit=unit)
    wrong = sum(one.wrong for one in rows)
    told = ngettext("%(count)s cell in %(schools)s", "%(count)s cells in %(schools)s", wrong)
    schools = ngettext("%(count)s school", "%(count)s schools", len(rows))
    context = {
        "title": asked.name,
        "crumbs": [*_crumbs(), {"label": asked.name, "url": ""}],
        "rule": asked,
        "pill": shown.kind_pill(asked),
        "told": told % {"count": number(wrong), "schools": schools % {"count": number(len(rows))}},
        "table": shown.schools_table(rows),
        "described_url": f"{reverse('quality:rules')}#{asked.code}",
    }
    return render_page(request, "quality/rule.html", context)


@page(VIEW_SCORES, methods=("GET",))
def rules(request: Request) -> HttpResponse:
    """Show every rule with its reason, its text and its weight, and how the score is made."""
    listed = rules_on(request.actor.today)
    groups = [
        {
            "label": topic.label,
            "rules": [
                {"rule": one, "pill": shown.kind_pill(one), "origin": shown.origin_of(one)}
                for one in listed
                if one.subject == topic
            ],
        }
        for topic in Topic
    ]
    kinds = [*shown.kinds_told(), *shown.sureness_told()]
    context = {"groups": groups, "crumbs": _crumbs(), "kinds": kinds}
    return render_page(request, "quality/rules.html", context)


def _asked(request: Request) -> tuple[League, str]:
    unit = request.GET.get("unit", "")
    actor: Actor = request.actor
    league = selectors.league_of(actor=actor, on=actor.today, unit=unit)
    if unit and not league.units:
        raise NotFound
    return league, unit


def _only_school(actor: Actor) -> School | None:
    reach = actor.reach(VIEW_SCORES, "school")
    if reach.everything or len(reach.ids) != 1:
        return None
    return School.objects.visible_to(actor, VIEW_SCORES).first()


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Data quality"), "url": reverse("quality:index")}]


def _moment_line(league: League) -> str:
    if league.counted_at is None:
        return _("Not counted yet")
    return _("Counted %(moment)s") % {"moment": moment(localtime(league.counted_at))}


def _views(*, by_school: bool) -> list[dict[str, Any]]:
    at = reverse("quality:index")
    return [
        {"label": _("By unit"), "url": at, "current": not by_school},
        {"label": _("By school"), "url": f"{at}?by=school", "current": by_school},
    ]


def _change(trend: list[tuple[Any, selectors.Points]], now: selectors.Points) -> int | None:
    """Return the change against the newest count that is a month old."""
    if not trend or now.score is None:
        return None
    old = [one for on, one in trend if on <= trend[-1][0] - selectors.MONTH]
    before = old[-1].score if old else None
    return None if before is None else now.score - before


def _first_kpi(wrong: list[RuleLine]) -> dict[str, Any]:
    if not wrong:
        return {"label": _("Begin with"), "value": "–", "basis": _("every rule is kept")}
    first = wrong[0]
    return {
        "label": _("Begin with"),
        "value": shown.gain_text(first),
        "unit": _("points"),
        "basis": first.rule.name,
    }


def _groups(found: School, wrong: list[RuleLine], *, sees: bool) -> list[dict[str, Any]]:
    return [
        {
            "label": topic.label,
            "lines": [_line(found, one, sees=sees) for one in wrong if one.rule.subject == topic],
        }
        for topic in Topic
        if any(one.rule.subject == topic for one in wrong)
    ]


def _line(found: School, line: RuleLine, *, sees: bool) -> dict[str, Any]:
    url = reverse("quality:findings", args=[found.code, line.rule.code]) if sees else ""
    return {
        "rule": line.rule,
        "pill": shown.kind_pill(line.rule),
        "count": line.wrong,
        "wrong": number(line.wrong),
        "checked": number(line.checked),
        "gain": shown.gain_text(line),
        "url": url,
    }
