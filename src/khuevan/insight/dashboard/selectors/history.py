"""The same counts a year ago, told only where that year is known in full."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from khuevan.insight.dashboard.rules import year_before
from khuevan.insight.dashboard.selectors.groups import on_roll
from khuevan.insight.dashboard.selectors.snapshot import Snapshot
from khuevan.kernel.actor import Actor
from khuevan.registry.students.api import counts_by_grade


@dataclass(frozen=True, slots=True)
class YearBefore:
    """Pupils on the same day a year earlier."""

    on: date
    pupils: int
    by_level: dict[str, int]


def year_ago(*, actor: Actor, snapshot: Snapshot) -> YearBefore | None:
    """Return the counts of a year ago; None unless every school with a list now had one then.

    A school that did not exist then is no gap.
    """
    then = year_before(snapshot.scope.on)
    now = {
        school.id
        for school, totals in snapshot.by_school.items()
        if totals.listed_schools and not (school.founded_on and school.founded_on > then)
    }
    rows = [row for row in counts_by_grade(actor=actor, on=then) if row["school_id"] in now]
    if not rows or now - {row["school_id"] for row in rows}:
        return None
    level = snapshot.scope.level
    by_level: Counter[str] = Counter()
    for row in rows:
        if level in ("", row["level"]):
            by_level[str(row["level"])] += int(str(row["total"]))
    pupils = (
        sum(by_level.values()) if level else on_roll(actor=actor, on=then, school_ids=now).count()
    )
    return YearBefore(then, pupils, dict(by_level))
