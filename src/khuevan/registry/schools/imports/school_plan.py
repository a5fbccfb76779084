"""Compares a list of schools with the register: what each row would do. Writes nothing."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.kernel.vietnamese import match_key, normalize
from khuevan.platform.areas.api import TWO_LEVELS_SINCE
from khuevan.platform.organizations.api import OrgUnit, UnitKind
from khuevan.platform.sheets.api import (
    Context,
    Fault,
    Outcome,
    ParsedRow,
    PlannedRow,
    Problem,
    Promises,
    Recognized,
    locate,
)
from khuevan.registry.schools.actions.opening import RESERVED, SchoolData
from khuevan.registry.schools.facts import SchoolFacts, facts_of
from khuevan.registry.schools.first_days import first_days_of
from khuevan.registry.schools.imports.offices import Offices, offices_for, province_code_of
from khuevan.registry.schools.imports.school_checks import (
    LAWFUL,
    RENAMED,
    conversion_by_list,
    founding_of_known,
    founding_of_new,
    same_fact,
)
from khuevan.registry.schools.imports.school_words import (
    COMMUNE,
    DEPARTMENT,
    ORDINARY,
    YES,
    area_lists,
    fixed_lists,
    levels_label,
    split_levels,
    type_label,
)
from khuevan.registry.schools.managers import managers_of
from khuevan.registry.schools.models import SchoolCode
from khuevan.registry.schools.permissions import MANAGE_SCHOOLS
from khuevan.registry.schools.rules import in_order, levels_fit, ownership_fits
from khuevan.registry.schools.selectors import schools

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
WEBSITE = re.compile(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?")
NO_DIGITS = re.compile(r"[^0-9]")
CONTACT = ("phone", "website", "address")
NAMES = ("name", "short_name")
_BY_NAME = (
    ("nội trú", "ETHNIC_BOARDING"),
    ("ptdtnt", "ETHNIC_BOARDING"),
    ("bán trú", "ETHNIC_SEMI_BOARDING"),
    ("ptdtbt", "ETHNIC_SEMI_BOARDING"),
    ("chuyên", "GIFTED"),
)
_BY_LEVELS = {
    ("MN",): "PRESCHOOL",
    ("TH",): "PRIMARY",
    ("THCS",): "LOWER_SECONDARY",
    ("TH", "THCS"): "PRIMARY_LOWER_SECONDARY",
    ("THPT",): "UPPER_SECONDARY",
    ("GDTX",): "CONTINUING_CENTER",
    ("THN",): "VOCATIONAL_SECONDARY",
}
_SHORTER = ((("Trường Tiểu học và THCS", "Trường Tiểu học và Trung học cơ sở"), "TH&THCS"),
            (("Trường Tiểu học",), "TH"), (("Trường Trung học cơ sở",), "THCS"),
            (("Trường Trung học phổ thông",), "THPT"), (("Trường Mầm non",), "MN"),
            (("Trường", "Trung tâm"), ""))  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewSchool:
    """A school of a list that the register does not have; without an office it opens that too."""

    data: SchoolData
    starts_on: date
    commune: str = ""
    """Code of the commune whose office is opened with it; `data` then names none."""


@dataclass(frozen=True, slots=True)
class SchoolChanges:
    """What a list changes of a school that is known, by field."""

    school_id: int
    told: dict[str, Any]


@dataclass(slots=True)
class Comparison:
    """Everything one comparison knows besides the row at hand."""

    recognized: Recognized
    offices: Offices
    known: dict[str, Any]
    """The schools in reach, with facts and place, by every code they have or had."""
    facts: dict[int, SchoolFacts]
    first_days: dict[int, date]
    """Since when each of these schools is there."""
    taken: frozenset[str]
    """Codes of units and schools that are not the actor's."""
    on: date
    seen: dict[str, int] = field(default_factory=dict)

    def fault(self, of: ParsedRow, name: str, code: str, **params: str | int) -> Fault:
        """Say that something is wrong with a field of a row."""
        return self.say(of, name, Problem(code, params))

    def say(self, of: ParsedRow, name: str, problem: Problem) -> Fault:
        """Say where a problem with a field of a row stands."""
        text = of.told(name, self.recognized)
        return locate(problem, of.number, self.recognized, name, text)


