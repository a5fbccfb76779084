"""Areas of every time told as those of one day: a commune that went whole into another is it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from khuevan.kernel.periods import holds
from khuevan.platform.areas.models import Area, AreaSuccession


@dataclass(frozen=True, slots=True)
class Standing:
    """What an area is told as on a day; `stands` says whether that one stood then."""

    code: str
    full_name: str
    sort_key: str
    above: str
    starts_on: date
    ends_on: date | None
    stands: bool

    @property
    def key(self) -> str:
        """Return a public key: the code, with the first day for an area of another time."""
        return self.code if self.stands else f"{self.code}.{self.starts_on.isoformat()}"


Held = Mapping[str, list[Area]]
Pairs = Mapping[tuple[str, date], list[str]]


def standing_on(on: date, ids: Collection[int]) -> dict[int, Standing]:
    """Return what some areas, of whatever time, are on a day, by id: a few queries in all.

    A former area is the one it went into, a later one the one it was made of, as long as that is
    a single one; an area that was divided or put together stays itself.
    """
    asked = Area.objects.in_bulk(list(ids))
    told = dict(asked)
    moving = {pk: one for pk, one in asked.items() if not holds(one, on)}
    while moving:
        steps = _steps(list(moving.values()), on)
        for pk, one in list(moving.items()):
            found = steps.get(one.pk)
            told[pk] = found or asked[pk]
            moving.pop(pk)
            if found is not None and not holds(found, on):
                moving[pk] = found
    above = _by_code({one.parent_code for one in told.values() if one.parent_code})
    return {pk: _standing(one, on, above) for pk, one in told.items()}


def _steps(areas: list[Area], on: date) -> dict[int, Area]:
    """Return the single area that each became when it ended, or was made of when it began."""
    ended = [one for one in areas if one.starts_on <= on]
    ahead = [one for one in areas if one.starts_on > on]
    into, made_of = _pairs(ended, ahead)
    codes = {code for found in (*into.values(), *made_of.values()) for code in found}
    held = _by_code(codes | {one.code for one in areas})
    found: dict[int, Area] = {}
    for one in ended:
        day = one.ends_on or on
        after = _at(held, into.get((one.code, day), [one.code]), day)
        if len(after) == 1:
            found[one.pk] = after[0]
    for one in ahead:
        former = made_of.get((one.code, one.starts_on), [one.code])
        before = [
            row
            for code in former
            for row in held.get(code, ())
            if row.ends_on == one.starts_on and row.kind == one.kind
        ]
        if len(before) == 1:
            found[one.pk] = before[0]
    return found


def _pairs(ended: list[Area], ahead: list[Area]) -> tuple[Pairs, Pairs]:
    into: dict[tuple[str, date], list[str]] = {}
    made_of: dict[tuple[str, date], list[str]] = {}
    rows = AreaSuccession.objects.order_by("code", "former_code")
    columns = ("former_code", "code", "on")
    ends = {one.ends_on for one in ended if one.ends_on}
    over = rows.filter(on__in=ends, former_code__in=[one.code for one in ended])
    for former, code, day in over.values_list(*columns):
        into.setdefault((former, day), []).append(code)
    begins = {one.starts_on for one in ahead}
    begun = rows.filter(on__in=begins, code__in=[one.code for one in ahead])
    for former, code, day in begun.values_list(*columns):
        made_of.setdefault((code, day), []).append(former)
    return into, made_of


def _at(held: Held, codes: Iterable[str], day: date) -> list[Area]:
    return [row for code in codes for row in held.get(code, ()) if holds(row, day)]


def _by_code(codes: set[str]) -> dict[str, list[Area]]:
    found: dict[str, list[Area]] = {}
    for area in Area.objects.filter(code__in=codes).order_by("code", "starts_on"):
        found.setdefault(area.code, []).append(area)
    return found


def _standing(area: Area, on: date, above: Held) -> Standing:
    upper = [row for row in above.get(area.parent_code, ()) if row.starts_on <= on]
    return Standing(
        area.code,
        area.full_name,
        area.sort_key,
        upper[-1].full_name if upper else "",
        area.starts_on,
        area.ends_on,
        stands=holds(area, on),
    )


__all__ = ["Standing", "standing_on"]
