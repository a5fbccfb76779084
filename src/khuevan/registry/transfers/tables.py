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
from khuevan.kernel.words import name_has
from khuevan.platform.calendar.api import WorkingCalendar, calendar_from
from khuevan.registry.transfers import facts, selectors
from khuevan.registry.transfers.desks import STAFF, Desk
from khuevan.registry.transfers.kinds import Move, Route, Side
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.shown import (
    due_words,
    end_name,
    next_words,
    pill_of,
    states_of,
    what_for,
)
from khuevan.ui.tables import (
    Cell,
    Choice,
    ChoiceFilter,
    Column,
    Filter,
    FlagFilter,
    Table,
    TextFilter,
    how_many,
)


class TransferTable(Table[Transfer]):
    """Transfers within reach."""

    name = "transfers"
    caption = _("Transfers")
    default_sort = "-asked"
    sticky = True

    def __init__(
        self,
        rows: QuerySet[Any],
        query: QueryDict,
        *,
        actor: Actor,
        desk: Desk,
        on: date,
        path: str,
    ) -> None:
        self.actor, self.desk, self.on = actor, desk, on
        if desk is STAFF:
            self.caption = _("Moves of staff")
        self.units: dict[int, str] = {}
        self.calendar: WorkingCalendar = calendar_from(on)
        super().__init__(rows, query, path=path)

    def build_columns(self) -> Sequence[Column[Transfer]]:
        """Return who, as what, both schools, where it stands, who is next, until when."""
        is_staff = self.desk is STAFF
        who = _("Colleague") if is_staff else _("Pupil")
        what = _("Position") if is_staff else _("Grade")
        return [
            Column("name", who, lambda row: row.full_name, order=("sort_key", "pk"), width=28),
            Column("grade", what, what_for, css="nowrap", width=10),
            Column("from", _("Old school"), self._from, width=32, is_named=True),
            Column("to", _("New school"), self._to, width=32, is_named=True),
            Column(
                "state",
                _("Stands at"),
                lambda row: pill_of(row).label,
                cell=_state,
                width=22,
            ),
            Column("next", _("Waits for"), self._next, width=28, is_named=True),
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
            *(
                [
                    Column("move", _("Kind of move"), lambda row: Move(row.move).label),
                    Column(
                        "returns", _("Returns"), lambda row: row.returns_on, is_extra=True,
                        is_named=True,
                    ),
                ]
                if is_staff
                else []
            ),
        ]  # fmt: skip

    def _states(self) -> list[Choice]:
        told = states_of(is_of_staff=self.desk is STAFF)
        return [Choice(value, label) for value, label in told]

    def build_filters(self) -> Sequence[Filter]:
        """Return name, who has to act, direction, lateness, gap, state and route."""
        return [
            TextFilter(_("Find by name"), _named),
            FlagFilter(
                "mine", _("Waiting for us"),
                lambda rows: rows.filter(selectors.open_ones()).filter(
                    selectors.waiting_for(self.actor, self.desk)
                ),
            ),
            FlagFilter("in", _("Incoming"), self._incoming),
            FlagFilter("out", _("Outgoing"), self._outgoing),
            FlagFilter("late", _("Overdue"), lambda rows: rows.filter(selectors.overdue(self.on))),
            FlagFilter("gap", _("In no school"), lambda rows: rows.filter(selectors.on_the_way())),
            FlagFilter("open", _("Open"), lambda rows: rows.filter(selectors.open_ones())),
            ChoiceFilter("state", _("Stands at"), self._states(), _of_states),
            ChoiceFilter("route", _("Route"), _choices(Route), _of_routes),
        ]  # fmt: skip

    def prepare(self, rows: Sequence[Transfer]) -> None:
        """Look up what the schools are called."""
        ids = [pk for row in rows for pk in (row.from_school_id, row.to_school_id)]
        self.units = facts.short_names(ids, on=self.on)

    def url_of(self, row: Transfer) -> str:
        """Return the page of the case."""
        return reverse(self.desk.route("case"), args=[row.uuid])

    def count_text(self, matching: int, total: int) -> str:
        """Return 3 of 12 transfers."""
        if self.desk is STAFF:
            return ngettext(
                "%(matching)s of %(total)s move", "%(matching)s of %(total)s moves", total
            ) % {"matching": how_many(matching), "total": how_many(total)}
        return ngettext(
            "%(matching)s of %(total)s transfer", "%(matching)s of %(total)s transfers", total
        ) % {"matching": how_many(matching), "total": how_many(total)}

    def _incoming(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(selectors.incoming(self.actor, self.desk))

    def _outgoing(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(selectors.outgoing(self.actor, self.desk))

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
    return Cell(pill=pill_of(row))


def _named(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(name_has(text, field="search_name"))


def _choices(kind: Any) -> list[Choice]:
    return [Choice(value, label) for value, label in kind.choices]


def _of_states(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    return rows.filter(state__in=values)


def _of_routes(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    return rows.filter(route__in=values)
