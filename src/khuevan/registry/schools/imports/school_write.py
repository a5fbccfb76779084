"""Writes a planned list of schools, inside the import's one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.areas.api import Area, areas_on
from khuevan.platform.organizations.api import OrgUnit
from khuevan.platform.sheets.api import PlannedRow, Promises
from khuevan.registry.schools.actions import (
    RegisterCorrection,
    Registered,
    correct_register,
    register_schools,
)
from khuevan.registry.schools.imports.offices import offices_for, open_commune
from khuevan.registry.schools.imports.school_plan import NewSchool, SchoolChanges


def write(
    *,
    actor: Actor,
    unit_id: int,
    rows: Sequence[PlannedRow],
    promises: Promises,
    on: date,
    now: datetime,
    progress: Callable[[int], None],
) -> None:
    """Record new schools, opening offices of communes that are not recorded yet; correct others."""
    new: list[NewSchool] = [row.values["new"] for row in rows if "new" in row.values]
    opened = _open_communes(actor, unit_id, {one.commune for one in new if one.commune}, on, now)
    placed = [
        replace(one.data, parent_id=opened[one.commune]) if one.commune else one.data for one in new
    ]
    register_schools(
        actor=actor,
        schools=[Registered(data, one.starts_on) for data, one in zip(placed, new, strict=True)],
        now=now,
    )
    progress(len(new))
    changes: list[SchoolChanges] = [
        row.values["changes"] for row in rows if "changes" in row.values
    ]
    correct_register(
        actor=actor,
        corrections=[RegisterCorrection(one.school_id, one.told) for one in changes],
        now=now,
    )
    progress(len(rows))


def _open_communes(
    actor: Actor, unit_id: int, codes: set[str], on: date, now: datetime
) -> dict[str, int]:
    """Open the offices of communes that have none, and return them by the commune's code."""
    if not codes:
        return {}
    offices = offices_for(actor, unit_id, on)
    if not offices.may_open or offices.province_id is None:
        raise NotFound
    province = OrgUnit.objects.get(pk=offices.province_id)
    areas: dict[str, Area] = {one.code: one for one in areas_on(on).filter(code__in=codes)}
    return {
        code: open_commune(actor=actor, area=areas[code], province=province, now=now)
        for code in sorted(codes)
    }
