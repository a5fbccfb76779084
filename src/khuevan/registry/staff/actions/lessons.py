"""Giving the lessons of many classes at once: who gives a subject of a class, and nobody else."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force, not_over
from khuevan.platform.audit.api import record, write_new
from khuevan.registry.schools.api import AcademicYear, HomeroomClass, School
from khuevan.registry.staff import audit_codes
from khuevan.registry.staff.checks import require_in_year, require_open
from khuevan.registry.staff.errors import NotOnStaff
from khuevan.registry.staff.facts import TEACHING, refresh_grants
from khuevan.registry.staff.models import Appointment, StaffMember, TeachingAssignment
from khuevan.registry.staff.permissions import MANAGE_STAFF
from khuevan.ui.formats import day as written

BECAUSE = "lessons of a school whose staff the actor manages"
Lesson = tuple[int, str]
"""A class, by id, and a subject."""
Given = tuple[int, str, int]
"""A class, a subject, and a member of the staff."""


@dataclass(frozen=True, slots=True)
class LessonsGiven:
    """Who now gives what was asked for, and how many assignments that changed."""

    teachings: dict[Given, TeachingAssignment]
    begun: int
    ended: int


@transaction.atomic
def give_lessons(
    *,
    actor: Actor,
    school: School,
    year: AcademicYear,
    wanted: Mapping[Lesson, Collection[int]],
    on: date,
    now: datetime,
) -> LessonsGiven:
    """Let exactly these members give each of these subjects from a day on, to the year's end.

    Who gives one already goes on; others end. The number of queries does not grow with the list.

    :raises NotFound: when the actor doesn't manage the staff, or a class is not of the school
    :raises SchoolClosed, OutsideTheYear, NotOnStaff:
    """
    if school.pk not in actor.reach(MANAGE_STAFF, "school"):
        raise NotFound
    rooms = _rooms(actor, school, year, {room_id for room_id, _subject in wanted}, on)
    require_open(school, on=on)
    standing = _standing(rooms, wanted, on)
    asked = {(*lesson, member) for lesson, members in wanted.items() for member in members}
    ended = _end([row for key, row in standing.items() if key not in asked], on)
    ends = _ends(school, {member for _room, _subject, member in asked - standing.keys()}, on)
    begun = write_new(
        [
            TeachingAssignment(
                school_id=school.pk,
                homeroom_class_id=room_id,
                staff_member_id=member,
                person_id=ends[member][0],
                subject_name=subject,
                starts_on=on,
                ends_on=_until(ends[member][1], year.ends_on),
            )
            for room_id, subject, member in sorted(asked - standing.keys())
        ]
    )
    _follow(begun, ended)
    if begun or ended:
        record(
            audit_codes.LESSONS_GIVEN,
            actor=actor,
            at=now,
            unit_id=school.pk,
            details={"begun": len(begun), "ended": len(ended)},
        )
    now_given = {key: row for key, row in standing.items() if key in asked}
    now_given |= {_key(row): row for row in begun}
    return LessonsGiven(now_given, len(begun), len(ended))


def _rooms(
    actor: Actor, school: School, year: AcademicYear, ids: Collection[int], on: date
) -> Collection[int]:
    rows = HomeroomClass.objects.visible_to(actor, MANAGE_STAFF).filter(
        pk__in=ids, school=school, academic_year=year
    )
    found = list(rows.select_related("academic_year").select_for_update(no_key=True, of=("self",)))
    if len(found) != len(ids):
        raise NotFound
    if found:
        require_in_year(found[0], on=on)
    return ids


def _standing(
    rooms: Collection[int], wanted: Collection[Lesson], on: date
) -> dict[Given, TeachingAssignment]:
    """Return who gives the subjects on the day or later, locked."""
    rows = (
        TeachingAssignment.objects.unscoped(because=BECAUSE)
        .filter(not_over(on), homeroom_class_id__in=rooms)
        .select_for_update(no_key=True, of=("self",))
        .order_by("-starts_on", "pk")  # the earliest of several stands
    )
    return {_key(row): row for row in rows if (row.homeroom_class_id, row.subject_name) in wanted}


def _key(row: TeachingAssignment) -> Given:
    return row.homeroom_class_id, row.subject_name, row.staff_member_id


def _end(rows: Sequence[TeachingAssignment], on: date) -> list[TeachingAssignment]:
    """End lessons on a day; those that had not begun go."""
    gone = [row.pk for row in rows if row.starts_on >= on]
    TeachingAssignment.objects.unscoped(because=BECAUSE).filter(pk__in=gone).delete()
    over = [row for row in rows if row.starts_on < on]
    TeachingAssignment.objects.unscoped(because=BECAUSE).filter(
        pk__in=[row.pk for row in over]
    ).update(ends_on=on)
    return list(rows)


def _ends(school: School, members: Collection[int], on: date) -> dict[int, tuple[int, date | None]]:
    """Return the person of each member and until when they are on the staff.

    :raises NotOnStaff: when one of them isn't on the day
    """
    rows = Appointment.objects.unscoped(because=BECAUSE).filter(
        not_over(on), staff_member_id__in=members, unit_id=school.pk
    )
    found: dict[int, tuple[int, date | None]] = {}
    for row in rows.filter(in_force(on)):
        _person, end = found.get(row.staff_member_id, (0, on))
        longer = None if end is None or row.ends_on is None else max(end, row.ends_on)
        found[row.staff_member_id] = row.person_id, longer
    for row in rows.exclude(in_force(on)).order_by("starts_on"):
        person_id, end = found.get(row.staff_member_id, (0, None))
        if end is not None and row.starts_on <= end:
            longer = None if row.ends_on is None else max(end, row.ends_on)
            found[row.staff_member_id] = person_id, longer
    if missing := set(members) - found.keys():
        one = StaffMember.objects.unscoped(because=BECAUSE).select_related("person")
        raise NotOnStaff(name=one.get(pk=min(missing)).person.full_name, day=written(on))
    return found


def _until(*ends: date | None) -> date | None:
    return min((end for end in ends if end is not None), default=None)


def _follow(begun: Sequence[TeachingAssignment], ended: Sequence[TeachingAssignment]) -> None:
    """Let what each may see follow from what they give now."""
    members = {row.staff_member_id for row in (*begun, *ended)}
    if members:
        refresh_grants(members, gone=[f"{TEACHING}{row.pk}" for row in ended])
