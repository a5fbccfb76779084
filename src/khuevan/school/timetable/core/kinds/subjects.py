"""Wishes of a school about a subject in a class: how often, in pairs, spread, not always last."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from khuevan.school.timetable.core.engine import (
    Facts,
    Kind,
    Unit,
    Violation,
    broken,
    kinds,
    lesson_kind,
    person_kind,
)
from khuevan.school.timetable.core.occupancy import Line, LineKey, Occupancy, hours_of, runs
from khuevan.school.timetable.core.values import Constraint, Lesson, On, Placement, Problem

OTHER_NUMBER = _("%(who)s has %(found)s periods of %(subject)s in the week, not %(wanted)s")
MANY_ON_DAY = _("%(who)s has %(found)s periods of %(subject)s on %(day)s, at most %(most)s")
FORBIDDEN_HOUR = _("Lesson %(lessons)s (%(subject)s) is on %(when)s, an hour ruled out for it")
NOT_TAUGHT_BY = _("Lesson %(lessons)s (%(subject)s) is not given by %(by)s")
NOT_TOGETHER = _("Lesson %(lessons)s (%(subject)s) is not for all of %(classes)s together")
PAIRS = _("%(who)s has %(found)s double periods of %(subject)s, %(wanted)s were wanted")
SPLIT_PAIRS = _(
    "%(who)s has %(found)s double periods of %(subject)s, %(wanted)s were wanted; %(split)s go"
    " across the long break"
)
ON_END = _("%(who)s has %(subject)s on days that follow each other: %(days)s")
ALWAYS_LAST = _("%(who)s has %(subject)s in the last periods alone")
UNFAIR_LAST = _(
    "%(who)s has %(found)s last periods of heavy subjects, another class only %(least)s"
)

LAST_HOURS_SHARED = "last_hours_shared"
HALF = 0.5
"""What a double period costs that goes across the long break, instead of none at all."""


def week_of(occupancy: Occupancy, line: Line, subject: str) -> list[int]:
    """Return the hours of each day in which a subject is taught, as masks."""
    active, hours = occupancy.problem.active, line.hours
    found = [0] * occupancy.days
    for at, cell in enumerate(line.cells):
        for lesson in cell:
            if active[lesson].subject == subject:
                found[at // hours] |= 1 << at % hours
    return found


def weeks_of(occupancy: Occupancy, line: Line) -> dict[str, list[int]]:
    """Return the same of every subject that is taught, in one pass over the week."""
    active, hours, days = occupancy.problem.active, line.hours, occupancy.days
    found: dict[str, list[int]] = {}
    for at, cell in enumerate(line.cells):
        for lesson in cell:
            subject = active[lesson].subject
            if subject not in found:
                found[subject] = [0] * days
            found[subject][at // hours] |= 1 << at % hours
    return found


def wished_weeks(
    occupancy: Occupancy, constraint: Constraint, line: Line
) -> list[tuple[str, list[int]]]:
    """Return the weeks of the subjects a wish is about: the one it names, else all but some."""
    named = constraint.text("subject")
    found = weeks_of(occupancy, line)
    if named:
        return [(named, found.get(named) or [0] * occupancy.days)]
    for name in constraint.texts("but"):
        found.pop(name, None)
    return sorted(found.items())


@person_kind("weekly_periods", _("%(who)s: %(periods)s periods of %(subject)s a week"))
def weekly_periods(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find a class that has more or fewer periods of a subject than its plan."""
    subject, wanted = constraint.text("subject"), constraint.number("periods")
    week = week_of(occupancy, occupancy.line(constraint.on, name), subject)
    found = sum(mask.bit_count() for mask in week)
    if found != wanted:
        facts = {"who": name, "subject": subject, "found": found, "wanted": wanted}
        yield broken(constraint, OTHER_NUMBER, facts, count=abs(found - wanted))


