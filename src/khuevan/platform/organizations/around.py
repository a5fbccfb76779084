"""Which units stand above and beside a unit on a day: who is meant by "the commune's committee"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from khuevan.platform.organizations.models import OrgUnitVersion, UnitKind
from khuevan.platform.organizations.selectors import units_above, versions_on

PROVINCE_WIDE = (UnitKind.MINISTRY, UnitKind.PROVINCE, UnitKind.DEPARTMENT)
"""Kinds of which there is one for a whole province, wherever in it something stands."""


@dataclass(frozen=True, slots=True)
class Found:
    """A unit as it was called on a day, and whether it was found by place, not by management."""

    version: OrgUnitVersion
    by_place: bool = False


class Around:
    """The units around one unit on a day, read once: four queries at most."""

    def __init__(self, unit_id: int, *, on: date) -> None:
        self._unit_id = unit_id
        self._on = on

    @cached_property
    def line(self) -> list[OrgUnitVersion]:
        """Return the unit itself and all above it on the day, nearest first."""
        above = units_above([self._unit_id], on=self._on)
        rows = versions_on(self._on).filter(unit_id__in=above).select_related("unit", "area")
        held = {row.unit_id: row for row in rows}
        line: list[OrgUnitVersion] = []
        place = held.pop(self._unit_id, None)
        while place is not None:
            line.append(place)
            place = held.pop(place.parent_id, None) if place.parent_id else None
        return line

    @cached_property
    def _beside(self) -> list[OrgUnitVersion]:
        """Return what stands directly under the line, or in the area, without being a school."""
        ids = [row.unit_id for row in self.line]
        rows = versions_on(self._on).filter(parent_id__in=ids).exclude(unit__kind=UnitKind.SCHOOL)
        return list(rows.select_related("unit", "area").order_by("unit_id"))

    @cached_property
    def _below(self) -> list[OrgUnitVersion]:
        """Return what stands under the district or commune of the unit's place: its offices."""
        codes, own = self._area_codes(), {row.unit_id for row in self.line}
        ids = [
            row.unit_id
            for row in self._beside
            if row.area and row.area.code in codes and row.unit_id not in own
        ]
        rows = versions_on(self._on).filter(parent_id__in=ids).exclude(unit__kind=UnitKind.SCHOOL)
        found = rows.select_related("unit", "area").order_by("unit_id")
        return [row for row in found if row.area is None or row.area.code in codes]

    def of_kind(self, kind: str) -> Found | None:
        """Return the unit of a kind that the unit belongs to, else the one of where it stands.

        An upper-secondary school belongs to the department; its commune is that of its area.
        """
        above = next((row for row in self.line if row.unit.kind == kind), None)
        if above is not None:
            return Found(above)
        beside = (row for row in self._beside if row.unit.kind == kind)
        if kind in PROVINCE_WIDE:
            one = next(beside, None)
            return Found(one) if one else None
        codes = self._area_codes()
        here = next((row for row in beside if row.area and row.area.code in codes), None)
        here = here or next((row for row in self._below if row.unit.kind == kind), None)
        return Found(here, by_place=True) if here else None

    def _area_codes(self) -> set[str]:
        """Return the code of the unit's commune and of the district above it."""
        area = self.line[0].area if self.line else None
        return {area.code, area.parent_code} if area else set()
