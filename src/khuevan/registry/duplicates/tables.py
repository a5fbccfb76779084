"""The list of pairs, and of what was made one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.actor import Actor
from khuevan.kernel.words import name_has
from khuevan.registry.duplicates.models import PairKind, PairState, PersonMerge
from khuevan.registry.duplicates.shown import why
from khuevan.registry.people.api import unit_names
from khuevan.ui.formats import day
from khuevan.ui.tables import (
    Cell,
    Choice,
    ChoiceFilter,
    Column,
    Filter,
    Head,
    ReadyTable,
    Row,
    Table,
    TextFilter,
)

SURE_FROM, LIKELY_FROM = 12.0, 7.0
"""Bits of evidence from which a pair is called all but sure, and likely."""


class PairTable(Table[Any]):
    """Pairs in reach that wait, the likeliest first, each opening its comparison."""

    name = "duplicates"
    caption = gettext_lazy("People recorded twice")
    default_sort = "-sure"

    def __init__(self, rows: QuerySet[Any], query: QueryDict, *, actor: Actor, path: str) -> None:
        self.actor = actor
        self.units: dict[int, str] = {}
        super().__init__(rows, query, path=path)

    def build_columns(self) -> Sequence[Column[Any]]:
        """Return both names with their units, why, and how sure."""
        return [
            Column("one", gettext_lazy("First record"), lambda row: row.one.full_name, width=28),
            Column("one_unit", gettext_lazy("Unit"), lambda row: self._unit(row.one_id)),
            Column(
                "other", gettext_lazy("Second record"), lambda row: row.other.full_name, width=28
            ),
            Column("other_unit", gettext_lazy("Unit"), lambda row: self._unit(row.other_id)),
            Column(
                "why", gettext_lazy("What speaks for it"), lambda row: "; ".join(why(row)), width=60
            ),
            Column(
                "sure",
                gettext_lazy("How sure"),
                lambda row: sure_words(row.bits),
                order=("bits", "pk"),
                css="nowrap",
            ),
        ]

    def build_filters(self) -> Sequence[Filter]:
        """Return name, kind and state."""
        return [
            TextFilter(gettext_lazy("Find by name"), _named),
            ChoiceFilter(
                "kind",
                gettext_lazy("Who"),
                [Choice(one.value, one.label) for one in PairKind],
                lambda rows, values: rows.filter(kind__in=values),
            ),
            ChoiceFilter(
                "state",
                gettext_lazy("State"),
                [Choice(one.value, one.label) for one in PairState],
                lambda rows, values: rows.filter(state__in=values),
            ),
        ]

    def prepare(self, rows: Sequence[Any]) -> None:
        """Look up the units of both."""
        ids = {pk for row in rows for pk in (row.one_id, row.other_id)}
        self.units = unit_names(ids, self.actor.today)

    def url_of(self, row: Any) -> str:
        """Return the page that compares the two."""
        return reverse("duplicates:pair", args=[row.uuid])

    def _unit(self, person_id: int) -> str:
        return self.units.get(person_id, "")


def _named(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(
        Q(name_has(text, field="one__search_name")) | Q(name_has(text, field="other__search_name"))
    )


def sure_words(bits: float) -> str:
    """Return how sure a pair is, in words."""
    if bits >= SURE_FROM:
        return _("almost certain")
    return _("likely") if bits >= LIKELY_FROM else _("possible")


def merge_table(rows: Iterable[PersonMerge]) -> ReadyTable:
    """Return what was made one, newest first."""
    drawn = [
        Row(
            label=one.kept.full_name,
            url=reverse("duplicates:merge", args=[one.uuid]),
            key=str(one.uuid),
            cells=(
                Cell(one.given_up.full_name),
                Cell(one.reason),
                Cell(one.by),
                Cell(day(localtime(one.at).date()), css="r num nowrap", named=_("Made one on")),
                Cell(_("Taken apart") if one.undone_at else ""),
            ),
        )
        for one in rows
    ]
    heads = (
        Head(_("Record kept")),
        Head(_("Record given up")),
        Head(_("Papers compared")),
        Head(_("By whom")),
        Head(_("Made one on"), "r"),
        Head(_("State")),
    )
    return ReadyTable(_("Made one"), heads, drawn)
