"""What a homeroom teacher decides on pupils: conduct, absences, what an award needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import HomeroomClass, get_class_for
from khuevan.registry.students.api import ClassPlacement
from khuevan.school.results import audit_codes
from khuevan.school.results.actions.computing import follow_results
from khuevan.school.results.errors import AlreadyApproved, ChangedMeanwhile, NothingSettledBy
from khuevan.school.results.models import Origin, Settlement, Stage, YearResult
from khuevan.school.results.permissions import DECIDE_CONDUCT
from khuevan.school.results.selectors.classes import rules_for, scheme_of

BECAUSE = "of a class that the actor reached"
_LOCK = "SELECT id FROM schools_homeroomclass WHERE id = %s FOR NO KEY UPDATE"
OF_STAGE = {
    "conduct_1": Stage.TERM_1,
    "conduct_2": Stage.YEAR,
    "absent_excused": Stage.YEAR,
    "absent_unexcused": Stage.YEAR,
    "facts": Stage.YEAR,
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided on one pupil, over the version that was seen; 0 where there was none."""

    student: UUID
    base: int
    conduct_1: int | None = None
    conduct_2: int | None = None
    absent_excused: int | None = None
    absent_unexcused: int | None = None
    facts: int = 0


DECIDED = tuple(one.name for one in fields(Decision) if one.name not in {"student", "base"})


@transaction.atomic
def decide_pupils(*, actor: Actor, uuid: UUID, decisions: Sequence[Decision], now: datetime) -> int:
    """Write what a homeroom teacher decided on pupils of a class; return how many changed.

    :raises NotFound: when the class or a pupil is out of reach
    :raises ChangedMeanwhile: when somebody else decided on one of them since
    :raises AlreadyApproved: when what is changed was approved
    """
    room = lock_class(actor, uuid, DECIDE_CONDUCT)
    pupils = pupils_of(room)
    kept = {
        one.student_id: one
        for one in YearResult.objects.unscoped(because=BECAUSE).filter(homeroom_class=room)
    }
    changed: list[YearResult] = []
    lost: list[str] = []
    for one in decisions:
        if one.student not in pupils:
            raise NotFound
        pk, name = pupils[one.student]
        row = kept.get(pk) or new_row(room, pk, now)
        values = {field: getattr(one, field) for field in DECIDED}
        if all(getattr(row, field) == value for field, value in values.items()):
            continue
        if (row.version if pk in kept else 0) != one.base:
            lost.append(name)
            continue
        require_open(room, row, values)
        changed.append(decided(row, values, is_new=pk not in kept, actor=actor, now=now))
    if lost:
        raise ChangedMeanwhile(names=", ".join(lost))
    write_rows(changed, DECIDED)
    if changed:
        follow(room, actor, now)
        words = {"class": room.name, "count": len(changed)}
        record(
            audit_codes.DECIDED, actor=actor, at=now, target=room, unit_id=room.school_id,
            details=words,
        )  # fmt: skip
    return len(changed)


def lock_class(actor: Actor, uuid: UUID, permission: object) -> HomeroomClass:
    """Return a class in reach whose results wait for no one else.

    :raises NothingSettledBy: where the year's results are kept as they were stored
    """
    room = get_class_for(actor, uuid, permission)  # type: ignore[arg-type]
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [room.pk])
    rules = rules_for(room)
    if rules is None or not rules.rules.is_computed:
        raise NothingSettledBy
    return room


def pupils_of(room: HomeroomClass) -> dict[UUID, tuple[int, str]]:
    """Return key and name of everybody who is or was in a class, by uuid."""
    rows = ClassPlacement.objects.unscoped(because=BECAUSE).filter(homeroom_class=room)
    return {
        one.student.uuid: (one.student_id, one.person.full_name)
        for one in rows.select_related("student", "person")
    }


def new_row(room: HomeroomClass, student_id: int, now: datetime) -> YearResult:
    """Return the row of a pupil on whom nobody decided yet."""
    return YearResult(
        homeroom_class=room,
        student_id=student_id,
        at=now,
        version=0,
        scheme=scheme_of(rules_for(room)),
        origin=Origin.HERE,
    )


def decided(
    row: YearResult, values: Mapping[str, object], *, is_new: bool, actor: Actor, now: datetime
) -> YearResult:
    """Return a row with what somebody decided on it."""
    for field, value in values.items():
        setattr(row, field, value)
    row.version = 1 if is_new else row.version + 1
    row.at, row.by_id = now, actor.person_id
    return row


def require_open(room: HomeroomClass, row: YearResult, values: Mapping[str, object]) -> None:
    """Refuse to change what the principal approved.

    :raises AlreadyApproved:
    """
    touched = {
        OF_STAGE[field]
        for field, value in values.items()
        if field in OF_STAGE and getattr(row, field) != value
    }
    approved = Settlement.objects.unscoped(because=BECAUSE).filter(
        homeroom_class=room, stage__in=touched, approved_at__isnull=False
    )
    if touched and approved.exists():
        raise AlreadyApproved


def write_rows(rows: Sequence[YearResult], columns: Sequence[str]) -> None:
    """Write decisions, new rows and others, in one statement."""
    YearResult.objects.unscoped(because=BECAUSE).bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["homeroom_class", "student"],
        update_fields=["at", "by", "version", *columns],
    )


def follow(room: HomeroomClass, actor: Actor, now: datetime) -> None:
    """Reckon what follows from decisions on pupils of a class."""
    follow_results(classes=[room.pk], year=room.academic_year, on=actor.today, now=now)
