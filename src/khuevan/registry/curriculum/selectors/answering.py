"""Reading who answers for the marks of each subject of a class, as on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from khuevan.kernel.periods import in_force
from khuevan.registry.curriculum.giving_rules import answering
from khuevan.registry.curriculum.models import ClassSubject, ResponsibleTeacher
from khuevan.registry.curriculum.selectors.plans import ClassPlan, givers_of
from khuevan.registry.staff.api import StaffMember, TeachingAssignment

BECAUSE = "of classes that the caller reached"
Lesson = tuple[int, str]
"""A class and a subject."""


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who answers for the marks of a subject of a class."""

    member: StaffMember
    is_settled: bool
    """Whether somebody said so, or nobody else teaches it; else it is who gives most of it."""


def responsible_for(room_ids: Collection[int], *, on: date) -> dict[Lesson, Responsible]:
    """Return who answers for the marks of each subject that is taught in some classes on a day.

    Exactly one for each class and subject that anybody teaches. Five queries.
    """
    rows = TeachingAssignment.objects.unscoped(because=BECAUSE).filter(
        in_force(on), homeroom_class_id__in=room_ids
    )
    subjects = ClassSubject.objects.unscoped(because=BECAUSE).filter(homeroom_class_id__in=room_ids)
    given: defaultdict[Lesson, dict[int, int]] = defaultdict(dict)
    members: dict[int, StaffMember] = {}
    for row in rows.select_related("staff_member__person").order_by("starts_on", "pk"):
        given[row.homeroom_class_id, row.subject_name][row.staff_member_id] = 0
        members[row.staff_member_id] = row.staff_member
    for givers in givers_of(subjects, on=on).values():
        for one in givers:
            row = one.teaching
            lesson = row.homeroom_class_id, row.subject_name
            given[lesson][row.staff_member_id] += sum(one.weeks)
    return _told(given, members, _named(room_ids, on))


def answering_in(plans: Iterable[ClassPlan], *, on: date) -> dict[Lesson, Responsible]:
    """Return the same of plans that are read already: one query."""
    given: defaultdict[Lesson, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    members: dict[int, StaffMember] = {}
    for plan in plans:
        for subject in plan.subjects:
            for one in subject.givers:
                member = one.teaching.staff_member
                given[plan.room.pk, subject.row.subject_name][member.pk] += sum(one.weeks)
                members[member.pk] = member
    return _told(given, members, _named({room_id for room_id, _name in given}, on))


def _named(room_ids: Collection[int], on: date) -> dict[Lesson, int]:
    rows = ResponsibleTeacher.objects.unscoped(because=BECAUSE).filter(
        in_force(on), homeroom_class_id__in=room_ids
    )
    return {(one.homeroom_class_id, one.subject_name): one.staff_member_id for one in rows}


def _told(
    given: Mapping[Lesson, Mapping[int, int]],
    members: Mapping[int, StaffMember],
    named: Mapping[Lesson, int],
) -> dict[Lesson, Responsible]:
    found = {lesson: answering(by, named.get(lesson)) for lesson, by in given.items()}
    return {lesson: Responsible(members[one[0]], one[1]) for lesson, one in found.items() if one}
