"""Writes a planned list of classes with the app's own actions, inside the one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.sheets.api import PlannedRow, Promises
from khuevan.registry.schools.actions import ClassDetails, edit_class, open_class
from khuevan.registry.schools.homerooms import homerooms
from khuevan.registry.schools.imports.class_plan import KEPT, ToldClass, standing
from khuevan.registry.schools.models import AcademicYear, HomeroomClass
from khuevan.registry.schools.permissions import MANAGE_CLASSES
from khuevan.registry.schools.selectors import academic_year_on, further_grades

EVERY = 20


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
    """Open the new classes, change the known ones, and put teachers in charge of them."""
    year = academic_year_on(on)
    if year is None:
        raise NotFound
    for done, row in enumerate(rows, start=1):
        said: ToldClass = row.values["class"]
        if "uuid" in row.values:
            room = _change(actor, row, said, now=now)
        else:
            room = _open(actor, unit_id, year, said, now=now)
        if said.teacher_id is not None:
            for told in homerooms:
                told.give(actor, room, said.teacher_id, on, now)
        if done % EVERY == 0 or done == len(rows):
            progress(done)


def _open(
    actor: Actor, unit_id: int, year: AcademicYear, said: ToldClass, *, now: datetime
) -> HomeroomClass:
    return open_class(
        actor=actor,
        school_id=unit_id,
        academic_year=year,
        grade_level=said.grade,
        name=said.name,
        details=_details({}, said),
        now=now,
    )


def _change(actor: Actor, row: PlannedRow, said: ToldClass, *, now: datetime) -> HomeroomClass:
    rows = HomeroomClass.objects.visible_to(actor, MANAGE_CLASSES)
    known = rows.select_related("campus", "room", "academic_year").one(row.values["uuid"])
    if not row.changes.keys() - {"teacher"}:
        return known
    now_so = standing(known, further_grades([known.pk]).get(known.pk, []))
    if known.room is not None and "campus" not in said.told:
        now_so["room"] = known.room.uuid
    return edit_class(
        actor=actor, uuid=known.uuid, name=said.name, details=_details(now_so, said), now=now
    )


def _details(held: dict[str, Any], said: ToldClass) -> ClassDetails:
    """Return what is said of a class: what the list leaves blank stays as it is held."""
    told = {**held, **said.told}
    names = (*KEPT, "campus", "room", "further_grades")
    return ClassDetails(**{name: told[name] for name in names if name in told})
