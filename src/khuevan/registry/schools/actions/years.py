"""The province's frame of a year, closures for storms and the like, and days made up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.audit.api import record
from khuevan.platform.calendar.api import working_calendar
from khuevan.registry.schools import audit_codes, errors
from khuevan.registry.schools.calendar import decides_years, last_day, made_up_levels, taken_days
from khuevan.registry.schools.calendar_rules import (
    SATURDAY,
    MakeUpFault,
    SchoolDays,
    TermFault,
    lost_days,
    make_up_fault,
    term_fault,
)
from khuevan.registry.schools.models import AcademicYear, Closure, MakeUpDay, Term, YearFrame
from khuevan.registry.schools.permissions import CLOSE_DAYS
from khuevan.registry.schools.rules import in_order
from khuevan.registry.schools.selectors import forget_calendar
from khuevan.ui.formats import day as written

_REFUSED = {
    TermFault.NONE_GIVEN: errors.TermsMissing,
    TermFault.BACKWARD: errors.TermBackward,
    TermFault.OVERLAP: errors.TermsOverlap,
    TermFault.GAP: errors.TermsLeaveAGap,
    TermFault.OUTSIDE: errors.TermOutsideYear,
}
LONGEST_CLOSURE = 62


@dataclass(frozen=True, slots=True)
class FrameData:
    """A level's frame of a year as decided; ends are the day after the last."""

    returns_on: date
    starts_on: date
    ends_on: date
    terms: tuple[tuple[date, date], ...]
    decision: str
    teaches_saturday: bool = False


@transaction.atomic
def set_frame(
    *, actor: Actor, year: AcademicYear, level: str, data: FrameData, now: datetime
) -> YearFrame:
    """Write down the province's decision on a level's year: first days, terms, end.

    :raises FrameOutsideYear: when the frame is not within the academic year
    :raises TermsOverlap: when terms overlap; gaps and terms outside are refused too
    """
    if not decides_years(actor):
        raise NotFound
    _require_frame(year, data)
    AcademicYear.objects.select_for_update(no_key=True).get(pk=year.pk)
    frame, _created = YearFrame.objects.update_or_create(
        academic_year=year,
        level=level,
        defaults={
            "returns_on": data.returns_on,
            "starts_on": data.starts_on,
            "ends_on": data.ends_on,
            "teaches_saturday": data.teaches_saturday,
            "decision": normalize(data.decision),
        },
    )
    _write_terms(year, level, data)
    forget_calendar()
    transaction.on_commit(forget_calendar)
    record(
        audit_codes.YEAR_DECIDED,
        actor=actor,
        at=now,
        target=frame,
        details={"year": year.code, "level": level, "decision": frame.decision or "–"},
    )
    return frame


@transaction.atomic
def close_days(
    *,
    actor: Actor,
    unit_id: int,
    levels: Collection[str],
    starts_on: date,
    ends_on: date,
    reason: str,
    note: str,
    decision: str,
    now: datetime,
) -> Closure:
    """Let pupils of a unit and all below it stay at home for some days; no level means all.

    :raises ClosureTooLong: when the days are none, or more than two months
    """
    if unit_id not in actor.reach(CLOSE_DAYS, "school"):
        raise NotFound
    if not 0 < (ends_on - starts_on).days <= LONGEST_CLOSURE:
        raise errors.ClosureTooLong
    closure = Closure.objects.create(
        unit_id=unit_id,
        levels=list(in_order(levels)),
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
        note=normalize(note),
        decision=normalize(decision),
    )
    record(audit_codes.DAYS_CLOSED, actor=actor, at=now, target=closure, unit_id=unit_id)
    return closure


@transaction.atomic
def withdraw_closure(*, actor: Actor, uuid: UUID, now: datetime) -> Closure:
    """Take a closure back: its days are taught as before."""
    closure = _locked(actor, uuid)
    closure.is_withdrawn = True
    closure.save(update_fields=["is_withdrawn"])
    record(
        audit_codes.CLOSURE_WITHDRAWN, actor=actor, at=now, target=closure, unit_id=closure.unit_id
    )
    return closure


