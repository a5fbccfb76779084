"""Keeping the combinations that a school offers, and what follows from them for classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record, write_new
from khuevan.registry.choices import audit_codes
from khuevan.registry.choices.errors import (
    CombinationInUse,
    CombinationNamed,
    CombinationUnfit,
)
from khuevan.registry.choices.models import (
    Combination,
    CombinationClass,
    PupilCombination,
    WishList,
)
from khuevan.registry.choices.permissions import MANAGE_CHOICES
from khuevan.registry.choices.selectors.combinations import faults_of, learnt_in
from khuevan.registry.curriculum.api import follow_choices
from khuevan.registry.schools.api import AcademicYear, GradeLevel, HomeroomClass, School

BECAUSE = "of a school whose combinations the actor keeps"


@dataclass(frozen=True, slots=True)
class CombinationData:
    """What is said of a combination."""

    name: str
    options: Sequence[str]
    clusters: Sequence[str]
    capacity: int
    class_ids: Collection[int] = ()


@transaction.atomic
def make_combination(
    *,
    actor: Actor,
    school: School,
    year: AcademicYear,
    grade: GradeLevel,
    data: CombinationData,
    now: datetime,
) -> Combination:
    """Offer a combination to a grade in a year.

    :raises NotFound: when the actor keeps no combinations of this school
    :raises CombinationUnfit: when the programme doesn't allow it
    :raises CombinationNamed:
    """
    if school.pk not in actor.reach(MANAGE_CHOICES, "school"):
        raise NotFound
    row = Combination(school=school, academic_year=year, grade_level=grade)
    _say(row, data)
    _told(audit_codes.COMBINATION_KEPT, actor, row, now)
    return row


@transaction.atomic
def change_combination(
    *, actor: Actor, uuid: UUID, data: CombinationData, now: datetime
) -> Combination:
    """Change a combination: its subjects only until somebody ranked or learns it.

    :raises CombinationUnfit, CombinationNamed, CombinationInUse:
    """
    row = _locked(actor, uuid)
    same = (sorted(row.options), sorted(row.clusters)) == (
        sorted(data.options),
        sorted(data.clusters),
    )
    if not same and _in_use(row):
        raise CombinationInUse(name=row.name)
    _say(row, data)
    _told(audit_codes.COMBINATION_KEPT, actor, row, now)
    return row


@transaction.atomic
def close_combination(*, actor: Actor, uuid: UUID, on: date, now: datetime) -> Combination:
    """Offer a combination no longer; who learns it goes on, wishes for it count no more."""
    row = _locked(actor, uuid)
    if row.closed_on is None:
        row.closed_on = on
        row.save(update_fields=["closed_on"])
        _told(audit_codes.COMBINATION_CLOSED, actor, row, now)
    return row


@transaction.atomic
def plans_follow(*, actor: Actor, school: School, year: AcademicYear, now: datetime) -> list[str]:
    """Let the plans of classes that carry combinations have their subjects and clusters.

    :return: what stays in a plan because somebody teaches it
    """
    if school.pk not in actor.reach(MANAGE_CHOICES, "school"):
        raise NotFound
    rows = CombinationClass.objects.unscoped(because=BECAUSE).filter(
        school=school, combination__academic_year=year, combination__closed_on__isnull=True
    )
    carried: defaultdict[int, list[Combination]] = defaultdict(list)
    for row in rows.select_related("combination"):
        carried[row.homeroom_class_id].append(row.combination)
    wanted = {room_id: learnt_in(found) for room_id, found in carried.items()}
    kept = follow_choices(actor=actor, school=school, wanted=wanted, now=now)
    record(
        audit_codes.PLANS_FOLLOW,
        actor=actor,
        at=now,
        unit_id=school.pk,
        details={"count": len(wanted)},
    )
    return kept


def _say(row: Combination, data: CombinationData) -> None:
    row.name, row.capacity = data.name, data.capacity
    row.options, row.clusters = list(data.options), list(data.clusters)
    faults = faults_of(row)
    if faults:
        raise CombinationUnfit(faults="; ".join(faults))
    rooms = list(
        HomeroomClass.objects.unscoped(because=BECAUSE).filter(
            pk__in=data.class_ids,
            school_id=row.school_id,
            academic_year_id=row.academic_year_id,
            grade_level_id=row.grade_level_id,
        )
    )
    if len(rooms) != len(set(data.class_ids)):
        raise NotFound
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise CombinationNamed(name=data.name) from error
    standing = CombinationClass.objects.unscoped(because=BECAUSE).filter(combination=row)
    standing.exclude(homeroom_class__in=rooms).delete()
    there = set(standing.values_list("homeroom_class_id", flat=True))
    write_new(
        [
            CombinationClass(school_id=row.school_id, combination=row, homeroom_class=room)
            for room in rooms
            if room.pk not in there
        ]
    )


def _in_use(row: Combination) -> bool:
    wished = WishList.objects.unscoped(because=BECAUSE).filter(
        school_id=row.school_id, combination_ids__contains=[row.pk]
    )
    learnt = PupilCombination.objects.unscoped(because=BECAUSE).filter(combination=row)
    return wished.exists() or learnt.exists()


def _locked(actor: Actor, uuid: UUID) -> Combination:
    rows = Combination.objects.visible_to(actor, MANAGE_CHOICES)
    return (
        rows.select_related("academic_year", "grade_level")
        .select_for_update(no_key=True, of=("self",))
        .one(uuid)
    )


def _told(code: str, actor: Actor, row: Combination, now: datetime) -> None:
    record(
        code,
        actor=actor,
        at=now,
        target=row,
        unit_id=row.school_id,
        details={"name": row.name, "count": row.capacity},
    )
