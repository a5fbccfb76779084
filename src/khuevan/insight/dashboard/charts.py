"""From totals to what components draw: figures in a strip, the heat table, bars, columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.insight.dashboard import figures as f
from khuevan.insight.dashboard.figures import Figure
from khuevan.insight.dashboard.rules import Totals
from khuevan.insight.dashboard.selectors.snapshot import Snapshot
from khuevan.registry.schools.api import EducationLevel
from khuevan.ui.components import Bar, HeatCell, HeatRow, HeatTable, bars, heat_step
from khuevan.ui.formats import number

HEAT_LIMITS = (70.0, 80.0, 90.0, 95.0)
FINE_LIMITS = (96.0, 98.0, 99.0, 99.5)
"""Where nobody is below 95: the same shades tell smaller gaps apart."""
WORST_FIRST = 7
THOUSAND = 1000

Address = Callable[..., str]


def shown_value(figure: Figure, totals: Totals) -> str:
    """Return a figure as people read it; nothing to divide by is a dash, never 0."""
    value = figure.value(totals)
    if value is None or figure.denominator is None:
        return number(value)
    return number(value / 10, 1)


def unit_of(figure: Figure) -> str:
    """Return what stands behind the number."""
    return "%" if figure.kind == "percent" else ""


def basis_of(figure: Figure, totals: Totals) -> str:
    """Return numerator and denominator in words: 57 of 60."""
    if figure.denominator is None:
        return ""
    return _("%(part)s of %(whole)s") % {
        "part": number(figure.numerator(totals)),
        "whole": number(figure.denominator(totals)),
    }


def kpis(
    snapshot: Snapshot, *, to: Address, change: int | None, since: str
) -> list[dict[str, Any]]:
    """Return the figures a department or a school starts its day with; each opens to its rows."""
    total = snapshot.total
    return [
        _pupils(total, to, change, since),
        *([_schools(total, to)] if total.schools > 1 else []),
        _records(total, to),
        _class_size(total, to),
        _staff(total, to),
    ]


def _kpi(figure: Figure, totals: Totals, to: Address, **more: Any) -> dict[str, Any]:
    found = {
        "label": figure.short or figure.label,
        "value": shown_value(figure, totals),
        "unit": unit_of(figure),
        "basis": basis_of(figure, totals),
        "url": to(figure.code),
        **more,
    }
    if figure.value(totals) is None:
        found |= {"missing": _("none yet"), "basis": _("no list of pupils has been loaded")}
    return found


def _pupils(total: Totals, to: Address, change: int | None, since: str) -> dict[str, Any]:
    basis = _("%(girls)s girls") % {"girls": number(total.girls)}
    if change is not None:
        since_then = {"change": f"{'+' if change > 0 else ''}{number(change)}", "day": since}
        basis = _("%(change)s since %(day)s") % since_then
    kpi = _kpi(f.PUPILS, total, to, basis=basis)
    missing = total.schools - total.listed_schools
    if not total.pupils:
        kpi["missing"] = _("none yet")
    if missing and total.schools > 1:
        kpi["basis"] = f"{basis} ·"
        kpi["alarm"] = ngettext("%(count)s school not in", "%(count)s schools not in", missing) % {
            "count": number(missing)
        }
    return kpi


def _schools(total: Totals, to: Address) -> dict[str, Any]:
    missing = total.schools - total.listed_schools
    of_all = _("of %(whole)s schools") % {"whole": number(total.schools)}
    kpi = _kpi(f.SCHOOLS, total, to, value=number(total.listed_schools), unit="", basis=of_all)
    if missing:
        kpi["basis"] = f"{of_all} ·"
        kpi["alarm"] = _("%(count)s not in") % {"count": number(missing)}
    return kpi


def _records(total: Totals, to: Address) -> dict[str, Any]:
    lacking = total.pupils - total.complete
    basis = ngettext(
        "%(count)s pupil lacks something", "%(count)s pupils lack something", lacking
    ) % {"count": number(lacking)}
    return _kpi(
        f.RECORDS,
        total,
        to,
        label=f.RECORDS.label,
        basis=basis if lacking else _("nothing is missing"),
    )


def _class_size(total: Totals, to: Address) -> dict[str, Any]:
    basis = ngettext("%(count)s class", "%(count)s classes", total.classes) % {
        "count": number(total.classes)
    }
    kpi = _kpi(f.CLASS_SIZE, total, to, basis=basis)
    if total.over_norm:
        kpi["basis"] = f"{basis},"
        kpi["alarm"] = _("%(count)s over the norm") % {"count": number(total.over_norm)}
    return kpi


def _staff(total: Totals, to: Address) -> dict[str, Any]:
    kpi = _kpi(f.STAFF, total, to, basis=_("holding a main position"))
    return kpi if total.staff else {**kpi, "missing": _("none yet")}


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the heat table before it is drawn."""

    label: str
    totals: Totals
    narrow: Mapping[str, str]
    """What the address of its figures is narrowed to."""


def places_of(snapshot: Snapshot) -> tuple[str, list[Place]]:
    """Return what the heat table compares: managing units, or schools where one manages all."""
    if len(snapshot.by_manager) > 1:
        return _("Managed by"), [
            Place(name, totals, {"unit": code})
            for (code, name), totals in snapshot.by_manager.items()
        ]
    return _("School"), [
        Place(school.name, totals, {"school": school.code})
        for school, totals in snapshot.by_school.items()
    ]


