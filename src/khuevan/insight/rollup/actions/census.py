"""The department decides a census day; its figures are frozen, opened again, frozen anew."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.db.models import Max
from psycopg.errors import LockNotAvailable

from khuevan.insight.rollup import audit_codes, cells
from khuevan.insight.rollup.errors import (
    CensusBusy,
    CensusFrozen,
    CensusOpen,
    CensusTaken,
    CensusTooEarly,
)
from khuevan.insight.rollup.models import (
    Census,
    CensusClass,
    CensusSchool,
    CensusStaff,
    CensusState,
    CensusVersion,
)
from khuevan.insight.rollup.permissions import DECIDE_CENSUS
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import (
    GradeLevel,
    HomeroomClass,
    academic_year_on,
    open_on,
    schools,
)
from khuevan.registry.staff.api import Appointment
from khuevan.registry.students.api import ClassPlacement, Enrollment
from khuevan.ui.formats import day

PATIENCE = 20.0
"""How many seconds a freeze waits for those who are writing."""
_COUNTED_FROM: tuple[Any, ...] = (HomeroomClass, Enrollment, ClassPlacement)

_FREEZE = f"""
    INSERT INTO rollup_censusfigure
        (version_id, school_id, grade_level_id, sex, ethnicity_code, birth_year, pupils)
    SELECT %(version)s, school_id, grade_level_id, sex, ethnicity_code, birth_year, sum(pupils)
    FROM ({cells.PUPILS_OF_DAY}) day
    WHERE %(grades)s::bigint[] IS NULL OR grade_level_id = ANY(%(grades)s::bigint[])
    GROUP BY 2, 3, 4, 5, 6
    RETURNING school_id, grade_level_id, pupils
