"""Choosing units and areas by typing: what is chosen stays in the list, what is found follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, QuerySet, When
from django.utils.functional import Promise

from khuevan.kernel.actor import Actor
from khuevan.platform.areas.api import Area, areas_named, areas_on
from khuevan.platform.organizations.models import OrgUnitVersion, UnitKind
from khuevan.platform.organizations.permissions import MANAGE_UNITS
from khuevan.platform.organizations.selectors import find_units, names_on, versions_on

MOST_FOUND = 8
_FIRST = (UnitKind.PROVINCE, UnitKind.DEPARTMENT, UnitKind.COMMUNE, UnitKind.DISTRICT)
RANK = Case(
    *(When(unit__kind=kind, then=place) for place, kind in enumerate(_FIRST)), default=len(_FIRST)
)
"""What is found of one name: the committee before its divisions and offices."""


@dataclass(frozen=True, slots=True)
class Pick:
    """What is chosen in one place of a form."""

    name: str
    label: str | Promise
    hint: str | Promise = ""
    many: bool = False
    schools: bool = False
    """Whether schools are offered beside offices."""
    areas: bool = False
    """Whether areas are chosen, not units."""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Option:
    """One line of the list."""

    code: str
    label: str
    detail: str
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Picker:
    """What `organizations/picker.html` draws."""

    pick: Pick
    text: str
    options: Sequence[Option]
    has_more: bool = False
    errors: Sequence[str] = field(default_factory=tuple)

    @property
    def found(self) -> int:
        """Return how many lines were found beside the chosen ones."""
        return sum(not one.checked for one in self.options)


def picker(
    pick: Pick, *, actor: Actor, on: date, chosen: Sequence[str], text: str, errors: Sequence[str]
) -> Picker:
    """Return the chosen lines and those whose name or code has the text."""
    found = _areas if pick.areas else _units
    options, has_more = found(pick, actor, on, list(dict.fromkeys(chosen)), text.strip())
    return Picker(pick, text, options, has_more, errors)


def offered(pick: Pick, actor: Actor, on: date) -> QuerySet[OrgUnitVersion]:
    """Return the units of a day that may be chosen: those the actor may change."""
    rows = versions_on(on)
    reach = actor.reach(MANAGE_UNITS, "school")
    if not reach.everything:
        rows = rows.filter(unit_id__in=reach.ids)
    return rows if pick.schools else rows.exclude(unit__kind=UnitKind.SCHOOL)


def only_match(pick: Pick, actor: Actor, on: date, text: str) -> str:
    """Return the code of the one thing the text means, or nothing."""
    if pick.areas:
        codes = list(_named_areas(text, on).values_list("code", flat=True)[:2])
    else:
        rows = find_units(text, on=on) & offered(pick, actor, on)
        codes = list(rows.values_list("unit__code", flat=True)[:2])
    return str(codes[0]) if len(codes) == 1 else ""


def _units(
    pick: Pick, actor: Actor, on: date, chosen: list[str], text: str
) -> tuple[list[Option], bool]:
    rows = offered(pick, actor, on)
    held = {row.unit.code: row for row in rows.filter(unit__code__in=chosen)}
    found: list[OrgUnitVersion] = []
    if text:
        matching = (find_units(text, on=on) & rows).exclude(unit__code__in=chosen)
        found = list(matching.order_by(RANK, "sort_key", "unit_id")[: MOST_FOUND + 1])
    shown = [held[code] for code in chosen if code in held]
    above = names_on([row.parent_id for row in (*shown, *found) if row.parent_id], on)
    options = [_option(row, above, checked=True) for row in shown]
    options += [_option(row, above, checked=False) for row in found[:MOST_FOUND]]
    return options, len(found) > MOST_FOUND


def _option(row: OrgUnitVersion, above: dict[int, str], *, checked: bool) -> Option:
    detail = " · ".join(part for part in (row.unit.code, above.get(row.parent_id or 0, "")) if part)
    return Option(row.unit.code, row.name, detail, checked)


def _areas(
    _pick: Pick, _actor: Actor, on: date, chosen: list[str], text: str
) -> tuple[list[Option], bool]:
    shown = list(areas_on(on).filter(code__in=chosen))
    found = list(_named_areas(text, on).exclude(code__in=chosen)[: MOST_FOUND + 1]) if text else []
    options = [Option(one.code, one.full_name, one.code, checked=True) for one in shown]
    options += [Option(one.code, one.full_name, one.code) for one in found[:MOST_FOUND]]
    return options, len(found) > MOST_FOUND


def _named_areas(text: str, on: date) -> QuerySet[Area]:
    if text.strip().isdigit():
        return areas_on(on).filter(code=text.strip())
    return areas_named(text, on)
