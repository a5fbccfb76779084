"""What a list would make unusual: an age far from the grade's, a class over its norm, no sex."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.regulations.api import setting_in_force
from khuevan.platform.sheets.api import Outcome, ParsedRow, PlannedRow, Problem, Severity
from khuevan.registry.schools.api import HomeroomClass, School
from khuevan.registry.students.imports.known import Known
from khuevan.registry.students.imports.matching import Matcher
from khuevan.registry.students.imports.wanted import class_id, student_data
from khuevan.registry.students.models import ClassPlacement
from khuevan.registry.students.permissions import IMPORT_STUDENTS
from khuevan.registry.students.selectors import in_force

YOUNGER, OLDER = 1, 3
"""How many years a pupil may be off the usual age of a grade before it is asked about."""
ADULTS = "GDTX"
Params = dict[str, str | int]
COMING = (Outcome.NEW, Outcome.CHANGED)


@dataclass(frozen=True, slots=True)
class Room:
    """A class as far as norms go."""

    name: str
    level: str
    usual_age: int


@dataclass(frozen=True, slots=True)
class Norm:
    """How many pupils a class may hold, and by which regulation."""

    limit: int
    regulation: str


def with_doubts(
    planned: Sequence[PlannedRow],
    rows: Sequence[ParsedRow],
    *,
    actor: Actor,
    unit_id: int,
    matcher: Matcher,
    year: int,
    on: date,
) -> list[PlannedRow]:
    """Return the plans with warnings on what they would make; they never keep a pupil out."""
    rooms = _rooms(actor, unit_id)
    sizes = _sizes(actor, unit_id, on)
    norms = _norms(unit_id, rooms, on)
    on_roll = matcher.on_roll
    coming = [_moves(plan, row, on_roll) for plan, row in zip(planned, rows, strict=True)]
    for came_from, goes_to in coming:
        sizes.update({pk: 1 for pk in (goes_to,) if pk})
        sizes.subtract({pk: 1 for pk in (came_from,) if pk})
    told: set[int] = set()
    doubted = []
    for plan, row, (_came_from, goes_to) in zip(planned, rows, coming, strict=True):
        problems = _of_row(plan, row, rooms, year)
        norm = norms.get(goes_to or 0)
        if goes_to and norm and sizes[goes_to] > norm.limit and goes_to not in told:
            told.add(goes_to)
            problems.append((_over(rooms[goes_to], sizes[goes_to], norm), "class_name"))
        faults = tuple(matcher.fault(row, problem, name) for problem, name in problems)
        doubted.append(replace(plan, faults=(*plan.faults, *faults)) if faults else plan)
    return doubted


def norm_of(value: Mapping[str, object], age: int, school_type: str) -> int | None:
    """Return the size that a CLASS_SIZE setting allows: by type of school, by age, or for all."""
    by_type, by_age = value.get("max_by_type"), value.get("max_by_age")
    if isinstance(by_type, Mapping) and school_type in by_type:
        found = by_type[school_type]
    else:
        found = by_age.get(str(age)) if isinstance(by_age, Mapping) else value.get("max")
    return found if isinstance(found, int) else None


def _of_row(
    plan: PlannedRow, row: ParsedRow, rooms: Mapping[int, Room], year: int
) -> list[tuple[Problem, str]]:
    if plan.outcome != Outcome.NEW:
        return []
    wanted = student_data(row.values)
    found: list[tuple[Problem, str]] = []
    if not wanted.sex and "new" in plan.values:
        found.append((Problem("students.blank_sex", severity=Severity.WARNING), "sex"))
    room = rooms.get(class_id(row.values) or 0)
    if room and wanted.birth_date and room.level != ADULTS:
        age = year - wanted.birth_date.year
        if not room.usual_age - YOUNGER <= age <= room.usual_age + OLDER:
            params: Params = {"age": age, "usual": room.usual_age, "class": room.name}
            unusual = Problem("students.unusual_age", params, severity=Severity.WARNING)
            found.append((unusual, "birth_date"))
    return found


def _over(room: Room, size: int, norm: Norm) -> Problem:
    params: Params = {
        "class": room.name,
        "count": size,
        "limit": norm.limit,
        "regulation": norm.regulation,
    }
    return Problem("students.class_over_norm", params, severity=Severity.WARNING)


def _moves(
    plan: PlannedRow, row: ParsedRow, on_roll: Mapping[int, Known]
) -> tuple[int | None, int | None]:
    """Return the class that a row's pupil leaves, and the one the pupil comes to."""
    goes_to = class_id(row.values)
    if plan.outcome not in COMING or goes_to is None:
        return None, None
    if plan.outcome == Outcome.NEW:
        return None, goes_to
    known = on_roll.get(plan.target_id or 0)
    came_from = known.class_id if known else None
    return (None, None) if came_from == goes_to else (came_from, goes_to)


def _rooms(actor: Actor, unit_id: int) -> dict[int, Room]:
    rows = HomeroomClass.objects.visible_to(actor, IMPORT_STUDENTS).filter(school_id=unit_id)
    return {
        pk: Room(name, level, age)
        for pk, name, level, age in rows.values_list(
            "pk", "name", "grade_level__level", "grade_level__usual_age"
        )
    }


def _sizes(actor: Actor, unit_id: int, on: date) -> Counter[int]:
    rows = ClassPlacement.objects.visible_to(actor, IMPORT_STUDENTS).filter(
        in_force(on), school_id=unit_id
    )
    return Counter(dict(rows.values_list("homeroom_class_id").annotate(Count("pk")).order_by()))


def _norms(unit_id: int, rooms: Mapping[int, Room], on: date) -> dict[int, Norm]:
    """Return the norm of each class; where none is recorded nobody is warned."""
    schools = School.objects.unscoped(because="the type of the school whose list it is")
    school_type = schools.values_list("school_type", flat=True).get(pk=unit_id)
    settings = {}
    for level in sorted({room.level for room in rooms.values()}):
        with suppress(NotFound):
            settings[level] = setting_in_force("CLASS_SIZE", level, on)
    return {
        pk: Norm(limit, str(settings[room.level].regulation))
        for pk, room in rooms.items()
        if room.level in settings
        and (limit := norm_of(settings[room.level].value, room.usual_age, school_type)) is not None
    }
