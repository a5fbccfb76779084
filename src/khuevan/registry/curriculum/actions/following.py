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
    kept = _remove(rows, wanted)
    new = [
        row
        for room_id, learnt in wanted.items()
        if room_id in rooms
        for row in _rows(rooms[room_id], learnt)
        if (room_id, row.subject_name, row.kind) not in there
    ]
    write_new(new)
    if new or rows:
        details = {"count": len(new)}
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


def _remove(
    rows: Collection[ClassSubject], wanted: Mapping[int, Collection[Learnt]]
) -> list[ClassSubject]:
    """Remove what is no longer learnt; return what stays because somebody teaches it."""
    gone = [
        row for row in rows if (row.subject_name, row.kind) not in wanted[row.homeroom_class_id]
    ]
    teachers = TeachingAssignment.objects.unscoped(because=BECAUSE).filter(
        homeroom_class_id__in={row.homeroom_class_id for row in gone}
    )
    taught = set(teachers.values_list("homeroom_class_id", "subject_name"))
    kept = [row for row in gone if (row.homeroom_class_id, row.subject_name) in taught]
    for row in gone:
        if row not in kept:
            row.delete()
    return kept
