"""Writes a planned list of classes with the app's own actions, inside the one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.sheets.api import PlannedRow, Promises
from khuevan.registry.schools.actions import ClassDetails, NewRoom, edit_class, open_classes
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
    new = [row for row in rows if "uuid" not in row.values]
    rooms = dict(
        zip([row.number for row in new], _open(actor, unit_id, year, new, now), strict=True)
    )
    for done, row in enumerate(rows, start=1):
        said: ToldClass = row.values["class"]
        room = rooms.get(row.number) or _change(actor, row, said, now=now)
        if said.teacher_id is not None:
            for told in homerooms:
                told.give(actor, room, said.teacher_id, on, now)
        if done % EVERY == 0 or done == len(rows):
            progress(done)


def _open(
    actor: Actor, unit_id: int, year: AcademicYear, rows: Sequence[PlannedRow], now: datetime
) -> list[HomeroomClass]:
    """Open the new classes, all at once."""
    if not rows:
        return []
    told: list[ToldClass] = [row.values["class"] for row in rows]
    return open_classes(
        actor=actor,
        school_id=unit_id,
        academic_year=year,
        new=[NewRoom(said.grade, said.name, _details({}, said)) for said in told],
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
