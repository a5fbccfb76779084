"""The list of staff."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.platform.organizations.api import UnitKind, versions_on
from khuevan.registry.people.api import with_name
from khuevan.registry.staff.models import Position
from khuevan.registry.staff.permissions import VIEW_RECORDS
from khuevan.registry.staff.rules import positions_of
from khuevan.registry.staff.selectors import Duties, appointments, duties_of, in_charge, on_leave
from khuevan.ui.tables import (
    Choice,
    ChoiceFilter,
    Column,
    Filter,
    FlagFilter,
    Table,
    TextFilter,
    how_many,
)


class StaffTable(Table[Any]):
    """Appointments within reach, with the classes that go with them."""

    name = "staff"
    caption = _("Staff")
    default_sort = "name"
    sticky = True

    def __init__(
        self,
        rows: QuerySet[Any],
        query: QueryDict,
        *,
        actor: Actor,
        on: date,
        path: str,
        of_one_school: bool,
    ) -> None:
        self.actor, self.on, self.of_one_school = actor, on, of_one_school
        self.duties: dict[int, Duties] = {}
        self.units: dict[int, str] = {}
        super().__init__(rows, query, path=path)

    def build_columns(self) -> Sequence[Column[Any]]:
        """Return name, place, position, classes and since when."""
        place: Column[Any] = Column(
            "unit", _("Unit"), lambda row: self.units.get(row.unit_id), width=32
        )
        return [
            Column(
                "name",
                _("Full name"),
                lambda row: row.person.full_name,
                order=("person__sort_key", "pk"),
                width=28,
            ),
            Column("position", _("Position"), _position, width=18),
            *([] if self.of_one_school else [place]),
            Column("homeroom", _("In charge of"), self._homerooms, width=14, is_named=True),
            Column("lessons", _("Teaches"), self._lessons, width=40),
            Column(
                "since",
                _("Since"),
                lambda row: row.starts_on,
                order=("starts_on", "pk"),
                is_named=True,
            ),
        ]

    def build_filters(self) -> Sequence[Filter]:
        """Return name, position and being in charge of a class."""
        return [
            TextFilter(_("Find by name"), with_name),
            ChoiceFilter("position", _("Position"), self._positions(), _of_positions),
            ChoiceFilter("office", _("Unit that is no school"), self._offices(), _of_units),
            FlagFilter("homeroom", _("In charge of a class"), self._in_charge),
            FlagFilter("counted", _("Main position here"), _counted),
            FlagFilter("away", _("On leave"), self._away),
        ]

    def url_of(self, row: Any) -> str:
        """Return the record, for whoever may open it."""
        if row.unit_id not in self.actor.reach(VIEW_RECORDS, "school"):
            return ""
        return reverse("staff:record", args=[row.staff_member.uuid])

    def prepare(self, rows: Sequence[Any]) -> None:
        """Look up classes, and places where there are several."""
        members = {row.staff_member_id for row in rows}
        self.duties = duties_of(actor=self.actor, member_ids=members, on=self.on)
        if not self.of_one_school:
            units = versions_on(self.on).filter(unit_id__in={row.unit_id for row in rows})
            self.units = {one.unit_id: one.short_name for one in units}

    def count_text(self, matching: int, total: int) -> str:
        """Return 14 of 60 people."""
        return ngettext(
            "%(matching)s of %(total)s person", "%(matching)s of %(total)s people", total
        ) % {"matching": how_many(matching), "total": how_many(total)}

    def _homerooms(self, row: Any) -> str:
        return ", ".join(self.duties[row.staff_member_id].homerooms)

    def _lessons(self, row: Any) -> str:
        lessons = self.duties[row.staff_member_id].lessons
        return "; ".join(f"{subject}: {', '.join(names)}" for subject, names in lessons.items())

    def _positions(self) -> list[Choice]:
        """Return the positions to choose from; of one school those that schools have."""
        known = positions_of(UnitKind.SCHOOL) if self.of_one_school else Position.values
        return [Choice(value, label) for value, label in Position.choices if value in known]

    def _offices(self) -> list[Choice]:
        """Return the units other than schools that have staff within reach: Sở, communes."""
        if self.of_one_school:
            return []
        ids = appointments(actor=self.actor, on=self.on).exclude(unit__kind=UnitKind.SCHOOL)
        units = versions_on(self.on).filter(unit_id__in=ids.order_by().values("unit_id"))
        return [
            Choice(one.unit.code, one.short_name)
            for one in units.select_related("unit").order_by("unit__kind", "short_name", "pk")
        ]

    def _away(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(staff_member_id__in=on_leave(self.on))

    def _in_charge(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(staff_member_id__in=in_charge(self.on))


def _position(row: Any) -> str:
    label = str(Position(row.position).label)
    if row.is_primary:
        return label
    return gettext("%(position)s (second)") % {"position": label}


def _counted(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(is_primary=True)


def _of_units(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    return rows.filter(unit__code__in=values)


def _of_positions(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    return rows.filter(position__in=values)
