"""What the pages draw: figures, the line of a trend, the tables of rules, units and schools."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil, floor
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khuevan.insight.quality.rule_list import KINDS_TOLD, Kind, QualityRule, every_rule
from khuevan.insight.quality.selectors import League, Points, RuleLine, SchoolFaults, Standing
from khuevan.platform.regulations.api import Confidence, sureness
from khuevan.ui.components import LineChart, Series, line_chart
from khuevan.ui.formats import number
from khuevan.ui.tables import Cell, Head, Pill, ReadyTable, Row

TONES = {
    Kind.MISSING: ("warn", "circle-minus"),
    Kind.CONTRADICTORY: ("warn", "git-compare-arrows"),
    Kind.IMPOSSIBLE: ("bad", "circle-alert"),
    Kind.STALE: ("info", "clock-alert"),
}
LEAGUE_COLUMNS = (
    Head(gettext_lazy("Score"), "r"),
    Head(gettext_lazy("Change in 30 days"), "r"),
    Head(gettext_lazy("Wrong cells"), "r"),
    Head(gettext_lazy("Costs most")),
)
NARROW = 340
"""Width of a score's line: it stands beside the rules, and on a phone."""
MOST_DAYS = 13
LOWEST_SPAN = 2


def percent(hundredths: int | None) -> str:
    """Return a score as people read it; a dash where nothing was checked."""
    return "–" if hundredths is None else number(hundredths / 100, 2)


def signed(hundredths: int | None) -> str:
    """Return a change with its sign, a dash where there is nothing to compare with."""
    if hundredths is None:
        return "–"
    sign = "+" if hundredths > 0 else ""
    return f"{sign}{number(hundredths / 100, 2)}" if hundredths else "0"


def score_kpi(points: Points, change: int | None) -> dict[str, Any]:
    """Return the score with its change in a month."""
    kpi: dict[str, Any] = {
        "label": _("Score of the records"),
        "value": percent(points.score),
        "unit": "%",
        "basis": _("not compared: no count 30 days ago"),
    }
    if points.score is None:
        return {**kpi, "missing": _("none yet"), "basis": _("nothing has been counted")}
    if change is not None:
        kpi["basis"] = _("%(change)s points in 30 days") % {"change": signed(change)}
    return kpi


def wrong_kpi(points: Points, lines: Sequence[RuleLine]) -> dict[str, Any]:
    """Return how many cells are wrong, by how many rules."""
    rules = sum(1 for one in lines if one.wrong)
    told = ngettext("by %(count)s rule", "by %(count)s rules", rules) % {"count": number(rules)}
    basis = told if rules else _("nothing to mend")
    return {"label": _("Wrong cells"), "value": number(points.wrong), "basis": basis}


