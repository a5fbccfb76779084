"""Under which offices a school stands on a day, by its highest level: `data/managers.csv`.

Only the offices between which the law divides the schools are told apart: the Department, the
district with its office, the commune. Who else may own a school, `organizations` knows.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from khuevan.kernel.rule_rows import RuleRow, rule_rows, told_sources
from khuevan.platform.organizations.api import UnitKind, names_on
from khuevan.registry.schools.errors import ManagedElsewhere
from khuevan.registry.schools.facts import SchoolFacts, facts_of
from khuevan.registry.schools.models import Ownership, SchoolType
from khuevan.ui.formats import day

DATA = Path(__file__).parent / "data" / "managers.csv"
DIVIDED = (UnitKind.DEPARTMENT, UnitKind.DISTRICT, UnitKind.DISTRICT_OFFICE, UnitKind.COMMUNE)
AS_ASSIGNED = (
    SchoolType.SPECIAL_NEEDS,
    SchoolType.TALENT,
    SchoolType.INTERMEDIATE_COLLEGE,
    SchoolType.COLLEGE,
)
"""Types that stand where the province puts them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manager(RuleRow):
    """Schools of a type or highest level stand under a kind of office during a period."""

    what: str
    under: str


def managers() -> tuple[Manager, ...]:
    """Return what the data says."""
    return rule_rows(DATA, Manager)


def managers_of(facts: SchoolFacts, *, on: date) -> list[Manager]:
    """Return what says under which offices such a school stands on a day; none where it is open."""
    if facts.school_type in AS_ASSIGNED or facts.ownership == Ownership.FOREIGN:
        return []
    rows = managers()
    highest = facts.levels[-1] if facts.levels else ""
    by_type = any(one.what == facts.school_type for one in rows)
    what = facts.school_type if by_type else highest
    return [one for one in rows if one.what == what and one.holds(on)]


def require_manager(unit_ids: Collection[int], kind: str, on: date) -> None:
    """Refuse to put schools among the units under an office that doesn't manage such schools.

    :raises ManagedElsewhere: naming the first of them
    """
    if kind not in DIVIDED or not unit_ids:
        return
    for school_id, facts in sorted(facts_of(unit_ids, on=on).items()):
        rows = managers_of(facts, on=on)
        if rows and kind not in [one.under for one in rows]:
            raise ManagedElsewhere(
                school=names_on([school_id], on=on)[school_id],
                kind=facts.type_label,
                under=UnitKind(kind).label,
                above=", ".join(str(UnitKind(one.under).label) for one in rows),
                on=day(on),
                source=told_sources(rows),
            )
