"""When marks may be entered: windows set, periods locked and opened again, more days for one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import AcademicYear, School
from khuevan.school.gradebooks import audit_codes
from khuevan.school.gradebooks.errors import (
    BookLocked,
    ExtensionTooShort,
    NoWindow,
    PeriodLocked,
    PeriodNotLocked,
    WindowsBackwards,
)
from khuevan.school.gradebooks.models import EntryWindow, Gradebook, WindowExtension
from khuevan.school.gradebooks.periods import period_name
from khuevan.school.gradebooks.permissions import LOCK_BOOKS, MANAGE_BOOKS
from khuevan.ui.formats import day

BECAUSE = "windows of a school that the actor keeps"


@dataclass(frozen=True, slots=True)
class WindowData:
    """When the marks of a period may be entered; `closes_on` and `make_ups_until` exclusive."""

    period: int
    opens_on: date
    closes_on: date
    make_ups_until: date | None = None


@transaction.atomic
def set_windows(
    *,
    actor: Actor,
    school: School,
    year: AcademicYear,
    level: str,
    windows: Collection[WindowData],
    now: datetime,
) -> int:
    """Set when the marks of a level's periods may be entered; return how many changed.

    :raises NotFound: when the actor doesn't keep this school's gradebooks
    :raises WindowsBackwards: when one closes before it opens
    :raises PeriodLocked: when a locked one would change
    """
    _require(actor, MANAGE_BOOKS, school)
    rows = EntryWindow.objects.unscoped(because=BECAUSE).filter(
        school=school, academic_year=year, level=level
    )
    there = {one.period: one for one in rows.select_for_update(of=("self",), no_key=True)}
    changed = 0
    for data in windows:
        _check_order(level, data)
        changed += _set_one(school, year, level, data, there.get(data.period))
    if changed:
        record(
            audit_codes.WINDOWS_SET,
            actor=actor,
            at=now,
            unit_id=school.pk,
            details={"count": changed},
        )
    return changed


def _check_order(level: str, data: WindowData) -> None:
    name = period_name(level, data.period)
    if data.closes_on <= data.opens_on:
        raise WindowsBackwards(period=name)
    if data.make_ups_until is not None and data.make_ups_until <= data.opens_on:
        raise WindowsBackwards(period=name)


def _set_one(
    school: School, year: AcademicYear, level: str, data: WindowData, old: EntryWindow | None
) -> bool:
    values = {
        "opens_on": data.opens_on,
        "closes_on": data.closes_on,
        "make_ups_until": data.make_ups_until,
    }
    if old is None:
        EntryWindow.objects.create(
            school=school, academic_year=year, level=level, period=data.period, **values
        )
        return True
    changed = [name for name, value in values.items() if getattr(old, name) != value]
    if not changed:
        return False
    if old.locked_at is not None:
        raise PeriodLocked(period=period_name(level, data.period))
    for name in changed:
        setattr(old, name, values[name])
    old.save(update_fields=changed)
    return True


@transaction.atomic
def lock_period(*, actor: Actor, uuid: UUID, now: datetime) -> EntryWindow:
    """Lock the marks of a period: from now on they change by correction alone.

    :raises NotFound: when the window is out of reach
    :raises PeriodLocked: when it is locked already
    """
    window = _locked_row(actor, uuid)
    if window.locked_at is not None:
        raise PeriodLocked(period=period_name(window.level, window.period))
    window.locked_at, window.locked_by_id = now, actor.person_id
    window.save(update_fields=["locked_at", "locked_by"])
    _note(audit_codes.PERIOD_LOCKED, actor, window, now)
    return window


@transaction.atomic
def unlock_period(*, actor: Actor, uuid: UUID, reason: str, now: datetime) -> EntryWindow:
    """Open a locked period again, with a reason.

    :raises NotFound: when the window is out of reach
    :raises PeriodNotLocked: when it is not locked
    """
    window = _locked_row(actor, uuid)
    if window.locked_at is None:
        raise PeriodNotLocked
    window.locked_at, window.locked_by = None, None
    window.save(update_fields=["locked_at", "locked_by"])
    _note(audit_codes.PERIOD_UNLOCKED, actor, window, now, reason=reason)
    return window


@transaction.atomic
def extend_window(
    *, actor: Actor, book: UUID, period: int, until: date, reason: str, now: datetime
) -> WindowExtension:
    """Let one gradebook be entered longer than its period's window; `until` is exclusive.

    :raises NotFound: when the gradebook is out of reach
    :raises NoWindow: when the period has no window, so that nothing ends
    :raises BookLocked: when the period is locked
    :raises ExtensionTooShort: when the window is open that long anyway
    """
    found = Gradebook.objects.visible_to(actor, MANAGE_BOOKS).one(book)
    row = Gradebook.objects.visible_to(actor, MANAGE_BOOKS).lock(found.pk)
    window = (
        EntryWindow.objects.unscoped(because=BECAUSE)
        .filter(
            school_id=row.school_id,
            academic_year_id=row.academic_year_id,
            level=row.homeroom_class.grade_level.level,
            period=period,
        )
        .first()
    )
    if window is None:
        raise NoWindow
    if window.locked_at is not None:
        raise BookLocked
    if until <= window.closes_on or until <= actor.today:
        raise ExtensionTooShort
    given, _made = WindowExtension.objects.unscoped(because=BECAUSE).update_or_create(
        gradebook=row,
        period=period,
        defaults={
            "school_id": row.school_id,
            "until": until,
            "reason": reason,
            "given_at": now,
            "given_by_id": actor.person_id,
        },
    )
    words = {"subject": row.subject_name, "class": row.homeroom_class.name}
    record(
        audit_codes.WINDOW_EXTENDED,
        actor=actor,
        at=now,
        target=given,
        unit_id=row.school_id,
        details={**words, "day": day(until), "reason": reason},
    )
    return given


def _require(actor: Actor, permission: Permission, school: School) -> None:
    if school.pk not in actor.reach(permission, "school"):
        raise NotFound


def _locked_row(actor: Actor, uuid: UUID) -> EntryWindow:
    found = EntryWindow.objects.visible_to(actor, LOCK_BOOKS).one(uuid)
    return EntryWindow.objects.visible_to(actor, LOCK_BOOKS).lock(found.pk)


def _note(code: str, actor: Actor, window: EntryWindow, now: datetime, *, reason: str = "") -> None:
    details = {"period": period_name(window.level, window.period)}
    record(
        code,
        actor=actor,
        at=now,
        target=window,
        unit_id=window.school_id,
        details={**details, "reason": reason} if reason else details,
    )