def chart_of(trend: Sequence[tuple[date, Points]]) -> LineChart | None:
    """Return the line of a score over the last weeks; None of fewer than two days."""
    told = [(on, one.score / 100) for on, one in trend if one.score is not None]
    if len(told) < 2:  # noqa: PLR2004 (a line has two ends)
        return None
    step = max(1, ceil((len(told) - 1) / (MOST_DAYS - 1)))
    kept = told[::-1][::step][::-1]
    values = [value for _on, value in kept]
    low, high = floor(min(values)), min(100, ceil(max(values) + 0.01))
    low = max(0, min(low, high - LOWEST_SPAN))
    return line_chart(
        _("Score of the records by day, in percent"),
        [f"{on:%d/%m}" for on, _value in kept],
        [Series(_("score"), values)],
        low=low,
        high=high,
        step=max(1, (high - low) // 2),
        width=NARROW,
        every=6,
        places=2,
    )


def league_table(league: League, rows: Sequence[Standing], *, of_schools: bool) -> ReadyTable:
    """Return units or schools, the lowest score first."""
    first = Head(_("School") if of_schools else _("Managed by"))
    known = {one.code: one for one in every_rule()}
    columns = [first, *([] if of_schools else [Head(_("Schools"), "r")]), *LEAGUE_COLUMNS]
    return ReadyTable(
        _("Scores of schools") if of_schools else _("Scores by unit"),
        columns,
        [_league_row(one, known, of_schools=of_schools) for one in rows],
        sticky=True,
    )


def _league_row(one: Standing, known: dict[str, QualityRule], *, of_schools: bool) -> Row:
    worst = "; ".join(rule.name for rule in one.worst(known, 1))
    cells = [
        Cell(percent(one.now.score), css="r num", named=_("Score")),
        Cell(signed(one.change), css="r num", named=_("Change in 30 days")),
        Cell(number(one.now.wrong), css="r num", named=_("Wrong cells")),
        Cell(worst, none=_("nothing wrong")),
    ]
    if of_schools:
        return Row(one.name, one.code, reverse("quality:school", args=[one.code]), cells=cells)
    count = Cell(number(one.schools), css="r num", named=_("Schools"))
    url = f"{reverse('quality:index')}?unit={one.code}" if one.code else ""
    return Row(one.name or _("Managed by nobody"), one.code, url, cells=[count, *cells])


def schools_table(rows: Sequence[SchoolFaults]) -> ReadyTable:
    """Return the schools in which one rule found something: numbers, no names behind them."""
    return ReadyTable(
        _("Schools where this is so"),
        [
            Head(_("School")),
            Head(_("Managed by")),
            Head(_("Wrong"), "r"),
            Head(_("Checked"), "r"),
            Head(_("Share"), "r"),
        ],
        [
            Row(
                one.place.name,
                one.place.code,
                reverse("quality:school", args=[one.place.code]),
                cells=(
                    Cell(one.place.unit, none=_("Managed by nobody")),
                    Cell(number(one.wrong), css="r num", named=_("Wrong")),
                    Cell(number(one.checked), css="r num", named=_("Checked")),
                    Cell(
                        f"{number(100 * one.wrong / one.checked, 1)}%",
                        css="r num",
                        named=_("Share"),
                    ),
                ),
            )
            for one in rows
        ],
        sticky=True,
    )


def kinds_told() -> list[dict[str, Any]]:
    """Return each kind of fault with its mark and what it means."""
    return [
        {"pill": Pill(*TONES[kind], str(kind.label)), "words": words}
        for kind, words in KINDS_TOLD.items()
    ]


def sureness_told() -> list[dict[str, Any]]:
    """Return each mark of how sure a rule's text is, and what it means."""
    words = {
        Confidence.TEXT_SEEN: _("the text itself was read for this rule"),
        Confidence.SECOND_HAND: _("what others write of the text was read, not the text itself"),
        Confidence.FROM_MEMORY: _("nobody compared it with the text yet: ask before relying on it"),
    }
    return [{"pill": sureness(one), "words": told} for one, told in words.items()]


def sums_table(lines: Sequence[RuleLine], most: int | None = None, *, unit: str = "") -> ReadyTable:
    """Return what rules found in many schools, each opening to them: numbers, no names behind."""
    of_unit = f"?unit={unit}" if unit else ""
    wrong = [one for one in lines if one.wrong][:most]
    return ReadyTable(
        _("Faults by rule"),
        [
            Head(_("Rule")),
            Head(_("Kind")),
            Head(_("Wrong"), "r"),
            Head(_("Checked"), "r"),
            Head(_("Score if mended"), "r"),
        ],
        [
            Row(
                one.rule.name,
                one.rule.code,
                f"{reverse('quality:rule', args=[one.rule.code])}{of_unit}",
                cells=(
                    Cell(pill=kind_pill(one.rule)),
                    Cell(number(one.wrong), css="r num", named=_("Wrong")),
                    Cell(number(one.checked), css="r num", named=_("Checked")),
                    Cell(gain_text(one), css="r num", named=_("Score if mended")),
                ),
            )
            for one in wrong
        ],
    )


def gain_text(line: RuleLine) -> str:
    """Return what the score gains once a rule finds nothing any more."""
    return f"+{number(line.gain / 100, 2)}" if line.gain else _("below 0.01")


def kind_pill(rule: QualityRule) -> Pill:
    """Return how a record is at fault, as a mark."""
    tone, icon = TONES[Kind(rule.kind)]
    return Pill(tone, icon, rule.kind_label)


def origin_of(rule: QualityRule) -> dict[str, Any]:
    """Return the text a rule follows and how sure that is."""
    if not rule.source:
        return {"words": _("A check of plain sense; no text asks for it."), "pill": None}
    return {"words": rule.source, "pill": sureness(Confidence(rule.confidence))}