@person_kind("max_subject_daily", _("%(who)s: at most %(most)s periods of one subject a day"))
def max_subject_daily(
    occupancy: Occupancy, constraint: Constraint, name: str
) -> Iterator[Violation]:
    """Find days on which a class has one subject too often.

    Twelve periods of Vietnamese in five days are three on some: of all subjects said, a subject has
    as many a day as its week asks. Of a subject that is named, the number counts as it stands.
    """
    line, usual = occupancy.line(constraint.on, name), constraint.number("most")
    is_named, periods = bool(constraint.text("subject")), occupancy.problem.periods_of
    for subject, week in wished_weeks(occupancy, constraint, line):
        asked = 0 if is_named else -(-periods.get((name, subject), 0) // occupancy.days)
        most = max(usual, asked)
        for day, mask in enumerate(week):
            if mask.bit_count() > most:
                facts = _of_subject(name, subject, mask.bit_count(), most=most)
                facts = {**facts, "day": occupancy.problem.grid.days[day]}
                yield broken(constraint, MANY_ON_DAY, facts, count=mask.bit_count() - most)


@lesson_kind("forbidden_hours", _("%(subject)s is not taught in certain hours of the day"))
def forbidden_hours(
    occupancy: Occupancy, constraint: Constraint, lesson: Lesson, placement: Placement
) -> Iterator[Violation]:
    """Find a lesson that takes an hour it must not, such as the hot ones for sports."""
    if not set(constraint.numbers("hours")).isdisjoint(occupancy.hours_in(placement)):
        facts = {"subject": lesson.subject, "when": occupancy.problem.grid.name(placement.slot)}
        yield broken(constraint, FORBIDDEN_HOUR, facts, lessons=(lesson.id,))


@lesson_kind("taught_by", _("%(subject)s is given by %(by)s"))
def taught_by(
    _occupancy: Occupancy, constraint: Constraint, lesson: Lesson, _placement: Placement
) -> Iterator[Violation]:
    """Find a lesson without the teacher it should have, such as the homeroom teacher."""
    by = constraint.text("by")
    if by not in lesson.teachers:
        facts = {"subject": lesson.subject, "by": by}
        yield broken(constraint, NOT_TAUGHT_BY, facts, lessons=(lesson.id,))


@lesson_kind("taught_together", _("Classes %(classes)s have %(subject)s together"))
def taught_together(
    occupancy: Occupancy, constraint: Constraint, lesson: Lesson, _placement: Placement
) -> Iterator[Violation]:
    """Find a lesson of a combined class that is not for all its parts."""
    classes, problem = constraint.texts("classes"), occupancy.problem
    wanted, present = problem.atoms_of(classes), problem.lesson_atoms[lesson.id]
    if not wanted.isdisjoint(present) and not wanted <= present:
        facts = {"subject": lesson.subject, "classes": ", ".join(classes)}
        yield broken(constraint, NOT_TOGETHER, facts, lessons=(lesson.id,))


@person_kind("double_periods", _("%(who)s: %(pairs)s double periods of %(subject)s a week"))
def double_periods(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find too few or too many double periods; one across the long break is half a one."""
    subject, wanted = constraint.text("subject"), constraint.number("pairs")
    week = week_of(occupancy, occupancy.line(constraint.on, name), subject)
    whole, split = _pairs(occupancy, week)
    if constraint.flag("across_long_break"):
        whole, split = whole + split, 0
    missing = max(0, wanted - whole)
    halves = min(missing, split)
    count = missing - HALF * halves + max(0, whole - wanted)
    if count:
        sentence = SPLIT_PAIRS if halves else PAIRS
        facts = _of_subject(name, subject, whole, wanted=wanted, split=halves)
        yield broken(constraint, sentence, facts, count=count)


def _pairs(occupancy: Occupancy, week: list[int]) -> tuple[int, int]:
    """Return the pairs that lie on one side of the long break, and those that go across."""
    grid = occupancy.problem.grid
    whole = everywhere = 0
    for first, after in grid.day_sessions:
        cuts = [hour + 1 for hour in sorted(grid.long_breaks) if first <= hour < after - 1]
        parts = list(zip([first, *cuts], [*cuts, after], strict=True))
        for mask in week:
            everywhere += sum(length // 2 for length in runs(mask, first, after))
            whole += sum(length // 2 for part in parts for length in runs(mask, *part))
    return whole, max(0, everywhere - whole)


@person_kind("spread", _("%(who)s: a subject of few periods is not on days that follow on"))
def spread(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find subjects of few periods a week on two days running."""
    line, most = occupancy.line(constraint.on, name), constraint.number("up_to", 3)
    for subject, week in wished_weeks(occupancy, constraint, line):
        if sum(mask.bit_count() for mask in week) > most:
            continue
        for day in range(occupancy.days - 1):
            if week[day] and week[day + 1]:
                days = ", ".join(occupancy.problem.grid.days[day : day + 2])
                facts = {"who": name, "subject": subject, "days": days}
                yield broken(constraint, ON_END, facts)


@person_kind("not_always_last", _("%(who)s: heavy subjects are not in the last periods alone"))
def not_always_last(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find heavy subjects all of whose periods are the last ones of a session."""
    line, last = occupancy.line(constraint.on, name), last_hours(occupancy.problem)
    for subject in constraint.texts("subjects"):
        week = week_of(occupancy, line, subject)
        taught = sum(mask.bit_count() for mask in week)
        if taught > 1 and not any(mask & ~last for mask in week):
            facts = {"who": name, "subject": subject}
            yield broken(constraint, ALWAYS_LAST, facts)


def last_hours(problem: Problem) -> int:
    """Return the last hour of every session, as a mask."""
    return sum(1 << (after - 1) for _first, after in problem.grid.day_sessions)


def _all_classes(problem: Problem, constraint: Constraint) -> Iterator[LineKey]:
    names = sorted(problem.atoms_of(constraint.names)) if constraint.names else problem.all_atoms
    return ((On.STUDENTS, name) for name in names)


def _last_hours_shared(problem: Problem, constraint: Constraint) -> Iterator[Unit]:
    """Find classes that have heavy subjects last more than one time oftener than another."""
    lines, subjects = tuple(_all_classes(problem, constraint)), set(constraint.texts("subjects"))
    heavy = {lesson.id for lesson in problem.active.values() if lesson.subject in subjects}
    last, hours = last_hours(problem), len(problem.grid.hours)
    slots = [day * hours + at for day in range(len(problem.grid.days)) for at in hours_of(last)]

    def find(occupancy: Occupancy) -> Iterator[Violation]:
        counts = {}
        for on, name in lines:
            cells = occupancy.line(on, name).cells
            counts[name] = sum(1 for at in slots if cells[at] and not heavy.isdisjoint(cells[at]))
        least = min(counts.values(), default=0)
        for name, found in counts.items():
            if found > least + 1:
                facts = {"who": name, "found": found, "least": least}
                yield broken(constraint, UNFAIR_LAST, facts, count=found - least - 1)

    yield Unit(constraint, find, lines)


kinds.register(
    LAST_HOURS_SHARED,
    Kind(
        LAST_HOURS_SHARED,
        _("%(who)s: last periods of heavy subjects are shared fairly between the classes"),
        _last_hours_shared,
    ),
)


def _of_subject(name: str, subject: str, found: int, **others: int) -> Facts:
    return {"who": name, "subject": subject, "found": found, **others}
