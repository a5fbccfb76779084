"""Which kind of unit stands under which kind, by date: `data/nesting.csv`, read and asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from khuevan.kernel.periods import last_day
from khuevan.kernel.rule_rows import RuleRow, rule_rows, told_sources
from khuevan.platform.organizations.errors import KindEnded, KindNotUnder, KindNotYet
from khuevan.platform.organizations.models import UnitKind
from khuevan.ui.formats import day

DATA = Path(__file__).parent / "data" / "nesting.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nesting(RuleRow):
    """A kind of unit stands under another one during a period, and which text says so."""

    kind: str
    under: str


def nestings() -> tuple[Nesting, ...]:
    """Return what the data says."""
    return rule_rows(DATA, Nesting)


def require_nesting(kind: str, under: str, *, on: date) -> None:
    """Refuse a kind of unit that doesn't exist on a day, or stands under others.

    :raises KindEnded, KindNotYet: when there is no such unit on that day
    :raises KindNotUnder: when it stands under another kind of unit
    """
    rows = _in_force(kind, on)
    if not rows:
        raise _no_such_kind(kind, [one for one in nestings() if one.kind == kind], on)
    if under not in [one.under for one in rows]:
        said = ", ".join(str(UnitKind(one.under).label) for one in rows if one.under)
        raise KindNotUnder(
            kind=UnitKind(kind).label,
            under=UnitKind(under).label,
            on=day(on),
            above=said or "–",
            source=told_sources(rows),
        )


def _in_force(kind: str, on: date) -> list[Nesting]:
    return [one for one in nestings() if one.kind == kind and one.holds(on)]


def _no_such_kind(kind: str, rows: Sequence[Nesting], on: date) -> KindEnded | KindNotYet:
    label = UnitKind(kind).label
    first = min(one.starts_on for one in rows)
    if on < first:
        return KindNotYet(kind=label, first=day(first))
    last = max(last_day(one.ends_on) for one in rows if one.ends_on)
    return KindEnded(kind=label, last=day(last))
