"""Figures for programs: the same definitions and reach, numerator and denominator beside each."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, Self

from ninja import Schema

from khuevan.insight.dashboard.asked import check_scope, snapshot_of
from khuevan.insight.dashboard.charts import level_name
from khuevan.insight.dashboard.figures import Figure, figures
from khuevan.insight.dashboard.permissions import VIEW_FIGURES
from khuevan.insight.dashboard.rules import Totals
from khuevan.insight.dashboard.selectors import Scope, Snapshot
from khuevan.kernel.errors import NotFound
from khuevan.ui.request import Request
from khuevan.ui.rest import Router

router = Router(tags=["figures"])

By = Literal["unit", "school", "level", "grade"]


class FigureOut(Schema):
    """A figure of the scope asked for. The value is missing when there is nothing to divide by."""

    code: str
    label: str
    kind: str
    value: float | None
    numerator: int
    denominator: int | None

    @classmethod
    def of(cls, figure: Figure, totals: Totals) -> Self:
        """Return the document of a figure for some totals."""
        value = figure.value(totals)
        divided = figure.denominator is not None
        return cls(
            code=figure.code,
            label=str(figure.label),
            kind=figure.kind,
            value=value / 10 if value is not None and divided else value,
            numerator=figure.numerator(totals),
            denominator=figure.denominator(totals) if figure.denominator else None,
        )


class PartOut(Schema):
    """One part of a figure: its code and name, and its numbers."""

    code: str
    name: str
    value: float | None
    numerator: int
    denominator: int | None

    @classmethod
    def of(cls, code: str, name: str, figure: FigureOut) -> Self:
        """Return the document of a part."""
        return cls(
            code=code,
            name=name,
            value=figure.value,
            numerator=figure.numerator,
            denominator=figure.denominator,
        )


class FiguresOut(Schema):
    """All figures of a scope, read at one moment."""

    on: date
    read_at: datetime
    items: list[FigureOut]


class FigureWithParts(FigureOut):
    """A figure with its definition and its parts."""

    on: date
    read_at: datetime
    definition: str
    parts: list[PartOut]


@router.get("/figures", permission=VIEW_FIGURES, response=FiguresOut)
def list_figures(
    request: Request,
    level: str = "",
    unit: str = "",
    school: str = "",
    on: date | None = None,
) -> FiguresOut:
    """Return every figure for the caller's schools, or a part of them."""
    snapshot = _snapshot(request, level, unit, school, on)
    return FiguresOut(
        on=snapshot.scope.on,
        read_at=snapshot.taken_at,
        items=[FigureOut.of(figure, snapshot.total) for figure in figures],
    )


@router.get("/figures/{code}", permission=VIEW_FIGURES, response=FigureWithParts)
def show_figure(
    request: Request,
    code: str,
    by: By = "school",
    level: str = "",
    unit: str = "",
    school: str = "",
    on: date | None = None,
) -> FigureWithParts:
    """Return one figure with its definition and its parts by unit, school, level or grade."""
    if code not in figures:
        raise NotFound
    figure = figures.get(code)
    snapshot = _snapshot(request, level, unit, school, on)
    whole = FigureOut.of(figure, snapshot.total)
    return FigureWithParts(
        **whole.dict(),
        on=snapshot.scope.on,
        read_at=snapshot.taken_at,
        definition=str(figure.definition),
        parts=[
            PartOut.of(key, name, FigureOut.of(figure, totals))
            for key, name, totals in _parts(snapshot, by)
        ],
    )


def _snapshot(request: Request, level: str, unit: str, school: str, on: date | None) -> Snapshot:
    today: date = request.actor.today
    return snapshot_of(request, check_scope(Scope(on or today, level, unit, school), today=today))


def _parts(snapshot: Snapshot, by: By) -> list[tuple[str, str, Totals]]:
    if by == "unit":
        return [(code, name, totals) for (code, name), totals in snapshot.by_manager.items()]
    if by == "level":
        return [(level, level_name(level), totals) for level, totals in snapshot.by_level.items()]
    if by == "grade":
        return [(code, name, totals) for (code, name), totals in snapshot.by_grade.items()]
    return [(one.code, one.name, totals) for one, totals in snapshot.by_school.items()]
