"""Months closed by the principal, and opened again."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.platform.notifications.api import notify
from khuevan.registry.schools.api import School
from khuevan.school.hours import audit_codes
from khuevan.school.hours.errors import (
    LaterMonthClosed,
    MonthClosed,
    MonthNotOver,
    MonthOpen,
    NothingHeld,
)
from khuevan.school.hours.models import ClosedHours, ClosedMonth
from khuevan.school.hours.notices import MONTH_CLOSED
from khuevan.school.hours.permissions import CLOSE_MONTH
from khuevan.school.hours.selectors.statements import figures_of, statement_of
from khuevan.ui.formats import day

BECAUSE = "of a school that the actor closes months of"


@transaction.atomic
def close_month(*, actor: Actor, school: School, month: date, now: datetime) -> ClosedMonth:
    """Keep the statement of a month as it is now; what changes later is a correction.

    :raises MonthNotOver: before its last week is over
    :raises MonthClosed: when it is closed already
    :raises NothingHeld: when nothing was owed or given
    """
    told = statement_of(actor=actor, school=school, month=month, permission=CLOSE_MONTH)
    if told.closed is not None:
        raise MonthClosed
    if not told.is_over:
        raise MonthNotOver(day=day(told.last))
    if not told.lines:
        raise NothingHeld
    try:
        with transaction.atomic():
            closed = ClosedMonth.objects.create(
                school=school,
                month=month,
                counting=told.counting.value,
                rate=told.rate,
                closed_at=now,
                closed_by_id=actor.person_id,
            )
    except IntegrityError as error:
        raise MonthClosed from error
    ClosedHours.objects.unscoped(because=BECAUSE).bulk_create(
        ClosedHours(
            closed_month=closed,
            school=school,
            staff_member=member,
            person_id=member.person_id,
            figures=figures_of(line),
        )
        for line in told.lines
        for member in [line.year.serving.member]
    )
    people = sorted(line.year.serving.member.person_id for line in told.lines)
    words, link = {"month": f"{month:%m/%Y}"}, f"/my/hours/?month={month:%Y-%m}"
    notify(people, MONTH_CLOSED, now=now, params=words, link=link)
    record(
        audit_codes.CLOSED,
        actor=actor,
        at=now,
        target=closed,
        unit_id=school.pk,
        details={**words, "count": len(told.lines)},
    )
    return closed


@transaction.atomic
def open_month(*, actor: Actor, school: School, month: date, reason: str, now: datetime) -> None:
    """Open a closed month again: its statement is counted anew until it is closed.

    :raises MonthOpen: when it isn't closed
    :raises LaterMonthClosed: when a later one was closed after it and carries its corrections
    """
    if school.pk not in actor.reach(CLOSE_MONTH, "school"):
        raise NotFound
    rows = ClosedMonth.objects.unscoped(because=BECAUSE).filter(school=school)
    closed = rows.filter(month=month).select_for_update(no_key=True).first()
    if closed is None:
        raise MonthOpen
    later = rows.filter(closed_at__gt=closed.closed_at).order_by("-closed_at").first()
    if later is not None:
        raise LaterMonthClosed(month=f"{later.month:%m/%Y}")
    record(
        audit_codes.OPENED,
        actor=actor,
        at=now,
        target=closed,
        unit_id=school.pk,
        details={"month": f"{month:%m/%Y}", "reason": reason},
    )
    closed.delete()
