"""What a school's timetable must keep and should keep, as constraints (TT-H and TT-S)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from khuevan.registry.schools.api import HomeroomClass
from khuevan.school.timetable.core.values import HARD, Constraint, On
from khuevan.school.timetable.grids import Week
from khuevan.school.timetable.models import ScheduledLesson

A_DAY, A_SESSION = 7, 5
GAPS, SPREAD = 10.0, 6.0
ONCE_A_DAY = {"Giáo dục thể chất"}
EVENT = "Hoạt động trải nghiệm, hướng nghiệp"


def school_constraints(
    week: Week, classes: Sequence[HomeroomClass], groups: Sequence[Sequence[ScheduledLesson]]
) -> Iterable[Constraint]:
    """Yield what holds for every school where it said nothing else."""
    yield Constraint("lessons_in_time", source="TT-H01")
    yield Constraint("lessons_in_rooms", source="TT-H08")
    yield Constraint(
        "max_hours_daily", On.STUDENTS, weight=HARD, parameters={"most": A_DAY}, source="TT-H04"
    )
    yield Constraint(
        "max_hours_daily", On.TEACHERS, weight=HARD, parameters={"most": A_DAY}, source="TT-H14"
    )
    yield Constraint("max_gaps_per_week", On.STUDENTS, parameters={"most": 0}, source="TT-H17")
    yield Constraint(
        "max_gaps_per_week", On.TEACHERS, weight=GAPS, parameters={"most": 0}, source="TT-S01"
    )
    yield from _spread(groups)


def _spread(groups: Sequence[Sequence[ScheduledLesson]]) -> Iterable[Constraint]:
    """Yield that lessons of a subject of a class stand on different days."""
    found: defaultdict[tuple[int, str], list[ScheduledLesson]] = defaultdict(list)
    for group in groups:
        found[group[0].homeroom_class_id, group[0].subject_name].append(group[0])
    for (_room, subject), lessons in found.items():
        if len(lessons) < 2:
            continue
        once = subject in ONCE_A_DAY
        yield Constraint(
            "min_days_between",
            On.LESSONS,
            weight=HARD if once else SPREAD,
            parameters={
                "lessons": tuple(one.pk for one in lessons),
                "least": 1,
                "together_if_same_day": False,
            },
            source="TT-H12" if once else "TT-S03",
        )
