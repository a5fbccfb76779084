"""Groups of a grade made from the combinations of its pupils."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force
from khuevan.platform.audit.api import record
from khuevan.registry.choices import audit_codes
from khuevan.registry.choices.group_plan import (
    ProposedGroup,
    Pupil,
    StandingGroup,
    placing_of,
)
from khuevan.registry.choices.models import CombinationClass, PupilCombination
from khuevan.registry.choices.permissions import MANAGE_CHOICES
from khuevan.registry.choices.selectors.combinations import learnt_in, sitting
from khuevan.registry.curriculum.api import (
    Group,
    GroupData,
    PlanKind,
    TeachingGroup,
    groups_of,
    make_group,
    set_group_pupils,
)
from khuevan.registry.schools.api import AcademicYear, GradeLevel, School
from khuevan.registry.staff.api import subject_label

BECAUSE = "of a school whose combinations the actor keeps"


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it: groups made, pupils who went into or out of one, who is left to place."""

    groups: int = 0
    moved: int = 0
    left: int = 0

    def __add__(self, other: Made) -> Made:
        """Return both together."""
        return Made(self.groups + other.groups, self.moved + other.moved, self.left + other.left)


@transaction.atomic
def make_groups(
    *,
    actor: Actor,
    school: School,
    year: AcademicYear,
    grade: GradeLevel,
    on: date,
    now: datetime,
) -> Made:
    """Make the groups that the combinations of a grade's pupils ask for and that are not there.

    Where groups of the subject stand, pupils who learn it no longer leave them, and who learns it
    now comes into the smallest one of the own class. Pupils whose class doesn't carry their
    combination are in none: they are moved to another class, or their class is to carry it.

    :raises GroupUnplanned: when the plans of the classes don't follow the combinations yet
    """
    if school.pk not in actor.reach(MANAGE_CHOICES, "school"):
        raise NotFound
    rows = (
        TeachingGroup.objects.unscoped(because=BECAUSE)
        .filter(school=school, academic_year=year, classes__homeroom_class__grade_level=grade)
        .distinct()
        .select_related("person")
        .order_by("pk")
    )
    there = groups_of(list(rows), on=on)
    placing = placing_of([_as_standing(one) for one in there], _pupils(school, year, grade, on))
    moved = _fill(actor, there, placing.pupils, on, now)
    for each in placing.new:
        group = make_group(actor=actor, school=school, year=year, data=_data(each, grade), now=now)
        set_group_pupils(actor=actor, uuid=group.uuid, student_ids=each.pupils, on=on, now=now)
    if placing.new or moved:
        record(
            audit_codes.GROUPS_MADE,
            actor=actor,
            at=now,
            unit_id=school.pk,
            details={"count": len(placing.new)},
        )
    return Made(len(placing.new), moved, placing.left)


def _as_standing(one: Group) -> StandingGroup:
    return StandingGroup(
        one.id, (one.subject_name, one.kind), frozenset(one.class_ids), frozenset(one.student_ids)
    )


def _fill(
    actor: Actor, there: list[Group], keep: Mapping[int, set[int]], on: date, now: datetime
) -> int:
    """Write who is in the groups that stand, leavers first; return how many went in or out."""
    moved = 0
    for one in there:
        gone = one.student_ids - keep[one.id]
        if gone:
            moved += len(gone)
            stay = one.student_ids - gone
            set_group_pupils(actor=actor, uuid=one.uuid, student_ids=stay, on=on, now=now)
    for one in there:
        come = keep[one.id] - one.student_ids
        if come:
            moved += len(come)
            set_group_pupils(actor=actor, uuid=one.uuid, student_ids=keep[one.id], on=on, now=now)
    return moved


def _pupils(school: School, year: AcademicYear, grade: GradeLevel, on: date) -> dict[int, Pupil]:
    """Return the pupils whose class carries their combination."""
    placed = sitting(school_id=school.pk, year_id=year.pk, grade_id=grade.pk, on=on)
    held = PupilCombination.objects.unscoped(because=BECAUSE).filter(
        in_force(on), student_id__in=[row.student_id for row in placed]
    )
    carried = set(
        CombinationClass.objects.unscoped(because=BECAUSE)
        .filter(homeroom_class__in={row.homeroom_class_id for row in placed})
        .values_list("homeroom_class_id", "combination_id")
    )
    learns = {row.student_id: row.combination for row in held.select_related("combination")}
    return {
        row.student_id: Pupil(
            row.student_id,
            row.homeroom_class_id,
            frozenset(learnt_in([learns[row.student_id]])),
        )
        for row in placed
        if row.student_id in learns
        and (row.homeroom_class_id, learns[row.student_id].pk) in carried
    }


def _data(one: ProposedGroup, grade: GradeLevel) -> GroupData:
    words = {"subject": subject_label(one.subject), "grade": grade.code}
    name = (
        _("%(subject)s topics, grade %(grade)s")
        if one.kind == PlanKind.CLUSTER
        else _("%(subject)s, grade %(grade)s")
    )
    block = _("Option block %(number)s, grade %(grade)s")
    said = {"number": one.block, "grade": grade.code}
    return GroupData(
        (name % words)[:60],
        one.subject,
        one.kind,
        sorted(one.rooms),
        block % said if one.block else "",
    )
