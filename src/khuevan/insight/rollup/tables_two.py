"""Lists behind a number of a comparison: who, why, where on the first day and on the second."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khuevan.insight.rollup.asked_two import SCHOOLS
from khuevan.insight.rollup.compared import reason_words
from khuevan.insight.rollup.dimensions import CLASSES, PUPILS, STAFF
from khuevan.insight.rollup.moves import Seat, Trace
from khuevan.insight.rollup.selectors.comparing import TwoDays
from khuevan.insight.rollup.tables import FoundByName
from khuevan.registry.schools.api import Ownership, SchoolType
from khuevan.registry.staff.api import Position
from khuevan.ui.formats import day
from khuevan.ui.tables import Column, Table


class _Moved(Table[Any]):
    """A list of things with their trace."""

    name = "moved"
    default_sort = "name"
    sticky = True

    def __init__(self, rows: Any, query: QueryDict, *, compared: TwoDays) -> None:
        self.compared = compared
        self.found: dict[int, Trace] = {}
        super().__init__(rows, query, path=reverse("rollup:compare_rows"))

    def ends(self) -> list[Column[Any]]:
        """Return the columns that say why, where before, where after."""
        asked = self.compared.asked
        return [
            Column("why", pgettext_lazy("between two days", "What happened"), self._why, width=32),
            Column(
                "then", day(asked.first), lambda row: self._where(0, row), width=36, is_named=True
            ),
            Column(
                "now", day(asked.second), lambda row: self._where(1, row), width=36, is_named=True
            ),
        ]

    def who(self, row: Any) -> int:
        """Return by what a row's trace is found."""
        return int(row.pk)

    def seat_words(self, seat: Seat) -> str | Promise:
        """Return what somebody was at the school."""
        return ""

    def _why(self, row: Any) -> str | None:
        trace = self.found.get(self.who(row))
        if trace is None:
            return None
        return reason_words(self.compared.asked.of, self.compared.placed(trace)[2])

    def _where(self, day_number: int, row: Any) -> str | None:
        trace = self.found.get(self.who(row))
        seat = (trace.then, trace.now)[day_number] if trace else None
        if seat is None:
            return None
        parts = (self.seat_words(seat), self.compared.where(day_number, seat))
        return " · ".join(str(part) for part in parts if part)


class _MovedPeople(FoundByName, _Moved):
    """Pupils or staff: traces are read for the rows of a part."""

    def prepare(self, rows: Sequence[Any]) -> None:
        """Look up the traces of these rows."""
        self.found = self.compared.traces_of([self.who(row) for row in rows])

    def build_columns(self) -> Sequence[Column[Any]]:
        """Return name, what happened, both days."""
        order = (
            ("sort_key", "pk") if self.compared.asked.of == PUPILS else ("person__sort_key", "pk")
        )
        return [
            Column("name", _("Full name"), lambda row: row.person.full_name, order=order, width=28),
            *self.ends(),
            Column("birth", _("Date of birth"), lambda row: row.person.birth_date, is_named=True),
        ]


class MovedPupils(_MovedPeople):
    """Pupils, with the grade of each day."""

    caption = _("Pupils")

    def who(self, row: Any) -> int:
        """Return the student."""
        return int(row.student_id)

    def seat_words(self, seat: Seat) -> str | Promise:
        """Return the grade."""
        return self.compared.frames[0].grades[int(seat[1])].label if seat[1] else _("no class")

    def url_of(self, row: Any) -> str:
        """Return the record of a pupil still on roll there; others' records have moved on."""
        today = self.compared.actor.today
        stays = row.ends_on is None or row.ends_on > today
        return reverse("students:record", args=[row.student.uuid]) if stays else ""


class MovedStaff(_MovedPeople):
    """People on the staff, with the position of each day."""

    caption = _("Staff")

    def who(self, row: Any) -> int:
        """Return the staff member."""
        return int(row.staff_member_id)

    def seat_words(self, seat: Seat) -> str | Promise:
        """Return the position."""
        return Position(str(seat[1])).label


class _MovedThings(_Moved):
    """Classes or schools: their traces are known before."""

    def prepare(self, rows: Sequence[Any]) -> None:
        """Find the traces by the rows of both days."""
        self.found = {
            pk: trace for trace in self.compared.traces for pk in trace.ids if pk is not None
        }


class MovedClasses(_MovedThings):
    """Classes."""

    caption = _("Classes")

    def build_columns(self) -> Sequence[Column[Any]]:
        """Return name, what happened, both days."""
        return [
            Column("name", _("Class"), lambda row: row.name, order=("sort_key", "pk")),
            *self.ends(),
        ]

    def seat_words(self, seat: Seat) -> str | Promise:
        """Return the grade."""
        return self.compared.frames[0].grades[int(seat[1])].label if seat[1] else ""

    def url_of(self, row: Any) -> str:
        """Return the page of a class."""
        return reverse("students:class", args=[row.school.code, row.uuid])


class MovedSchools(_MovedThings):
    """Schools, with the unit and the kind of each day."""

    caption = _("Schools")

    def build_columns(self) -> Sequence[Column[Any]]:
        """Return name, what happened, both days."""
        places = self.compared.frames[1].places
        return [
            Column("name", _("School"), lambda row: places[row.pk].name, order=("code",), width=36),
            *self.ends(),
        ]

    def _where(self, day_number: int, row: Any) -> str | None:
        trace = self.found.get(self.who(row))
        if trace is None or (trace.then, trace.now)[day_number] is None:
            return None
        place = self.compared.frames[day_number].places[row.pk]
        words = (
            place.unit,
            SchoolType(place.school_type).label if place.school_type else "",
            Ownership(place.ownership).label if place.ownership else "",
        )
        return " · ".join(str(one) for one in words if one)

    def url_of(self, row: Any) -> str:
        """Return the page of a school."""
        return reverse("schools:school", args=[row.code])


TABLES: dict[str, type[_Moved]] = {
    PUPILS: MovedPupils,
    STAFF: MovedStaff,
    CLASSES: MovedClasses,
    SCHOOLS: MovedSchools,
}
RELATED: dict[str, tuple[str, ...]] = {
    PUPILS: ("student", "person"),
    STAFF: ("staff_member", "person"),
    CLASSES: ("school",),
    SCHOOLS: (),
}
