"""Two days compared as a page, a file, and the rows behind each number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.insight.rollup import actions, compared
from khuevan.insight.rollup.asked_two import (
    BY,
    COMPARED,
    NARROW,
    SCHOOLS,
    Compared,
    Opened,
    a_year_before,
)
from khuevan.insight.rollup.dimensions import BASES, PUPILS, label_of
from khuevan.insight.rollup.moves import IN, REORGANIZED, STAYED
from khuevan.insight.rollup.pages.asking import FILES, or_404
from khuevan.insight.rollup.permissions import VIEW_COUNTS
from khuevan.insight.rollup.selectors.comparing import TwoDays, equation_of
from khuevan.insight.rollup.selectors.counting import PERMISSIONS
from khuevan.insight.rollup.tables_two import RELATED, TABLES
from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.ui.formats import day, moment, number
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request


@page(VIEW_COUNTS, methods=("GET",))
def compare(request: Request) -> HttpResponse:
    """Show who came, left and moved between two days; each number opens."""
    try:
        asked = _asked(request)
    except DomainError as error:
        today = request.actor.today
        asked = Compared(a_year_before(today), today, rows=_usual(request.actor))
        return _show(request, asked, refused=str(error), status=error.status)
    return _show(request, asked)


@page(VIEW_COUNTS, methods=("GET",))
def compare_file(request: Request, kind: str) -> HttpResponse:
    """Give the comparison as a file."""
    if kind not in FILES:
        raise Http404
    found = TwoDays(request.actor, or_404(_asked, request))
    return compared.file_of(found, kind, read_at=moment(clock.now()))


@page(VIEW_COUNTS, methods=("GET",))
def compare_rows(request: Request) -> HttpResponse:
    """Show the rows behind a number to who may see them, else how many are in each school."""
    asked = or_404(_asked, request)
    opened = or_404(lambda asking: Opened.from_query(asking.GET.dict()), request)
    found = TwoDays(request.actor, asked)
    if not found.opens(opened):
        raise Http404
    traces = found.behind(opened)
    total = sum(one.number for one in traces)
    context: dict[str, Any] = {
        "title": _("%(number)s: %(what)s")
        % {"number": number(total), "what": str(COMPARED[asked.of]).lower()},
        "meta": _days_words(asked),
        "conditions": _conditions(found, opened),
        "back_url": compared.address(asked),
        "asked": asked,
    }
    if not found.sees_rows(opened, traces):
        parts = found.by_school(opened, traces)
        return render_page(request, "rollup/compare_rows.html", {**context, "parts": parts})
    rows = found.rows(opened, traces).select_related(*RELATED[asked.of])
    listed = TABLES[asked.of](rows, request.GET, compared=found)
    if asked.of == PUPILS:
        actions.note_moves_opened(
            actor=request.actor,
            asked=asked,
            schools=found.schools_behind(opened, traces),
            count=total,
            now=clock.now(),
        )
    part = "more" if listed.is_more else "list"
    return render_page(
        request, "rollup/compare_rows.html", {**context, "table": listed}, partial=part
    )


def _show(
    request: Request, asked: Compared, *, refused: str = "", status: int = 200
) -> HttpResponse:
    found = TwoDays(request.actor, asked)
    context = {
        "title": _("%(what)s between two days") % {"what": COMPARED[asked.of]},
        "meta": _days_words(asked),
        "refused": refused,
        "asked": asked,
        "terms": compared.equation(found),
        "equation": equation_of(found),
        "reasons": compared.reasons(found),
        "telling": compared.telling_words(found),
        "counting_url": compared.days_of_counting(asked),
        "reorganized": found.reorganized if asked.of != SCHOOLS else 0,
        "reorganized_url": _reorganized_url(asked),
        "choices": _choices(request.actor, found),
        "chips": _chips(found),
        "corner": label_of(asked.rows, asked.basis),
        "headings": compared.headings(found),
        "lines": compared.lines(found),
        "foot": compared.foot(found),
        "lines_cut": len(found.lines) > compared.MOST_LINES,
        "line_count": number(len(found.lines)),
        "most_lines": number(compared.MOST_LINES),
        "files": [
            {"kind": kind, "url": f"{reverse('rollup:compare_file', args=[kind])}?{asked.query()}"}
            for kind in FILES
        ],
    }
    return render_page(request, "rollup/compare.html", context, status=status)


def _days_words(asked: Compared) -> str:
    return _("from %(first)s to %(second)s, %(basis)s") % {
        "first": day(asked.first),
        "second": day(asked.second),
        "basis": BASES[asked.basis],
    }


def _reorganized_url(asked: Compared) -> str:
    kept = tuple(pair for pair in asked.narrow if pair[0] in NARROW[SCHOOLS])
    of_schools = replace(asked, of=SCHOOLS, rows="unit", narrow=kept)
    return compared.rows_address(of_schools, "", (IN, STAYED), REORGANIZED)


def _conditions(found: TwoDays, opened: Opened) -> list[dict[str, str]]:
    asked = found.asked
    told = [compared.flow_words(opened.flows)]
    if opened.reason:
        told.append(compared.reason_words(asked.of, opened.reason))
    if opened.line:
        name = dict(found.lines).get(opened.line, opened.line)
        told.append(f"{label_of(asked.rows, asked.basis)}: {name}")
    told += [one["label"] for one in _chips(found)]
    return [{"label": one} for one in told]


def _chips(found: TwoDays) -> list[dict[str, str]]:
    asked = found.asked
    return [
        {
            "label": f"{label_of(code, asked.basis)}: {found.words_of(code, key)}",
            "remove_url": compared.address(asked.without(code)),
        }
        for code, key in asked.narrow
    ]


def _choices(actor: Actor, found: TwoDays) -> dict[str, Any]:
    asked = found.asked
    several = len(found.frames[1].places) > 1
    alone = () if several else ("unit", "school")
    return {
        "of": [
            (code, label)
            for code, label in COMPARED.items()
            if code == SCHOOLS or actor.may(PERMISSIONS[code])
        ],
        "basis": list(BASES.items()) if several else [],
        "rows": [(code, label_of(code, asked.basis)) for code in BY[asked.of] if code not in alone],
        "conditions": [
            {
                "code": code,
                "label": label_of(code, asked.basis),
                "options": found.choices_of(code),
            }
            for code in NARROW[asked.of]
            if code not in (*alone, "school", "position")
        ],
        "kept": [pair for pair in asked.narrow if pair[0] in (*alone, "school", "position")],
    }


def _usual(actor: Actor) -> str:
    reach = actor.reach(PERMISSIONS[PUPILS], "school")
    return "unit" if reach.everything or len(reach.ids) > 1 else "grade"


def _asked(request: Request) -> Compared:
    return Compared.from_query(
        request.GET.dict(), today=request.actor.today, rows=_usual(request.actor)
    )
