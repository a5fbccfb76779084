"""The league as a workbook: scores and numbers of faults by unit, school and rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

from django.http import HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from khuevan.insight.quality import selectors
from khuevan.insight.quality.rule_list import every_rule
from khuevan.insight.quality.selectors import League, Standing
from khuevan.kernel.actor import Actor
from khuevan.platform.sheets.api import SheetToWrite, write_workbook
from khuevan.ui.downloads import XLSX, download
from khuevan.ui.formats import day, moment

Value = str | int | float | None


def workbook(league: League, *, actor: Actor, unit: str = "") -> HttpResponse:
    """Return the league as xlsx."""
    titles = [_("Data quality, %(day)s") % {"day": day(league.on)}, told()]
    if league.counted_at:
        at = moment(localtime(league.counted_at))
        titles.append(_("Counted %(moment)s") % {"moment": at})
    schools = None
    if unit:
        places = selectors.schools_of_unit(actor=actor, on=league.on, unit=unit)
        schools = [place.id for place in places]
    lines = selectors.rule_sums(actor=actor, on=league.on, schools=schools)
    scores = [_("Score (%)"), _("Change in 30 days"), _("Wrong cells"), _("Costs most")]
    sheets = [
        SheetToWrite(
            _("By unit"),
            [_("Managed by"), _("Schools"), *scores],
            ([one.name, one.schools, *_scores(one)] for one in league.units),
            titles,
        ),
        SheetToWrite(
            _("By school"),
            [_("Managed by"), _("School"), _("Code"), *scores],
            ([one.unit, one.name, one.code, *_scores(one)] for one in league.schools),
            titles,
        ),
        SheetToWrite(
            _("By rule"),
            [_("Rule"), _("Kind"), _("Wrong"), _("Checked"), _("Weight")],
            _rules(lines),
            titles,
        ),
    ]
    buffer = BytesIO()
    write_workbook(buffer, sheets)
    name = f"khue-van-chat-luong-{league.on.isoformat()}.xlsx"
    return download(buffer.getvalue(), name=name, media_type=XLSX)


def told() -> str:
    """Return what a score says, and what it does not."""
    return _(
        "The score says how complete and plausible the records are, not how well a school teaches."
    )


def _scores(one: Standing) -> list[Value]:
    known = {rule.code: rule for rule in every_rule()}
    score, change = one.now.score, one.change
    worst = "; ".join(rule.name for rule in one.worst(known))
    return [
        None if score is None else score / 100,
        None if change is None else change / 100,
        one.now.wrong,
        worst,
    ]


def _rules(lines: Sequence[selectors.RuleLine]) -> Iterator[list[Value]]:
    for one in lines:
        yield [one.rule.name, one.rule.kind_label, one.wrong, one.checked, one.rule.weight]
