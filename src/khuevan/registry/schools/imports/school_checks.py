"""What a row of a list of schools would do that needs a decision: told before anything is written.

The same questions as the forms ask, so that a list is no way around them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from khuevan.platform.sheets.api import Problem, Severity
from khuevan.registry.schools.actions.facts import require_a_slip
from khuevan.registry.schools.actions.registering import is_founded_now
from khuevan.registry.schools.errors import LevelStillTaught
from khuevan.registry.schools.errors_of_founding import (
    ConversionNotCorrection,
    FoundedAfterRecords,
    MoveBeforeConversion,
)
from khuevan.registry.schools.facts import SchoolFacts
from khuevan.registry.schools.models import School
from khuevan.ui.formats import day

LAWFUL = ("levels", "school_type", "ownership")
RENAMED = Problem("schools.name_of_the_period", severity=Severity.WARNING)
"""A list corrects how a school is called; a new name has its day, and its decision."""


def founding_of_new(founded_on: date | None, *, today: date) -> Iterator[Problem]:
    """Say that a school opens by its decision, where a list can't tell that it was there before."""
    if founded_on is None:
        yield Problem("schools.founded_unsaid", severity=Severity.WARNING)
    elif founded_on <= today and is_founded_now(founded_on, today=today):
        yield Problem("schools.founded_this_year")


def founding_of_known(year: int, *, since: date | None) -> Iterator[Problem]:
    """Say that a school is on record since before the year in which it would be founded."""
    if since is not None and date(year, 1, 1) > since:
        yield Problem(FoundedAfterRecords.code, {"since": day(since)})


def conversion_by_list(
    school: School, was: SchoolFacts, becomes: SchoolFacts, *, today: date
) -> Iterator[tuple[str, Problem]]:
    """Say at which column what the form for wrong entries refuses as well."""
    pairs = {one: (getattr(was, one), getattr(becomes, one)) for one in LAWFUL}
    name = next((one for one, pair in pairs.items() if not same_fact(*pair)), "")
    if not name:
        return
    if was.decision:
        yield name, Problem("schools.stands_by_decision")
        return
    try:
        require_a_slip(school, was, becomes, today=today)
    except (ConversionNotCorrection, LevelStillTaught, MoveBeforeConversion) as error:
        details = error.details.items()
        told = {key: one if isinstance(one, int) else str(one) for key, one in details}
        yield name, Problem(error.code, told)


def same_fact(one: Any, other: Any) -> bool:
    """Return whether two values of a fact say the same; levels in any order."""
    if isinstance(other, tuple):
        return set(one) == set(other)
    return bool(one == other)
