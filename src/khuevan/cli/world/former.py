"""The offices of the district years, and what became of them on 1 July 2025."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from khuevan.cli.world.eras import district_names, former_communes, lowered
from khuevan.cli.world.network import DEPARTMENT_CODE, PROVINCE_CODE
from khuevan.cli.world.shapes import CommunePlan
from khuevan.kernel.actor import Actor
from khuevan.platform.areas.api import TWO_LEVELS_SINCE
from khuevan.platform.organizations.api import (
    Decided,
    Handed,
    NewUnit,
    UnitDecision,
    UnitKind,
    UnitPlace,
    bulk_close_units,
    bulk_open_units,
    write_decision,
)
from khuevan.platform.regulations.api import Regulation

DIVISIONS = (
    ("VP", "Văn phòng Sở"),
    ("TCCB", "Phòng Tổ chức cán bộ"),
    ("KHTC", "Phòng Kế hoạch - Tài chính"),
    ("GDMNTH", "Phòng Giáo dục Mầm non - Tiểu học"),
    ("GDTRH", "Phòng Giáo dục Trung học - Thường xuyên"),
    ("QLCL", "Phòng Quản lý chất lượng"),
)


INSPECTORATE = ("TTRA", "Thanh tra Sở")
"""A division of the department until 30/6/2025."""
PROVINCIAL_INSPECTORATE = (f"{PROVINCE_CODE}-TTRA", "Thanh tra tỉnh Hà Tĩnh")
"""What the inspectorates of departments went into; from memory."""
INSPECTION_LAW = "84/2025/QH15 (theo trí nhớ)"
ARRANGED = "1665/NQ-UBTVQH15 (theo trí nhớ)"
"""By which resolution the province's communes were arranged; the number is from memory."""


def remembered(number: str, *, actor: Actor, now: datetime) -> UnitDecision | None:
    """Return a text of 1/7/2025 that was not read, kept as a decision that says so."""
    return write_decision(Decided(number), actor=actor, on=TWO_LEVELS_SINCE, now=now)


def by_text(code: str, *, actor: Actor, now: datetime) -> UnitDecision | None:
    """Return the text of the state behind the change of 1/7/2025, kept as a decision."""
    text = Regulation.objects.filter(code=code).first()
    if text is None:
        return None
    said = Decided(text.number, text.issued_on)
    return write_decision(said, actor=actor, on=TWO_LEVELS_SINCE, now=now)


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
    """Open the divisions of the department, and the inspectorate of the province."""
    units = [
        NewUnit(
            f"{DEPARTMENT_CODE}-{code}",
            UnitKind.DIVISION,
            UnitPlace(name, name.removeprefix("Phòng "), ids[DEPARTMENT_CODE], None),
        )
        for code, name in (*DIVISIONS, INSPECTORATE)
    ]
    code, name = PROVINCIAL_INSPECTORATE
    place = UnitPlace(name, "Thanh tra tỉnh", ids[PROVINCE_CODE], None)
    units.append(NewUnit(code, UnitKind.ATTACHED, place))
    ids.update(bulk_open_units(actor=actor, units=units, starts_on=since, now=now))


def open_commune_divisions(
    ids: dict[str, int], communes: Sequence[CommunePlan], *, actor: Actor, now: datetime
) -> None:
    """Open the culture and social affairs division of each commune, which advises on schools."""
    units = [
        NewUnit(
            f"{PROVINCE_CODE}-{commune.code}-VHXH",
            UnitKind.COMMUNE_DIVISION,
            UnitPlace(
                f"Phòng Văn hóa - Xã hội {lowered(commune.full_name)}",
                "Phòng VH-XH",
                ids[f"{PROVINCE_CODE}-{commune.code}"],
                None,
            ),
        )
        for commune in communes
    ]
    paper = by_text("ND150-2025", actor=actor, now=now)
    ids.update(
        bulk_open_units(actor=actor, units=units, starts_on=TWO_LEVELS_SINCE, paper=paper, now=now)
    )


def close_districts(
    ids: Mapping[str, int],
    communes: Sequence[CommunePlan],
    *,
    paper: UnitDecision | None,
    actor: Actor,
    now: datetime,
) -> None:
    """End the committees of districts and former communes; each part goes where the law sent it."""
    heirs: dict[str, set[int]] = defaultdict(set)
    for commune in communes:
        for former in commune.former_codes:
            heir = ids[f"{PROVINCE_CODE}-{commune.code}"]
            heirs[former_commune_code(former)].add(heir)
            heirs[district_code(former_communes()[former].district_code)].add(heir)
    successors = {ids[code]: _parts(code, taken) for code, taken in heirs.items()}
    close: dict[str, Any] = {"actor": actor, "on": TWO_LEVELS_SINCE, "now": now}
    bulk_close_units(successors=successors, paper=paper, **close)
    inspectorate = ids[f"{DEPARTMENT_CODE}-{INSPECTORATE[0]}"]
    bulk_close_units(
        successors={inspectorate: {Handed.DOSSIERS: {ids[PROVINCIAL_INSPECTORATE[0]]}}},
        paper=remembered(INSPECTION_LAW, actor=actor, now=now),
        **close,
    )


def _parts(code: str, heirs: set[int]) -> dict[Handed, set[int]]:
    """Return who takes over which part; a district's registers were its education office's."""
    parts: dict[Handed, set[int]] = dict.fromkeys(Handed, heirs)
    if code.startswith(f"{PROVINCE_CODE}-H"):
        del parts[Handed.REGISTERS]
    return parts
