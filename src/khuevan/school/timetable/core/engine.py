"""How a kind of constraint is declared, and what it finds.

A constraint falls into units that can be looked at alone (one teacher's week, one lesson, one group
of lessons); each names the lines and lessons it reads, so that a move asks only what it touches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from khuevan.kernel.registry import Registry
from khuevan.school.timetable.core.choosing import bound_names, chosen_lessons
from khuevan.school.timetable.core.occupancy import LineKey, Occupancy
from khuevan.school.timetable.core.values import (
    HARD,
    Constraint,
    Lesson,
    Placement,
    Problem,
)

Facts = Mapping[str, Any]
Sentence = str | Promise
"""A sentence that is translated when it is read, with named placeholders."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken constraint: how often, by which lessons, and the sentence that says so."""

    constraint: Constraint
    sentence: Sentence
    facts: Facts = field(default_factory=dict)
    count: float = 1
    lessons: tuple[int, ...] = ()
    weight: float = HARD

    @property
    def is_hard(self) -> bool:
        """Whether the timetable can't stand with it."""
        return self.weight >= HARD

    @property
    def penalty(self) -> float:
        """What it costs: its weight as often as it is broken."""
        return self.weight * self.count

    @property
    def message(self) -> str:
        """The sentence in the reader's language."""
        facts = {"lessons": ", ".join(map(str, self.lessons)), **self.facts}
        return str(self.sentence) % facts


Find = Callable[[Occupancy], Iterator[Violation]]


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a constraint that is looked at on its own."""

    constraint: Constraint
    find: Find
    lines: tuple[LineKey, ...] = ()
    lessons: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of constraint: its name, what it asks for, and how it is taken apart."""

    name: str
    says: Sentence
    """What is asked, with the constraint's parameters as placeholders."""
    units: Callable[[Problem, Constraint], Iterable[Unit]]


kinds: Registry[Kind] = Registry("kind of constraint")

PersonCheck = Callable[[Occupancy, Constraint, str], Iterator[Violation]]
LessonCheck = Callable[[Occupancy, Constraint, Lesson, Placement], Iterator[Violation]]
GroupCheck = Callable[[Occupancy, Constraint], Iterator[Violation]]


def broken(
    constraint: Constraint,
    sentence: Sentence,
    facts: Facts,
    *,
    count: float = 1,
    lessons: Iterable[int] = (),
    weight: float | None = None,
) -> Violation:
    """Return a violation at the constraint's own weight, or at another."""
    kept = constraint.weight if weight is None else weight
    return Violation(constraint, sentence, facts, count, tuple(lessons), kept)


def person_kind(name: str, says: Sentence) -> Callable[[PersonCheck], PersonCheck]:
    """Declare a kind that looks at one teacher's, student set's or room's week at a time."""

    def units(check: PersonCheck, problem: Problem, constraint: Constraint) -> Iterator[Unit]:
        for person in bound_names(problem, constraint):
            yield Unit(
                constraint, _of_person(check, constraint, person), ((constraint.on, person),)
            )

    def decorate(check: PersonCheck) -> PersonCheck:
        kinds.register(name, Kind(name, says, lambda problem, one: units(check, problem, one)))
        return check

    return decorate


def lesson_kind(name: str, says: Sentence) -> Callable[[LessonCheck], LessonCheck]:
    """Declare a kind that looks at one placed lesson at a time."""

    def units(check: LessonCheck, problem: Problem, constraint: Constraint) -> Iterator[Unit]:
        for lesson in chosen_lessons(problem, constraint):
            yield Unit(constraint, _of_lesson(check, constraint, lesson), lessons=(lesson.id,))

    def decorate(check: LessonCheck) -> LessonCheck:
        kinds.register(name, Kind(name, says, lambda problem, one: units(check, problem, one)))
        return check

    return decorate


def group_kind(name: str, says: Sentence) -> Callable[[GroupCheck], GroupCheck]:
    """Declare a kind that looks at all its lessons together."""

    def unit(check: GroupCheck, problem: Problem, constraint: Constraint) -> Unit:
        chosen = tuple(one.id for one in chosen_lessons(problem, constraint))
        return Unit(constraint, lambda occupancy: check(occupancy, constraint), lessons=chosen)

    def decorate(check: GroupCheck) -> GroupCheck:
        kinds.register(name, Kind(name, says, lambda problem, one: (unit(check, problem, one),)))
        return check

    return decorate


def _of_person(check: PersonCheck, constraint: Constraint, name: str) -> Find:
    return lambda occupancy: check(occupancy, constraint, name)


def _of_lesson(check: LessonCheck, constraint: Constraint, lesson: Lesson) -> Find:
    def find(occupancy: Occupancy) -> Iterator[Violation]:
        placement = occupancy.places.get(lesson.id)
        if placement is not None:
            yield from check(occupancy, constraint, lesson, placement)

    return find
