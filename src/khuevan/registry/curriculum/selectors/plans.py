"""Reading what the classes of a school learn, who teaches it, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import in_force
from khuevan.registry.curriculum.carried import Carried, carried_by
from khuevan.registry.curriculum.load_rules import assigned_weeks, uncovered
from khuevan.registry.curriculum.models import AssignedPeriods, ClassSubject
from khuevan.registry.curriculum.permissions import VIEW_PLANS
from khuevan.registry.curriculum.plan_rules import (
    FOLLOWING,
    PlanFault,
    Planned,
    plan_faults,
    weekly,
)
from khuevan.registry.curriculum.plans import asked_of, choices_of
from khuevan.registry.curriculum.programme import Frame, frame_of, opening_day
from khuevan.registry.schools.api import (
    AcademicYear,
    HomeroomClass,
    School,
    class_names,
    term_on,
)
from khuevan.registry.staff.api import TeachingAssignment

BECAUSE = "who teaches in classes whose plans the actor reached through a scope"
USUAL_TERMS = (18, 17)
CHOOSING = "THPT"
"""The level at which pupils choose subjects."""


@dataclass(frozen=True, slots=True)
class Giver:
    """A teacher of a subject of a class: the assignment, and the periods of each week."""

    teaching: TeachingAssignment
    weeks: tuple[int, ...]
    is_said: bool
    """Whether the periods were said; else they are what the plan leaves."""


@dataclass(slots=True)
class SubjectPlan:
    """A subject in the plan of a class, with who gives it."""

    row: ClassSubject
    terms: tuple[int, int]
    givers: list[Giver] = field(default_factory=list)

    @property
    def weekly(self) -> tuple[int | None, ...]:
        """Return the periods a week of each term; None where they differ."""
        return weekly(self.row.weeks, self.terms)

    @property
    def uncovered(self) -> tuple[int, int]:
        """Return the most periods of a week that nobody gives, and that are too many."""
        return uncovered(self.row.weeks, [one.weeks for one in self.givers])


@dataclass(slots=True)
class ClassPlan:
    """The plan of a class: its subjects in the programme's order, and what is wrong."""

    room: HomeroomClass
    frame: Frame | None
    subjects: list[SubjectPlan] = field(default_factory=list)
    faults: list[PlanFault] = field(default_factory=list)
    carried: list[Carried] = field(default_factory=list)
    """The combinations of its pupils, where they are known."""

    @property
    def annual(self) -> int:
        """Return the periods of a year that a pupil has: the most of any combination."""
        return max(sum(one.row.annual for one in part) for part in self._learnt())

    @property
    def week_totals(self) -> list[int]:
        """Return the periods that a pupil has in each week: the most of any combination."""
        return [
            max(
                sum(one.row.weeks[week] for one in part if week < len(one.row.weeks))
                for part in self._learnt()
            )
            for week in range(sum(terms_of(self.frame)))
        ]

    @property
    def weekly(self) -> list[int]:
        """Return the most periods of a week in each term."""
        told, first, totals = [], 0, self.week_totals
        for length in terms_of(self.frame):
            told.append(max(totals[first : first + length], default=0))
            first += length
        return told

    def _learnt(self) -> list[list[SubjectPlan]]:
        """Return what a pupil learns, for each combination; all there is where one is carried."""
        if len(self.carried) < 2:
            return [self.subjects]
        return [
            [
                one
                for one in self.subjects
                if one.row.kind not in FOLLOWING
                or (one.row.subject_name, one.row.kind) in each.asking.learns
            ]
            for each in self.carried
        ]


def terms_of(frame: Frame | None) -> tuple[int, int]:
    """Return the weeks of each term."""
    return frame.terms if frame else USUAL_TERMS


def class_plans(
    *,
    actor: Actor,
    school: School,
    year: AcademicYear,
    on: date,
    permission: Permission = VIEW_PLANS,
) -> list[ClassPlan]:
    """Return the plans of a school's classes in a year, with who teaches on a day: four queries.

    Two more at schools whose pupils choose combinations.
    """
    rooms = class_names(actor=actor, year=year, on=on, permission=permission).filter(school=school)
    found = list(rooms.select_related("grade_level", "academic_year"))
    subjects = ClassSubject.objects.visible_to(actor, permission).filter(
        homeroom_class_id__in=[room.pk for room in found]
    )
    rows = list(subjects.order_by("pk"))
    by_room: defaultdict[int, list[ClassSubject]] = defaultdict(list)
    for row in rows:
        by_room[row.homeroom_class_id].append(row)
    givers = givers_of(rows, on=on)
    opening = opening_day(year)
    choosing = [room.pk for room in found if room.grade_level.level == CHOOSING]
    carried = carried_by(choosing, on) if choosing else {}
    return [
        _plan(room, by_room[room.pk], givers, opening, carried.get(room.pk, [])) for room in found
    ]


