"""What is wrong with a timetable: all of it, or what one move would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from khuevan.school.timetable.core.engine import Find, Unit, Violation, kinds
from khuevan.school.timetable.core.kinds import ALL
from khuevan.school.timetable.core.kinds.presence import WITHIN_DAY
from khuevan.school.timetable.core.occupancy import LineKey, Occupancy
from khuevan.school.timetable.core.values import Constraint, On, Placement, Problem

OFFICIAL = ("", "Official")
assert ALL  # noqa: S101 - the families register themselves as they are imported


@dataclass(frozen=True, slots=True)
class Quality:
    """Figures that say how good a timetable is, whatever was wished."""

    lessons: int
    placed: int
    teacher_gaps: int
    student_gaps: int
    teacher_days: int


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong with a timetable, and what nobody looked at."""

    violations: tuple[Violation, ...]
    unchecked: Mapping[str, int]
    """What the engine does not know, and how often it stands in the problem."""
    quality: Quality

    @property
    def hard(self) -> tuple[Violation, ...]:
        """What must not be."""
        return tuple(one for one in self.violations if one.is_hard)

    @property
    def soft(self) -> tuple[Violation, ...]:
        """What was wished otherwise."""
        return tuple(one for one in self.violations if not one.is_hard)

    @property
    def penalty(self) -> float:
        """What the broken wishes cost together: each one's weight as often as it is broken."""
        return sum(one.penalty for one in self.soft)

    @property
    def is_sound(self) -> bool:
        """Whether nothing hard is broken and everything was looked at."""
        return not self.unchecked and not self.hard


def check(
    problem: Problem, placements: Iterable[Placement], faults: Sequence[Violation] = ()
) -> Findings:
    """Return everything that is wrong with a timetable, what was wrong in its file first."""
    occupancy = Occupancy(problem, placements)
    found = [one for unit in units_of(problem) for one in unit.find(occupancy)]
    return Findings((*faults, *found), unchecked(problem), quality(occupancy))


def units_of(problem: Problem) -> Iterator[Unit]:
    """Yield every part of every active constraint that can be looked at alone."""
    keys = _alternating_lines(problem)
    for constraint in (_within_day(problem), *problem.constraints):
        if constraint.is_active and constraint.kind in kinds:
            for unit in kinds.get(constraint.kind).units(problem, constraint):
                yield replace(unit, find=_in_both(unit.find)) if _differs(unit, keys) else unit


def _alternating_lines(problem: Problem) -> frozenset[LineKey]:
    """Return whose weeks are not all alike; rooms are told by their kind alone."""
    lessons = [problem.active[one] for one in problem.alternating]
    return frozenset(
        (
            *((On.TEACHERS, name) for one in lessons for name in one.teachers),
            *((On.STUDENTS, atom) for one in lessons for atom in problem.lesson_atoms[one.id]),
            *((On.ROOMS, room.name) for room in problem.rooms if lessons),
        )
    )


def _differs(unit: Unit, keys: frozenset[LineKey]) -> bool:
    return any(line in keys for line in unit.lines)


def _in_both(find: Find) -> Find:
    """Let a unit look at both of the alternating weeks, and tell what is alike once."""

    def found(occupancy: Occupancy) -> Iterator[Violation]:
        first = list(find(occupancy))
        yield from first
        with occupancy.other_week():
            yield from [one for one in find(occupancy) if one not in first]

    return found


def unchecked(problem: Problem) -> Mapping[str, int]:
    """Return what a problem asks for that the engine cannot look at, by the name it goes by."""
    found: Counter[str] = Counter()
    if problem.mode not in OFFICIAL:
        found[f"Mode {problem.mode}"] += 1
    found["VirtualRooms"] += sum(room.is_virtual for room in problem.rooms)
    for constraint in problem.constraints:
        if constraint.is_active and constraint.kind not in kinds:
            found[constraint.source or constraint.kind] += 1
    return {name: count for name, count in found.items() if count}


def quality(occupancy: Occupancy) -> Quality:
    """Return the figures of a timetable."""
    problem, days = occupancy.problem, range(occupancy.days)
    teachers = [occupancy.line(On.TEACHERS, one.name) for one in problem.teachers]
    students = [occupancy.line(On.STUDENTS, atom) for atom in problem.all_atoms]
    return Quality(
        lessons=len(problem.active),
        placed=len(occupancy.places),
        teacher_gaps=sum(line.gaps(day) for line in teachers for day in days),
        student_gaps=sum(line.gaps(day) for line in students for day in days),
        teacher_days=sum(line.worked_days() for line in teachers),
    )


def _within_day(problem: Problem) -> Constraint:
    """Return what no problem needs to say: it counts where being placed does."""
    named = (one.source for one in problem.constraints if one.kind == "lessons_in_time")
    return Constraint(WITHIN_DAY, source=next(named, ""))
