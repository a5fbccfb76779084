"""Who was a pupil in an earlier year and is none today: completed, dropped out, gone elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from khuevan.cli.world.draw import seeded
from khuevan.cli.world.grades import GRADE
from khuevan.cli.world.households import Seat
from khuevan.cli.world.people import PupilMaker, Registers
from khuevan.cli.world.shapes import ClassPlan, PupilPlan, SchoolPlan, YearPlan
from khuevan.cli.world.years import leaving_day

LAST = frozenset({"12", "TX12"})
NEXT_AFTER_NINE = frozenset({"10", "TX10"})
LEAVES_IN_YEAR, DROPS_OUT = 0.004, 0.4


@dataclass(frozen=True, slots=True)
class LeaverPlan:
    """A former pupil as of the year of leaving."""

    pupil: PupilPlan
    exit_kind: str
    left_on: date


def ends_with_nine(schools: Sequence[SchoolPlan]) -> float:
    """Return the share of ninth-graders of a province who go to no school after it."""
    sizes = {"9": 0, "10": 0}
    for room in (room for school in schools for room in school.classes):
        key = "10" if room.grade in NEXT_AFTER_NINE else room.grade
        sizes[key] = sizes.get(key, 0) + room.size
    return max(0.0, 1 - sizes["10"] / sizes["9"]) if sizes["9"] else 0.0


def plan_leavers(
    *,
    seed: int,
    year: YearPlan,
    today: date,
    schools: Sequence[SchoolPlan],
    share_of_nine: float,
    registers: Registers,
) -> Iterator[LeaverPlan]:
    """Yield who left a group of schools in a year, from a source of its own."""
    first = year.starts_on.year
    rng = seeded(seed, first, "leavers", schools[0].group)
    maker = PupilMaker(rng, first, today, registers)
    for school in schools:
        for room in school.classes:
            for _ in range(room.size):
                if _completes(room, rng.random(), share_of_nine):
                    pupil = maker.former_pupil(_seat(school, room), school.commune.code)
                    yield LeaverPlan(pupil, "COMPLETED", leaving_day(year))
                elif rng.random() < LEAVES_IN_YEAR:
                    kind = "DROPPED" if rng.random() < DROPS_OUT else "TRANSFERRED_OUT"
                    day = year.starts_on + timedelta(days=10 + int(rng.random() * 240))
                    pupil = maker.former_pupil(_seat(school, room), school.commune.code)
                    yield LeaverPlan(pupil, kind, day)


def _completes(room: ClassPlan, drawn: float, share_of_nine: float) -> bool:
    return room.grade in LAST or (room.grade == "9" and drawn < share_of_nine)


def _seat(school: SchoolPlan, room: ClassPlan) -> Seat:
    return Seat(school, room.name, room.grade, GRADE[room.grade].age)
