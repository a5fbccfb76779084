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
from khuevan.kernel.periods import in_force
from khuevan.platform.regulations.api import class_norm, setting_in_force
from khuevan.platform.sheets.api import Outcome, ParsedRow, PlannedRow, Problem, Severity
from khuevan.registry.schools.api import HomeroomClass, school_facts
from khuevan.registry.students.imports.classes import MissingClass
from khuevan.registry.students.imports.matching import Matcher
from khuevan.registry.students.imports.wanted import CLASS, class_id
from khuevan.registry.students.models import ClassPlacement
from khuevan.registry.students.permissions import IMPORT_STUDENTS

YOUNGER, OLDER = 1, 3
"""How many years a pupil may be off the usual age of a grade before it is asked about."""
ADULTS = "GDTX"
Params = dict[str, str | int]


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
    promised: Mapping[int, MissingClass],
    matcher: Matcher,
    year: int,
    on: date,
) -> list[PlannedRow]:
    """Return the plans with warnings on what they would make; they never keep a pupil out."""
    rooms = rooms_of(actor, unit_id, promised)
    sizes = sizes_of(actor, unit_id, on)
    norms = norms_of(unit_id, rooms, on)
    coming = [move_of(plan) for plan in planned]
    for came_from, goes_to in coming:
        if goes_to:
            sizes[goes_to] += 1
        if came_from:
            sizes[came_from] -= 1
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


def _of_row(
    plan: PlannedRow, row: ParsedRow, rooms: Mapping[int, Room], year: int
) -> list[tuple[Problem, str]]:
    if plan.outcome != Outcome.NEW:
        return []
    found: list[tuple[Problem, str]] = []
    if "new" in plan.values and not plan.values["new"].data.sex:
        found.append((Problem("students.blank_sex", severity=Severity.WARNING), "sex"))
    room = rooms.get(class_id(row.values) or 0)
    born = row.values.get("birth_date")
    if room and born and room.level != ADULTS:
        age = year - born.year
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


def move_of(plan: PlannedRow) -> tuple[int | None, int | None]:
    """Return the class that a row's pupil leaves, and the one the pupil comes to."""
    if plan.outcome == Outcome.NEW:
        coming = plan.values.get("new") or plan.values["arrival"]
        return None, coming.homeroom_class_id
    if plan.outcome == Outcome.CHANGED and CLASS in plan.values["correction"].changes:
        return plan.values["came_from"], plan.values["correction"].changes[CLASS]
    return None, None


def rooms_of(actor: Actor, unit_id: int, promised: Mapping[int, MissingClass]) -> dict[int, Room]:
    """Return the classes of a school, and those that are opened with the list."""
    rows = HomeroomClass.objects.visible_to(actor, IMPORT_STUDENTS).filter(school_id=unit_id)
    rooms = {
        pk: Room(name, level, age)
        for pk, name, level, age in rows.values_list(
            "pk", "name", "grade_level__level", "grade_level__usual_age"
        )
    }
    new = {
        key: Room(one.name, one.grade.level, one.grade.usual_age) for key, one in promised.items()
    }
    return rooms | new


def sizes_of(actor: Actor, unit_id: int, on: date) -> Counter[int]:
    """Return how many pupils sit in each class on a day."""
    rows = ClassPlacement.objects.visible_to(actor, IMPORT_STUDENTS).filter(
        in_force(on), school_id=unit_id
    )
    return Counter(dict(rows.values_list("homeroom_class_id").annotate(Count("pk")).order_by()))


def norms_of(unit_id: int, rooms: Mapping[int, Room], on: date) -> dict[int, Norm]:
    """Return the norm of each class; where none is recorded nobody is warned."""
    school_type = school_facts(unit_id, on=on).school_type
    settings = {}
    for level in sorted({room.level for room in rooms.values()}):
        with suppress(NotFound):
            settings[level] = setting_in_force("CLASS_SIZE", level, on)
    norms = {}
    for pk, room in rooms.items():
        setting = settings.get(room.level)
        limit = class_norm(setting.value, room.usual_age, school_type) if setting else None
        if setting and limit is not None:
            norms[pk] = Norm(limit, str(setting.regulation))
    return norms
