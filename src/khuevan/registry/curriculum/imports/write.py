"""Writes a planned list of lessons with the app's own action, inside the one transaction."""

from __future__ import annotations

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
    wanted: dict[tuple[int, str], Wanted] = {}
    for row in rows:
        wanted |= row.values["wanted"]
    give_many(
        actor=actor,
        school=school,
        year=year,
        wanted=list(wanted.values()),
        on=first_day(year, on),
        now=now,
    )
    progress(len(rows))