def givers_of(subjects: Iterable[ClassSubject], *, on: date) -> dict[int, list[Giver]]:
    """Return who gives each of these subjects on a day, by subject: two queries."""
    found = list(subjects)
    room_ids = {one.homeroom_class_id for one in found}
    said = _said({one.pk for one in found})
    by_name: defaultdict[tuple[int, str], list[TeachingAssignment]] = defaultdict(list)
    rows = TeachingAssignment.objects.unscoped(because=BECAUSE).filter(
        in_force(on), homeroom_class_id__in=room_ids
    )
    for row in rows.select_related("person", "staff_member").order_by("starts_on", "pk"):
        by_name[row.homeroom_class_id, row.subject_name].append(row)
    told: dict[int, list[Giver]] = {}
    for one in found:
        teachers = by_name[one.homeroom_class_id, one.subject_name]
        weeks = [said.get((one.pk, row.pk)) for row in teachers]
        given = assigned_weeks(one.weeks, weeks)
        told[one.pk] = [
            Giver(row, part, was is not None)
            for row, part, was in zip(teachers, given, weeks, strict=True)
        ]
    return told


def planned_periods(
    levels: Mapping[int, str], *, year: AcademicYear, on: date
) -> dict[tuple[int, str], int]:
    """Return the most periods of a week of each subject in the term of a day, by class and subject.

    The classes are named with their levels; whoever asks reached them through a scope.
    """
    found: defaultdict[tuple[int, str], int] = defaultdict(int)
    opening = opening_day(year)
    spans = {level: _span(level, opening, on) for level in set(levels.values())}
    rows = ClassSubject.objects.unscoped(because=BECAUSE).filter(homeroom_class_id__in=levels)
    for row in rows.order_by("pk"):
        first, after = spans[levels[row.homeroom_class_id]]
        found[row.homeroom_class_id, row.subject_name] += max(row.weeks[first:after], default=0)
    return {key: count for key, count in found.items() if count}


def _span(level: str, opening: date, on: date) -> tuple[int, int]:
    """Return the weeks of the term of a day: the first, and the one after the last."""
    first, second = terms_of(frame_of(level, opening))
    term = term_on(on, level=level)
    return (first, first + second) if term is not None and term.number > 1 else (0, first)


def get_subject_for(actor: Actor, uuid: UUID, permission: Permission) -> ClassSubject:
    """Return a subject of a class with this uuid, or raise `NotFound`."""
    rows = ClassSubject.objects.visible_to(actor, permission)
    return rows.select_related(
        "homeroom_class__school", "homeroom_class__grade_level", "homeroom_class__academic_year"
    ).one(uuid)


def _said(subject_ids: Collection[int]) -> dict[tuple[int, int], Sequence[int]]:
    rows = AssignedPeriods.objects.unscoped(because=BECAUSE)
    return {
        (row.class_subject_id, row.teaching_id): row.weeks
        for row in rows.filter(class_subject_id__in=subject_ids)
    }


def _plan(
    room: HomeroomClass,
    rows: list[ClassSubject],
    givers: dict[int, list[Giver]],
    opening: date,
    carried: list[Carried],
) -> ClassPlan:
    level, code = room.grade_level.level, room.grade_level.code
    frame = frame_of(level, opening)
    plan = ClassPlan(room, frame, carried=carried)
    plan.subjects = [SubjectPlan(row, terms_of(frame), givers.get(row.pk, [])) for row in rows]
    if frame is not None and rows and code.isdigit():
        planned = [Planned(row.subject_name, row.kind, tuple(row.weeks)) for row in rows]
        asked = asked_of(int(code), opening)
        chosen, clusters = choices_of(frame, asked)
        plan.faults = plan_faults(
            asked,
            planned,
            weeks=frame.weeks,
            chosen=chosen,
            clusters=clusters,
            tutoring=frame.tutoring,
            combinations=[one.asking for one in carried],
        )
    return plan
