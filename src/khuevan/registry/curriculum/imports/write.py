"""Writes a planned list of lessons with the app's own action, inside the one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.sheets.api import PlannedRow, Promises
from khuevan.registry.curriculum.actions import Wanted, give_many
from khuevan.registry.curriculum.imports.plan import first_day
from khuevan.registry.schools.api import School, academic_year_on
from khuevan.registry.staff.api import MANAGE_STAFF


def write(
    *,
    actor: Actor,
    unit_id: int,
    rows: Sequence[PlannedRow],
    promises: Promises,
    on: date,
    now: datetime,
    progress: Callable[[int], None],
) -> None:
    """Give the subjects of all classes that the rows name, each once."""
    year = academic_year_on(on)
    school = School.objects.visible_to(actor, MANAGE_STAFF).filter(pk=unit_id).first()
    if year is None or school is None:
        raise NotFound
    found: dict[tuple[int, str], tuple[date | None, Wanted]] = {}
    for row in rows:
        found |= row.values["wanted"]
    by_day: defaultdict[date, list[Wanted]] = defaultdict(list)
    for said, wanted in found.values():
        by_day[said or first_day(year, on)].append(wanted)
    for day, of_day in sorted(by_day.items()):
        give_many(actor=actor, school=school, year=year, wanted=of_day, on=day, now=now)
    progress(len(rows))