def context(actor: Actor, unit_id: int, on: date, promises: Promises) -> Context:
    """Return what cells of a list of schools may mean."""
    return Context(
        today=on, codes={**fixed_lists(), **area_lists(province_code_of(unit_id, on), on)}
    )


def plan(
    *,
    actor: Actor,
    unit_id: int,
    rows: Sequence[ParsedRow],
    recognized: Recognized,
    promises: Promises,
    on: date,
) -> list[PlannedRow]:
    """Return what each row would do; the number of queries does not grow with the rows."""
    codes = {row.values["code"] for row in rows if row.values.get("code")}
    held = SchoolCode.objects.unscoped(because="which codes are taken is public")
    pairs = list(held.filter(code__in=codes).values_list("code", "school_id"))
    found = schools(actor=actor, on=on, permission=MANAGE_SCHOOLS)
    mine: dict[int, Any] = found.in_bulk([pk for _code, pk in pairs])
    known = {code: mine[pk] for code, pk in pairs if pk in mine}
    units = OrgUnit.objects.filter(code__in=codes).values_list("code", flat=True)
    comparison = Comparison(
        recognized=recognized,
        offices=offices_for(actor, unit_id, on),
        known=known,
        facts=facts_of(list(mine), on=on),
        first_days=first_days_of(list(mine)),
        taken=frozenset({*units, *(code for code, _pk in pairs)} - known.keys()),
        on=on,
    )
    return [_plan_row(row, comparison) for row in rows]


def names_of(planned: PlannedRow) -> Iterator[Hashable]:
    """Yield what a new school is known by."""
    if "new" in planned.values:
        yield planned.values["new"].data.code


def told_facts(values: dict[str, Any]) -> dict[str, Any]:
    """Return what a row says of a school by law; what it leaves blank is absent."""
    told: dict[str, Any] = {}
    if values.get("levels"):
        told["levels"] = in_order(split_levels(values["levels"]))
    if (kind := values.get("school_type")) and kind != ORDINARY:
        told["school_type"] = kind
    for name in ("ownership", "boarding"):
        if values.get(name):
            told[name] = values[name]
    if values.get("is_disadvantaged"):
        told["is_disadvantaged"] = values["is_disadvantaged"] == YES
    if values.get("national_standard"):
        told["national_standard"] = int(values["national_standard"]) or None
    return told


def kind_of(levels: tuple[str, ...], name: str) -> str:
    """Return what a school is whose list does not say it: by its levels, and its name."""
    lowered = name.lower()
    for word, kind in _BY_NAME:
        if word in lowered and levels_fit(kind, levels):
            return kind
    return _BY_LEVELS.get(levels, "MULTI_LEVEL")


def shortened(name: str) -> str:
    """Return a short name made from a school's name: TH Đông Khê."""
    for openings, short in _SHORTER:
        for opening in openings:
            if match_key(name).startswith(f"{match_key(opening)} "):
                return f"{short} {name[len(opening) :].strip()}".strip()[:80]
    return name[:80]


def _plan_row(row: ParsedRow, comparison: Comparison) -> PlannedRow:
    faults = list(row.faults) + list(_repeated(row, comparison))
    if any(fault.is_error for fault in faults):
        return PlannedRow(row.number, Outcome.REFUSED, faults=tuple(faults))
    school = comparison.known.get(row.values["code"])
    planning = _plan_known if school is not None else _plan_new
    planned = planning(row, comparison, school)
    found = (*faults, *planned.faults)
    if any(fault.is_error for fault in planned.faults):
        return replace(planned, outcome=Outcome.REFUSED, faults=found)
    return replace(planned, faults=found)


