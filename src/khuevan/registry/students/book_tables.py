"""The registry book of a school and its former pupils as lists: page, print and file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import not_over
from khuevan.kernel.words import name_has
from khuevan.platform.accounts.api import Sex
from khuevan.platform.codes.api import code_table
from khuevan.registry.people.api import VIEW_ADDRESSES, Address, AddressKind
from khuevan.registry.schools.api import EducationLevel
from khuevan.registry.students.lastview import Frozen
from khuevan.registry.students.models import (
    Enrollment,
    EntryKind,
    ExitKind,
    Guardianship,
    Relation,
)
from khuevan.registry.students.permissions import VIEW_GUARDIANS
from khuevan.registry.students.rules import YearResult, year_results
from khuevan.registry.students.selectors import times_of, years_of
from khuevan.ui.formats import day
from khuevan.ui.tables import Choice, ChoiceFilter, Column, Filter, Table, TextFilter, how_many

Columns = Sequence[Column[Any]]
RESULTS = {
    YearResult.PROMOTED: _("moved up"),
    YearResult.REPEATED: _("repeated the grade"),
    YearResult.COMPLETED: _("completed the level"),
}
OF_PRESCHOOL = {**RESULTS, YearResult.PROMOTED: _("moved to the next group or class")}
"""Small children aren't promoted: their group follows their age."""


class FormerTable(Table[Any]):
    """Times at a school that are over: under the name the pupil had on the last day."""

    name = "former"
    caption = _("Former pupils")
    default_sort = "-left"
    sticky = True

    def build_columns(self) -> Columns:
        """Return name, birth, number, entry, leaving and how."""
        return [
            Column("name", _("Full name"), _name_then, order=("sort_key", "pk"), width=28),
            Column("birth", _("Date of birth"), _born_then, is_named=True),
            Column("number", _("Registry book"), lambda row: row.registry_number or None),
            Column("came", _("From"), lambda row: row.starts_on, is_named=True),
            Column(
                "left",
                _("Left on"),
                lambda row: row.ends_on,
                order=("ends_on", "pk"),
                is_named=True,
            ),
            Column("how", _("How the pupil left"), how_left),
            Column("to", _("Goes to"), lambda row: row.went_to or None, is_extra=True),
        ]

    def build_filters(self) -> Sequence[Filter]:
        """Return name and how the pupil left."""
        kinds = [Choice(value, label) for value, label in ExitKind.choices]
        return [
            TextFilter(_("Find by name"), _named),
            ChoiceFilter("how", _("How the pupil left"), kinds, _left_how),
        ]

    def url_of(self, row: Any) -> str:
        """Return what the school saw last, where it was kept."""
        return reverse("students:former", args=[row.uuid]) if _frozen(row) else ""

    def count_text(self, matching: int, total: int) -> str:
        """Return 14 of 182 pupils."""
        return ngettext(
            "%(matching)s of %(total)s pupil", "%(matching)s of %(total)s pupils", total
        ) % {"matching": how_many(matching), "total": how_many(total)}


