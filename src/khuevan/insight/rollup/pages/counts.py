"""Counts on any day as a page, a file, and the rows behind each number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.insight.rollup import actions, exports, shown
from khuevan.insight.rollup.asked import Asked, NoSuchCount, without_misfits
from khuevan.insight.rollup.dimensions import (
    BASES,
    CLASSES,
    DIMENSIONS,
    MEASURES,
    PUPILS,
    UNKNOWN,
    label_of,
    offered,
)
from khuevan.insight.rollup.fitting import fitted
from khuevan.insight.rollup.pages.asking import FILES, or_404
from khuevan.insight.rollup.permissions import VIEW_COUNTS
from khuevan.insight.rollup.selectors import (
    Counted,
    class_rows,
    count,
    frame_of,
    pupil_rows,
    sees_rows,
    staff_rows,
)
from khuevan.insight.rollup.selectors.counting import PERMISSIONS, schools_asked
from khuevan.insight.rollup.tables import ClassRows, PupilRows, StaffRows
from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.ui.formats import clock as hour
from khuevan.ui.formats import day, moment, number, weekday
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import Table

NO_COLUMNS = ("unit", "school", "residence")
"""Too many to stand side by side."""
CONDITIONS = ("level", "grade", "sex", "ownership", "type", "unit")


@page(VIEW_COUNTS, methods=("GET",))
def table(request: Request) -> HttpResponse:
    """Show a count of any day, divided by two things; each number opens."""
    query, dropped = without_misfits(request.GET.dict())
    try:
        asked = _read(request, query)
    except DomainError as error:
        usual = _usual(request.actor)
        asked = Asked(request.actor.today, rows=usual[0], cols=usual[1])
        return _show(request, asked, refused=str(error), status=error.status)
    asked, unknown = fitted(asked, frame_of(actor=request.actor, asked=asked))
    notes = [_misfit(code, value) for code, value in (*dropped.items(), *unknown)]
    return _show(request, asked, refused=" ".join(notes))


@page(VIEW_COUNTS, methods=("GET",))
def table_file(request: Request, kind: str) -> HttpResponse:
    """Give the table as a file."""
    if kind not in FILES:
        raise Http404
    counted = count(actor=request.actor, asked=or_404(_asked, request))
    return exports.file_of(counted, kind, read_at=moment(clock.now()))


@page(VIEW_COUNTS, methods=("GET",))
def rows(request: Request) -> HttpResponse:
    """Show the rows behind a number to who may see them, else the number by school."""
    actor, asked = request.actor, replace(or_404(_asked, request), cols="")
    counted = count(actor=actor, asked=asked)
    schools = schools_asked(asked, counted.frame)
    context: dict[str, Any] = {
        "title": _("%(number)s: %(what)s")
        % {"number": _total_words(counted), "what": str(MEASURES[asked.of]).lower()},
        "meta": _("on %(day)s, %(basis)s") % {"day": day(asked.on), "basis": BASES[asked.basis]},
        "conditions": shown.conditions_of(counted),
        "back_url": shown.table_address(asked),
        "asked": asked,
    }
    if not sees_rows(actor, asked, schools):
        parts = replace(asked, rows="school" if len(schools) > 1 else "grade")
        return render_page(
            request, "rollup/rows.html", {**context, **_grid(count(actor=actor, asked=parts))}
        )
    listed = _listed(request, asked, counted, schools)
    if asked.of == PUPILS:
        actions.note_names_opened(
            actor=actor, asked=asked, schools=schools, count=listed.exact_count, now=clock.now()
        )
    part = "more" if listed.is_more else "list"
    return render_page(request, "rollup/rows.html", {**context, "table": listed}, partial=part)


def _listed(request: Request, asked: Asked, counted: Counted, schools: list[int]) -> Table[Any]:
    actor, frame = request.actor, counted.frame
    given: dict[str, Any] = {"places": frame.places, "today": actor.today}
    reads: dict[str, Any] = {"actor": actor, "asked": asked, "frame": frame, "schools": schools}
    if asked.of == PUPILS:
        return PupilRows(pupil_rows(**reads), request.GET, **given)
    if asked.of == CLASSES:
        return ClassRows(class_rows(**reads), request.GET, **given)
    return StaffRows(staff_rows(**reads), request.GET, **given)


def _show(request: Request, asked: Asked, *, refused: str = "", status: int = 200) -> HttpResponse:
    counted = count(actor=request.actor, asked=asked)
    now = hour(clock.now().astimezone(clock.VIETNAM))
    context = {
        "title": _title(asked),
        "meta": _("%(day)s · %(basis)s · read at %(time)s")
        % {"day": weekday(asked.on), "basis": BASES[asked.basis], "time": now},
        "refused": refused,
        "asked": asked,
        "chips": shown.conditions_of(counted),
        "choices": _choices(request.actor, counted),
        "coverage": counted.coverage,
        "missing_more": max(len(counted.coverage.missing) - 5, 0),
        "bars": shown.bars_of(counted),
        "bars_cut": len(counted.row_names) > shown.MOST_BARS,
        "files": [
            {"kind": kind, "url": f"{reverse('rollup:file', args=[kind])}?{asked.query()}"}
            for kind in FILES
        ],
        **_grid(counted, request.GET.get("from_line", "")),
    }
    return render_page(request, "rollup/table.html", context, status=status)


def _grid(counted: Counted, from_line: str = "") -> dict[str, Any]:
    asked, part = counted.asked, shown.part_of(counted, from_line)
    size = len(counted.row_names)
    before = max(part[0] - shown.MOST_LINES, 0)
    return {
        "corner": label_of(asked.rows, asked.basis),
        "columns": shown.columns_of(counted),
        "lines": shown.lines_of(counted, part),
        "foot": shown.foot_of(counted),
        "lines_cut": part != (0, size),
        "line_count": number(size),
        "first_line": number(part[0] + 1),
        "last_line": number(part[1]),
        "before_url": shown.part_address(asked, before) if part[0] else "",
        "after_url": shown.part_address(asked, part[1]) if part[1] < size else "",
        "rounding": exports.rounding_words() if counted.table.is_rounded else "",
        "has_unknown": UNKNOWN in counted.row_names or UNKNOWN in counted.col_names,
    }


def _title(asked: Asked) -> str:
    words = {"what": MEASURES[asked.of], "rows": label_of(asked.rows, asked.basis).lower()}
    if not asked.cols:
        return _("%(what)s by %(rows)s") % words
    cols = label_of(asked.cols, asked.basis).lower()
    return _("%(what)s by %(rows)s and %(cols)s") % {**words, "cols": cols}


def _total_words(counted: Counted) -> str:
    return shown.foot_of(counted).total.text


def _choices(actor: Actor, counted: Counted) -> dict[str, Any]:
    asked = counted.asked
    dimensions = [(one.code, label_of(one.code, asked.basis)) for one in offered(asked.of)]
    several = len(counted.frame.places) > 1
    if not several:
        alone = ("unit", "school", "ownership", "type")
        dimensions = [one for one in dimensions if one[0] not in alone]
    known = {code for code, _label in dimensions}
    return {
        "of": [(code, label) for code, label in MEASURES.items() if actor.may(PERMISSIONS[code])],
        "basis": list(BASES.items()) if several else [],
        "rows": dimensions,
        "cols": [("", _("nothing more")), *(d for d in dimensions if d[0] not in NO_COLUMNS)],
        "conditions": [
            {
                "code": code,
                "label": label_of(code, asked.basis),
                "options": shown.menu_choices(counted, code),
            }
            for code in CONDITIONS
            if code in known
        ],
        "kept": [
            pair for pair in asked.narrow if pair[0] not in CONDITIONS or pair[0] not in known
        ],
    }


def _usual(actor: Actor) -> tuple[str, str]:
    """Return how a count is divided before anybody chooses."""
    reach = actor.reach(PERMISSIONS[PUPILS], "school")
    return ("unit", "level") if reach.everything or len(reach.ids) > 1 else ("grade", "sex")


def _asked(request: Request) -> Asked:
    return _read(request, request.GET.dict())


def _read(request: Request, query: dict[str, str]) -> Asked:
    rows_by, cols_by = _usual(request.actor)
    return Asked.from_query(query, today=request.actor.today, rows=rows_by, cols=cols_by)


def _misfit(code: str, value: str) -> str:
    """Say that a condition was left out, as the page calls it."""
    return str(NoSuchCount(name=DIMENSIONS[code].label, value=value[:40]))