def _repeated(row: ParsedRow, comparison: Comparison) -> Iterator[Fault]:
    code = row.values.get("code")
    if not code:
        return
    first = comparison.seen.setdefault(code, row.number)
    if first != row.number:
        yield comparison.fault(row, "code", "schools.same_as_row", row=first)
    if code in comparison.taken or code.lower() in RESERVED:
        yield comparison.fault(row, "code", "schools.code_of_another")
    elif not CODE.fullmatch(code):
        yield comparison.fault(row, "code", "schools.code_unfit")


def _plan_new(row: ParsedRow, comparison: Comparison, _school: Any) -> PlannedRow:
    values, told = row.values, told_facts(row.values)
    name = normalize(values["name"])
    facts = SchoolFacts(
        **{"school_type": told.pop("school_type", "") or kind_of(told["levels"], name), **told}
    )
    faults = list(_unfit(row, comparison, facts))
    place = _place(row, comparison, facts, faults)
    offices, commune = comparison.offices, values.get("commune") or ""
    founded_on = date(values["founded"], 1, 1) if values.get("founded") else None
    for problem in founding_of_new(founded_on, today=comparison.on):
        faults.append(comparison.say(row, "founded", problem))
    data = SchoolData(
        code=values["code"],
        name=name,
        short_name=normalize(values.get("short_name") or "") or shortened(name),
        school_type=facts.school_type,
        levels=facts.levels,
        parent_id=place or 0,
        area_id=offices.area_ids.get(commune or offices.commune_of(place)),
        ownership=facts.ownership,
        address=values.get("address") or "",
        phone=values.get("phone") or "",
        website=_website(values),
        is_disadvantaged=facts.is_disadvantaged,
        boarding=facts.boarding,
        national_standard=facts.national_standard,
        founded_on=founded_on,
    )
    starts_on = max(TWO_LEVELS_SINCE, founded_on or TWO_LEVELS_SINCE)
    new = NewSchool(data, starts_on, "" if place else commune)
    return PlannedRow(row.number, Outcome.NEW, {"new": new}, tuple(faults))


def _unfit(row: ParsedRow, comparison: Comparison, facts: SchoolFacts) -> Iterator[Fault]:
    if not levels_fit(facts.school_type, facts.levels):
        said = type_label(facts.school_type)
        yield comparison.fault(row, "levels", "schools.levels_unfit", kind=said)
    if not ownership_fits(facts.school_type, facts.ownership):
        yield comparison.fault(row, "ownership", "schools.ownership_unfit")
    for name in facts.unfit_for_facility:
        yield comparison.fault(row, name, f"schools.facility_{name}")
    if (row.values.get("founded") or 0) > comparison.on.year:
        yield comparison.fault(row, "founded", "schools.founded_in_future")
    if row.values.get("website") and not _website(row.values):
        yield comparison.fault(row, "website", "schools.website_unfit")
    province = row.values.get("province")
    if province and comparison.offices.province_code not in ("", province):
        yield comparison.fault(row, "province", "schools.other_province")


def _place(
    row: ParsedRow, comparison: Comparison, facts: SchoolFacts, faults: list[Fault]
) -> int | None:
    """Return the office a new school stands under; None where it is to be opened."""
    offices, values = comparison.offices, row.values
    commune, said = values.get("commune") or "", values.get("manager") or ""
    by_law = next(iter(managers_of(facts, on=comparison.on)), None)
    kind = said if said in (DEPARTMENT, COMMUNE) else COMMUNE if said else ""
    kind = kind or (by_law.under if by_law else DEPARTMENT)
    if by_law is not None and kind != by_law.under:
        faults.append(comparison.fault(row, "manager", "schools.managed_elsewhere"))
        return None
    seat = said if said not in ("", DEPARTMENT, COMMUNE) else commune
    if seat != commune and commune:
        faults.append(comparison.fault(row, "manager", "schools.manager_of_another"))
        return None
    unit_id = offices.under(kind, seat)
    if unit_id is None and kind == UnitKind.COMMUNE and not seat:
        unit_id = _own_commune(offices)
    if unit_id is None and kind == UnitKind.COMMUNE and not seat:
        faults.append(comparison.fault(row, "commune", "schools.commune_needed"))
    elif kind != UnitKind.COMMUNE and not commune:
        faults.append(comparison.fault(row, "commune", "schools.area_needed"))
    elif unit_id is None and not (offices.may_open and offices.province_id):
        faults.append(comparison.fault(row, "commune", "schools.office_missing"))
    return unit_id


