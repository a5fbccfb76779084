"""The offices over the schools of a list: found by the commune, opened where none is recorded yet.

Only the operator who sets a province up opens offices with a list: the province, its department
and the communes of the published list of areas. Schools and classes are never opened so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.platform.areas.api import TWO_LEVELS_SINCE, Area, areas_on, provinces
from khuevan.platform.organizations.api import (
    MANAGE_UNITS,
    OrgUnit,
    OrgUnitVersion,
    UnitKind,
    UnitPlace,
    open_unit,
    units_above,
    version_of,
    versions_on,
)
from khuevan.platform.sheets.api import UnitUnclear, Workbook
from khuevan.registry.schools.imports.school_words import area_lists
from khuevan.registry.schools.permissions import MANAGE_SCHOOLS

LONGEST = 200
"""Characters of a cell that may name a province."""
KINDS = (UnitKind.DEPARTMENT, UnitKind.PROVINCE, UnitKind.COMMUNE)
"""Which office's list it is when nobody says it, the first that there is."""


class ProvinceUnknown(DomainError):
    """A list is to begin a province, and nothing in it says which."""

    code = "schools.province_unknown"
    message = _(
        "Nothing is recorded yet, and the list does not say of which province it is: give it a"
        " column “Tỉnh”, or name the province above the table."
    )
    status = 422


class SeveralOffices(UnitUnclear):
    """The list may be of several offices."""

    code = "schools.several_offices"
    message = _("The list may be of several offices: %(codes)s. Nothing says of which.")
    status = 422


@dataclass(frozen=True, slots=True)
class Offices:
    """The offices that schools may stand under, on a day, as a list of one unit sees them."""

    unit_id: int
    province_code: str
    """Of the area in which the list's office stands; empty where nothing says it."""
    province_id: int | None
    department_id: int | None
    by_commune: dict[str, int]
    """Code of a commune to its office."""
    area_ids: dict[str, int]
    """Code of a commune to its area."""
    may_open: bool

    def commune_of(self, unit_id: int | None) -> str:
        """Return the code of the commune of an office; nothing where it is no commune's."""
        return next((code for code, held in self.by_commune.items() if held == unit_id), "")

    def under(self, kind: str, commune: str) -> int | None:
        """Return the office of a kind, that of the commune for one of those; None if none."""
        return self.by_commune.get(commune) if kind == UnitKind.COMMUNE else self.department_id


def whose(*, actor: Actor, name: str, workbook: Workbook, now: datetime) -> int:
    """Return the office whose list of schools a file is; where there is none yet, begin one.

    :raises ProvinceUnknown, SeveralOffices:
    """
    reach = actor.reach(MANAGE_SCHOOLS, "school")
    rows = versions_on(actor.today).filter(unit__kind__in=KINDS)
    if not reach.everything:
        rows = rows.filter(unit_id__in=reach.ids)
    found = list(rows.values_list("unit_id", "unit__kind", "unit__code"))
    for kind in KINDS:
        units = [(pk, code) for pk, of, code in found if of == kind]
        if len(units) == 1:
            return units[0][0]
        if units:
            raise SeveralOffices(codes=", ".join(sorted(code for _pk, code in units)[:4]))
    if not reach.everything:
        raise ProvinceUnknown
    return open_province(actor=actor, area=_province_told(workbook, actor.today), now=now)


def open_province(*, actor: Actor, area: Area, now: datetime) -> int:
    """Open a province's committee and its department of education; return the department."""
    since = TWO_LEVELS_SINCE
    lowered = area.full_name[:1].lower() + area.full_name[1:]
    place = UnitPlace(f"UBND {lowered}", f"UBND {lowered}"[:80], None, area.pk)
    province = open_unit(
        actor=actor, code=area.code, kind=UnitKind.PROVINCE, place=place, starts_on=since, now=now
    )
    place = UnitPlace(
        f"Sở Giáo dục và Đào tạo {area.name}", f"Sở GDĐT {area.name}"[:80], province.pk, area.pk
    )
    department = open_unit(
        actor=actor,
        code=f"{area.code}-SGDDT",
        kind=UnitKind.DEPARTMENT,
        place=place,
        starts_on=since,
        now=now,
    )
    return department.pk


def open_commune(*, actor: Actor, area: Area, province: OrgUnit, now: datetime) -> int:
    """Open the committee of a commune under its province."""
    lowered = area.full_name[:1].lower() + area.full_name[1:]
    unit = open_unit(
        actor=actor,
        code=f"{province.code}-{area.code}",
        kind=UnitKind.COMMUNE,
        place=UnitPlace(f"UBND {lowered}", area.full_name, province.pk, area.pk),
        starts_on=TWO_LEVELS_SINCE,
        now=now,
    )
    return unit.pk


def offices_for(actor: Actor, unit_id: int, on: date) -> Offices:
    """Return the offices a list of a unit knows: those above it, beside it and below."""
    above = units_above([unit_id], on=on)
    line = list(versions_on(on).filter(unit_id__in=above).select_related("area"))
    province = next((row for row in line if row.unit.kind == UnitKind.PROVINCE), None)
    code = province_code_of(unit_id, on)
    standing = versions_on(on).filter(unit__kind__in=KINDS).select_related("area")
    if province is not None:
        standing = standing.filter(parent_id=province.unit_id)
    rows = list(standing)
    communes = [row for row in rows if row.unit.kind == UnitKind.COMMUNE and row.area]
    return Offices(
        unit_id=unit_id,
        province_code=code,
        province_id=province.unit_id if province else None,
        department_id=_department(unit_id, rows),
        by_commune={row.area.code: row.unit_id for row in communes if row.area},
        area_ids=dict(areas_on(on).filter(kind="COMMUNE").values_list("code", "pk")),
        may_open=actor.reach(MANAGE_UNITS, "school").everything,
    )


def province_code_of(unit_id: int, on: date) -> str:
    """Return the code of the province in which a unit stands; nothing where no area is recorded."""
    row = version_of(unit_id, on=on)
    area = Area.objects.filter(pk=row.area_id).first() if row and row.area_id else None
    if area is None:
        return ""
    return area.parent_code or area.code


def _department(unit_id: int, rows: Iterable[OrgUnitVersion]) -> int | None:
    found = [row.unit_id for row in rows if row.unit.kind == UnitKind.DEPARTMENT]
    return unit_id if unit_id in found else next(iter(found), None)


def _province_told(workbook: Workbook, on: date) -> Area:
    """Return the province that most cells of a workbook name, by name or by a commune of it.

    :raises ProvinceUnknown:
    """
    known = area_lists("", on)
    areas = {one.code: one for one in provinces(on)}
    said = Counter(
        code for text in _texts(workbook) if (code := known["provinces"].find(text)) in areas
    )
    if not said:
        titled = (_after_word(text) for text in _texts(workbook))
        said = Counter(
            code for text in titled if text and (code := known["provinces"].find(text)) in areas
        )
    if not said:
        raise ProvinceUnknown
    return areas[said.most_common(1)[0][0] or ""]


def _after_word(text: str) -> str:
    """Return what follows the word for the province or its department in a title."""
    lowered = text.lower()
    for word in ("ubnd tỉnh ", "ủy ban nhân dân tỉnh ", "đào tạo ", "tỉnh ", "thành phố "):
        if word in lowered:
            return text[lowered.index(word) + len(word) :]
    return ""


def _texts(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.sheets:
        for row in sheet.rows:
            for cell in row.cells:
                if isinstance(cell, str) and len(cell) < LONGEST and not cell.isdecimal():
                    yield cell
