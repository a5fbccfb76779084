"""Reading who is free to stand in for a lesson on a day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date
from fractions import Fraction

from django.db.models import Q

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import holds, in_force, not_over
from khuevan.registry.curriculum.api import teacher_loads, term_now
from khuevan.registry.schools.api import School, academic_year_on
from khuevan.registry.staff.api import Appointment, StaffLeave, TeachingAssignment
from khuevan.school.timetable.models import DayChange, ScheduledLesson
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.school.timetable.places import Place, place_of
from khuevan.school.timetable.rule_models import Department
from khuevan.school.timetable.selectors.days import HeldLesson, lessons_of_school
from khuevan.school.timetable.selectors.free import place_held
from khuevan.school.timetable.substitutes import Candidate, ranked

BECAUSE = "of a school whose timetable the actor makes"


def candidates_for(
    *, actor: Actor, school: School, lesson: ScheduledLesson, on: date
) -> list[Candidate]:
    """Return who is free at a lesson's time on a day, the best first; who is away is left out."""
    year = academic_year_on(on)
    if year is None:
        return []
    change = DayChange.objects.unscoped(because=BECAUSE).filter(lesson=lesson, on=on).first()
    place = place_of(lesson, on, change)
    busy = _busy(school.pk, lesson, place) | _away(school.pk, place.on)
    givers = _givers(school.pk, year.pk, lesson.subject_name, on)
    stood_in = _stood_in(school.pk, year.starts_on)
    term = term_now(lesson.homeroom_class.grade_level.level, on)
    loads = teacher_loads(actor=actor, school=school, year=year, on=on, term=term)
    return ranked(
        Candidate(
            key=str(one.member.uuid),
            name=one.member.person.full_name,
            is_of_subject=lesson.subject_name in givers.get(one.member.pk, ()),
            over=one.load.over if one.load else Fraction(0),
            limit=one.load.limit if one.load else None,
            stood_in=stood_in[one.member.pk],
            is_of_department=one.member.pk in givers,
        )
        for one in loads
        if one.member.pk not in busy and one.member.pk != lesson.staff_member_id
    )


def lessons_without_teacher(
    *, actor: Actor, school: School, first: date, last: date
) -> list[HeldLesson]:
    """Return the lessons of some days whose teacher is on leave, or left, and nobody stands in."""
    away = list(
        StaffLeave.objects.visible_to(actor, MANAGE_TIMETABLES).filter(
            not_over(first), starts_on__lte=last, school_id=school.pk
        )
    )
    left = _positions_of_leavers(school.pk, last)
    if not away and not left:
        return []
    return [
        held
        for held in lessons_of_school(school.pk, first, last)
        if not held.is_off
        and (
            any(one.staff_member_id == held.member_id and holds(one, held.on) for one in away)
            or _has_left(left.get(held.member_id or 0, ()), held.on)
        )
    ]


def _positions_of_leavers(school_id: int, last: date) -> dict[int, list[Appointment]]:
    """Return the positions at a school of who has lessons there and left until a day: one query."""
    lessons = ScheduledLesson.objects.unscoped(because=BECAUSE).filter(school_id=school_id)
    changes = DayChange.objects.unscoped(because=BECAUSE).filter(school_id=school_id)
    rows = Appointment.objects.unscoped(because=BECAUSE).filter(unit_id=school_id)
    ended = rows.filter(
        Q(staff_member_id__in=lessons.values("staff_member_id"))
        | Q(staff_member_id__in=changes.values("substitute_id")),
        ends_on__lte=last,
    )
    found: defaultdict[int, list[Appointment]] = defaultdict(list)
    for row in rows.filter(staff_member_id__in=ended.values("staff_member_id")):
        found[row.staff_member_id].append(row)
    return found


def _has_left(positions: Collection[Appointment], on: date) -> bool:
    return bool(positions) and not any(holds(one, on) for one in positions)


def _givers(school_id: int, year_id: int, subject: str, on: date) -> dict[int, set[str]]:
    """Return who gives a subject or another one of its department, and which of them: two queries.

    Where a school has named no departments, those who give the subject are the department.
    """
    departments = Department.objects.unscoped(because=BECAUSE).filter(
        school_id=school_id, academic_year_id=year_id, subjects__contains=[subject]
    )
    names = {subject, *(name for one in departments for name in one.subjects)}
    rows = TeachingAssignment.objects.unscoped(because=BECAUSE).filter(
        in_force(on), school_id=school_id, subject_name__in=names
    )
    found: defaultdict[int, set[str]] = defaultdict(set)
    for member_id, name in rows.values_list("staff_member_id", "subject_name"):
        found[member_id].add(name)
    return found


def _busy(school_id: int, lesson: ScheduledLesson, place: Place) -> set[int]:
    """Return the staff members who teach at the time at which a lesson is held."""
    return {
        held.member_id
        for held in lessons_of_school(school_id, place.on)
        if held.member_id is not None
        and not held.is_off
        and held.lesson.pk != lesson.pk
        and place_held(held).meets(place)
    }


def _away(school_id: int, on: date) -> set[int]:
    rows = StaffLeave.objects.unscoped(because=BECAUSE).filter(in_force(on), school_id=school_id)
    return set(rows.values_list("staff_member_id", flat=True))


def _stood_in(school_id: int, since: date) -> Counter[int]:
    rows = DayChange.objects.unscoped(because=BECAUSE).filter(
        school_id=school_id, on__gte=since, substitute__isnull=False
    )
    return Counter(rows.values_list("substitute_id", flat=True))


def change_of(row: ScheduledLesson, on: date) -> DayChange | None:
    """Return what is otherwise of a lesson on a day."""
    return DayChange.objects.unscoped(because=BECAUSE).filter(lesson=row, on=on).first()


def change_key(change: DayChange | None) -> str:
    """Return what names a change of a day, "" where nothing is otherwise."""
    return str(change.uuid) if change is not None else ""
