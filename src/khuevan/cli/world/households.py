"""Families: children who share guardians, each in a seat of a class; every seat is taken once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from khuevan.cli.world import cast
from khuevan.cli.world.draw import Weighted, seeded
from khuevan.cli.world.grades import GRADE
from khuevan.cli.world.network import CAST_COMMUNE, DISADVANTAGED
from khuevan.cli.world.people import PupilMaker, Registers
from khuevan.cli.world.shapes import HouseholdPlan, SchoolPlan

# Children of one family at school at the same time, and the years between two of them.
CHILDREN = Weighted({1: 0.40, 2: 0.42, 3: 0.15, 4: 0.03})
GAPS = Weighted({2: 0.22, 3: 0.26, 4: 0.20, 5: 0.13, 6: 0.10, 7: 0.06, 8: 0.03})
TWINS = 0.008
UPPER_AGE = 15
LONE_KINDS = frozenset({"ETHNIC_BOARDING", "CONTINUING_CENTER"})
"""Schools whose pupils come alone: their brothers and sisters are not looked for nearby."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in a class that one pupil will take."""

    school: SchoolPlan
    class_name: str
    grade: str
    age: int


@dataclass(slots=True)
class Seats:
    """The seats of a group of schools, to be taken one by one or by age and neighborhood."""

    seats: list[Seat]
    rng: Random
    _taken: bytearray = field(init=False)
    _nearby: dict[tuple[str, int], list[int]] = field(init=False)

    def __post_init__(self) -> None:
        """Shuffle the seats and sort them into neighborhoods."""
        self.rng.shuffle(self.seats)
        self._taken = bytearray(len(self.seats))
        self._nearby = defaultdict(list)
        for index, seat in enumerate(self.seats):
            if seat.school.kind not in LONE_KINDS:
                where = seat.school.commune.code if seat.age < UPPER_AGE else ""
                self._nearby[where, seat.age].append(index)

    def take_all(self) -> Iterator[Seat]:
        """Yield every free seat in turn, taking it."""
        for index, seat in enumerate(self.seats):
            if not self._taken[index]:
                self._taken[index] = 1
                yield seat

    def take_nearby(self, commune: str, age: int) -> Seat | None:
        """Take a free seat for a child of an age who lives in a commune."""
        waiting = self._nearby.get(("" if age >= UPPER_AGE else commune, age), [])
        while waiting:
            index = waiting.pop()
            if not self._taken[index]:
                self._taken[index] = 1
                return self.seats[index]
        return None

    def take_named(self, school: SchoolPlan, *, grade: str, class_name: str = "") -> Seat:
        """Take a seat in a grade of a school, in the class of that name or in any."""
        for index, seat in enumerate(self.seats):
            wanted = seat.school is school and seat.grade == grade
            if wanted and not self._taken[index] and class_name in ("", seat.class_name):
                self._taken[index] = 1
                return seat
        raise LookupError(f"no free seat in grade {grade} of {school.name}")


def plan_households(
    *, seed: int, year: int, today: date, schools: Sequence[SchoolPlan], registers: Registers
) -> Iterator[HouseholdPlan]:
    """Yield the households of one group of schools until every seat is taken."""
    group = schools[0].group
    rng = seeded(seed, year, "households", group)
    seats = Seats(list(_seats(schools)), rng)
    maker = PupilMaker(rng, year, today, registers)
    if group == 0:
        yield _cast_household(schools, seats, maker)
    drawn = _drawn_households(rng, schools, seats, maker)
    yield from _with_choosers(drawn, schools, maker) if group == 0 else drawn


def upper_of(schools: Sequence[SchoolPlan]) -> SchoolPlan:
    """Return the upper secondary school of the cast."""
    return next(school for school in schools if school.levels == ("THPT",))


def _with_choosers(
    drawn: Iterator[HouseholdPlan], schools: Sequence[SchoolPlan], maker: PupilMaker
) -> Iterator[HouseholdPlan]:
    """Yield households, one of them played by the cast: nobody else's name or seat changes."""
    upper = upper_of(schools)
    rooms = {planned.name for planned in upper.classes if planned.grade == cast.LINH.grade}
    for house in drawn:
        first = house.children[0]
        is_there = first.school_code == upper.code and first.class_name in rooms
        if is_there and maker.can_be_choosers(house):
            yield maker.choosers(house)
            break
        yield house
    yield from drawn


def _drawn_households(
    rng: Random, schools: Sequence[SchoolPlan], seats: Seats, maker: PupilMaker
) -> Iterator[HouseholdPlan]:
    """Yield a household for the children of all seats that are left."""
    homes = sorted({school.commune.code for school in schools})
    mountain_homes = [code for code in homes if code in DISADVANTAGED] or homes
    for first in seats.take_all():
        home = first.school.commune.code
        if first.school.kind == "ETHNIC_BOARDING":
            home = rng.choice(mountain_homes)
        elif first.age >= UPPER_AGE:
            home = rng.choice(homes)
        children = [first, *_siblings(rng, seats, first, home)]
        yield maker.household(children, home)


def _seats(schools: Iterable[SchoolPlan]) -> Iterator[Seat]:
    for school in schools:
        for planned in school.classes:
            seat = Seat(school, planned.name, planned.grade, GRADE[planned.grade].age)
            yield from [seat] * planned.size


def _siblings(rng: Random, seats: Seats, first: Seat, home: str) -> Iterator[Seat]:
    if first.school.kind in LONE_KINDS:
        return
    if rng.random() < TWINS:
        twin = seats.take_nearby(home, first.age)
        if twin:
            yield twin
    ages = {first.age}
    for _ in range(CHILDREN.pick(rng.random()) - 1):
        gap = GAPS.pick(rng.random())
        age = first.age + (gap if rng.random() < 0.5 else -gap)
        if min(abs(age - other) for other in ages) < 2:
            continue
        sibling = seats.take_nearby(home, age)
        if sibling:
            ages.add(age)
            yield sibling


def _cast_household(
    schools: Sequence[SchoolPlan], seats: Seats, maker: PupilMaker
) -> HouseholdPlan:
    """Return the family of the cast, its children in two schools of one commune."""
    of_commune = [school for school in schools if school.commune.code == CAST_COMMUNE]
    secondary = next(school for school in of_commune if school.levels == ("THCS",))
    primary = next(school for school in of_commune if school.levels == ("TH",))
    daughter, son = cast.CHILDREN
    taken = (
        seats.take_named(secondary, grade=daughter.grade, class_name=daughter.homeroom),
        seats.take_named(primary, grade=son.grade),
    )
    return maker.cast_household(taken)