def heat(corner: str, places: Sequence[Place], *, to: Address) -> HeatTable:
    """Return record completeness by place and fact, in percent, as given in order."""
    shares = [_percent(figure, one.totals) for one in places for figure in f.COMPLETENESS]
    lowest = min((share for share in shares if share is not None), default=0.0)
    limits = HEAT_LIMITS if lowest < HEAT_LIMITS[-1] else FINE_LIMITS
    return HeatTable(
        corner=corner,
        columns=[str(figure.short) for figure in f.COMPLETENESS],
        rows=[_heat_row(place, limits, to) for place in places],
        total_label=str(f.RECORDS.short),
        legend=_legend(limits),
        caption=_("Percent of pupils whose record has the fact, by place"),
    )


def _legend(limits: Sequence[float]) -> list[tuple[int, str]]:
    """Return the words of each shade, the darkest first."""
    texts = [number(limit) for limit in limits]
    between = [f"{low}–{high}" for low, high in pairwise(texts)]
    words = [
        _("below %(limit)s") % {"limit": texts[0]},
        *between,
        _("from %(limit)s") % {"limit": texts[-1]},
    ]
    return list(zip(range(len(limits), -1, -1), words, strict=True))


def worst_first(places: Iterable[Place]) -> list[Place]:
    """Return places with the least complete records first; those without pupils last."""

    def rank(place: Place) -> tuple[bool, int, str]:
        value = f.RECORDS.value(place.totals)
        return (value is None, value or 0, place.label)

    return sorted(places, key=rank)


def _heat_row(place: Place, limits: Sequence[float], to: Address) -> HeatRow:
    total = _percent(f.RECORDS, place.totals)
    cells = []
    for figure in f.COMPLETENESS:
        value = _percent(figure, place.totals)
        cells.append(HeatCell(value, to(figure.code, **place.narrow), heat_step(value, limits)))
    return HeatRow(place.label, cells, total, to(f.RECORDS.code, **place.narrow))


def _percent(figure: Figure, totals: Totals) -> float | None:
    value = figure.value(totals)
    return None if value is None else value / 10


def level_bars(snapshot: Snapshot, *, to: Address, before: Mapping[str, int] | None) -> list[Bar]:
    """Return pupils by level, with the change since a year ago where that year is known."""
    return bars(
        [
            Bar(
                level_name(level),
                totals.pupils,
                to(f.PUPILS.code, level=level),
                None if before is None else totals.pupils - before.get(level, 0),
            )
            for level, totals in snapshot.by_level.items()
        ]
    )


def grade_bars(snapshot: Snapshot) -> list[Bar]:
    """Return pupils by grade as lines, for phones."""
    return bars([Bar(name, totals.pupils) for (_code, name), totals in snapshot.by_grade.items()])


def level_name(level: str) -> str:
    """Return a level's name."""
    return str(EducationLevel(level).label)


@dataclass(frozen=True, slots=True)
class ColumnBar:
    """One column of a chart; places are texts, since templates would write commas."""

    label: str
    below: str
    name: str
    value: int
    text: str
    x: str
    middle: str
    y: str
    width: str
    height: str
    text_y: str


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """Columns from zero with their numbers on top, ready to draw; from 1.000 on in thousands."""

    title: str | Promise
    in_thousands: bool
    width: int
    height: int
    base: int
    columns: list[ColumnBar]


def grade_columns(snapshot: Snapshot, *, width: int = 556, height: int = 162) -> ColumnChart:
    """Return pupils by grade as columns."""
    rows = [(*grade, totals.pupils) for grade, totals in snapshot.by_grade.items()]
    most = max((row[-1] for row in rows), default=0)
    top, base = 18, height - 34
    step = width / max(len(rows), 1)
    wide = min(step * 0.62, 48.0)
    columns = []
    for order, (code, name, value) in enumerate(rows):
        tall = (base - top) * value / max(most, 1)
        middle = step * (order + 0.5)
        text = number(value / 1000, 1) if most >= THOUSAND else number(value)
        places = (middle - wide / 2, middle, base - tall, wide, tall, base - tall - 5)
        label, below = _label_of(code)
        columns.append(ColumnBar(label, below, name, value, text, *(f"{at:.1f}" for at in places)))
    return ColumnChart(_("Pupils by grade"), most >= THOUSAND, width, height, base, columns)


def _label_of(code: str) -> tuple[str, str]:
    """Return a grade's code in two short lines: 10 and TX for TX10."""
    digits = "".join(char for char in code if char.isdecimal())
    letters = code.removesuffix(digits)
    return (digits, letters) if digits else (code, "")


def sums_table(caption: str, corner: str, rows: Iterable[tuple[str, Totals]]) -> dict[str, Any]:
    """Return pupils, girls, classes and class size by name, for `ui/components/table.html`."""
    return {
        "caption": caption,
        "columns": [
            {"label": corner},
            *(
                {"label": label, "align": "num"}
                for label in (_("Pupils"), _("Girls"), _("Classes"), _("Average size"))
            ),
        ],
        "rows": [
            {
                "label": name,
                "cells": [
                    {"value": number(totals.pupils), "css": "num"},
                    {"value": number(totals.girls), "css": "num"},
                    {"value": number(totals.classes), "css": "num"},
                    {"value": shown_value(f.CLASS_SIZE, totals), "css": "num"},
                ],
            }
            for name, totals in rows
        ],
    }
