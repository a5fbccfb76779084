"""A problem of FET as the rows of a list: its lessons, and what of its rules a school can hold."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import ngettext

from khuevan.platform.sheets.api import csv_bytes
from khuevan.school.timetable.core.telling import describe
from khuevan.school.timetable.core.values import HARD, Constraint, On, Problem, StudentSet
from khuevan.school.timetable.imports.layouts import HEADERS, NAMES
from khuevan.school.timetable.models import MOST_PERIODS, Half

MOST_SPLIT = 400
SEPARATORS = ", "
ALWAYS = {"lessons_in_time", "lessons_in_rooms"}
"""Kinds that hold of every timetable, so that nothing needs to be said of them."""
PLACES = {"preferred_starts", "preferred_rooms"}
MORE = re.compile(r"\s+")
Entry = Mapping[str, Any]
Row = dict[str, str]


def list_of(problem: Problem, entries: Iterable[Entry], known: Collection[str]) -> bytes:
    """Return a problem, and where its lessons were put, as a file that the lists' wizard reads.

    `known` are the classes of the school: a year of FET that is none stands for its groups.
    """
    rows = [*lesson_rows(problem, entries, known), *rule_rows(problem)]
    return csv_bytes(HEADERS, ([row.get(name, "") for name in NAMES] for row in rows))


def lesson_rows(
    problem: Problem, entries: Iterable[Entry], known: Collection[str]
) -> Iterator[Row]:
    """Yield a row for each lesson in use, with its place where it has one."""
    classes = _classes(problem.students, known)
    places = _places(problem, entries)
    for lesson in problem.lessons:
        if not lesson.is_active:
            continue
        names = dict.fromkeys(one for each in lesson.students for one in classes.get(each, (each,)))
        day, hour, room, is_pinned = places.get(lesson.id, (None, None, "", False))
        half, period = _spot(problem, hour)
        yield {
            "number": str(lesson.id),
            "classes": SEPARATORS.join(names),
            "subject": lesson.subject,
            "teacher": SEPARATORS.join(lesson.teachers),
            "length": str(lesson.duration),
            "weekday": "" if day is None else str(day + 2),
            "half": half,
            "period": period,
            "room": room,
            "pinned": "x" if is_pinned and day is not None else "",
        }


def _spot(problem: Problem, hour: int | None) -> tuple[str, str]:
    """Return the half-day, where a day is long enough to have both, and the period in it."""
    if hour is None:
        return "", ""
    count = len(problem.grid.hours)
    if count <= MOST_PERIODS:
        return "", str(hour + 1)
    morning = (count + 1) // 2
    half = Half.MORNING if hour < morning else Half.AFTERNOON
    return str(half.label), str(hour + 1 if hour < morning else hour - morning + 1)


def _classes(sets: Sequence[StudentSet], known: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return which classes each student set stands for: a year may be one, or have some."""
    found: dict[str, tuple[str, ...]] = {}
    for year in sets:
        is_class = year.name in known or not year.parts
        found[year.name] = (year.name,) if is_class else tuple(one.name for one in year.parts)
        for group in year.parts:
            own = year.name if is_class else group.name
            found.setdefault(group.name, (own,))
            for part in group.parts:
                found.setdefault(part.name, (own,))
    return found


def _places(problem: Problem, entries: Iterable[Entry]) -> dict[int, tuple[int, int, str, bool]]:
    """Return where each lesson is: as the result has it, else as the problem itself fixes it."""
    days = {name: at for at, name in enumerate(problem.grid.days)}
    hours = {name: at for at, name in enumerate(problem.grid.hours)}
    rooms: dict[int, str] = {}
    found: dict[int, tuple[int, int, str, bool]] = {}
    for one in problem.constraints:
        lessons, slots = one.numbers("lessons"), one.slots("slots")
        if one.kind == "preferred_rooms" and len(lessons) == 1 and len(one.texts("rooms")) == 1:
            rooms[lessons[0]] = one.texts("rooms")[0]
        if _is_place(one):
            found[lessons[0]] = (*slots[0], "", True)
    for entry in entries:
        day, hour = days.get(str(entry.get("day"))), hours.get(str(entry.get("hour")))
        number = entry.get("activity")
        if isinstance(number, int) and day is not None and hour is not None:
            is_pinned = found.get(number, (0, 0, "", False))[:2] == (day, hour)
            found[number] = (day, hour, str(entry.get("room") or ""), is_pinned)
    return {
        number: (day, hour, room or rooms.get(number, ""), is_pinned)
        for number, (day, hour, room, is_pinned) in found.items()
    }


