"""Groups of a grade made from the combinations of its pupils."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force
from khuevan.platform.audit.api import record
from khuevan.registry.choices import audit_codes
from khuevan.registry.choices.group_plan import ProposedGroup, Pupil, proposed_groups
from khuevan.registry.choices.models import PupilCombination
from khuevan.registry.choices.permissions import MANAGE_CHOICES
from khuevan.registry.choices.selectors.combinations import learnt_in, sitting
from khuevan.registry.curriculum.api import (
    GroupData,
    PlanKind,
    TeachingGroup,
    make_group,
    set_group_pupils,
)
from khuevan.registry.schools.api import AcademicYear, GradeLevel, School
from khuevan.registry.staff.api import subject_label

BECAUSE = "of a school whose combinations the actor keeps"


@transaction.atomic
def make_groups(
    *,
    actor: Actor,
    school: School,
    year: AcademicYear,
    grade: GradeLevel,
    on: date,
    now: datetime,
) -> int:
    """Make the groups that the combinations of a grade's pupils ask for and that are not there.

    A group of the same subject and kind of these classes that stands already is left as it is.

    :return: how many were made
    :raises GroupUnplanned: when the plans of the classes don't follow the combinations yet
    """
    if school.pk not in actor.reach(MANAGE_CHOICES, "school"):
        raise NotFound
    wanted = proposed_groups(_pupils(school, year, grade, on))
    there = set(
        TeachingGroup.objects.unscoped(because=BECAUSE)
        .filter(school=school, academic_year=year, classes__homeroom_class__grade_level=grade)
        .values_list("subject_name", "kind")
    )
    new = [one for one in wanted if (one.subject, one.kind) not in there]
    for one in new:
        group = make_group(actor=actor, school=school, year=year, data=_data(one, grade), now=now)
        set_group_pupils(actor=actor, uuid=group.uuid, student_ids=one.pupils, on=on, now=now)
    if new:
        record(
            audit_codes.GROUPS_MADE,
            actor=actor,
            at=now,
            unit_id=school.pk,
            details={"count": len(new)},
        )
    return len(new)


def _pupils(school: School, year: AcademicYear, grade: GradeLevel, on: date) -> dict[int, Pupil]:
    placed = sitting(school_id=school.pk, year_id=year.pk, grade_id=grade.pk, on=on)
    held = PupilCombination.objects.unscoped(because=BECAUSE).filter(
        in_force(on), student_id__in=[row.student_id for row in placed]
    )
    learns = {
        row.student_id: frozenset(learnt_in([row.combination]))
        for row in held.select_related("combination")
    }
    return {
        row.student_id: Pupil(row.student_id, row.homeroom_class_id, learns[row.student_id])
        for row in placed
        if row.student_id in learns
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
