"""Giving the subjects of many classes at once: plans that follow, teachers, periods of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record, write_new
from khuevan.registry.curriculum import audit_codes
from khuevan.registry.curriculum.actions.answering import name_responsible
from khuevan.registry.curriculum.actions.plans import build_subject
from khuevan.registry.curriculum.errors import MoreThanPlanned, PeriodsUnfit
from khuevan.registry.curriculum.giving_rules import (
    Weeks,
    added_up,
    over_and_short,
    replanned,
    share_out,
)
from khuevan.registry.curriculum.models import MOST_A_WEEK, AssignedPeriods, ClassSubject
from khuevan.registry.curriculum.permissions import MANAGE_PLANS
from khuevan.registry.curriculum.plans import kind_in_programme
from khuevan.registry.curriculum.programme import opening_day
from khuevan.registry.schools.api import AcademicYear, HomeroomClass, School
from khuevan.registry.staff.api import MANAGE_STAFF, give_lessons, subject_label

BECAUSE = "of classes whose lessons the actor gives"
Lesson = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who gives a subject of a class: for each member of the staff the periods of each week."""

    room_id: int
    subject_name: str
    given: Mapping[int, Weeks]
    replans: bool = False
    """Let the plan have as many periods as are given; a class without a plan gets it from these."""
    answers: int | None = None
    """Who of several answers for the marks, where that is said."""

    @property
    def lesson(self) -> Lesson:
        """Return the class and the subject."""
        return self.room_id, self.subject_name

    @property
    def total(self) -> Weeks:
        """Return the periods of each week of all teachers together."""
        return added_up(list(self.given.values()))


@transaction.atomic
def give_many(
    *,
    actor: Actor,
    school: School,
    year: AcademicYear,
    wanted: Sequence[Wanted],
    on: date,
    now: datetime,
) -> None:
    """Let exactly these teachers give these subjects from a day on, with these periods.

    The number of queries does not grow with the list.

    :raises NotFound: when the actor doesn't manage the staff, or doesn't plan where plans change
    :raises MoreThanPlanned: when a plan has fewer periods than are given, and is not to follow
    :raises PeriodsUnfit: when a week would have too many periods of one subject
    :raises SchoolClosed, OutsideTheYear, NotOnStaff: as `staff` has it
    """
    room_ids = {one.room_id for one in wanted}
    reached = HomeroomClass.objects.visible_to(actor, MANAGE_STAFF).filter(
        pk__in=room_ids, school=school, academic_year=year
    )
    rooms = {room.pk: room for room in reached.select_related("grade_level")}
    if len(rooms) != len(room_ids):
        raise NotFound
    parts = _parts(room_ids)
    changed = _follow(actor, school, wanted, parts, rooms, year)
    for one in wanted:
        _require_fit(one, parts[one.lesson], rooms[one.room_id])
    if changed:
        record(
            audit_codes.PLANS_FOLLOW,
            actor=actor,
            at=now,
            unit_id=school.pk,
            details={"count": changed},
        )
    told = give_lessons(
        actor=actor,
        school=school,
        year=year,
        wanted={one.lesson: list(one.given) for one in wanted},
        on=on,
        now=now,
    )
    teachings = {key: (row.pk, row.person_id) for key, row in told.teachings.items()}
    _write_periods(wanted, parts, teachings, school)
    people = {key[2]: row.person_id for key, row in told.teachings.items()}
    named = {
        one.lesson: (one.answers, people[one.answers]) for one in wanted if one.answers is not None
    }
    name_responsible(school_id=school.pk, named=named, on=on)


def _parts(room_ids: set[int]) -> defaultdict[Lesson, list[ClassSubject]]:
    rows = ClassSubject.objects.unscoped(because=BECAUSE).filter(homeroom_class_id__in=room_ids)
    found: defaultdict[Lesson, list[ClassSubject]] = defaultdict(list)
    for row in rows.select_for_update(no_key=True, of=("self",)).order_by("pk"):
        found[row.homeroom_class_id, row.subject_name].append(row)
    return found


