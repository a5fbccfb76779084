"""A storm over the demo province, and a cold day to come: days off, one of them made up."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.platform.organizations.api import UnitKind, unit_by_code, versions_on
from khuevan.registry.schools.api import (
    Closure,
    EducationLevel,
    add_make_up_day,
    close_days,
)

SATURDAY = 5


def close_for_weather(school_code: str, *, actor: Actor, now: datetime) -> None:
    """Let the province stay at home for a storm two weeks ago; small pupils on a cold day ahead."""
    if Closure.objects.exists():
        return
    school = unit_by_code(school_code)
    province = versions_on(actor.today).filter(unit__kind=UnitKind.PROVINCE).first()
    if province is None:
        return
    storm, cold = _weekday(actor.today - timedelta(days=14)), _weekday(actor.today + timedelta(3))
    with translation.override("vi"):  # kept as text
        closure = close_days(
            actor=actor,
            unit_id=province.unit_id,
            levels=(),
            starts_on=storm,
            ends_on=storm + timedelta(days=1),
            reason="STORM",
            note=_("storm no. 12"),
            decision=_("Urgent telegram 31/CĐ-UBND"),
            now=now,
        )
        with suppress(DomainError):  # in the holidays nothing is made up
            add_make_up_day(actor=actor, uuid=closure.uuid, on=_sunday(actor.today), now=now)
        close_days(
            actor=actor,
            unit_id=school.pk,
            levels=(EducationLevel.LOWER_SECONDARY,),
            starts_on=cold,
            ends_on=cold + timedelta(days=1),
            reason="COLD",
            note="",
            decision=_("Notice 15/TB of the school"),
            now=now,
        )


def _weekday(day: date) -> date:
    """Return the day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= SATURDAY else 0)


def _sunday(day: date) -> date:
    """Return the next Sunday: lower secondary has lessons on Saturdays anyway."""
    return day + timedelta(days=(SATURDAY + 1 - day.weekday()) % 7 or 7)
