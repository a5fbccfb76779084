"""Reads of areas: public facts, so nobody's scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import QuerySet

from khuevan.kernel.periods import holds, in_force
from khuevan.kernel.vietnamese import fold
from khuevan.platform.areas.models import Area, AreaKind, AreaSuccession


def areas_on(on: date) -> QuerySet[Area]:
    """Return every area that existed on a day, in Vietnamese order."""
    return Area.objects.filter(in_force(on)).order_by("sort_key", "code")


def provinces(on: date) -> QuerySet[Area]:
    """Return the provinces of a day, in Vietnamese order."""
    return areas_on(on).filter(kind=AreaKind.PROVINCE)


def districts_of(province_code: str, on: date) -> QuerySet[Area]:
    """Return the districts of a province on a day, in Vietnamese order: none since 1/7/2025."""
    return areas_on(on).filter(kind=AreaKind.DISTRICT, parent_code=province_code)


def communes_of(code: str, on: date) -> QuerySet[Area]:
    """Return the communes of a province, or of a district, on a day, in Vietnamese order."""
    above = [code, *districts_of(code, on).values_list("code", flat=True)]
    return areas_on(on).filter(kind=AreaKind.COMMUNE, parent_code__in=above)


def successors_of(former_code: str, *, on: date) -> QuerySet[Area]:
    """Return what an area went into on a day of change, in Vietnamese order.

    Communes for a commune and for a district, a province for a province.
    """
    pairs = AreaSuccession.objects.filter(former_code=former_code, on=on)
    return areas_on(on).filter(code__in=pairs.values("code"))


def predecessors_of(code: str, *, on: date) -> QuerySet[Area]:
    """Return what an area was made of on a day of change, areas of its own kind, in order."""
    pairs = AreaSuccession.objects.filter(code=code, on=on)
    kinds = areas_on(on).filter(code=code).values("kind")
    before = areas_on(on - timedelta(days=1))
    return before.filter(kind__in=kinds, code__in=pairs.values("former_code"))


def areas_named(text: str, on: date) -> QuerySet[Area]:
    """Return the areas of a day whose name contains a text, whatever its case and diacritics."""
    return areas_on(on).filter(search_name__contains=fold(text))


def version() -> str:
    """Return what changes when any area or succession does, however it was written."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSION)
        return str(cursor.fetchone()[0])


_VERSION = """
    SELECT md5(concat(
        (SELECT md5(string_agg(a::text, '|' ORDER BY a.id)) FROM areas_area a),
        (SELECT md5(string_agg(s::text, '|' ORDER BY s.id)) FROM areas_areasuccession s)))
"""


@dataclass(frozen=True, slots=True)
class Traced:
    """An area with the names of those above it, and what it came from and went into."""

    area: Area
    above: str
    became: tuple[Area, ...]
    came_from: tuple[Area, ...]

    def is_only(self, before: Area) -> bool:
        """Return whether it is an earlier area, whole, under another name or of another type."""
        return [one.pk for one in self.came_from] == [before.pk]


def areas_found(text: str, *, on: date | None = None, limit: int) -> list[Area]:
    """Return the areas with this code, else those whose name holds the words, newest first.

    Of every time when no day is named: a code that was used again is found twice.
    """
    rows = Area.objects.filter(in_force(on)) if on else Area.objects.all()
    rows = rows.order_by("sort_key", "code", "-starts_on")
    if text.strip().isdigit():
        return list(rows.filter(code=text.strip())[:limit])
    return list(rows.filter(search_name__contains=fold(text))[:limit])


def traced(areas: Sequence[Area]) -> list[Traced]:
    """Return areas with what stood above them, what they were made of and what they are today.

    What an area went into may have ended too (Bình Phước went into Tỉnh Đồng Nai, today a city):
    it is followed to the areas that stand. Five queries, and two more for each such step.
    """
    into = AreaSuccession.objects.filter(
        code__in=[one.code for one in areas], on__in=[one.starts_on for one in areas]
    )
    pairs = {pair.pk: pair for pair in (*_out_of(areas), *into)}
    codes = {code for pair in pairs.values() for code in (pair.code, pair.former_code)}
    held = _by_code(codes | {one.parent_code for one in areas if one.parent_code})
    step = [one for area in areas for one in _next(area, pairs, held)]
    while ended := [one for one in step if one.ends_on]:
        pairs |= {pair.pk: pair for pair in _out_of(ended)}
        held |= _by_code({pair.code for pair in pairs.values()} - held.keys())
        step = [one for area in ended for one in _next(area, pairs, held)]
    upper = _by_code({row.parent_code for rows in held.values() for row in rows if row.parent_code})
    return [
        Traced(
            area,
            _above(area, {**upper, **held}),
            tuple(_today(area, pairs, held)),
            tuple(
                one
                for pair in pairs.values()
                if pair.code == area.code and pair.on == area.starts_on
                for one in _at(held.get(pair.former_code, ()), pair.on - timedelta(days=1))
                if one.kind == area.kind
            ),
        )
        for area in areas
    ]


Pairs = Mapping[int, AreaSuccession]
Held = Mapping[str, Sequence[Area]]


def _out_of(areas: Sequence[Area]) -> QuerySet[AreaSuccession]:
    return AreaSuccession.objects.filter(
        former_code__in=[one.code for one in areas], on__in=[one.ends_on for one in areas]
    )


def _next(area: Area, pairs: Pairs, held: Held) -> list[Area]:
    """Return what an area went into on the day it ended."""
    return [
        one
        for pair in pairs.values()
        if pair.former_code == area.code and pair.on == area.ends_on
        for one in _at(held.get(pair.code, ()), pair.on)
    ]


def _today(area: Area, pairs: Pairs, held: Held) -> list[Area]:
    """Return the areas that stand into which an area went, each once; the last known else."""
    found: dict[int, Area] = {}
    for one in _next(area, pairs, held):
        after = _today(one, pairs, held) if one.ends_on else []
        found |= {last.pk: last for last in after or [one]}
    return list(found.values())


def _by_code(codes: set[str]) -> dict[str, list[Area]]:
    found: dict[str, list[Area]] = {}
    for area in Area.objects.filter(code__in=codes).order_by("code", "starts_on"):
        found.setdefault(area.code, []).append(area)
    return found


def _at(rows: Sequence[Area], on: date) -> list[Area]:
    return [one for one in rows if holds(one, on)]


def _above(area: Area, held: dict[str, list[Area]]) -> str:
    """Return the names above an area on its last day, nearest first."""
    on = area.ends_on - timedelta(days=1) if area.ends_on else area.starts_on
    names = []
    code = area.parent_code
    while code:
        above = next(iter(_at(held.get(code, ()), on)), None)
        if above is None:
            break
        names.append(above.full_name)
        code = above.parent_code
    return ", ".join(names)
