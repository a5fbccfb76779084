"""Loading the register of the schools there are: recorded as they stand, by no decision of today.

A school of such a list was founded long ago; its papers are with the office. What is recorded is
what the register says, from the day it is known to hold, and no decision is made up for it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force, require_near
from khuevan.kernel.vietnamese import fold, normalize, text_sort_key
from khuevan.platform.audit.api import record, snapshot
from khuevan.platform.organizations.api import OrgUnitVersion, UnitKind, create_unit
from khuevan.registry.schools import audit_codes
from khuevan.registry.schools.actions.facts import require_a_slip
from khuevan.registry.schools.actions.opening import (
    SchoolData,
    build_main_campus,
    build_version,
    require_fit,
    require_free_codes,
)
from khuevan.registry.schools.errors import DecisionNeeded
from khuevan.registry.schools.errors_of_founding import FoundedAfterRecords
from khuevan.registry.schools.facts import FACTS, SchoolFacts
from khuevan.registry.schools.first_days import first_days_of
from khuevan.registry.schools.models import Campus, School, SchoolCode, SchoolVersion
from khuevan.registry.schools.permissions import MANAGE_SCHOOLS
from khuevan.registry.schools.rules import in_order
from khuevan.ui.formats import day

_WHY = "the school was locked through its scope"
CONTACT = ("phone", "website", "address")
NAMES = ("name", "short_name")


@dataclass(frozen=True, slots=True)
class Registered:
    """A school as the register tells it, and the first day of which that is known."""

    data: SchoolData
    starts_on: date


@dataclass(frozen=True, slots=True)
class Correction:
    """What the register says otherwise of a school, by name of the fact."""

    school_id: int
    told: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def register_schools(*, actor: Actor, schools: Sequence[Registered], now: datetime) -> list[School]:
    """Record schools that exist, under their offices, each with its main campus.

    :raises CodeTaken: when a school has or had one of the codes
    :raises LevelsDontFit, OwnershipDoesntFit: when one cannot be so
    :raises DecisionNeeded: when one is founded this year: it opens by the decision that founds it
    """
    reach = actor.reach(MANAGE_SCHOOLS, "school")
    if not all(new.data.parent_id in reach for new in schools):
        raise NotFound
    require_free_codes([new.data.code for new in schools])
    first_days = _first_days({new.data.parent_id for new in schools})
    days = []
    for new in schools:
        require_fit(new.data.facts)
        if is_founded_now(new.data.founded_on, today=actor.today):
            raise DecisionNeeded
        since = max(new.starts_on, first_days[new.data.parent_id])
        require_near(since, today=actor.today)
        days.append(since)
    opened = School.objects.bulk_create(
        _school(new.data, starts_on=since) for new, since in zip(schools, days, strict=True)
    )
    rows = list(zip(opened, schools, days, strict=True))
    SchoolVersion.objects.bulk_create(
        build_version(school.pk, new.data.facts, starts_on=since) for school, new, since in rows
    )
    SchoolCode.objects.bulk_create(
        SchoolCode(school=school, code=school.code, starts_on=since) for school, _new, since in rows
    )
    Campus.objects.bulk_create(
        build_main_campus(school, new.data, starts_on=since) for school, new, since in rows
    )
    for school, _new, _since in rows:
        record(audit_codes.SCHOOL_REGISTERED, actor=actor, at=now, target=school, unit_id=school.pk)
    return opened


@transaction.atomic
def correct_register(*, actor: Actor, corrections: Sequence[Correction], now: datetime) -> int:
    """Write down what the register says otherwise of schools; return how many were corrected.

    Type, levels and owner only while the period is new, as in the form for wrong entries.

    :raises ConversionNotCorrection: when type, levels or owner have held for long
    :raises LevelStillTaught: when a class of a level that would end is open
    :raises MoveBeforeConversion: when a commune would keep what another level founds
    :raises FoundedAfterRecords: when a school was there before the year it tells
    :raises LevelsDontFit, OwnershipDoesntFit: when one cannot be so
    """
    ids = [one.school_id for one in corrections]
    rows = School.objects.visible_to(actor, MANAGE_SCHOOLS).filter(pk__in=ids)
    held = {one.pk: one for one in rows.select_for_update(no_key=True).order_by("pk")}
    if len(held) < len(set(ids)):
        raise NotFound
    _require_founded_before([(held[one.school_id], one.told) for one in corrections])
    for one in corrections:
        _correct(actor, held[one.school_id], one.told, now=now)
    return len(corrections)


def _correct(actor: Actor, school: School, told: Mapping[str, Any], *, now: datetime) -> None:
    before = snapshot(school, *CONTACT, "founded_on")
    for name in CONTACT:
        if name in told:
            setattr(school, name, told[name])
    if "founded" in told:
        school.founded_on = date(told["founded"], 1, 1)
    school.save(update_fields=[*CONTACT, "founded_on"])
    after: dict[str, Any] = dict(snapshot(school, *CONTACT, "founded_on"))
    if names := {name: normalize(told[name]) for name in NAMES if name in told}:
        before, after = {**before, **_names_of(school, actor.today)}, {**after, **names}
        _rename(school, names, on=actor.today)
    if facts := {name: told[name] for name in FACTS if name in told}:
        was, becomes = _correct_facts(school, facts, today=actor.today)
        before, after = {**before, **was}, {**after, **becomes}
    record(
        audit_codes.REGISTER_CORRECTED,
        actor=actor,
        at=now,
        target=school,
        unit_id=school.pk,
        before=before,
        after=after,
    )


def _correct_facts(
    school: School, told: Mapping[str, Any], *, today: date
) -> tuple[dict[str, Any], dict[str, Any]]:
    versions = SchoolVersion.objects.unscoped(because=_WHY)
    version = versions.filter(in_force(today), school=school).get()
    was, before = SchoolFacts.of(version), dict(snapshot(version, *FACTS))
    for name, value in told.items():
        setattr(version, name, list(in_order(value)) if name == "levels" else value)
    becomes = SchoolFacts.of(version)
    require_fit(becomes)
    require_a_slip(school, was, becomes, today=today)
    version.save(update_fields=list(FACTS))
    return before, dict(snapshot(version, *FACTS))


def is_founded_now(founded_on: date | None, *, today: date) -> bool:
    """Return whether a school is so new that the decision founding it opens it, not a list."""
    return founded_on is not None and founded_on.year >= today.year


def _require_founded_before(told: Sequence[tuple[School, Mapping[str, Any]]]) -> None:
    """Refuse a year of founding after the school was there.

    :raises FoundedAfterRecords:
    """
    years = {school: said["founded"] for school, said in told if "founded" in said}
    days = first_days_of([school.pk for school in years]) if years else {}
    for school, year in years.items():
        since = days.get(school.pk)
        if since is not None and date(year, 1, 1) > since:
            raise FoundedAfterRecords(school=school.code, since=day(since), year=year)


def _version_of(school: School, on: date) -> OrgUnitVersion:
    return OrgUnitVersion.objects.filter(in_force(on), unit_id=school.pk).get()


def _names_of(school: School, on: date) -> dict[str, str]:
    version = _version_of(school, on)
    return {"name": version.name, "short_name": version.short_name}


def _rename(school: School, names: Mapping[str, str], *, on: date) -> None:
    """Correct how a school is called in the period that holds."""
    version = _version_of(school, on)
    version.name = names.get("name", version.name)
    version.short_name = names.get("short_name", version.short_name)
    version.search_name, version.sort_key = fold(version.name), text_sort_key(version.name)
    version.save(update_fields=["name", "short_name", "search_name", "sort_key"])


def _first_days(unit_ids: Collection[int]) -> dict[int, date]:
    """Return the first recorded day of each office."""
    days: dict[int, date] = {}
    rows = OrgUnitVersion.objects.filter(unit_id__in=unit_ids).order_by("-starts_on")
    for unit_id, starts_on in rows.values_list("unit_id", "starts_on"):
        days[unit_id] = starts_on
    return days


def _school(data: SchoolData, *, starts_on: date) -> School:
    unit = create_unit(
        code=data.code,
        kind=UnitKind.SCHOOL,
        name=data.name,
        short_name=data.short_name,
        parent_id=data.parent_id,
        area_id=data.area_id,
        starts_on=starts_on,
    )
    return School(
        unit=unit,
        code=data.code,
        founded_on=data.founded_on,
        phone=data.phone,
        website=data.website,
        address=data.address,
    )
