"""A counted table as a file: the same numbers, rounded as on the page. No personal data."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from django.http import HttpResponse
from django.utils.translation import gettext as _

from khuevan.insight.rollup.dimensions import BASES, MEASURES, label_of
from khuevan.insight.rollup.rules import FEWEST, ROUNDED_TO, TOTAL, permille
from khuevan.insight.rollup.selectors import Counted
from khuevan.platform.sheets.api import SheetToWrite, csv_bytes, write_workbook
from khuevan.ui.downloads import CSV, XLSX, download
from khuevan.ui.formats import day


def rounding_words() -> str:
    """Return what a reader has to know of rounded numbers."""
    return _(
        "Numbers by ethnic group or commune of residence: each is off by a few and a multiple of "
        "%(to)s, so parts may not add up; of fewer than %(fewest)s people it is too few to divide. "
        "Who may see these facts in every record counted sees them exactly."
    ) % {"to": ROUNDED_TO, "fewest": FEWEST}


Value = str | int | float | None


def file_of(counted: Counted, kind: str, *, read_at: str) -> HttpResponse:
    """Return the table as xlsx or csv."""
    asked = counted.asked
    headers = [label_of(asked.rows, asked.basis), *counted.col_names.values(), _("Total"), "%"]
    name = f"khue-van-{asked.of}-{asked.on.isoformat()}.{kind}"
    rows = list(_rows(counted))
    if kind == "csv":
        return download(csv_bytes(headers, rows), name=name, media_type=CSV)
    buffer = BytesIO()
    titles = [
        f"{MEASURES[asked.of]}, {day(asked.on)}, {BASES[asked.basis]}",
        _("Schools with records: %(present)s of %(due)s")
        % {"present": counted.coverage.present, "due": counted.coverage.due},
        _("Read at %(moment)s") % {"moment": read_at},
        *([rounding_words()] if counted.table.is_rounded else []),
    ]
    write_workbook(buffer, [SheetToWrite(_("Counts"), headers, rows, titles)])
    return download(buffer.getvalue(), name=name, media_type=XLSX)


def _rows(counted: Counted) -> Iterator[list[Value]]:
    for key, name in [*counted.row_names.items(), (TOTAL, _("Total"))]:
        hidden = counted.table.withheld
        values = [
            None if (key, col) in hidden else counted.table.at(key, col)
            for col in [*counted.col_names, TOTAL]
        ]
        share = permille(counted.table.at(key, TOTAL), counted.table.total)
        yield [name, *values, None if share is None else share / 10]