def _is_place(one: Constraint) -> bool:
    """Return whether a constraint fixes one lesson at one time for good."""
    return (
        one.kind == "preferred_starts"
        and one.is_active
        and one.weight >= HARD
        and len(one.numbers("lessons")) == 1
        and len(one.slots("slots")) == 1
    )


def rule_rows(problem: Problem) -> Iterator[Row]:
    """Yield what the rules of a problem are here; those of one kind that are not taken, once."""
    left: defaultdict[str, list[Constraint]] = defaultdict(list)
    number = 0
    for one in problem.constraints:
        if not one.is_active or one.kind in ALWAYS or _is_place(one) or _is_room(one):
            continue
        said = _said(problem, one)
        if said is None:
            left[one.source or one.kind].append(one)
            continue
        number += 1
        yield {"number": f"R{number}", "says": describe(one)[:500], **said}
    for rows in left.values():
        number += 1
        yield {"number": f"R{number}", "rule": "-", "says": _told(rows)[:500]}


def _is_room(one: Constraint) -> bool:
    return (
        one.kind == "preferred_rooms"
        and len(one.texts("rooms")) == 1
        and bool(one.numbers("lessons"))
    )


def _told(rows: Sequence[Constraint]) -> str:
    """Return a kind of rule that is not taken, with how many there are and the first of them."""
    first = describe(rows[0])
    more = len(rows) - 1
    if not more:
        return f"{rows[0].source}: {first}"
    said = ngettext("and %(count)s more of this kind", "and %(count)s more of this kind", more)
    return f"{rows[0].source}: {first}; {said % {'count': more}}"


def _said(problem: Problem, one: Constraint) -> Row | None:
    """Return which rule of the school says what a constraint says, with its figures."""
    name = one.names[0] if one.names else ""
    days = len(problem.grid.days)
    teacher = {"teacher": name} if one.on is On.TEACHERS else {}
    most = one.number("most")
    match one.kind, one.on:
        case "not_available", On.TEACHERS if name:
            return {**teacher, "rule": "TT-H07", "numbers": _slots(problem, one)}
        case "max_days_per_week", On.TEACHERS if name and 0 < days - most <= days - 1:
            return {**teacher, "rule": "TT-S05", "numbers": f"free_days={days - most}"}
        case "max_hours_daily", On.TEACHERS:
            return {**teacher, "rule": "TT-H14", "numbers": f"session={min(5, most)} day={most}"}
        case "max_hours_daily", On.STUDENTS if not name:
            return {"rule": "TT-H04", "numbers": f"session={min(5, most)} day={most}"}
        case "max_hours_in_a_row", On.TEACHERS:
            return {**teacher, "rule": "TT-S11", "numbers": f"most={most}"}
        case (("max_gaps_per_week" | "max_gaps_per_day"), On.STUDENTS) if not name and not most:
            return {"rule": "TT-H17"}
        case (("max_gaps_per_week" | "max_gaps_per_day"), On.TEACHERS) if not most:
            return {**teacher, "rule": "TT-S01"}
        case _:
            return None


def _slots(problem: Problem, one: Constraint) -> str:
    """Return times as places of the week: day and period, in the half-day it is in."""
    told = []
    for day, hour in one.slots("slots"):
        half, period = _spot(problem, hour)
        told.append(f"{day + 2}.{'c' if half == str(Half.AFTERNOON.label) else ''}{period}")
    return " ".join(told[:MOST_SPLIT])


def counts_of(rows: Iterable[Row]) -> Counter[str]:
    """Return how many rows are lessons, rules taken and rules left out."""
    return Counter(
        "lessons" if not row.get("rule") else "left" if row["rule"] == "-" else "rules"
        for row in rows
    )
