"""The units of the province through both eras: district offices close, schools pass to communes."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from khuevan.cli.world.eras import district_names, former_communes, lowered
from khuevan.cli.world.former import (
    ARRANGED,
    by_text,
    close_districts,
    district_code,
    open_commune_divisions,
    open_districts,
    open_divisions,
    remembered,
)
from khuevan.cli.world.network import DEPARTMENT_CODE, PROVINCE_CODE, district_office_code
from khuevan.cli.world.plan import WorldPlan
from khuevan.cli.world.shapes import SchoolPlan
from khuevan.kernel.actor import Actor
from khuevan.platform.areas.api import TWO_LEVELS_SINCE, areas_on
from khuevan.platform.organizations.api import (
    Handed,
    UnitKind,
    UnitPlace,
    bulk_move_units,
    close_unit,
    open_unit,
)


class Tree:
    """Opens the offices of a plan, tells where schools begin, and passes them on by the law.

    Both eras are loaded whatever the planned day: who managed a school is asked for any day.
    """

    def __init__(self, plan: WorldPlan) -> None:
        self._plan = plan
        last_day = TWO_LEVELS_SINCE - timedelta(days=1)
        self._before = {area.code: area.pk for area in areas_on(last_day)}
        self._since = {area.code: area.pk for area in areas_on(TWO_LEVELS_SINCE)}
        self._ids: dict[str, int] = {}

    def open_offices(self, *, actor: Actor, now: datetime) -> dict[str, int]:
        """Open province, department, district offices and communes; return their ids by code."""

        def opened(code: str, kind: UnitKind, place: UnitPlace) -> None:
            since = TWO_LEVELS_SINCE if kind == UnitKind.COMMUNE else self._plan.since
            unit = open_unit(
                actor=actor,
                code=code,
                kind=kind,
                place=place,
                starts_on=since,
                paper=arranged if kind == UnitKind.COMMUNE else None,
                now=now,
            )
            self._ids[code] = unit.pk

        arranged = remembered(ARRANGED, actor=actor, now=now)
        opened(PROVINCE_CODE, UnitKind.PROVINCE, self._province(self._before))
        opened(DEPARTMENT_CODE, UnitKind.DEPARTMENT, self._department(self._before))
        since = self._plan.since
        open_divisions(self._ids, since=since, actor=actor, now=now)
        open_districts(
            self._ids, self._before, self._plan.communes, since=since, actor=actor, now=now
        )
        for code, name in district_names().items():
            place = self._district_office(code, name)
            opened(district_office_code(code), UnitKind.DISTRICT_OFFICE, place)
        for commune in self._plan.communes:
            area_id = self._since[commune.code]
            place = UnitPlace(
                f"UBND {lowered(commune.full_name)}",
                commune.full_name,
                self._ids[PROVINCE_CODE],
                area_id,
            )
            opened(f"{PROVINCE_CODE}-{commune.code}", UnitKind.COMMUNE, place)
        open_commune_divisions(self._ids, self._plan.communes, actor=actor, now=now)
        return dict(self._ids)

    def first_manager(self, school: SchoolPlan) -> int:
        """Return the unit that managed a school until 30/6/2025."""
        office = district_office_code(school.former_district)
        return self._ids[DEPARTMENT_CODE if school.is_departments else office]

    def first_area(self, school: SchoolPlan) -> int:
        """Return the commune of that time in which a school stood."""
        return self._before[school.former_code]

    def pass_to_two_levels(self, ids: dict[str, int], *, actor: Actor, now: datetime) -> None:
        """Move all schools into the areas of 1/7/2025, most to communes; close district offices."""
        moves = {ids[school.code]: self._second_place(school) for school in self._plan.schools}
        passing, law = (by_text(one, actor=actor, now=now) for one in ("ND142-2025", "L72-2025"))
        stays = ids[DEPARTMENT_CODE]
        kept = {one: to for one, to in moves.items() if to.parent_id == stays}
        passed = {one: to for one, to in moves.items() if to.parent_id != stays}
        listed_anew = {
            ids[PROVINCE_CODE]: self._province(self._since),
            stays: self._department(self._since),
        }
        arranged = remembered(ARRANGED, actor=actor, now=now)
        for to, paper in ((passed, passing), (kept, arranged), (listed_anew, None)):
            if to:
                bulk_move_units(actor=actor, to=to, on=TWO_LEVELS_SINCE, paper=paper, now=now)
        heirs = self._heirs()
        for code in district_names():
            close_unit(
                actor=actor,
                unit_id=ids[district_office_code(code)],
                on=TWO_LEVELS_SINCE,
                successors={
                    **dict.fromkeys(Handed, heirs[code]),
                    Handed.REGISTERS: {ids[DEPARTMENT_CODE]},
                },
                paper=law,
                now=now,
            )
        close_districts(ids, self._plan.communes, paper=law, actor=actor, now=now)

    def _heirs(self) -> dict[str, set[int]]:
        """Return the communes made of each district's communes: they took over its schools."""
        heirs: dict[str, set[int]] = defaultdict(set)
        for commune in self._plan.communes:
            for former in commune.former_codes:
                district = former_communes()[former].district_code
                heirs[district].add(self._ids[f"{PROVINCE_CODE}-{commune.code}"])
        return heirs

    def _second_place(self, school: SchoolPlan) -> UnitPlace:
        commune = f"{PROVINCE_CODE}-{school.commune.code}"
        manager = DEPARTMENT_CODE if school.is_departments else commune
        area_id = self._since[school.commune.code]
        return UnitPlace(school.name, school.short_name, self._ids[manager], area_id)

    def _province(self, areas: dict[str, int]) -> UnitPlace:
        return UnitPlace("UBND tỉnh Hà Tĩnh", "UBND tỉnh", None, areas[PROVINCE_CODE])

    def _department(self, areas: dict[str, int]) -> UnitPlace:
        return UnitPlace(
            "Sở Giáo dục và Đào tạo Hà Tĩnh",
            "Sở GDĐT Hà Tĩnh",
            self._ids[PROVINCE_CODE],
            areas[PROVINCE_CODE],
        )

    def _district_office(self, code: str, name: str) -> UnitPlace:
        area_id = self._before[code]
        full_name = f"Phòng Giáo dục và Đào tạo {lowered(name)}"
        return UnitPlace(
            full_name, f"Phòng GDĐT {lowered(name)}", self._ids[district_code(code)], area_id
        )
