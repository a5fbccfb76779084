"""orgs.csv: which rows are schools of ours. None is ever added: schools come first."""

from __future__ import annotations

from dataclasses import dataclass, field

from khuevan.exchange.oneroster.errors import SchoolsSeveral
from khuevan.exchange.oneroster.reading import Files, Line
from khuevan.exchange.oneroster.rows import Told, known_rows
from khuevan.kernel.actor import Actor
from khuevan.platform.organizations.api import OrgUnit, UnitKind
from khuevan.platform.sheets.api import Importer

SCHOOL = "school"
OFFICES = ("department", "district", "local", "state", "national")


@dataclass(frozen=True, slots=True)
class Orgs:
    """The schools of a package."""

    by_id: dict[str, OrgUnit] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    """Names of rows that hold and are no schools, by their ids."""


def orgs_of(
    files: Files, actor: Actor, importers: list[Importer], unit_id: int | None, told: Told
) -> Orgs:
    """Return the schools by the ids of their rows: by code, or the one that a person named.

    :raises SchoolsSeveral: when one was named and the package speaks of several
    """
    rows = list(known_rows(files.of("orgs"), told))
    needed = _needed(files)
    schools: list[Line] = []
    others: list[Line] = []
    for row in rows:
        is_school = row["type"].lower() == SCHOOL or row["sourcedId"] in needed
        (schools if is_school else others).append(row)
    for row in others:
        if row["type"].lower() not in OFFICES:
            told.refuse(row, "type", "oneroster.type_unknown")
    if unit_id is not None:
        return _named(schools, unit_id, others, told)
    codes = {code for row in schools for code in _codes(row)}
    units = {
        unit.code: unit for unit in OrgUnit.objects.filter(kind=UnitKind.SCHOOL, code__in=codes)
    }
    found = {}
    for row in schools:
        unit = next((units[code] for code in _codes(row) if code in units), None)
        if unit is None or not _may_load(actor, importers, unit):
            told.refuse(row, "identifier", "oneroster.school_unknown", value=_codes(row)[0])
        else:
            found[row["sourcedId"]] = unit
    return Orgs(found, {row["sourcedId"]: row["name"] for row in others})


def _named(schools: list[Line], unit_id: int, others: list[Line], told: Told) -> Orgs:
    """Return the school that a person named, unless its row bears the code of another one."""
    if len(schools) > 1:
        raise SchoolsSeveral(count=len(schools))
    unit, found = OrgUnit.objects.get(pk=unit_id), {}
    for row in schools:
        codes = _codes(row)
        known = OrgUnit.objects.filter(kind=UnitKind.SCHOOL, code__in=codes)
        if unit.code not in codes and known.exists():
            told.refuse(row, "identifier", "oneroster.another_school", unit=unit.code)
        else:
            found[row["sourcedId"]] = unit
    return Orgs(found, {row["sourcedId"]: row["name"] for row in others})


def _needed(files: Files) -> set[str]:
    """Return the ids of rows that classes name as their school, whatever their type says."""
    return {line["schoolSourcedId"] for line in files.of("classes")}


def _codes(row: Line) -> list[str]:
    return [code for code in (row["identifier"], row["sourcedId"]) if code]


def _may_load(actor: Actor, importers: list[Importer], unit: OrgUnit) -> bool:
    return any(unit.pk in actor.reach(one.permission, "school") for one in importers)
