"""The list of numbers that contradict the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.actor import Actor
from khuevan.kernel.personal_number import Contradiction, birth_year_of, sex_of
from khuevan.kernel.words import name_has
from khuevan.platform.accounts.api import Person, Sex
from khuevan.registry.people.permissions import SETTLE_DOUBTS
from khuevan.registry.people.rules import BITS, contradictions_of
from khuevan.registry.people.sources import record_urls, unit_names
from khuevan.ui.formats import masked
from khuevan.ui.tables import Choice, ChoiceFilter, Column, Filter, Table, TextFilter

ALL_BITS = sum(BITS.values())
KINDS = {
    Contradiction.SEX: gettext_lazy("Sex"),
    Contradiction.BIRTH_YEAR: gettext_lazy("Year of birth"),
    Contradiction.PROVINCE: gettext_lazy("Province"),
}


def doubt_text(person: Person) -> str:
    """Return what a person's number says against the record, in sentences."""
    number = person.personal_number or ""
    told = []
    for kind in contradictions_of(person.number_doubts):
        if kind is Contradiction.SEX:
            words = {"told": Sex(sex_of(number)).label, "written": Sex(person.sex).label}
            told.append(_("The number says %(told)s, the record says %(written)s.") % words)
        elif kind is Contradiction.BIRTH_YEAR and person.birth_date:
            years = {"told": birth_year_of(number), "written": person.birth_date.year}
            told.append(_("The number says born in %(told)s, the record says %(written)s.") % years)
        else:
            told.append(
                _("The number begins with %(told)s, which is no province.") % {"told": number[:3]}
            )
    return " ".join(told)


class DoubtTable(Table[Any]):
    """People in reach whose number contradicts the record, each opening the record to mend."""

    name = "doubts"
    caption = gettext_lazy("Numbers to check")
    default_sort = "name"

    def __init__(self, rows: QuerySet[Any], query: QueryDict, *, actor: Actor, path: str) -> None:
        self.actor = actor
        self.urls: dict[int, str] = {}
        self.units: dict[int, str] = {}
        super().__init__(rows, query, path=path)

    def build_columns(self) -> Sequence[Column[Any]]:
        """Return who, where, the number, and what it contradicts."""
        return [
            Column(
                "name",
                gettext_lazy("Full name"),
                lambda row: row.full_name,
                order=("sort_key", "pk"),
                width=28,
            ),
            Column("unit", gettext_lazy("Unit"), lambda row: self.units.get(row.pk, "")),
            Column(
                "number",
                gettext_lazy("Personal number"),
                lambda row: masked(row.personal_number),
                css="nowrap",
            ),
            Column("doubt", gettext_lazy("What does not fit"), doubt_text, width=60),
        ]

    def build_filters(self) -> Sequence[Filter]:
        """Return name and kind of contradiction."""
        choices = [Choice(kind.value, label) for kind, label in KINDS.items()]
        return [
            TextFilter(
                gettext_lazy("Find by name"), lambda rows, text: rows.filter(name_has(text))
            ),
            ChoiceFilter("kind", gettext_lazy("What does not fit"), choices, _of_kinds),
        ]

    def prepare(self, rows: Sequence[Any]) -> None:
        """Look up the records and the units."""
        self.urls = record_urls([row.pk for row in rows])
        self.units = unit_names([row.pk for row in rows], self.actor.today)

    def url_of(self, row: Any) -> str:
        """Return the page that confirms, for whoever may; else the record to mend."""
        if self.actor.may(SETTLE_DOUBTS):
            return reverse("people:confirm", args=[row.uuid])
        return self.urls.get(row.pk, "")


def _of_kinds(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    wanted = sum(BITS[Contradiction(value)] for value in values)
    counts = [bits for bits in range(1, ALL_BITS + 1) if bits & wanted]
    return rows.filter(number_doubts__in=counts)


def _named(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(name_has(text))
