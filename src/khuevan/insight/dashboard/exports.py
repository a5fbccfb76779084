"""Figures as workbooks: value, numerator, denominator by unit and school. No personal data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from django.utils.translation import gettext as _

from khuevan.insight.dashboard.figures import Figure, figures
from khuevan.insight.dashboard.rules import Totals
from khuevan.insight.dashboard.selectors import Snapshot
from khuevan.kernel import clock
from khuevan.platform.sheets.api import Cell, SheetToWrite, write_workbook
from khuevan.ui.formats import moment


def one_figure(figure: Figure, snapshot: Snapshot, *, where: str) -> list[SheetToWrite]:
    """Return the sheets of one figure: by managing unit and by school."""
    titles = [str(figure.label), *_origin(snapshot, where), str(figure.definition)]
    return _sheets([figure], snapshot, titles)


def all_figures(snapshot: Snapshot, *, where: str) -> list[SheetToWrite]:
    """Return the sheets of all figures: by managing unit and by school."""
    return _sheets(list(figures), snapshot, [_("Figures"), *_origin(snapshot, where)])


def write(target: BinaryIO, sheets: Sequence[SheetToWrite]) -> None:
    """Write the sheets as one workbook."""
    write_workbook(target, sheets)


def _origin(snapshot: Snapshot, where: str) -> list[str]:
    read_at = moment(snapshot.taken_at.astimezone(clock.VIETNAM))
    return [where, _("Read at %(moment)s") % {"moment": read_at}]


def _sheets(
    chosen: Sequence[Figure], snapshot: Snapshot, titles: Sequence[str]
) -> list[SheetToWrite]:
    values = [text for figure in chosen for text in _headers(figure)]
    managers = ((name, totals) for (_code, name), totals in snapshot.by_manager.items())
    return [
        SheetToWrite(
            _("By managing unit"),
            [_("Managed by"), *values],
            ((name, *_cells(chosen, totals)) for name, totals in managers),
            titles,
        ),
        SheetToWrite(
            _("By school"),
            [_("Managed by"), _("School"), _("Code"), *values],
            (
                (school.manager, school.name, school.code, *_cells(chosen, totals))
                for school, totals in snapshot.by_school.items()
            ),
            titles,
        ),
    ]


def _headers(figure: Figure) -> list[str]:
    if figure.denominator is None:
        return [str(figure.label)]
    unit = " (%)" if figure.kind == "percent" else ""
    return [
        f"{figure.label}{unit}",
        str(figure.numerator_label),
        str(figure.denominator_label),
    ]


def _cells(chosen: Sequence[Figure], totals: Totals) -> Iterator[Cell | None]:
    for figure in chosen:
        if figure.denominator is None:
            yield figure.numerator(totals)
            continue
        value = figure.value(totals)
        yield None if value is None else value / 10
        yield figure.numerator(totals)
        yield figure.denominator(totals)
