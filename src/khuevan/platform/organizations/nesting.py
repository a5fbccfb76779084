"""Which kind of unit stands under which kind, by date: `data/nesting.csv`, read and asked."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from khuevan.kernel.periods import holds, last_day
from khuevan.platform.organizations.errors import KindEnded, KindNotUnder, KindNotYet
from khuevan.platform.organizations.models import UnitKind

DATA = Path(__file__).parent / "data" / "nesting.csv"


@dataclass(frozen=True, slots=True)
class Nesting:
    """A kind of unit stands under another one during a period, and which text says so."""

    kind: str
    under: str
    starts_on: date
    ends_on: date | None
    source: str
    confidence: str


@lru_cache(maxsize=1)
def nestings() -> tuple[Nesting, ...]:
    """Return what the data says."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return tuple(
            Nesting(
                row["kind"],
                row["under"],
                date.fromisoformat(row["starts_on"]),
                date.fromisoformat(row["ends_on"]) if row["ends_on"] else None,
                row["source"],
                row["confidence"],
            )
            for row in csv.DictReader(file)
        )


def kinds_above(kind: str, *, on: date) -> list[str]:
    """Return under which kinds a kind stands on a day; an empty one is the top of the tree."""
    return [one.under for one in nestings() if one.kind == kind and holds(one, on)]


def require_nesting(kind: str, under: str, *, on: date) -> None:
    """Refuse a kind of unit that doesn't exist on a day, or stands under others.

    :raises KindEnded, KindNotYet: when there is no such unit on that day
    :raises KindNotUnder: when it stands under another kind of unit
    """
    above = kinds_above(kind, on=on)
    if not above:
        raise _no_such_kind(kind, [one for one in nestings() if one.kind == kind], on)
    if under not in above:
        said = ", ".join(str(UnitKind(one).label) for one in above if one)
        raise KindNotUnder(
            kind=UnitKind(kind).label,
            under=UnitKind(under).label,
            on=f"{on:%d/%m/%Y}",
            above=said or "–",
        )


def _no_such_kind(kind: str, rows: Sequence[Nesting], on: date) -> KindEnded | KindNotYet:
    label = UnitKind(kind).label
    first = min(one.starts_on for one in rows)
    if on < first:
        return KindNotYet(kind=label, first=f"{first:%d/%m/%Y}")
    last = max(last_day(one.ends_on) for one in rows if one.ends_on)
    return KindEnded(kind=label, last=f"{last:%d/%m/%Y}")
