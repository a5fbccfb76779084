"""How the week of each class lies over half-days: told by who makes timetables, held by CUR-03."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from khuevan.kernel.registry import Registry
from khuevan.registry.curriculum.plan_rules import SessionFaultKind, session_faults
from khuevan.registry.curriculum.programme import Frame
from khuevan.registry.schools.api import HomeroomClass, School

Days = Sequence[tuple[int, int]]
"""Periods of the morning and of the afternoon of each day."""
Shapes = Callable[[School, date], Mapping[int, Days]]
TWO_SESSIONS = "FULL_DAY"

week_shapes: Registry[Shapes] = Registry("week shape")


def shapes_on(school: School, on: date) -> dict[int, Days]:
    """Return how the week of each class of a school lies on a day, by class, as far as known."""
    told: dict[int, Days] = {}
    for shapes in week_shapes:
        told |= shapes(school, on)
    return told


def session_words(room: HomeroomClass, frame: Frame | None, days: Days) -> list[str]:
    """Return what is wrong with the half-days of a class's week, each in a sentence."""
    if frame is None:
        return []
    is_full = room.session == TWO_SESSIONS
    faults = session_faults(
        days,
        day_limit=frame.day_limit,
        session_limit=frame.session_limit,
        most=frame.most_sessions,
        least=frame.least_sessions if is_full else 0,
        least_days=frame.least_days if is_full else 0,
        least_periods=frame.least_periods if is_full else 0,
    )
    told = dict.fromkeys((kind, found, limit) for kind, found, limit in faults)
    return [_WORDS[kind]() % {"found": found, "limit": limit} for kind, found, limit in told]


_WORDS = {
    SessionFaultKind.DAY: lambda: _(
        "%(found)s periods on a day of two sessions, at most %(limit)s"
    ),
    SessionFaultKind.SESSION: lambda: _("%(found)s periods in a session, at most %(limit)s"),
    SessionFaultKind.TOO_MANY: lambda: _("%(found)s sessions a week, at most %(limit)s"),
    SessionFaultKind.TOO_FEW: lambda: _("%(found)s sessions a week, at least %(limit)s"),
    SessionFaultKind.FEW_DAYS: lambda: _("%(found)s days a week, at least %(limit)s"),
    SessionFaultKind.FEW_PERIODS: lambda: _("%(found)s periods a week, at least %(limit)s"),
}
