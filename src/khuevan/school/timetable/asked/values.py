"""What a timetable is held by, as plain values: what the school said, and the facts it is about."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from khuevan.school.timetable.core.values import HARD, Grid, Slot
from khuevan.school.timetable.grids import Week, read_spot


@dataclass(frozen=True, slots=True)
class Said:
    """What a school says of a rule: for whom, how much it is worth, with which numbers."""

    code: str
    weight: float = HARD
    params: Mapping[str, object] = field(default_factory=dict)
    is_on: bool = True
    scope: str = "ALL"
    whom: int | str = 0
    """The number of a grade, class, teacher or department, or the name of a subject."""
    grade: int = 0
    """Of a subject, the one grade that is meant."""
    of_timetable: bool = False

    def number(self, name: str) -> int:
        """Return one of its numbers."""
        value = self.params.get(name, 0)
        return value if isinstance(value, int) else 0

    def texts(self, name: str) -> tuple[str, ...]:
        """Return one of its rows of names."""
        value = self.params.get(name, ())
        return tuple(str(one) for one in value) if isinstance(value, (list, tuple)) else ()

    def slots(self, week: Week) -> tuple[Slot, ...]:
        """Return the places of the week it names."""
        return slots_of(self.texts("spots"), week)


@dataclass(frozen=True, slots=True)
class ClassFact:
    """A class with lessons: its grade, its main half-day, who is in charge."""

    pk: int
    uuid: str
    name: str
    grade: int
    half: str
    """The one half-day of its lessons, empty where it has both."""
    in_charge: str = ""
    """What its homeroom teacher is called in the problem, where there is one with lessons."""


@dataclass(frozen=True, slots=True)
class LessonFact:
    """A lesson: of which classes, what, by whom, and where it stands, if anywhere."""

    pk: int
    classes: tuple[int, ...]
    subject: str
    teachers: tuple[int, ...]
    length: int
    slot: Slot | None
    is_whole: bool = True
    """Whether it is for the whole class, each week."""


@dataclass(frozen=True, slots=True)
class WishFact:
    """An accepted wish of a teacher: to which rule it belongs and what it asks."""

    code: str
    teacher: int
    spots: tuple[str, ...] = ()
    free_days: int = 0
    free_sessions: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RoomFact:
    """A room for some subjects."""

    uuid: str
    name: str
    subjects: tuple[str, ...] = ()
    classes: int = 1
    """How many classes may have lessons there at one time."""


@dataclass(frozen=True, slots=True)
class WayFact:
    """How far two campuses are apart."""

    one: str
    other: str
    km: float
    minutes: int = 0
    is_said: bool = False
    """Whether the school said it of these two."""

    @property
    def name(self) -> str:
        """Return both, as constraints name them."""
        return f"{self.one}|{self.other}"


@dataclass(frozen=True)
class Facts:
    """What the rules of a school are about in one timetable."""

    week: Week
    classes: Sequence[ClassFact] = ()
    lessons: Sequence[LessonFact] = ()
    teachers: Mapping[int, str] = field(default_factory=dict)
    """What each staff member is called in the problem."""
    planned: Mapping[tuple[int, str], int] = field(default_factory=dict)
    """Periods a week of a subject of a class by its plan, as far as known."""
    departments: Mapping[int, Collection[int]] = field(default_factory=dict)
    """The members of each department."""
    wishes: Sequence[WishFact] = ()
    rooms: Sequence[RoomFact] = ()
    sites: Sequence[str] = ()
    """The campuses, the main one first."""
    ways: Sequence[WayFact] = ()
    """How far any two of them are apart."""
    before: Sequence[tuple[int, Slot]] = ()

    @cached_property
    def grid(self) -> Grid:
        """The week as the checks take it."""
        return self.week.grid

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """The subjects that are taught."""
        return tuple(sorted({one.subject for one in self.lessons}))

    @cached_property
    def of_class(self) -> Mapping[int, Mapping[str, Sequence[LessonFact]]]:
        """The lessons of each class by subject: those that stand first, as they stand."""
        found: dict[int, dict[str, list[LessonFact]]] = {one.pk: {} for one in self.classes}
        for lesson in sorted(self.lessons, key=_standing):
            for room in lesson.classes:
                found.setdefault(room, {}).setdefault(lesson.subject, []).append(lesson)
        return found

    def periods(self, room: int, subject: str) -> int:
        """Return how many periods of a subject a class has in this timetable."""
        return sum(one.length for one in self.of_class.get(room, {}).get(subject, ()))


def _standing(lesson: LessonFact) -> tuple[bool, Slot, int]:
    return lesson.slot is None, lesson.slot or (0, 0), lesson.pk


def slots_of(spots: Collection[str], week: Week) -> tuple[Slot, ...]:
    """Return the slots of the grid that spots name, those that the week lacks left out."""
    read = (read_spot(text) for text in spots)
    slots = (week.slot(spot) for spot in read if spot is not None)
    return tuple(sorted({slot for slot in slots if slot is not None}))
