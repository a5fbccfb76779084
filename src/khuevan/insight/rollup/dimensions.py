"""By what things are counted: where the value stands in a counted row, and what it is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khuevan.insight.rollup.places import Place
from khuevan.kernel.actor import Permission
from khuevan.kernel.periods import last_day
from khuevan.platform.accounts.api import Sex
from khuevan.platform.areas.api import Standing
from khuevan.registry.people.api import VIEW_ADDRESSES, VIEW_SENSITIVE
from khuevan.registry.schools.api import EducationLevel, GradeLevel, Ownership, SchoolType
from khuevan.registry.staff.api import Position
from khuevan.registry.students.api import ethnic_groups
from khuevan.ui.formats import day

UNKNOWN = "-"
"""The key of what nobody has recorded, in addresses too; it is a line of its own, never 0."""

PUPILS, CLASSES, STAFF = "pupils", "classes", "staff"
MANAGEMENT, LOCATION = "management", "location"

MEASURES: dict[str, Promise] = {PUPILS: _("Pupils"), CLASSES: _("Classes"), STAFF: _("Staff")}
BASES: dict[str, Promise] = {
    MANAGEMENT: _("by who manages the school"),
    LOCATION: _("by where the school stands"),
}


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to divide a count. `column` is its place in a counted row."""

    code: str
    label: str | Promise
    column: str
    of: frozenset[str]
    unknown: str | Promise = _("Not recorded")


_EVERY = frozenset((PUPILS, CLASSES, STAFF))
_LESSONS = frozenset((PUPILS, CLASSES))
_PEOPLE = frozenset((PUPILS, STAFF))

DIMENSIONS: dict[str, Dimension] = {
    one.code: one
    for one in (
        Dimension("unit", _("Unit"), "school", _EVERY),
        Dimension("school", _("School"), "school", _EVERY),
        Dimension("level", _("Level"), "grade", _LESSONS, _("Without a class")),
        Dimension("grade", _("Grade"), "grade", _LESSONS, _("Without a class")),
        Dimension("sex", _("Sex"), "sex", _PEOPLE),
        Dimension("ethnicity", _("Ethnic group"), "ethnicity", _PEOPLE),
        Dimension("age", _("Age"), "birth_year", _PEOPLE),
        Dimension("residence", _("Commune of residence"), "residence", frozenset((PUPILS,))),
        Dimension("position", _("Position"), "position", frozenset((STAFF,))),
        Dimension("ownership", _("Ownership"), "school", _EVERY),
        Dimension("type", _("Kind of school"), "school", _EVERY),
    )
}
COLUMNS = ("school", "grade", "sex", "ethnicity", "birth_year", "residence", "position")
"""The columns of a counted row, before its number."""

GUARDED: dict[str, Permission] = {"ethnicity": VIEW_SENSITIVE, "residence": VIEW_ADDRESSES}
"""What only some may know of a single person; numbers by it are rounded for everybody else."""

Label = tuple[Any, str]
"""What a line is sorted by, and what it is called."""


@dataclass(frozen=True)
class Frame:
    """What turns a counted row's values into keys, and keys into words, on one day."""

    places: Mapping[int, Place]
    grades: Mapping[int, GradeLevel]
    year: int
    """The year in which the academic year of the day began: ages are counted in it."""
    homes: Mapping[int, Standing] = field(default_factory=dict)
    """Areas as those of the day, when it is asked where people live."""

    def key_of(self, code: str) -> Callable[[Any], str]:
        """Return what turns the value of a dimension's column into its key."""
        keys = self._keys(code)
        return lambda value: keys(value) or UNKNOWN

    def _keys(self, code: str) -> Callable[[Any], str]:
        if code in _PLACE_KEYS:
            by_school = {pk: _PLACE_KEYS[code](place) for pk, place in self.places.items()}
            return lambda value: by_school.get(value, "")
        if code == "grade":
            return lambda value: self.grades[value].code if value else ""
        if code == "level":
            return lambda value: self.grades[value].level if value else ""
        if code == "age":
            return lambda value: str(max(self.year - value, 0)) if value else ""
        if code == "residence":
            return lambda value: self.homes[value].key if value in self.homes else ""
        return lambda value: value or ""

    def lines(self, code: str, keys: Iterable[str]) -> list[tuple[str, str]]:
        """Return keys with their words, in the order people expect; what is unknown last."""
        wanted = set(keys)
        names = self._names(code, wanted - {UNKNOWN})
        found = [(key, names[key][1]) for key in sorted(names, key=lambda key: names[key][0])]
        if UNKNOWN in wanted:
            found.append((UNKNOWN, str(DIMENSIONS[code].unknown)))
        return found

    def _names(self, code: str, keys: set[str]) -> dict[str, Label]:
        if code == "unit":
            named = {
                p.unit_code: ((p.unit_sort, p.unit_code), p.unit) for p in self.places.values()
            }
            return {key: named.get(key, (("~", key), key)) for key in keys}
        if code == "school":
            schools = {p.code: ((p.sort_key, p.code), p.name) for p in self.places.values()}
            return {key: schools.get(key, (("~", key), key)) for key in keys}
        if code == "grade":
            grades = {g.code: (g.position, g.label) for g in self.grades.values()}
            return {key: grades.get(key, (999, key)) for key in keys}
        if code == "age":
            return {key: (int(key), key) for key in keys}
        if code == "residence":
            return _home_names(self.homes.values(), keys)
        if code == "ethnicity":
            return {key: (key, ethnic_groups().name_of(key)) for key in keys}
        return _choices(CHOICES[code], keys)


CHOICES: dict[str, Any] = {
    "sex": Sex,
    "level": EducationLevel,
    "ownership": Ownership,
    "type": SchoolType,
    "position": Position,
}
_PLACE_KEYS: dict[str, Callable[[Place], str]] = {
    "unit": lambda place: place.unit_code,
    "school": lambda place: place.code,
    "ownership": lambda place: place.ownership,
    "type": lambda place: place.school_type,
}


def _home_names(homes: Iterable[Standing], keys: set[str]) -> dict[str, Label]:
    """Return communes by name, with the area above for those that share one."""
    known = {one.key: one for one in homes if one.key in keys}
    told = Counter(one.full_name for one in known.values())
    found: dict[str, Label] = {key: (("~", key), key) for key in keys}
    for key, one in known.items():
        name = f"{one.full_name}, {one.above}" if told[one.full_name] > 1 else one.full_name
        if not one.stands:
            words = {"name": name, "day": day(one.starts_on)}
            told_so = _("%(name)s (of the areas since %(day)s)")
            if one.ends_on is not None:
                words["day"] = day(last_day(one.ends_on))
                told_so = _("%(name)s (of the areas until %(day)s)")
            name = str(told_so) % words
        found[key] = ((one.sort_key, key), name)
    return found


def _choices(kind: Any, keys: set[str]) -> dict[str, Label]:
    order = {value: (place, str(label)) for place, (value, label) in enumerate(kind.choices)}
    return {key: order.get(key, (len(order), key)) for key in keys}


def offered(of: str) -> list[Dimension]:
    """Return the dimensions of a measure."""
    return [one for one in DIMENSIONS.values() if of in one.of]


def label_of(code: str, basis: str) -> str:
    """Return what a dimension is called; a unit is one that manages, or the commune around."""
    if code == "unit" and basis == LOCATION:
        return str(pgettext_lazy("where a school stands", "Commune"))
    return str(_("Managed by") if code == "unit" else DIMENSIONS[code].label)