def _own_commune(offices: Offices) -> int | None:
    """Return the commune whose own list it is."""
    return offices.unit_id if offices.unit_id in offices.by_commune.values() else None


def _plan_known(row: ParsedRow, comparison: Comparison, school: Any) -> PlannedRow:
    facts = comparison.facts.get(school.pk)
    changes: dict[str, tuple[str, str]] = {}
    told: dict[str, Any] = {}
    faults = []
    for name, value in told_facts(row.values).items():
        if facts is not None and not same_fact(getattr(facts, name), value):
            changes[name] = (shown(name, getattr(facts, name)), shown(name, value))
            told[name] = value
    becomes_other = "levels" in told and "school_type" not in told
    if facts is not None and becomes_other and not levels_fit(facts.school_type, told["levels"]):
        told["school_type"] = kind_of(told["levels"], row.values["name"])
    if facts is not None and told:
        becomes = replace(facts, **told)
        faults += list(_unfit(row, comparison, becomes))
        if told.keys() & set(LAWFUL) and not any(fault.is_error for fault in faults):
            for name, problem in conversion_by_list(school, facts, becomes, today=comparison.on):
                faults.append(comparison.say(row, name, problem))
    for name in (*NAMES, *CONTACT):
        value = _website(row.values) if name == "website" else normalize(row.values.get(name) or "")
        if value and not _same_text(name, getattr(school, name), value):
            changes[name], told[name] = (getattr(school, name), value), value
            if name == "name":
                faults.append(comparison.say(row, name, RENAMED))
    if (year := row.values.get("founded")) and year != getattr(school.founded_on, "year", None):
        old = str(school.founded_on.year) if school.founded_on else ""
        changes["founded"], told["founded"] = (old, str(year)), year
        for problem in founding_of_known(year, since=comparison.first_days.get(school.pk)):
            faults.append(comparison.say(row, "founded", problem))
    commune = row.values.get("commune")
    if commune and commune != school.area_code:
        faults.append(comparison.fault(row, "commune", "schools.moves_by_decision"))
    return PlannedRow(
        row.number,
        Outcome.CHANGED if changes else Outcome.UNCHANGED,
        values={"changes": SchoolChanges(school.pk, told)},
        faults=tuple(faults),
        changes=changes,
        target_id=school.pk,
    )


def _same_text(name: str, old: str, new: str) -> bool:
    """Return whether two texts say the same; a phone is its digits, however they are grouped."""
    if name == "phone":
        return NO_DIGITS.sub("", old) == NO_DIGITS.sub("", new)
    return match_key(old) == match_key(new)


def _website(values: dict[str, Any]) -> str:
    """Return an address a browser opens, nothing where there is none: lists leave http:// away."""
    text = (values.get("website") or "").strip()
    address = text if "://" in text else f"https://{text}"
    return address if WEBSITE.fullmatch(address) else ""


def shown(name: str, value: Any) -> str:
    """Return a fact as the list writes it."""
    lists = {
        "ownership": "ownerships",
        "boarding": "boardings",
        "national_standard": "standards",
    }
    if name == "levels":
        return levels_label(list(value))
    if name == "school_type":
        return type_label(value)
    if name == "is_disadvantaged":
        return fixed_lists()["yes_no"].name_of(YES if value else "NO")
    return fixed_lists()[lists[name]].name_of(str(value or "0"))
