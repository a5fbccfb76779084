"""The tables as a workbook: by subject, by commune, by school, by subject of each school."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO

from django.http import HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.insight.staffing import selectors, shown
from khuevan.insight.staffing.posts import post_label
from khuevan.insight.staffing.selectors import Asked, Balance, Line
from khuevan.kernel.actor import Actor
from khuevan.platform.sheets.api import SheetToWrite, write_workbook
from khuevan.ui.downloads import XLSX, download
from khuevan.ui.formats import day, moment

Value = str | int | float | None


def workbook(*, actor: Actor, asked: Asked) -> HttpResponse:
    """Return the tables as xlsx; nobody is named."""
    on = actor.today
    told = selectors.overall(actor=actor, on=on, asked=asked)
    titles = [_("Teachers needed and present, %(day)s") % {"day": day(on)}, _made_of()]
    if told.counted_at:
        at = moment(localtime(told.counted_at))
        titles.append(_("Counted %(moment)s") % {"moment": at})
    titles += shown.warnings(told)
    sums = [
        _("Needed"), _("Present"), pgettext("of numbers", "Difference"), _("In words"),
        _("Missing"), _("Too many"), _("Retire within a year"),
    ]  # fmt: skip
    posts = selectors.by_post(actor=actor, on=on, asked=asked)
    communes = selectors.by_commune(actor=actor, on=on, asked=asked)
    schools = selectors.by_school(actor=actor, on=on, asked=asked)
    rows = selectors.by_post_of_school(actor=actor, on=on, asked=asked)
    sheets = [
        SheetToWrite(
            _("By subject"),
            [_("Subject"), _("Level"), *sums],
            (
                [post_label(one.code), shown.level_label(one.level), *_sums(one.sums)]
                for one in posts
            ),
            titles,
        ),
        SheetToWrite(
            _("By commune"),
            [_("Commune"), _("Schools"), *sums],
            ([one.name, one.schools, *_sums(one.sums)] for one in communes),
            titles,
        ),
        SheetToWrite(
            _("By school"),
            [_("Commune"), _("School"), _("Code"), *sums],
            ([one.commune, one.name, one.code, *_sums(one.sums)] for one in schools),
            titles,
        ),
        SheetToWrite(
            _("Subjects of schools"),
            [_("Commune"), _("School"), _("Code"), _("Level"), _("Subject"), *sums],
            _rows(rows),
            titles,
        ),
    ]
    buffer = BytesIO()
    write_workbook(buffer, sheets)
    name = f"khue-van-thua-thieu-giao-vien-{on.isoformat()}.xlsx"
    return download(buffer.getvalue(), name=name, media_type=XLSX)


def _made_of() -> str:
    return _(
        "Needed: periods a week in the plans of classes and those of duties, divided by the norm."
        " Present: appointed teachers without those on a long leave; a second school by periods."
    )


def _rows(lines: list[Line]) -> Iterator[list[Value]]:
    for one in lines:
        yield [
            one.commune, one.name, one.code, shown.level_label(one.level), post_label(one.post),
            *_sums(one.sums),
        ]  # fmt: skip


def _sums(one: Balance) -> list[Value]:
    return [
        _number(one.needed), _number(one.available), _number(one.difference),
        shown.difference_words(one.difference), _number(one.missing), _number(one.spare),
        one.leaving,
    ]  # fmt: skip


def _number(value: Decimal) -> float:
    return float(round(value, shown.PLACES))
