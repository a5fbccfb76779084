"""What a timetabling problem is made of, as plain values that never change.

A problem says what has to be placed and what is wished; placements are an answer to it. Days and
hours are counted from 0 in here; their names are the school's own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

HARD = 100
"""A wish of this weight must be kept; a smaller one is worth its weight."""
MANY = 30_000
"""As many students as a room takes when nobody said how many."""

Slot = tuple[int, int]
"""A day and an hour, both counted from 0."""
Parameter = int | str | bool | tuple[int, ...] | tuple[str, ...] | tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The days of a week and the hours of each day, with its sessions and long breaks."""

    days: tuple[str, ...]
    hours: tuple[str, ...]
    sessions: tuple[tuple[int, int], ...] = ()
    """First hour and the hour after the last of each session; none means the day is one."""
    long_breaks: frozenset[int] = frozenset()
    """The hours after which the long break comes: no double period goes across."""

    @property
    def day_sessions(self) -> tuple[tuple[int, int], ...]:
        """Return the sessions of a day, in order."""
        return self.sessions or ((0, len(self.hours)),)

    def name(self, slot: Slot) -> str:
        """Return what the school calls a slot."""
        return f"{self.days[slot[0]]} {self.hours[slot[1]]}"

    def slots(self) -> Iterator[Slot]:
        """Yield every slot of the week, day by day."""
        return ((day, hour) for day in range(len(self.days)) for hour in range(len(self.hours)))


@dataclass(frozen=True, slots=True)
class Teacher:
    """Somebody who teaches."""

    name: str


@dataclass(frozen=True, slots=True)
class StudentSet:
    """Students who are taught together: a grade, a class, a part of one. Parts may be shared."""

    name: str
    size: int = 0
    parts: tuple[StudentSet, ...] = ()

    def atoms(self) -> Iterator[str]:
        """Yield the smallest parts, which are never divided."""
        if not self.parts:
            yield self.name
        for part in self.parts:
            yield from part.atoms()


@dataclass(frozen=True, slots=True)
class Room:
    """A place where lessons are held."""

    name: str
    capacity: int = MANY
    building: str = ""
    """The building or campus; going between two takes time."""
    classes: int = 1
    """How many lessons it holds at once, as a sports ground does."""
    is_virtual: bool = False
    """It stands for a choice of several rooms."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is to be placed: teachers meet student sets for so many hours running."""

    id: int
    teachers: tuple[str, ...]
    subject: str
    students: tuple[str, ...]
    duration: int = 1
    tags: tuple[str, ...] = ()
    split_of: int = 0
    """The first lesson of the weekly lessons this is one of; 0 for one that stands alone."""
    total_duration: int = 0
    size: int | None = None
    """How many students come, where that differs from the sum of the sets."""
    is_active: bool = True
    site: str = ""
    """Where it is held when it has no room: the campus of its class."""
    home: str = ""
    """The own room of its class, which is not held against it."""
    week: int | None = None
    """The one of two alternating weeks (0 or 1) in which it is held; none means both."""


class On(StrEnum):
    """Whom a constraint speaks of."""

    TEACHERS = "teachers"
    STUDENTS = "students"
    ROOMS = "rooms"
    LESSONS = "lessons"


