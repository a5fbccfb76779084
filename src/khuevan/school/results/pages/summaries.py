"""How many pupils came to what: of a province by commune and school, of a school by class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import (
    AcademicYear,
    EducationLevel,
    School,
    academic_year_on,
    get_school_for,
    held_on,
    school_frame,
)
from khuevan.school.results.levels import CONDUCT, STUDY
from khuevan.school.results.models import Becomes, Scheme, Stage
from khuevan.school.results.pages.classes import asked_stage
from khuevan.school.results.permissions import COUNT_RESULTS, VIEW_RESULTS
from khuevan.school.results.selectors import summaries
from khuevan.school.results.selectors.summaries import Line, Tally
from khuevan.ui.formats import number
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request

USUAL = ("THCS", "TH", "THPT")


@page(COUNT_RESULTS, methods=("GET",))
def index(request: Request) -> HttpResponseBase:
    """Count the results of all schools in reach, by commune, then by school."""
    actor = request.actor
    one = _only_school(request)
    if one is not None:
        return redirect("results:school", code=one.code)
    year, stage = asked_year(request), asked_stage(request)
    levels = summaries.levels_counted(actor=actor, year=year)
    level, commune = _level(request, levels), request.GET.get("commune", "")[:20]
    lines = summaries.by_school(actor=actor, year=year, stage=stage, level=level, commune=commune)
    if commune and not lines:
        raise NotFound
    is_by_school = bool(commune) or request.GET.get("by") == "school"
    shown = lines if is_by_school else summaries.by_commune(lines)
    asked = {"stage": int(stage), "level": level}
    home = f"{reverse('results:index')}?{urlencode(asked)}"
    context = {
        **_frame(request, level, levels, stage),
        "title": lines[0].commune if commune else _("Results of pupils"),
        "crumbs": [{"label": _("Results of pupils"), "url": home}] if commune else [],
        "heads": _heads(level, _("School") if is_by_school else _("Commune")),
        "rows": [
            _row(line, level, _opens(line, asked, is_school=is_by_school)) for line in shown
        ],
        "sums": _row(_in_all(lines, is_told=_all_told(lines)), level, ""),
        "year": year,
        "views": [] if commune else _views(asked, is_by_school=is_by_school),
    }  # fmt: skip
    return render_page(request, "results/index.html", context)


@page(COUNT_RESULTS, methods=("GET",))
def school(request: Request, code: str) -> HttpResponse:
    """Count the results of a school by class; each opens to its pupils."""
    actor = request.actor
    found = get_school_for(actor, code, COUNT_RESULTS)
    year, stage = asked_year(request), asked_stage(request)
    levels = [one for one in EducationLevel.values if one in found.levels and one != "MN"]
    level = _level(request, levels)
    lines = summaries.by_class(actor=actor, school=found, year=year, stage=stage, level=level)
    may_open = held_on(actor, VIEW_RESULTS, found) or bool(actor.reach(VIEW_RESULTS, "class").ids)
    told = may_open or summaries.total(lines).pupils >= summaries.TOO_FEW
    rows = []
    for line in lines:
        url = reverse("results:class", args=[found.code, line.code]) if may_open else ""
        is_told = may_open or line.tally.pupils >= summaries.TOO_FEW
        shown = Line(line.code, line.name, line.tally, is_told=is_told)
        rows.append(_row(shown, level, f"{url}?stage={int(stage)}" if url else ""))
    context = {
        **school_frame(request, found, "results"),
        **_frame(request, level, levels, stage),
        "heads": _heads(level, _("Class")),
        "rows": rows,
        "sums": _row(_in_all(lines, is_told=told), level, ""),
        "year": year,
    }
    return render_page(request, "results/school.html", context)


def asked_year(request: Request) -> AcademicYear:
    """Return the school year that an address names, else the one of the day."""
    said = request.GET.get("year", "")[:9]
    found = AcademicYear.objects.filter(code=said).first() if said else None
    found = found or academic_year_on(request.actor.today)
    if found is None:
        raise NotFound
    return found


def _only_school(request: Request) -> School | None:
    reach = request.actor.reach(COUNT_RESULTS, "school")
    if reach.everything or len(reach.ids) > 1:
        return None
    return School.objects.visible_to(request.actor, COUNT_RESULTS).first()


def _level(request: Request, levels: Sequence[str]) -> str:
    said = request.GET.get("level", "")
    if said in levels:
        return said
    return next((one for one in USUAL if one in levels), "")


def _frame(request: Request, level: str, levels: Sequence[str], stage: Stage) -> dict[str, Any]:
    kept = {key: value for key, value in request.GET.items() if key in {"commune", "by", "year"}}

    def address(**more: Any) -> str:
        return "?" + urlencode({**kept, "stage": int(stage), "level": level, **more})

    return {
        "levels_offered": [
            {
                "label": EducationLevel(one).label,
                "url": address(level=one),
                "current": one == level,
            }
            for one in EducationLevel.values
            if one in levels and one in USUAL
        ],
        "stages": [
            {"label": one.label, "url": address(stage=int(one)), "current": one is stage}
            for one in Stage
            if level != "TH" or one is not Stage.TERM_1
        ],
        "is_year": stage is not Stage.TERM_1,
    }


def _views(asked: dict[str, Any], *, is_by_school: bool) -> list[dict[str, Any]]:
    here = reverse("results:index")
    return [
        {
            "label": _("By commune"),
            "url": f"{here}?{urlencode(asked)}",
            "current": not is_by_school,
        },
        {
            "label": _("By school"),
            "url": f"{here}?{urlencode({**asked, 'by': 'school'})}",
            "current": is_by_school,
        },
    ]


def _opens(line: Line, asked: dict[str, Any], *, is_school: bool) -> str:
    if is_school:
        return f"{reverse('results:school', args=[line.code])}?{urlencode(asked)}"
    if not line.code:
        return ""
    return f"{reverse('results:index')}?{urlencode({**asked, 'commune': line.code})}"


def _in_all(lines: Sequence[Line], *, is_told: bool) -> Line:
    return Line("", _("All together"), summaries.total(lines), is_told=is_told)


def _all_told(lines: Sequence[Line]) -> bool:
    return summaries.total(lines).pupils >= summaries.TOO_FEW or all(one.is_told for one in lines)


def _heads(level: str, first: str) -> dict[str, Any]:
    scheme = Scheme.PRIMARY if level == "TH" else Scheme.SECONDARY
    return {
        "first": first,
        "study": list(reversed(STUDY[scheme])),
        "conduct": list(reversed(CONDUCT[scheme])),
        "becomes": [
            Becomes.PROMOTED.label,
            _("In summer"),
            Becomes.RETAINED.label,
            _("To be decided"),
        ],
    }


def _row(line: Line, level: str, url: str) -> dict[str, Any]:
    tally = line.tally
    told = line.is_told
    conduct = () if level == "TH" else tuple(reversed(tally.conduct))
    return {
        "name": line.name or _("No commune recorded"),
        "url": url,
        "pupils": number(tally.pupils),
        "waiting": number(tally.waiting) if told else "–",
        "study": [_share(one, tally, told=told) for one in reversed(tally.study)],
        "conduct": [_share(one, tally, told=told) for one in conduct],
        "becomes": [_share(one, tally, told=told) for one in _outcomes(tally)],
        "is_approved": bool(tally.pupils) and tally.approved == tally.pupils,
    }


def _outcomes(tally: Tally) -> tuple[int, ...]:
    of = dict(zip(Becomes, tally.becomes, strict=True))
    summer = (Becomes.SUMMER_RETEST, Becomes.SUMMER_TRAINING, Becomes.NEEDS_SUPPORT)
    return (
        of[Becomes.PROMOTED],
        sum(of[one] for one in summer),
        of[Becomes.RETAINED],
        of[Becomes.NEEDS_DECISION],
    )


def _share(count: int, tally: Tally, *, told: bool) -> dict[str, str]:
    """Return a count with its share of the pupils settled; nothing where nothing is settled."""
    if not told or not tally.settled:
        return {"count": "–", "share": ""}
    percent = (200 * count + tally.settled) // (2 * tally.settled)
    return {"count": number(count), "share": f"{percent}%" if count else ""}
