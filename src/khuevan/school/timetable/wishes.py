"""What a timetable must keep and should keep (TT-H and TT-S), and what FET is told of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from khuevan.registry.schools.api import HomeroomClass, Session
from khuevan.school.timetable.core.rulebook import of_rule
from khuevan.school.timetable.core.values import HARD, Constraint, On, Slot
from khuevan.school.timetable.grids import Week
from khuevan.school.timetable.models import Half, ScheduledLesson

SPORT = "Giáo dục thể chất"
HEAVY = ("Toán", "Ngữ văn", "Tiếng Anh", "Khoa học tự nhiên")
OF_ALL = (
    "TT-H01", "TT-H04", "TT-H08", "TT-H11", "TT-H13", "TT-H14", "TT-H17",
    "TT-S01", "TT-S03", "TT-S07", "TT-S11",
)  # fmt: skip
"""Rules that need to be told nothing."""
GAPS, SPREAD = 10.0, 6.0
CLOSED = {Session.MORNING: Half.AFTERNOON, Session.AFTERNOON: Half.MORNING}
Groups = Sequence[Sequence[ScheduledLesson]]


def school_constraints(
    week: Week,
    classes: Sequence[HomeroomClass],
    groups: Groups,
    before: Sequence[tuple[int, Slot]] = (),
) -> Iterator[Constraint]:
    """Yield what holds for every school where it said nothing else.

    `before` is where lessons stood in the version that this one is a copy of.
    """
    for code in OF_ALL:
        yield from of_rule(code)
    for room in classes:
        sessions = _sessions(week, room)
        if sessions:
            yield from of_rule("TT-H03", room.name, sessions=sessions)
    taught = {group[0].subject_name for group in groups}
    if SPORT in taught:
        yield from of_rule("TT-H12", only="max_subject_daily", subject=SPORT)
    heavy = tuple(one for one in HEAVY if one in taught)
    if heavy:
        yield from of_rule("TT-S04", subjects=heavy)
    if before:
        lessons, slots = zip(*before, strict=True)
        yield from of_rule("TT-S10", lessons=tuple(lessons), slots=tuple(slots))


def fet_constraints(
    week: Week, classes: Sequence[HomeroomClass], groups: Groups
) -> Iterator[Constraint]:
    """Yield the same as far as FET has words for it."""
    yield Constraint("lessons_in_time", source="TT-H01")
    yield Constraint("lessons_in_rooms", source="TT-H08")
    for on, source in ((On.STUDENTS, "TT-H04"), (On.TEACHERS, "TT-H14")):
        yield Constraint("max_hours_daily", on, parameters={"most": 7}, source=source)
    for kind in ("max_gaps_per_week", "begins_early"):
        yield Constraint(kind, On.STUDENTS, parameters={"most": 0}, source="TT-H17")
    yield Constraint(
        "max_gaps_per_week", On.TEACHERS, weight=GAPS, parameters={"most": 0}, source="TT-S01"
    )
    yield from _closed_halves(week, classes)
    yield from _spread(groups)


def _sessions(week: Week, room: HomeroomClass) -> tuple[int, ...]:
    """Return the numbers of the sessions of the day in which a class of one half-day learns."""
    other = CLOSED.get(Session(room.session))
    if other is None:
        return ()
    return tuple(at for at, half in enumerate(week.halves) if half != other)


def _closed_halves(week: Week, classes: Iterable[HomeroomClass]) -> Iterator[Constraint]:
    for room in classes:
        other = CLOSED.get(Session(room.session))
        slots = tuple(
            (day, hour)
            for day in range(week.days)
            for hour, bell in enumerate(week.bells)
            if bell.half == other
        )
        if slots:
            yield Constraint(
                "not_available",
                On.STUDENTS,
                (room.name,),
                parameters={"slots": slots},
                source="TT-H03",
            )


def _spread(groups: Groups) -> Iterator[Constraint]:
    """Yield that lessons of a subject of a class stand on different days."""
    found: defaultdict[tuple[int, str], list[ScheduledLesson]] = defaultdict(list)
    for group in groups:
        found[group[0].homeroom_class_id, group[0].subject_name].append(group[0])
    for (_room, subject), lessons in found.items():
        if len(lessons) < 2:
            continue
        yield Constraint(
            "min_days_between",
            On.LESSONS,
            weight=HARD if subject == SPORT else SPREAD,
            parameters={
                "lessons": tuple(one.pk for one in lessons),
                "least": 1,
                "together_if_same_day": False,
            },
            source="TT-H12" if subject == SPORT else "TT-S03",
        )