def _follow(
    actor: Actor,
    school: School,
    wanted: Sequence[Wanted],
    parts: defaultdict[Lesson, list[ClassSubject]],
    rooms: Mapping[int, HomeroomClass],
    year: AcademicYear,
) -> int:
    """Let plans follow what is given where that is ordered; return how many subjects changed."""
    new: list[ClassSubject] = []
    changed: list[ClassSubject] = []
    for one in wanted:
        if not one.replans:
            continue
        held = parts[one.lesson]
        if not held:
            room = rooms[one.room_id]
            kind = kind_in_programme(room.grade_level.code, one.subject_name, opening_day(year))
            new.append(build_subject(room, one.subject_name, kind, one.total))
            parts[one.lesson] = [new[-1]]
            continue
        for row, weeks in zip(held, replanned([row.weeks for row in held], one.total), strict=True):
            if tuple(row.weeks) != weeks:
                row.weeks, row.annual = list(weeks), sum(weeks)
                changed.append(row)
    if (new or changed) and school.pk not in actor.reach(MANAGE_PLANS, "school"):
        raise NotFound
    write_new(new)
    if changed:
        ClassSubject.objects.unscoped(because=BECAUSE).bulk_update(changed, ["weeks", "annual"])
    return len(new) + len(changed)


def _require_fit(one: Wanted, parts: Sequence[ClassSubject], room: HomeroomClass) -> None:
    if not parts:
        raise MoreThanPlanned(
            room=room.name,
            subject=subject_label(one.subject_name),
            planned=0,
            given=max(one.total, default=0),
        )
    if any(week > MOST_A_WEEK for row in parts for week in row.weeks):
        raise PeriodsUnfit(most=MOST_A_WEEK)
    planned = added_up([row.weeks for row in parts])
    over, _short = over_and_short(planned, one.total)
    if over:
        raise MoreThanPlanned(
            room=room.name,
            subject=subject_label(one.subject_name),
            planned=max(planned),
            given=max(one.total),
        )


def _write_periods(
    wanted: Sequence[Wanted],
    parts: Mapping[Lesson, Sequence[ClassSubject]],
    teachings: Mapping[tuple[int, str, int], tuple[int, int]],
    school: School,
) -> None:
    """Say who gives how much where that is not all the plan has, and nothing elsewhere."""
    asked: dict[tuple[int, int], AssignedPeriods] = {}
    for one in wanted:
        rows = parts[one.lesson]
        planned = added_up([row.weeks for row in rows])
        if len(one.given) == 1 and one.total == planned:
            continue
        shares = share_out(list(one.given.values()), [row.weeks for row in rows])
        for member, share in zip(one.given, shares, strict=True):
            teaching_id, person_id = teachings[one.room_id, one.subject_name, member]
            for row, weeks in zip(rows, share, strict=True):
                asked[row.pk, teaching_id] = AssignedPeriods(
                    school_id=school.pk,
                    homeroom_class_id=one.room_id,
                    class_subject_id=row.pk,
                    teaching_id=teaching_id,
                    person_id=person_id,
                    weeks=list(weeks),
                )
    _bring_about(asked, {row.pk for one in wanted for row in parts[one.lesson]}, teachings)


def _bring_about(
    asked: Mapping[tuple[int, int], AssignedPeriods],
    subject_ids: set[int],
    teachings: Mapping[tuple[int, str, int], tuple[int, int]],
) -> None:
    rows = AssignedPeriods.objects.unscoped(because=BECAUSE)
    held = {
        (row.class_subject_id, row.teaching_id): row
        for row in rows.filter(
            class_subject_id__in=subject_ids,
            teaching_id__in=[pk for pk, _person in teachings.values()],
        ).select_for_update(no_key=True, of=("self",))
    }
    gone = [row.pk for key, row in held.items() if key not in asked]
    if gone:
        rows.filter(pk__in=gone).delete()
    changed = []
    for key, row in held.items():
        if key in asked and list(row.weeks) != list(asked[key].weeks):
            row.weeks = asked[key].weeks
            changed.append(row)
    if changed:
        AssignedPeriods.objects.unscoped(because=BECAUSE).bulk_update(changed, ["weeks"])
    write_new([row for key, row in asked.items() if key not in held])