@transaction.atomic
def add_make_up_day(*, actor: Actor, uuid: UUID, on: date, now: datetime) -> MakeUpDay:
    """Name a day on which the lessons of a closure are made up.

    :raises MakeUpTooEarly: when the day is before the closure ends
    :raises MakeUpTwice: when the day is named already
    :raises MakeUpOutsideYear: when the year's work hasn't begun or has ended
    :raises MakeUpHoliday: when the day is a public holiday
    :raises MakeUpTaken: when other lessons are made up on that day
    :raises MakeUpTaught: when lessons are held on that day anyway
    :raises MadeUpAll: when all days of lessons that were lost are made up
    """
    closure = _locked(actor, uuid)
    if on < closure.ends_on:
        raise errors.MakeUpTooEarly
    if MakeUpDay.objects.filter(closure=closure, on=on).exists():
        raise errors.MakeUpTwice
    _require_free(closure, on)
    try:
        with transaction.atomic():
            day = MakeUpDay.objects.create(closure=closure, on=on)
    except IntegrityError as error:
        raise errors.MakeUpTwice from error
    record(
        audit_codes.DAY_MADE_UP,
        actor=actor,
        at=now,
        target=closure,
        unit_id=closure.unit_id,
        details={"on": written(on)},
    )
    return day


@transaction.atomic
def withdraw_make_up_day(*, actor: Actor, uuid: UUID, on: date, now: datetime) -> Closure:
    """Take back a single day on which the lessons of a closure were to be made up."""
    closure = _locked(actor, uuid)
    day = MakeUpDay.objects.filter(closure=closure, on=on).first()
    if day is None:
        raise NotFound
    day.delete()
    record(
        audit_codes.MAKE_UP_WITHDRAWN,
        actor=actor,
        at=now,
        target=closure,
        unit_id=closure.unit_id,
        details={"on": written(on)},
    )
    return closure


def _require_free(closure: Closure, on: date) -> None:
    """Refuse a day on which the lessons of a closure can't be made up."""
    year, levels = made_up_levels(closure)
    closed = (closure.starts_on, closure.ends_on)
    if not levels and year is not None and on >= year.ends_on:
        raise errors.MakeUpOutsideYear(last=written(last_day(year.ends_on)))
    fault = make_up_fault(
        on,
        closed=closed,
        named=MakeUpDay.objects.filter(closure=closure).count(),
        levels=levels,
        holidays=working_calendar(on, on).days_off,
        taken=taken_days(closure, on),
    )
    if fault is MakeUpFault.OUTSIDE:
        last = max(days.ends_on for days in levels)
        raise errors.MakeUpOutsideYear(last=written(last_day(last)))
    if fault is MakeUpFault.ENOUGH:
        raise errors.MadeUpAll(lost=lost_days(closed, levels))
    if fault is MakeUpFault.HOLIDAY:
        raise errors.MakeUpHoliday(on=written(on))
    if fault is MakeUpFault.MADE_UP:
        raise errors.MakeUpTaken(on=written(on))
    if fault is MakeUpFault.TAUGHT:
        raise _taught(on, levels)


def _taught(on: date, levels: Sequence[SchoolDays]) -> DomainError:
    """Return the refusal of a day of lessons, with the weekdays that the levels leave free."""
    six_days = on.weekday() == SATURDAY or all(days.teaches_saturday for days in levels)
    refusal = errors.MakeUpTaughtSixDays if six_days else errors.MakeUpTaught
    return refusal(on=written(on))


def _locked(actor: Actor, uuid: UUID) -> Closure:
    reach = actor.reach(CLOSE_DAYS, "school")
    rows = Closure.objects.select_for_update(no_key=True).filter(uuid=uuid, is_withdrawn=False)
    closure = rows.first()
    if closure is None or closure.unit_id not in reach:
        raise NotFound
    return closure


def _require_frame(year: AcademicYear, data: FrameData) -> None:
    ordered = data.returns_on <= data.starts_on < data.ends_on
    if not ordered or data.starts_on < year.starts_on or data.ends_on > year.ends_on:
        raise errors.FrameOutsideYear(
            year=str(year), first=written(year.starts_on), end=written(year.ends_on)
        )
    fault = term_fault((data.starts_on, data.ends_on), data.terms)
    if fault is not None:
        raise _REFUSED[fault[0]](number=fault[1])


def _write_terms(year: AcademicYear, level: str, data: FrameData) -> None:
    """Write the terms anew; what points at a term keeps its row."""
    rows = Term.objects.filter(academic_year=year, level=level)
    known = {term.number: term for term in rows}
    rows.filter(number__gt=len(data.terms)).delete()
    with transaction.atomic():
        for number in _order(known, data.terms):
            first, end = data.terms[number - 1]
            Term.objects.update_or_create(
                academic_year=year,
                level=level,
                number=number,
                defaults={"starts_on": first, "ends_on": end, "decision": data.decision[:120]},
            )


def _order(known: dict[int, Term], terms: Sequence[tuple[date, date]]) -> list[int]:
    """Return the numbers so that no term is moved onto one not moved yet."""
    later = 1 in known and terms[0][1] > known[1].ends_on
    numbers = list(range(1, len(terms) + 1))
    return numbers[::-1] if later else numbers
