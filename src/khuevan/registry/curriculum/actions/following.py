"""Plans of classes that follow what their pupils chose."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record, write_new
from khuevan.registry.curriculum import audit_codes
from khuevan.registry.curriculum.actions.plans import BECAUSE, build_subject
from khuevan.registry.curriculum.models import ClassSubject, PlanKind
from khuevan.registry.curriculum.offered import plan_of
from khuevan.registry.curriculum.permissions import MANAGE_PLANS
from khuevan.registry.curriculum.plan_rules import FOLLOWING
from khuevan.registry.curriculum.programme import opening_day
from khuevan.registry.schools.api import HomeroomClass, School
from khuevan.registry.staff.api import TeachingAssignment

Learnt = tuple[str, str]


@transaction.atomic
def follow_choices(
    *,
    actor: Actor,
    school: School,
    wanted: Mapping[int, Collection[Learnt]],
    now: datetime,
) -> list[str]:
    """Let the plans of classes have exactly these chosen subjects and clusters.

    :param wanted: (subject, kind) by class
    :return: "class: subject" for what stays because somebody teaches it
    :raises NotFound: when the actor doesn't plan at this school
    """
    if school.pk not in actor.reach(MANAGE_PLANS, "school"):
        raise NotFound
    rooms = {
        room.pk: room
        for room in HomeroomClass.objects.unscoped(because=BECAUSE)
        .filter(school=school, pk__in=wanted)
        .select_related("academic_year", "grade_level")
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    }
    rows = list(
        ClassSubject.objects.unscoped(because=BECAUSE)
        .filter(homeroom_class_id__in=rooms, kind__in=FOLLOWING)
        .order_by("pk")
    )
    there = {(row.homeroom_class_id, row.subject_name, row.kind) for row in rows}
    gone, kept = _no_longer_learnt(rows, wanted)
    new = [
        row
        for room_id, learnt in wanted.items()
        if room_id in rooms
        for row in _rows(rooms[room_id], learnt)
        if (room_id, row.subject_name, row.kind) not in there
    ]
    ClassSubject.objects.unscoped(because=BECAUSE).filter(pk__in=[row.pk for row in gone]).delete()
    write_new(new)
    if new or gone:
        details = {"count": len(new) + len(gone)}
        record(audit_codes.PLANS_FOLLOW, actor=actor, at=now, unit_id=school.pk, details=details)
    return [f"{rooms[row.homeroom_class_id].name}: {row.subject_label}" for row in kept]


def _rows(room: HomeroomClass, learnt: Collection[Learnt]) -> list[ClassSubject]:
    if not room.grade_level.code.isdigit():
        return []
    planned = plan_of(
        int(room.grade_level.code),
        room.grade_level.level,
        opening_day(room.academic_year),
        sorted(name for name, kind in learnt if kind == PlanKind.CHOSEN),
        sorted(name for name, kind in learnt if kind == PlanKind.CLUSTER),
    )
    return [
        build_subject(room, one.subject, one.kind, one.weeks)
        for one in planned
        if one.kind in FOLLOWING
    ]


def _no_longer_learnt(
    rows: Collection[ClassSubject], wanted: Mapping[int, Collection[Learnt]]
) -> tuple[list[ClassSubject], list[ClassSubject]]:
    """Return what goes because it is no longer learnt, and what stays: somebody teaches it."""
    found = [
        row for row in rows if (row.subject_name, row.kind) not in wanted[row.homeroom_class_id]
    ]
    teachers = TeachingAssignment.objects.unscoped(because=BECAUSE).filter(
        homeroom_class_id__in={row.homeroom_class_id for row in found}
    )
    taught = set(teachers.values_list("homeroom_class_id", "subject_name"))
    kept = [row for row in found if (row.homeroom_class_id, row.subject_name) in taught]
    return [row for row in found if row not in kept], kept
