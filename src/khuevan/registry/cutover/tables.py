"""The list of move-overs an office sees: schools, steps, numbers; nobody's name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.actor import Actor
from khuevan.platform.organizations.api import names_on
from khuevan.registry.cutover.models import Cutover, CutoverState, Product
from khuevan.registry.cutover.selectors import Reconciliation, cutovers, reconciliations
from khuevan.registry.cutover.shown import product_name
from khuevan.ui.tables import Cell, Choice, ChoiceFilter, Column, Filter, Pill, Table

TONES = {
    CutoverState.OPEN: ("info", "clock"),
    CutoverState.SUBMITTED: ("warn", "file-pen"),
    CutoverState.SIGNED: ("ok", "circle-check"),
    CutoverState.ABANDONED: ("neutral", "ban"),
}


class CutoverTable(Table[Any]):
    """Move-overs in reach, the newest first."""

    name = "cutovers"
    caption = gettext_lazy("Schools that move over")
    default_sort = "-on"

    def __init__(self, actor: Actor, query: QueryDict) -> None:
        self.actor = actor
        self.names: dict[int, str] = {}
        self.found: dict[int, Reconciliation] = {}
        super().__init__(cutovers(actor), query, path=reverse("cutover:list"))

    def build_columns(self) -> Sequence[Column[Any]]:
        """Return school, product, day, state, totals entered, differences."""
        return [
            Column("school", gettext_lazy("School"), self._school, width=40),
            Column("product", gettext_lazy("Product used so far"), product_name),
            Column(
                "on",
                gettext_lazy("Day of the comparison"),
                lambda row: row.on,
                order=("on", "pk"),
                align="r",
                css="nowrap",
                is_named=True,
            ),
            Column("state", gettext_lazy("State"), _state, _state_cell),
            Column(
                "entered", gettext_lazy("Totals entered"), self._entered, align="r", is_named=True
            ),
            Column(
                "differing",
                gettext_lazy("Lines that differ"),
                self._differing,
                align="r",
                is_named=True,
            ),
            Column("open", gettext_lazy("Not settled"), self._open, align="r", is_named=True),
        ]

    def build_filters(self) -> Sequence[Filter]:
        """Return state and product."""
        return [
            ChoiceFilter(
                "state",
                gettext_lazy("State"),
                [Choice(one.value, one.label) for one in CutoverState],
                lambda rows, values: rows.filter(state__in=values),
            ),
            ChoiceFilter(
                "product",
                gettext_lazy("Product used so far"),
                [Choice(one.value, one.label) for one in Product],
                lambda rows, values: rows.filter(product__in=values),
            ),
        ]

    def prepare(self, rows: Sequence[Any]) -> None:
        """Work out the comparisons of all rows at once."""
        self.names = names_on([row.school_id for row in rows], self.actor.today)
        self.found = reconciliations(self.actor, rows)

    def url_of(self, row: Cutover) -> str:
        """Return the school's page."""
        if row.state == CutoverState.ABANDONED:
            return ""
        return reverse("cutover:school", args=[row.school.code])

    def _school(self, row: Cutover) -> str:
        return self.names.get(row.school_id, row.school.code)

    def _entered(self, row: Cutover) -> str:
        classes = self.found[row.pk].classes
        entered = sum(line.own is not None for line in classes)
        return _("%(part)s of %(all)s") % {"part": entered, "all": len(classes)}

    def _differing(self, row: Cutover) -> int:
        return len(self.found[row.pk].differing)

    def _open(self, row: Cutover) -> int:
        return len(self.found[row.pk].open)


def _state(row: Cutover) -> str:
    return str(CutoverState(row.state).label)


def _state_cell(row: Cutover) -> Cell:
    tone, icon = TONES[CutoverState(row.state)]
    return Cell(pill=Pill(tone, icon, CutoverState(row.state).label))
