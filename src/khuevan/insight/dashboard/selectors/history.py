"""The same counts a year ago, told only where that year is known in full."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from khuevan.insight.dashboard.rules import year_before
from khuevan.insight.dashboard.selectors.places import grade_rows
from khuevan.insight.dashboard.selectors.snapshot import Snapshot
from khuevan.insight.rollup.api import pupils_by_grade
from khuevan.kernel.actor import Actor


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
    grades = {grade.pk: grade.level for grade in grade_rows()}
    rows = [row for row in pupils_by_grade(actor=actor, on=then) if row[0] in now]
    seated = [(school_id, grades[grade], count) for school_id, grade, count in rows if grade]
    if not seated or now - {school_id for school_id, _level, _count in seated}:
        return None
    level = snapshot.scope.level
    by_level: Counter[str] = Counter()
    for _school, of_level, count in seated:
        if level in ("", of_level):
            by_level[of_level] += count
    pupils = sum(by_level.values()) if level else sum(count for *_where, count in rows)
    return YearBefore(then, pupils, dict(by_level))
