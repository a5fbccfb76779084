"""The offices of the district years, and what became of them on 1 July 2025."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from khuevan.cli.world.eras import district_names, former_communes, lowered
from khuevan.cli.world.network import DEPARTMENT_CODE, PROVINCE_CODE
from khuevan.cli.world.shapes import CommunePlan
from khuevan.kernel.actor import Actor
from khuevan.platform.areas.api import TWO_LEVELS_SINCE
from khuevan.platform.organizations.api import (
    Handed,
    NewUnit,
    UnitKind,
    UnitPlace,
    bulk_close_units,
    bulk_open_units,
)

DIVISIONS = (
    ("VP", "Văn phòng Sở"),
    ("TCCB", "Phòng Tổ chức cán bộ"),
    ("KHTC", "Phòng Kế hoạch - Tài chính"),
    ("GDMNTH", "Phòng Giáo dục Mầm non - Tiểu học"),
    ("GDTRH", "Phòng Giáo dục Trung học - Thường xuyên"),
    ("QLCL", "Phòng Quản lý chất lượng"),
)


def district_code(code: str) -> str:
    """Return the code of the committee of a former district."""
    return f"{PROVINCE_CODE}-H{code}"


def former_commune_code(code: str) -> str:
    """Return the code of the committee of a former commune; its number was used again."""
    return f"{PROVINCE_CODE}-C{code}"


def open_districts(
    ids: dict[str, int],
    areas: Mapping[str, int],
    communes: Sequence[CommunePlan],
    *,
    since: date,
    actor: Actor,
    now: datetime,
) -> None:
    """Open the committees of the districts and, under them, of their communes.

    A commune that nobody took over on 1 July 2025 had gone before: it is not opened.
    """
    taken_over = {former for commune in communes for former in commune.former_codes}
    province = ids[PROVINCE_CODE]
    districts = [
        NewUnit(
            district_code(code),
            UnitKind.DISTRICT,
            UnitPlace(f"UBND {lowered(name)}", f"UBND {lowered(name)}", province, areas[code]),
        )
        for code, name in district_names().items()
    ]
    ids.update(bulk_open_units(actor=actor, units=districts, starts_on=since, now=now))
    former = [
        NewUnit(
            former_commune_code(one.code),
            UnitKind.COMMUNE,
            UnitPlace(
                f"UBND {lowered(one.full_name)}",
                one.full_name,
                ids[district_code(one.district_code)],
                areas[one.code],
            ),
        )
        for one in former_communes().values()
        if one.code in taken_over
    ]
    ids.update(bulk_open_units(actor=actor, units=former, starts_on=since, now=now))


def open_divisions(ids: dict[str, int], *, since: date, actor: Actor, now: datetime) -> None:
    """Open the divisions of the department."""
    units = [
        NewUnit(
            f"{DEPARTMENT_CODE}-{code}",
            UnitKind.DIVISION,
            UnitPlace(name, name.removeprefix("Phòng "), ids[DEPARTMENT_CODE], None),
        )
        for code, name in DIVISIONS
    ]
    ids.update(bulk_open_units(actor=actor, units=units, starts_on=since, now=now))


def close_districts(
    ids: Mapping[str, int], communes: Sequence[CommunePlan], *, actor: Actor, now: datetime
) -> None:
    """End the committees of districts and former communes; each part goes where the law sent it."""
    heirs: dict[str, set[int]] = defaultdict(set)
    for commune in communes:
        for former in commune.former_codes:
            heir = ids[f"{PROVINCE_CODE}-{commune.code}"]
            heirs[former_commune_code(former)].add(heir)
            heirs[district_code(former_communes()[former].district_code)].add(heir)
    registers = {ids[DEPARTMENT_CODE]}
    successors = {}
    for code, taken in heirs.items():
        is_district = code.startswith(f"{PROVINCE_CODE}-H")
        parts: dict[Handed, set[int]] = dict.fromkeys(Handed, taken)
        if is_district:
            parts[Handed.REGISTERS] = registers
        successors[ids[code]] = parts
    bulk_close_units(actor=actor, successors=successors, on=TWO_LEVELS_SINCE, now=now)