class BookTable(Table[Any]):
    """A school's registry book: a line a number, in the order in which they were given."""

    name = "registry"
    caption = pgettext_lazy("the book", "Registry book")
    default_sort = "number"
    sticky = True

    def __init__(
        self,
        rows: QuerySet[Any],
        query: QueryDict,
        *,
        actor: Actor,
        school_id: int,
        path: str,
        with_peoples: bool = False,
    ) -> None:
        self.actor, self.school_id, self.with_peoples = actor, school_id, with_peoples
        self.times: dict[int, list[Enrollment]] = {}
        self.years: dict[int, list[str]] = {}
        self.frozen: dict[int, Frozen] = {}
        self.places: dict[tuple[int, str], str] = {}
        self.families: dict[int, list[str]] = {}
        super().__init__(rows, query, path=path)

    def build_columns(self) -> Columns:
        """Return what the book holds by REC-04; what few look up stands further back."""
        peoples = [Column("people", _("Ethnic group"), self._people)] if self.with_peoples else []
        return [
            Column(
                "number",
                _("Registry number"),
                lambda row: row.number,
                order=("given_on", "position", "number", "pk"),
                width=12,
            ),
            Column("name", _("Full name"), self._name, width=28),
            Column("sex", _("Sex"), self._sex, width=8),
            Column("birth", _("Date of birth"), self._born, is_named=True),
            *peoples,
            Column("birthplace", _("Place of birth"), self._place("BIRTHPLACE"), is_extra=True),
            Column("hometown", _("Home town"), self._place("HOMETOWN"), is_extra=True),
            Column("lives", _("Permanent residence"), self._place("PERMANENT"), is_extra=True),
            Column("family", _("Family"), self._family, is_extra=True, width=40),
            Column("came", _("Came"), self._came, is_named=True, width=30),
            Column("classes", _("Class and result by year"), self._classes, width=36),
            Column("left", _("Left"), self._left, is_named=True, width=36),
            Column("note", _("Note"), self._note),
        ]

    def build_filters(self) -> Sequence[Filter]:
        """Return name or number."""
        return [TextFilter(_("Name or number"), _numbered)]

    def count_text(self, matching: int, total: int) -> str:
        """Return 14 of 182 numbers."""
        return ngettext(
            "%(matching)s of %(total)s number", "%(matching)s of %(total)s numbers", total
        ) % {"matching": how_many(matching), "total": how_many(total)}

    def url_of(self, row: Any) -> str:
        """Return the record of a pupil who is there, what was seen last of who left."""
        last = self._last(row)
        if last is None:
            return ""
        if last.ends_on is None or last.ends_on > self.actor.today:
            return reverse("students:record", args=[row.student.uuid])
        return reverse("students:former", args=[last.uuid]) if _frozen(last) else ""

    def prepare(self, rows: Sequence[Any]) -> None:
        """Look up times, classes, addresses and families of these numbers: five queries."""
        ids = [row.student_id for row in rows if row.student]
        actor, school_id = self.actor, self.school_id
        self.times = times_of(actor=actor, school_id=school_id, student_ids=ids)
        seats = years_of(actor=actor, school_id=school_id, student_ids=ids)
        self.years = {pk: _years(rows, self.times.get(pk, ())) for pk, rows in seats.items()}
        people = {row.student.person_id: row.student_id for row in rows if row.student}
        for pk, times in self.times.items():
            view = _frozen(times[-1])
            if view is not None:
                self.frozen[pk] = Frozen.model_validate(view.data)
        self._look_up_places(people)
        self._look_up_families([pk for pk in ids if pk not in self.frozen])

    def _look_up_places(self, people: dict[int, int]) -> None:
        found = Address.objects.visible_to(self.actor, VIEW_ADDRESSES).filter(
            not_over(self.actor.today), person_id__in=people
        )
        for one in found.order_by("pk"):
            self.places[people[one.person_id], one.kind] = one.detail

    def _look_up_families(self, ids: Sequence[int]) -> None:
        rows = (
            Guardianship.objects.visible_to(self.actor, VIEW_GUARDIANS)
            .filter(not_over(self.actor.today), student_id__in=ids)
            .select_related("guardian")
            .order_by("contact_order", "pk")
        )
        for row in rows:
            told = (str(Relation(row.relation).label), row.full_name, row.occupation)
            line = " · ".join(part for part in told if part)
            self.families.setdefault(row.student_id, []).append(line)

    def _last(self, row: Any) -> Enrollment | None:
        times = self.times.get(row.student_id, [])
        return times[-1] if times else None

    def _name(self, row: Any) -> str | None:
        if row.student is None:
            return None
        frozen = self.frozen.get(row.student_id)
        return frozen.full_name if frozen else str(row.student.person.full_name)

    def _sex(self, row: Any) -> str | None:
        if row.student is None:
            return None
        frozen = self.frozen.get(row.student_id)
        sex = frozen.sex if frozen else row.student.person.sex
        return str(Sex(sex).label) if sex else None

    def _born(self, row: Any) -> date | None:
        if row.student is None:
            return None
        frozen = self.frozen.get(row.student_id)
        return frozen.birth_date if frozen else row.student.person.birth_date

    def _people(self, row: Any) -> str | None:
        if row.student is None:
            return None
        frozen = self.frozen.get(row.student_id)
        code = frozen.ethnicity_code if frozen else row.student.person.ethnicity_code
        return code_table("peoples").name_of(code) or None

    def _place(self, kind: str) -> Any:
        def place(row: Any) -> str | None:
            frozen = self.frozen.get(row.student_id)
            if frozen:
                return frozen.addresses.get(AddressKind(kind))
            return self.places.get((row.student_id, kind))

        return place

    def _family(self, row: Any) -> str | None:
        frozen = self.frozen.get(row.student_id)
        if frozen is None:
            return "; ".join(self.families.get(row.student_id, ())) or None
        lines = (
            " · ".join(filter(None, (str(Relation(o.relation).label), o.full_name, o.occupation)))
            for o in frozen.guardians
        )
        return "; ".join(lines) or None

    def _came(self, row: Any) -> str | None:
        return "; ".join(came(one) for one in self.times.get(row.student_id, ())) or None

    def _classes(self, row: Any) -> str | None:
        return "; ".join(self.years.get(row.student_id, ())) or None

    def _left(self, row: Any) -> str | None:
        told = [left(one) for one in self.times.get(row.student_id, ()) if one.ends_on]
        return "; ".join(told) or None

    def _note(self, row: Any) -> str | None:
        if row.student is None:
            return gettext("Its list was taken back")
        times = self.times.get(row.student_id, [])
        borne = {one.registry_number for one in times}
        if row.number in borne:
            return None
        now = next((one.registry_number for one in reversed(times) if one.registry_number), "")
        if now:
            return gettext("Corrected to %(number)s") % {"number": now}
        return gettext("No longer borne")


