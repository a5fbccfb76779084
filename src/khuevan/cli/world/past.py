"""Where today's pupils were in earlier years: one grade lower for each year back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from khuevan.cli.world.grades import GRADE, GRADES
from khuevan.cli.world.shapes import ClassPlan, PupilPlan, SchoolPlan, YearPlan
from khuevan.cli.world.years import leaving_day

_LADDER = [grade.code for grade in GRADES if grade.level != "GDTX"]
_BELOW = {
    **dict(zip(_LADDER[1:], _LADDER, strict=False)),
    "TX10": "9",
    "TX11": "TX10",
    "TX12": "TX11",
}

NumberMaker = Callable[[str, int], str]


@dataclass(frozen=True, slots=True)
class SeatPlan:
    """A pupil sat in a class of an earlier year; `ends_on` is the day after the last."""

    school_code: str
    year_code: str
    class_name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class StayPlan:
    """A pupil belonged to a school and left it."""

    school_code: str
    registry_number: str
    starts_on: date
    ends_on: date
    is_completed: bool
    """Whether the school's last grade was done; else the pupil went to a school like it."""


@dataclass(frozen=True, slots=True)
class Past:
    """A pupil's earlier years: seats newest first, and stays in schools that were left."""

    seats: tuple[SeatPlan, ...] = ()
    stays: tuple[StayPlan, ...] = ()


class PastMaker:
    """Tells the past of the pupils of one group of schools, each from a source of its own."""

    def __init__(
        self,
        seed: int,
        schools: Sequence[SchoolPlan],
        years: Sequence[YearPlan],
        registry_number: NumberMaker,
    ) -> None:
        self._seed = seed
        self._years = years
        self._registry_number = registry_number
        self._schools = {school.code: school for school in schools}
        self._classes: dict[tuple[str, str], list[ClassPlan]] = defaultdict(list)
        self._teaching: dict[str, list[SchoolPlan]] = defaultdict(list)
        for school in schools:
            for room in school.classes:
                self._classes[school.code, room.grade].append(room)
            for grade in sorted({room.grade for room in school.classes}):
                self._teaching[grade].append(school)

    def past_of(self, pupil: PupilPlan) -> Past:
        """Return what a pupil did in the earlier years, as far as a school near by taught it."""
        seats = list(self._seats(pupil))
        schools = [pupil.school_code, *(seat.school_code for seat in seats)]
        seats = [
            self._to_summer(seat) if seat.school_code != then else seat
            for seat, then in zip(seats, schools, strict=False)
        ]
        return Past(tuple(seats), tuple(self._stays(pupil, seats)))

    def _seats(self, pupil: PupilPlan) -> Iterator[SeatPlan]:
        rng = Random(f"{self._seed}:past:{pupil.moet_code}")  # noqa: S311  (an invented world)
        school = self._schools[pupil.school_code]
        grade = next(room.grade for room in school.classes if room.name == pupil.class_name)
        nth = [room.name for room in self._classes[school.code, grade]].index(pupil.class_name)
        since = pupil.enrolled_on
        for year in self._years:
            below = _BELOW.get(grade)
            if below is None:
                return
            grade, ends_on = below, year.ends_on
            is_taught = bool(self._classes[school.code, grade])
            is_here = school.code == pupil.school_code and is_taught
            if is_here and year.starts_on < since < year.ends_on:
                yield self._seat(school, grade, nth, year, since, ends_on)
                ends_on = since
            stayed = is_taught and (not is_here or since <= year.starts_on)
            school_then = school if stayed else self._elsewhere(rng, grade, school, pupil)
            if school_then is None:
                return
            yield self._seat(school_then, grade, nth, year, year.starts_on, ends_on)
            school = school_then

    def _elsewhere(
        self, rng: Random, grade: str, school: SchoolPlan, pupil: PupilPlan
    ) -> SchoolPlan | None:
        known = {school.code, pupil.school_code}
        others = [one for one in self._teaching[grade] if one.code not in known]
        return others[int(rng.random() * len(others))] if others else None

    def _seat(
        self,
        school: SchoolPlan,
        grade: str,
        nth: int,
        year: YearPlan,
        starts_on: date,
        ends_on: date,
    ) -> SeatPlan:
        rooms = self._classes[school.code, grade]
        name = rooms[nth % len(rooms)].name
        return SeatPlan(school.code, year.code, name, starts_on, ends_on)

    def _to_summer(self, seat: SeatPlan) -> SeatPlan:
        """Return the seat in a school that was left: its last grade leaves in summer."""
        ended = next((year for year in self._years if year.ends_on == seat.ends_on), None)
        if ended is None or not self._is_last(seat):
            return seat
        return replace(seat, ends_on=leaving_day(ended))

    def _stays(self, pupil: PupilPlan, seats: Sequence[SeatPlan]) -> Iterator[StayPlan]:
        """Join the seats in one school after another; the present school's stay is not over."""
        left = [seat for seat in seats if seat.school_code != pupil.school_code]
        while left:
            code, ends_on = left[0].school_code, left[0].ends_on
            of_it = [seat for seat in left if seat.school_code == code]
            left = [seat for seat in left if seat.school_code != code]
            starts_on = of_it[-1].starts_on
            yield StayPlan(
                code,
                self._registry_number(code, starts_on.year),
                starts_on,
                ends_on,
                is_completed=ends_on in {leaving_day(year) for year in self._years}
                and self._is_last(of_it[0]),
            )

    def _is_last(self, seat: SeatPlan) -> bool:
        """Return whether a seat was in the highest grade of its school."""
        school = self._schools[seat.school_code]
        grade = next(room.grade for room in school.classes if room.name == seat.class_name)
        return GRADE[grade].age == max(GRADE[room.grade].age for room in school.classes)
