"""The list of transfers: the board's equal, and what is exported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from khuevan.kernel.actor import Actor
from khuevan.platform.calendar.api import WorkingCalendar, calendar_from
from khuevan.registry.people.api import name_has
from khuevan.registry.transfers import facts, selectors
from khuevan.registry.transfers.kinds import Route, Side, State
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.shown import STATE_PILLS, due_words, end_name, next_words
from khuevan.ui.formats import number
from khuevan.ui.tables import (
    Cell,
    Choice,
    ChoiceFilter,
    Column,
    Filter,
    FlagFilter,
    Table,
    TextFilter,
)


class TransferTable(Table[Transfer]):
    """Transfers within reach."""

    name = "transfers"
    caption = _("Transfers")
    default_sort = "-asked"
    sticky = True

    def __init__(
        self, rows: QuerySet[Any], query: QueryDict, *, actor: Actor, on: date, path: str
    ) -> None:
        self.actor, self.on = actor, on
        self.units: dict[int, str] = {}
        self.calendar: WorkingCalendar = calendar_from(on)
        super().__init__(rows, query, path=path)

    def build_columns(self) -> Sequence[Column[Transfer]]:
        """Return pupil, grade, both schools, where it stands, who is next, until when."""
        return [
            Column(
                "name", _("Pupil"), lambda row: row.full_name, order=("sort_key", "pk"), width=28
            ),
            Column("grade", _("Grade"), lambda row: row.grade_level.name, css="nowrap", width=10),
            Column("from", _("Old school"), self._from, width=32),
            Column("to", _("New school"), self._to, width=32),
            Column(
                "state", _("Stands at"), lambda row: State(row.state).label, cell=_state, width=22
            ),
            Column("next", _("Waits for"), self._next, width=28),
            Column(
                "due", _("Due"), lambda row: row.due_on, cell=self._due,
                is_named=True,
            ),
            Column(
                "asked", _("Requested"), lambda row: row.asked_on, order=("asked_on", "pk"),
                is_named=True,
            ),
            Column(
                "released", _("Released"), lambda row: row.released_on, is_extra=True,
                is_named=True,
            ),
            Column(
                "received", _("Received"), lambda row: row.received_on, is_extra=True,
                is_named=True,
            ),
            Column("route", _("Route"), lambda row: Route(row.route).label, is_extra=True),
        ]  # fmt: skip

    def build_filters(self) -> Sequence[Filter]:
        """Return name, who has to act, direction, lateness, gap, state and route."""
        return [
            TextFilter(_("Find by name"), _named),
            FlagFilter(
                "mine", _("Waiting for us"),
                lambda rows: rows.filter(selectors.open_ones()).filter(
                    selectors.waiting_for(self.actor)
                ),
            ),
            FlagFilter("in", _("Incoming"), self._incoming),
            FlagFilter("out", _("Outgoing"), self._outgoing),
            FlagFilter("late", _("Overdue"), lambda rows: rows.filter(selectors.overdue(self.on))),
            FlagFilter("gap", _("In no school"), lambda rows: rows.filter(selectors.on_the_way())),
            FlagFilter("open", _("Open"), lambda rows: rows.filter(selectors.open_ones())),
            ChoiceFilter("state", _("Stands at"), _choices(State), _of_states),
            ChoiceFilter("route", _("Route"), _choices(Route), _of_routes),
        ]  # fmt: skip

    def prepare(self, rows: Sequence[Transfer]) -> None:
        """Look up what the schools are called."""
        ids = [pk for row in rows for pk in (row.from_school_id, row.to_school_id)]
        self.units = facts.short_names(ids, on=self.on)

    def url_of(self, row: Transfer) -> str:
        """Return the page of the case."""
        return reverse("transfers:case", args=[row.uuid])

    def count_text(self, matching: int, total: int) -> str:
        """Return 3 of 12 transfers."""
        return ngettext(
            "%(matching)s of %(total)s transfer", "%(matching)s of %(total)s transfers", total
        ) % {"matching": number(matching), "total": number(total)}

    def _incoming(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(selectors.incoming(self.actor))

    def _outgoing(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(selectors.outgoing(self.actor))

    def _from(self, row: Transfer) -> str:
        return end_name(row, Side.RELEASER, self.units)

    def _to(self, row: Transfer) -> str:
        return end_name(row, Side.RECEIVER, self.units)

    def _next(self, row: Transfer) -> str:
        return next_words(row)

    def _due(self, row: Transfer) -> Cell:
        words = due_words(row, on=self.on, calendar=self.calendar)
        if not words:
            return Cell(none="–")
        return Cell(value=words.text, css=f"tone-{words.tone}" if words.tone else "")


def _state(row: Transfer) -> Cell:
    return Cell(pill=STATE_PILLS[State(row.state)])


def _named(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(name_has(text, field="search_name"))


def _choices(kind: Any) -> list[Choice]:
    return [Choice(value, label) for value, label in kind.choices]


def _of_states(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    return rows.filter(state__in=values)


def _of_routes(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    return rows.filter(route__in=values)
