"""Lists behind a number: pupils, classes, staff as they were on the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khuevan.insight.rollup.places import Place
from khuevan.platform.accounts.api import Sex
from khuevan.registry.people.api import with_name
from khuevan.registry.schools.api import Session
from khuevan.registry.staff.api import Position
from khuevan.ui.tables import Cell, Column, Filter, Table, TextFilter


class FoundByName(Table[Any]):
    """A list of people who are found by their names."""

    def build_filters(self) -> Sequence[Filter]:
        """Return the search by name."""
        return [
            TextFilter(
                _("Find by name"),
                with_name,
            )
        ]


class _OfSchools(Table[Any]):
    """A list that names schools as they were called on the day."""

    sticky = True

    def __init__(
        self, rows: QuerySet[Any], query: QueryDict, *, places: Mapping[int, Place], today: date
    ) -> None:
        self.places, self.today = places, today
        super().__init__(rows, query, path=reverse("rollup:rows"))

    def school_name(self, school_id: int) -> str:
        """Return a school's name on the day."""
        return self.places[school_id].name


class PupilRows(FoundByName, _OfSchools):
    """Pupils on roll on the day, with the class of the day."""

    name = "counted"
    caption = _("Pupils")
    default_sort = "name"

    def build_columns(self) -> Sequence[Column[Any]]:
        """Return name, class, school, birth, sex."""
        return [
            Column(
                "name",
                _("Full name"),
                lambda row: row.person.full_name,
                order=("sort_key", "pk"),
                width=28,
            ),
            Column(
                "class",
                _("Class"),
                _class_name,
                cell=_class_cell,
                order=("class_key", "sort_key", "pk"),
            ),
            Column("school", _("School"), lambda row: self.school_name(row.school_id), width=32),
            Column("birth", _("Date of birth"), lambda row: row.person.birth_date),
            Column(
                "sex", _("Sex"), lambda row: Sex(row.person.sex).label if row.person.sex else None
            ),
        ]

    def url_of(self, row: Any) -> str:
        """Return the record of a pupil still on roll there; those of others have moved on."""
        stays = row.ends_on is None or row.ends_on > self.today
        return reverse("students:record", args=[row.student.uuid]) if stays else ""


class ClassRows(_OfSchools):
    """Classes of the academic year of the day."""

    name = "counted"
    caption = _("Classes")
    default_sort = "name"

    def build_columns(self) -> Sequence[Column[Any]]:
        """Return name, grade, school, session."""
        return [
            Column("name", _("Class"), lambda row: row.name, order=("sort_key", "pk")),
            Column("grade", _("Grade"), lambda row: row.grade_level.label),
            Column("school", _("School"), lambda row: self.school_name(row.school_id), width=32),
            Column("session", _("Session"), lambda row: Session(row.session).label),
        ]

    def url_of(self, row: Any) -> str:
        """Return the page of a class."""
        return reverse("students:class", args=[row.school.code, row.uuid])


class StaffRows(FoundByName, _OfSchools):
    """People holding a main position on the day."""

    name = "counted"
    caption = _("Staff")
    default_sort = "name"

    def build_columns(self) -> Sequence[Column[Any]]:
        """Return name, position, school, since when."""
        return [
            Column(
                "name",
                _("Full name"),
                lambda row: row.person.full_name,
                order=("person__sort_key", "pk"),
                width=28,
            ),
            Column("position", _("Position"), lambda row: Position(row.position).label),
            Column("school", _("School"), lambda row: self.school_name(row.unit_id), width=32),
            Column("since", _("Since"), lambda row: row.starts_on, is_named=True),
        ]


def _class_name(row: Any) -> str | None:
    return str(row.placement.homeroom_class.name) if row.placement else None


def _class_cell(row: Any) -> Cell:
    name = _class_name(row)
    return Cell(value=name) if name else Cell(none=_("no class"))
