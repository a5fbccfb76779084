"""Under which offices a school stands on a day, by its highest level: `data/managers.csv`.

Only the offices between which the law divides the schools are told apart: the Department, the
district with its office, the commune. Who else may own a school, `organizations` knows.
"""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from khuevan.kernel.periods import holds
from khuevan.platform.organizations.api import UnitKind, names_on
from khuevan.registry.schools.errors import ManagedElsewhere
from khuevan.registry.schools.facts import SchoolFacts, facts_of
from khuevan.registry.schools.models import Ownership, SchoolType

DATA = Path(__file__).parent / "data" / "managers.csv"
DIVIDED = (UnitKind.DEPARTMENT, UnitKind.DISTRICT, UnitKind.DISTRICT_OFFICE, UnitKind.COMMUNE)
AS_ASSIGNED = (
    SchoolType.SPECIAL_NEEDS,
    SchoolType.TALENT,
    SchoolType.INTERMEDIATE_COLLEGE,
    SchoolType.COLLEGE,
)
"""Types that stand where the province puts them."""


@dataclass(frozen=True, slots=True)
class Manager:
    """Schools of a type or highest level stand under a kind of office during a period."""

    what: str
    under: str
    starts_on: date
    ends_on: date | None
    source: str
    confidence: str


@lru_cache(maxsize=1)
def managers() -> tuple[Manager, ...]:
    """Return what the data says."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return tuple(
            Manager(
                row["what"],
                row["under"],
                date.fromisoformat(row["starts_on"]),
                date.fromisoformat(row["ends_on"]) if row["ends_on"] else None,
                row["source"],
                row["confidence"],
            )
            for row in csv.DictReader(file)
        )


def offices_of(facts: SchoolFacts, *, on: date) -> list[UnitKind]:
    """Return under which kinds of office such a school stands on a day; none where it is open."""
    if facts.school_type in AS_ASSIGNED or facts.ownership == Ownership.FOREIGN:
        return []
    rows = managers()
    highest = facts.levels[-1] if facts.levels else ""
    by_type = any(one.what == facts.school_type for one in rows)
    what = facts.school_type if by_type else highest
    return [UnitKind(one.under) for one in rows if one.what == what and holds(one, on)]


def require_manager(unit_ids: Collection[int], kind: str, on: date) -> None:
    """Refuse to put schools among the units under an office that doesn't manage such schools.

    :raises ManagedElsewhere: naming the first of them
    """
    if kind not in DIVIDED or not unit_ids:
        return
    for school_id, facts in sorted(facts_of(unit_ids, on=on).items()):
        offices = offices_of(facts, on=on)
        if offices and kind not in offices:
            raise ManagedElsewhere(
                school=names_on([school_id], on=on)[school_id],
                kind=facts.type_label,
                under=UnitKind(kind).label,
                above=", ".join(str(one.label) for one in offices),
                on=f"{on:%d/%m/%Y}",
            )