@dataclass(frozen=True, slots=True)
class Constraint:
    """One wish as data: its kind, whom it binds, how much it is worth, its numbers."""

    kind: str
    on: On = On.LESSONS
    names: tuple[str, ...] = ()
    """The teachers, student sets or rooms it binds; none means all."""
    weight: float = HARD
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    is_active: bool = True
    source: str = ""
    """What it is called where it came from: a tag of a FET file, a rule of the school."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", MappingProxyType(dict(self.parameters)))

    @property
    def is_hard(self) -> bool:
        """Whether it must be kept."""
        return self.weight >= HARD

    def number(self, name: str, default: int = 0) -> int:
        """Return a parameter that counts something."""
        value = self.parameters.get(name, default)
        return value if isinstance(value, int) else default

    def text(self, name: str) -> str:
        """Return a parameter that names something, empty where it is not given."""
        value = self.parameters.get(name, "")
        return value if isinstance(value, str) else ""

    def flag(self, name: str) -> bool:
        """Return a parameter that is yes or no."""
        return self.parameters.get(name) is True

    def numbers(self, name: str) -> tuple[int, ...]:
        """Return a parameter that is a row of numbers, such as lessons."""
        value = self.parameters.get(name, ())
        return (
            tuple(one for one in value if isinstance(one, int)) if isinstance(value, tuple) else ()
        )

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a parameter that is a row of names, such as rooms."""
        value = self.parameters.get(name, ())
        return (
            tuple(one for one in value if isinstance(one, str)) if isinstance(value, tuple) else ()
        )

    def slots(self, name: str) -> tuple[Slot, ...]:
        """Return a parameter that is a row of slots."""
        value = self.parameters.get(name, ())
        return (
            tuple(one for one in value if isinstance(one, tuple))
            if isinstance(value, tuple)
            else ()
        )

    def _row(self, name: str) -> tuple[int | str | Slot, ...]:
        value = self.parameters.get(name, ())
        return value if isinstance(value, tuple) else ()


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a lesson stands: the slot it starts in, and perhaps a room."""

    lesson: int
    day: int
    hour: int
    room: str | None = None

    @property
    def slot(self) -> Slot:
        """The slot it starts in."""
        return self.day, self.hour


@dataclass(frozen=True)
class Problem:
    """Everything there is to place, and what is wished."""

    grid: Grid
    teachers: tuple[Teacher, ...] = ()
    students: tuple[StudentSet, ...] = ()
    rooms: tuple[Room, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    mode: str = "Official"
    """The kind of week as FET calls it; others than the official one count days differently."""

    @cached_property
    def active(self) -> Mapping[int, Lesson]:
        """The lessons that are to be placed, by id."""
        return {lesson.id: lesson for lesson in self.lessons if lesson.is_active}

    @cached_property
    def alternating(self) -> frozenset[int]:
        """The lessons that are held every other week; none in most problems."""
        return frozenset(one.id for one in self.active.values() if one.week is not None)

    @cached_property
    def by_subject(self) -> Mapping[str, tuple[Lesson, ...]]:
        """The lessons that are to be placed, by subject."""
        found: dict[str, list[Lesson]] = {}
        for lesson in self.active.values():
            found.setdefault(lesson.subject, []).append(lesson)
        return {subject: tuple(lessons) for subject, lessons in found.items()}

    @cached_property
    def rooms_by_name(self) -> Mapping[str, Room]:
        """The rooms by name."""
        return {room.name: room for room in self.rooms}

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """How many students are in each set; the first word on a set counts."""
        found: dict[str, int] = {}
        for one in _all_sets(self.students):
            found.setdefault(one.name, one.size)
        return found

    @cached_property
    def atoms(self) -> Mapping[str, frozenset[str]]:
        """The smallest parts of each student set, by name."""
        found: dict[str, set[str]] = {}
        for one in _all_sets(self.students):
            found.setdefault(one.name, set()).update(one.atoms())
        return {name: frozenset(parts) for name, parts in found.items()}

    @cached_property
    def all_atoms(self) -> tuple[str, ...]:
        """Every smallest part, sorted."""
        return tuple(sorted({atom for one in self.students for atom in one.atoms()}))

    @cached_property
    def lesson_atoms(self) -> Mapping[int, frozenset[str]]:
        """The smallest parts that each active lesson is for."""
        return {lesson.id: self.atoms_of(lesson.students) for lesson in self.active.values()}

    @cached_property
    def periods_of(self) -> Mapping[tuple[str, str], int]:
        """How many periods a week each smallest part has of each subject."""
        found: dict[tuple[str, str], int] = {}
        for lesson in self.active.values():
            for atom in self.lesson_atoms[lesson.id]:
                key = (atom, lesson.subject)
                found[key] = found.get(key, 0) + lesson.duration
        return found

    def atoms_of(self, names: Sequence[str]) -> frozenset[str]:
        """Return the smallest parts of some student sets together."""
        return frozenset(
            atom for name in names for atom in self.atoms.get(name, frozenset((name,)))
        )

    def size_of(self, lesson: Lesson) -> int:
        """Return how many students a lesson is for."""
        if lesson.size is not None:
            return lesson.size
        return sum(self.sizes.get(name, 0) for name in lesson.students)


def _all_sets(sets: Sequence[StudentSet]) -> Iterator[StudentSet]:
    for one in sets:
        yield one
        yield from _all_sets(one.parts)
