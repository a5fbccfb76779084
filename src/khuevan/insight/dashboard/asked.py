"""What an address asks for (day, level, managing unit, school), and addresses back."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.insight.dashboard.charts import level_name
from khuevan.insight.dashboard.rules import week_of_term
from khuevan.insight.dashboard.selectors import Scope, Snapshot, snapshot_now
from khuevan.insight.dashboard.selectors.own import OwnClass, own_classes
from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.organizations.api import version_of
from khuevan.registry.schools.api import EducationLevel, term_on
from khuevan.registry.students.api import COUNT_STUDENTS
from khuevan.ui.formats import clock as hour
from khuevan.ui.formats import weekday
from khuevan.ui.request import Request

_KEPT = "_dashboard_snapshot"
_OWN = "_dashboard_own_classes"


def scope_of(request: Request) -> Scope:
    """Return the part of the reader's reach that the address asks for.

    :raises NotFound: when it names no level or no day up to today
    """
    today: date = request.actor.today
    asked = request.GET
    try:
        on = date.fromisoformat(asked["on"]) if asked.get("on") else today
    except ValueError as error:
        raise NotFound from error
    scope = Scope(on, asked.get("level", ""), asked.get("unit", ""), asked.get("school", ""))
    return check_scope(scope, today=today)


def check_scope(scope: Scope, *, today: date) -> Scope:
    """Return the scope, or raise `NotFound` when its level is none or its day is to come."""
    if scope.on > today or (scope.level and scope.level not in EducationLevel.values):
        raise NotFound
    return scope


def snapshot_of(request: Request, scope: Scope | None = None) -> Snapshot:
    """Return the snapshot of the scope asked for, taken once a request.

    :raises NotFound: when the unit or school named is not within reach
    """
    wanted = scope or scope_of(request)
    kept: Snapshot | None = getattr(request, _KEPT, None)
    if kept is None or kept.scope != wanted:
        actor: Actor = request.actor
        kept = snapshot_now(actor=actor, scope=wanted, now=clock.now())
        setattr(request, _KEPT, kept)
    places = kept.places.values()
    if wanted.unit and all(place.manager_code != wanted.unit for place in places):
        raise NotFound
    if wanted.school and all(place.code != wanted.school for place in places):
        raise NotFound
    return kept


def figure_address(
    code: str, scope: Scope, *, today: date, name: str = "figure", **narrow: str
) -> str:
    """Return the page of a figure for a scope, narrowed further."""
    state = {
        "level": scope.level,
        "unit": scope.unit,
        "school": scope.school,
        "on": scope.on.isoformat() if scope.on != today else "",
        **narrow,
    }
    return with_state(reverse(f"dashboard:{name}", args=[code]), state)


def with_state(path: str, state: dict[str, str]) -> str:
    """Return a path with its state as a query, empty parts left out."""
    query = urlencode({key: value for key, value in state.items() if value})
    return f"{path}?{query}" if query else path


def place_name(actor: Actor, snapshot: Snapshot) -> str:
    """Return what the figures are of, in words: the province, a unit, a school; and the level."""
    scope = snapshot.scope
    parts = [_where(actor, snapshot)]
    if scope.level:
        parts.append(level_name(scope.level))
    return ", ".join(parts)


def _where(actor: Actor, snapshot: Snapshot) -> str:
    scope = snapshot.scope
    for place in snapshot.places.values():
        if scope.school and place.code == scope.school:
            return place.name
        if scope.unit and place.manager_code == scope.unit and not scope.school:
            return place.manager
    if actor.reach(COUNT_STUDENTS, "school").everything:
        return _("The whole province")
    unit_id = getattr(getattr(actor, "hat", None), "unit_id", None)
    version = version_of(unit_id, on=scope.on) if unit_id else None
    return version.short_name if version else ""


def moment_line(snapshot: Snapshot) -> str:
    """Return the day, the week of the term, and when the figures were read."""
    scope = snapshot.scope
    time = hour(snapshot.taken_at.astimezone(clock.VIETNAM))
    day = weekday(scope.on)
    term = term_on(scope.on, level=scope.level or EducationLevel.LOWER_SECONDARY)
    week = week_of_term(scope.on, starts_on=term.starts_on, ends_on=term.ends_on) if term else None
    if term is None or week is None:
        return _("%(day)s · figures at %(time)s") % {"day": day, "time": time}
    return _("%(day)s · week %(week)s of term %(term)s · figures at %(time)s") % {
        "day": day,
        "week": week,
        "term": "I" * term.number,
        "time": time,
    }


def own_classes_of(request: Request) -> list[OwnClass]:
    """Return the acting teacher's classes today, read once a request."""
    kept: list[OwnClass] | None = getattr(request, _OWN, None)
    if kept is None:
        actor: Actor = request.actor
        kept = own_classes(actor=actor, on=actor.today)
        setattr(request, _OWN, kept)
    return kept
