"""A small province through both eras: a district office until 30/6/2025, a commune since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.factories import EVERYTHING, NOW, make_roles

from khuevan.platform.areas.api import TWO_LEVELS_SINCE, Area, areas_on
from khuevan.platform.organizations.api import (
    OrgUnit,
    Signed,
    UnitKind,
    UnitPlace,
    create_unit,
    move_unit,
)
from khuevan.registry.schools.api import School, SchoolData, open_school

FIRST, BEFORE, THAT_DAY = date(2013, 1, 1), date(2025, 6, 30), TWO_LEVELS_SINCE
FOUNDING = Signed("1/QĐ-UBND", FIRST, "Trần Văn Ký", "Chủ tịch")
FORMER_COMMUNE, COMMUNE = "18676", "18676"


@dataclass(frozen=True, slots=True)
class Province:
    """The offices of both eras, and the areas in which schools stand."""

    department: OrgUnit
    office: OrgUnit
    commune: OrgUnit
    before: Area
    since: Area

    def school(self, code: str, levels: tuple[str, ...], kind: str, **more: Any) -> School:
        """Open a school in 2013 and pass it on by the law."""
        is_upper = "THPT" in levels or "GDTX" in levels
        first = self.department if is_upper else self.office
        then = self.department if is_upper else self.commune
        name = f"Trường {code}"
        opened = open_school(
            actor=EVERYTHING,
            data=SchoolData(
                code, name, code, kind, levels, first.pk, self.before.pk, founding=FOUNDING, **more
            ),
            starts_on=FIRST,
            now=NOW,
        )
        place = UnitPlace(name, code, then.pk, self.since.pk)
        move_unit(actor=EVERYTHING, unit_id=opened.pk, to=place, on=THAT_DAY, now=NOW)
        return opened


def make_both_eras(code: str = "42") -> Province:
    """Make the province, its department, one district office and one commune."""
    make_roles()
    since = areas_on(THAT_DAY).get(code=COMMUNE)
    before = areas_on(BEFORE).get(code=FORMER_COMMUNE)
    district = areas_on(BEFORE).get(code=before.parent_code)
    province = _unit(code, UnitKind.PROVINCE, "UBND tỉnh Hà Tĩnh", None, None, FIRST)
    department = _unit(f"{code}-SO", UnitKind.DEPARTMENT, "Sở GDĐT Hà Tĩnh", province, None, FIRST)
    office = _unit(
        f"{code}-PGD",
        UnitKind.DISTRICT_OFFICE,
        "Phòng GDĐT huyện Cẩm Xuyên",
        province,
        district,
        FIRST,
    )
    commune = _unit(f"{code}-X", UnitKind.COMMUNE, "UBND xã Cẩm Xuyên", province, since, THAT_DAY)
    return Province(department, office, commune, before, since)


def _unit(
    code: str, kind: str, name: str, parent: OrgUnit | None, area: Area | None, starts_on: date
) -> OrgUnit:
    return create_unit(
        code=code,
        kind=kind,
        name=name,
        short_name=name,
        parent_id=parent.pk if parent else None,
        area_id=area.pk if area else None,
        starts_on=starts_on,
    )
