"""The list of schools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from khuevan.kernel.actor import Actor
from khuevan.kernel.words import name_has
from khuevan.registry.schools.facts import had_code
from khuevan.registry.schools.figures import SchoolFigure, figures_for
from khuevan.registry.schools.models import EducationLevel, Ownership, School, SchoolType
from khuevan.registry.schools.selectors import areas_of
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


class SchoolTable(Table[Any]):
    """Schools within reach, with the numbers other apps tell of them."""

    name = "schools"
    caption = _("Schools")
    default_sort = "name"
    sticky = True
    CLOSED = "closed"
    COMING = "coming"
    """The flags by which the page reads the schools that have closed, or that open later."""

    def __init__(
        self, rows: QuerySet[School], query: QueryDict, *, actor: Actor, on: date, path: str = ""
    ) -> None:
        self.actor, self.on = actor, on
        self.is_coming = self.COMING in query
        self.told = [] if self.is_coming else figures_for(actor)
        self.numbers: dict[str, Mapping[int, int]] = {}
        self.areas = [Choice(code, name) for code, name in areas_of(rows)]
        super().__init__(rows, query, path=path)

    def build_columns(self) -> Sequence[Column[Any]]:
        """Return name, code, levels, kind, place and the figures."""
        opens: Column[Any] = Column(
            "opens", _("Opens on"), lambda row: row.opens_on, align="r", is_named=True
        )
        return [
            Column("name", _("School"), lambda row: row.name, order=("sort_key", "pk"), width=40),
            *([opens] if self.is_coming else []),
            Column("code", _("Code"), lambda row: row.code, order=("code", "pk"), is_extra=True),
            Column("levels", _("Levels"), _levels_text, cell=_levels_cell, width=20),
            Column("type", _("Type"), lambda row: SchoolType(row.school_type).label, width=24),
            Column("area", _("Commune"), lambda row: row.area_name, width=24),
            *(self._figure(key, figure) for key, figure in self.told),
        ]

    def _figure(self, key: str, figure: SchoolFigure) -> Column[Any]:
        return Column(
            key,
            figure.label,
            lambda row: self.numbers[key].get(row.pk, 0),
            align="r",
            width=10,
            is_named=True,
        )

    def prepare(self, rows: Sequence[Any]) -> None:
        """Count for these schools: one query a figure, however many schools there are."""
        ids = [row.pk for row in rows]
        self.numbers = {key: one.counts(self.actor, ids, self.on) for key, one in self.told}

    def build_filters(self) -> Sequence[Filter]:
        """Return level, kind, commune and name."""
        return [
            TextFilter(_("Name or code of the school"), _named),
            ChoiceFilter("level", _("Level"), _choices(EducationLevel), _of_levels),
            ChoiceFilter("type", _("Type"), _choices(SchoolType), _of_types),
            ChoiceFilter("area", _("Commune"), self.areas, _of_areas),
            FlagFilter(self.COMING, _("Schools that open later"), lambda rows: rows),
            FlagFilter(self.CLOSED, _("Schools that have closed"), lambda rows: rows),
        ]

    def key_of(self, row: Any) -> str:
        """Return the school's code."""
        return str(row.code)

    def url_of(self, row: Any) -> str:
        """Return the school's page."""
        return reverse("schools:school", args=[row.code])

    def count_text(self, matching: int, total: int) -> str:
        """Return 14 of 60 schools."""
        return ngettext(
            "%(matching)s of %(total)s school", "%(matching)s of %(total)s schools", total
        ) % {"matching": how_many(matching), "total": how_many(total)}


class FacilityTable(SchoolTable):
    """Independent preschool facilities, with the commune that licensed each and by what."""

    name = "facilities"
    caption = _("Independent preschool facilities")

    def build_columns(self) -> Sequence[Column[Any]]:
        """Return name, commune, owner, license and the figures."""
        return [
            Column("name", _("Facility"), lambda row: row.name, order=("sort_key", "pk"), width=40),
            Column("code", _("Code"), lambda row: row.code, order=("code", "pk"), is_extra=True),
            Column("area", _("Commune"), lambda row: row.area_name, width=24),
            Column(
                "owner",
                _("Ownership"),
                lambda row: Ownership(row.ownership).label,
                width=20,
            ),
            Column("license", _("License"), lambda row: row.license, width=24),
            Column("since", _("Since"), lambda row: row.licensed_on, align="r", is_named=True),
            *(self._figure(key, figure) for key, figure in self.told),
        ]

    def build_filters(self) -> Sequence[Filter]:
        """Return name and commune."""
        return [
            TextFilter(_("Name or code of the facility"), _named),
            ChoiceFilter("area", _("Commune"), self.areas, _of_areas),
        ]

    def count_text(self, matching: int, total: int) -> str:
        """Return 3 of 5 facilities."""
        return ngettext(
            "%(matching)s of %(total)s facility", "%(matching)s of %(total)s facilities", total
        ) % {"matching": how_many(matching), "total": how_many(total)}


def _choices(kind: Any) -> list[Choice]:
    return [Choice(value, label) for value, label in kind.choices]


def _levels_text(row: Any) -> str:
    return ", ".join(str(EducationLevel(level).label) for level in row.levels)


def _levels_cell(row: Any) -> Cell:
    pills = ((EducationLevel(level).label,) for level in row.levels)
    return Cell(value=format_html_join(" ", '<span class="pill">{}</span>', pills))


def _named(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(name_has(text) | had_code(text))


def _of_levels(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    return rows.filter(levels__overlap=list(values))


def _of_types(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    return rows.filter(school_type__in=values)


def _of_areas(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    return rows.filter(area_code__in=values)