def came(one: Enrollment) -> str:
    """Return when and how a pupil came, in one line."""
    told = (day(one.starts_on), str(EntryKind(one.entry_kind).label), one.came_from)
    return ", ".join(part for part in told if part)


def left(one: Enrollment) -> str:
    """Return when, how and why a pupil left, in one line."""
    told = (day(one.ends_on), how_left(one) or "", one.exit_reason, one.went_to, one.exit_paper)
    return ", ".join(part for part in told if part)


def how_left(one: Any) -> str | None:
    """Return how a pupil left."""
    return str(ExitKind(one.exit_kind).label) if one.exit_kind else None


def _years(seats: Sequence[Any], times: Sequence[Enrollment]) -> list[str]:
    """Return a line a class; behind the last one of a year, how the year ended."""
    rooms = [(one.homeroom_class, str(one.homeroom_class.academic_year)) for one in seats]
    results = year_results(
        [(str(one.homeroom_class.academic_year), one.own_grade.position) for one in seats],
        is_completed=bool(times) and times[-1].exit_kind == ExitKind.COMPLETED,
    )
    young = {
        str(one.homeroom_class.academic_year)
        for one in seats
        if one.own_grade.level == EducationLevel.PRESCHOOL
    }
    lines = []
    for place, (room, year) in enumerate(rooms):
        is_last = all(later != year for _room, later in rooms[place + 1 :])
        words = OF_PRESCHOOL if year in young else RESULTS
        told = words[results[year]] if is_last and year in results else ""
        lines.append(f"{year}: {room.name}{f', {told}' if told else ''}")
    return lines


def _frozen(row: Any) -> Any:
    return getattr(row, "last_view", None)


def _name_then(row: Any) -> str:
    view = _frozen(row)
    return str(view.data["full_name"]) if view else str(row.person.full_name)


def _born_then(row: Any) -> date | None:
    view = _frozen(row)
    if view is None:
        return row.person.birth_date  # type: ignore[no-any-return]
    return Frozen.model_validate(view.data).birth_date


def _named(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(name_has(text, field="person__search_name"))


def _left_how(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    return rows.filter(exit_kind__in=values)


def _numbered(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    if any(char.isdigit() for char in text):
        return rows.filter(number__icontains=text.strip())
    return rows.filter(name_has(text, field="student__person__search_name"))