"""  # noqa: S608 (constants)


@transaction.atomic
def open_census(*, actor: Actor, on: date, level: str, decision: str, now: datetime) -> Census:
    """Decide that the figures of a day are kept, of one level or of all.

    :raises CensusTaken: when that was decided before
    """
    _require(actor)
    if Census.objects.filter(on=on, level=level).exists():
        raise CensusTaken(day=day(on))
    census = Census.objects.create(on=on, level=level, decision=decision)
    record(
        audit_codes.CENSUS_OPENED,
        actor=actor,
        at=now,
        target=census,
        details={"on": day(on)},
    )
    return census


@transaction.atomic
def freeze_census(*, actor: Actor, uuid: UUID, now: datetime) -> CensusVersion:
    """Keep the figures of the day as they are known now, as a version of their own.

    :raises CensusFrozen: when they are kept already
    :raises CensusTooEarly: before the day
    :raises CensusBusy: when pupils are being recorded without a pause
    """
    census = _locked(actor, uuid)
    if census.state == CensusState.FROZEN:
        raise CensusFrozen
    if census.on > actor.today:
        raise CensusTooEarly(day=day(census.on))
    _hold_still()
    version = CensusVersion.objects.create(
        census=census,
        number=census.versions.count() + 1,
        frozen_at=now,
        by=actor.label,
        reason=census.reason,
        history_until=_newest(Enrollment),
        placements_until=_newest(ClassPlacement),
        keeps_things=True,
    )
    pupils = _keep(actor, census, version)
    census.state, census.reason = CensusState.FROZEN, ""
    census.save(update_fields=["state", "reason"])
    record(
        audit_codes.CENSUS_FROZEN,
        actor=actor,
        at=now,
        target=census,
        details={"on": day(census.on), "number": version.number, "pupils": pupils},
    )
    return version


@transaction.atomic
def reopen_census(*, actor: Actor, uuid: UUID, reason: str, now: datetime) -> Census:
    """Open a frozen census again, so that it can be frozen anew; what was kept stays kept.

    :raises CensusOpen: when it is open
    """
    census = _locked(actor, uuid)
    if census.state == CensusState.OPEN:
        raise CensusOpen
    census.state, census.reason = CensusState.OPEN, reason
    census.save(update_fields=["state", "reason"])
    record(
        audit_codes.CENSUS_REOPENED,
        actor=actor,
        at=now,
        target=census,
        details={"on": day(census.on), "reason": reason},
    )
    return census


def _keep(actor: Actor, census: Census, version: CensusVersion) -> int:
    """Write the figures of a version and the schools that were due; return the pupils."""
    grades = GradeLevel.objects.filter(level=census.level).values_list("pk", flat=True)
    of_level = sorted(grades) if census.level else None
    with connection.cursor() as cursor:
        cursor.execute(
            _FREEZE,
            {"version": version.pk, "on": census.on, "schools": None, "grades": of_level},
        )
        kept: list[tuple[int, int | None, int]] = cursor.fetchall()
    pupils: Counter[int] = Counter()
    unplaced: Counter[int] = Counter()
    for school_id, grade_id, count in kept:
        pupils[school_id] += count
        unplaced[school_id] += count if grade_id is None else 0
    classes = _keep_classes(actor, census, version)
    if not census.level:
        _keep_staff(actor, census, version)
    due = schools(actor=actor, on=census.on, permission=DECIDE_CENSUS)
    if census.level:
        due = due.filter(fact__levels__contains=[census.level])
    CensusSchool.objects.bulk_create(
        CensusSchool(
            version=version,
            school_id=pk,
            pupils=pupils[pk],
            unplaced=unplaced[pk],
            classes=classes[pk],
        )
        for pk in due.values_list("pk", flat=True)
    )
    return sum(pupils.values())


def _hold_still() -> None:
    """Let nobody write what figures are counted from until this transaction ends.

    Figures and the numbers up to which history was counted then say the same: nothing below the
    newest number is still to be committed, nothing above it gets into a later statement. Waits a
    little at a time, so that writers wait as little and nobody for each other without end.

    :raises CensusBusy: when there is no moment without writers
    """
    tables = ", ".join(connection.ops.quote_name(one._meta.db_table) for one in _COUNTED_FROM)
    until = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout')")
        usual = cursor.fetchone()[0]
        while True:
            try:
                with transaction.atomic():
                    cursor.execute("SET LOCAL lock_timeout = '500ms'")
                    cursor.execute(f"LOCK TABLE {tables} IN SHARE MODE")
                    break
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable):
                    raise
                if time.monotonic() > until:
                    raise CensusBusy from error
            time.sleep(0.1)  # so that waiting writers get their turn between two tries
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [usual])


def _newest(model: Any) -> int:
    """Return the number up to which the history of a table is known; nobody may be writing it."""
    history = model._meta.get_field("history").related_model
    rows = history.objects.unscoped(because="the number up to which history was counted")
    return int(rows.aggregate(newest=Max("pgh_id"))["newest"] or 0)


def _keep_classes(actor: Actor, census: Census, version: CensusVersion) -> Counter[int]:
    """Write the classes of a version with their pupils; return how many each school has."""
    rows = HomeroomClass.objects.visible_to(actor, DECIDE_CENSUS).filter(
        open_on(census.on), academic_year=academic_year_on(census.on)
    )
    if census.level:
        rows = rows.filter(grade_level__level=census.level)
    pupils = _pupils_by_class(census)
    kept = [
        CensusClass(
            version=version,
            school_id=one.school_id,
            homeroom_class_id=one.pk,
            grade_level_id=one.grade_level_id,
            name=one.name,
            pupils=pupils.get(one.pk, 0),
        )
        for one in rows.order_by("pk")
    ]
    CensusClass.objects.bulk_create(kept, batch_size=5000)
    return Counter(one.school_id for one in kept)


def _pupils_by_class(census: Census) -> dict[int, int]:
    statement = f"""
    SELECT homeroom_class_id, sum(pupils)::int FROM ({cells.CLASSES_OF_DAY}) day
    WHERE homeroom_class_id IS NOT NULL GROUP BY 1
    """  # noqa: S608 (constants)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"on": census.on, "schools": None})
        return dict(cursor.fetchall())


def _keep_staff(actor: Actor, census: Census, version: CensusVersion) -> None:
    """Write who held a main position at a school; a census of one level can't divide them."""
    rows = Appointment.objects.visible_to(actor, DECIDE_CENSUS).filter(
        in_force(census.on), is_primary=True, unit__kind="SCHOOL"
    )
    CensusStaff.objects.bulk_create(
        (
            CensusStaff(
                version=version, school_id=unit_id, staff_member_id=member_id, position=position
            )
            for unit_id, member_id, position in rows.order_by("pk").values_list(
                "unit_id", "staff_member_id", "position"
            )
        ),
        batch_size=5000,
    )


def _require(actor: Actor) -> None:
    """Raise `NotFound` unless the actor decides for the whole province."""
    if not actor.reach(DECIDE_CENSUS, "school").everything:
        raise NotFound


def _locked(actor: Actor, uuid: UUID) -> Census:
    _require(actor)
    census = Census.objects.select_for_update(no_key=True).filter(uuid=uuid).first()
    if census is None:
        raise NotFound
    return census
