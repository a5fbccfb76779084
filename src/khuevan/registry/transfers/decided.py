"""The list of what an office has decided on transfers: its numbers, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from khuevan.kernel.words import name_has
from khuevan.registry.transfers import facts
from khuevan.registry.transfers.desks import STAFF, Desk
from khuevan.registry.transfers.kinds import DecisionState, Matter, Side
from khuevan.registry.transfers.models import TransferDecision
from khuevan.registry.transfers.shown import DECISION_PILLS, end_name, signed_by
from khuevan.ui.tables import (
    Cell,
    Choice,
    ChoiceFilter,
    Column,
    Filter,
    Table,
    TextFilter,
    how_many,
)

ANSWERS = (DecisionState.GRANTED, DecisionState.REFUSED)


class DecidedTable(Table[TransferDecision]):
    """What offices have decided."""

    name = "transfer-decisions"
    caption = _("Decided by our office")
    default_sort = "-day"
    sticky = True

    def __init__(
        self, rows: QuerySet[Any], query: QueryDict, *, desk: Desk, on: date, path: str
    ) -> None:
        self.desk, self.on = desk, on
        self.units: dict[int, str] = {}
        super().__init__(rows, query, path=path)

    def build_columns(self) -> Sequence[Column[TransferDecision]]:
        """Return who, what was decided, under which number, on which day, signed by whom."""
        who = _("Colleague") if self.desk is STAFF else _("Pupil")
        return [
            Column(
                "name", who, lambda row: row.transfer.full_name,
                order=("transfer__sort_key", "pk"), width=28,
            ),
            Column("number", _("Number of the document"), lambda row: row.number, width=20),
            Column(
                "day", _("Dated"), lambda row: row.decided_on, order=("decided_on", "pk"),
                is_named=True,
            ),
            Column(
                "answer", _("Answer"), lambda row: DecisionState(row.state).label, cell=_answer,
                width=16,
            ),
            Column("matter", _("Matter"), _matters, width=28),
            Column("from", _("Old school"), self._from, width=28),
            Column("to", _("New school"), self._to, width=28),
            Column("signer", _("Signed by"), signed_by, width=28),
            Column(
                "recorded", _("Recorded by"), lambda row: row.recorded_by_label, is_extra=True,
            ),
        ]  # fmt: skip

    def build_filters(self) -> Sequence[Filter]:
        """Return name or number, and the answer."""
        answers = [Choice(one.value, one.label) for one in ANSWERS]
        return [
            TextFilter(_("Find by name"), _named),
            ChoiceFilter("answer", _("Answer"), answers, _of_answers),
        ]

    def prepare(self, rows: Sequence[TransferDecision]) -> None:
        """Look up what the schools are called."""
        cases = [row.transfer for row in rows]
        ids = [pk for one in cases for pk in (one.from_school_id, one.to_school_id)]
        self.units = facts.short_names(ids, on=self.on)

    def url_of(self, row: TransferDecision) -> str:
        """Return the page of the case."""
        return reverse(self.desk.route("case"), args=[row.transfer.uuid])

    def count_text(self, matching: int, total: int) -> str:
        """Return 3 of 12 decisions."""
        return ngettext(
            "%(matching)s of %(total)s decision", "%(matching)s of %(total)s decisions", total
        ) % {"matching": how_many(matching), "total": how_many(total)}

    def _from(self, row: TransferDecision) -> str:
        return end_name(row.transfer, Side.RELEASER, self.units)

    def _to(self, row: TransferDecision) -> str:
        return end_name(row.transfer, Side.RECEIVER, self.units)


def _answer(row: TransferDecision) -> Cell:
    return Cell(pill=DECISION_PILLS[DecisionState(row.state)])


def _matters(row: TransferDecision) -> str:
    return "; ".join(str(Matter(code).label) for code in row.matters)


def _named(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(name_has(text, field="transfer__search_name"))


def _of_answers(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    return rows.filter(state__in=values)
