"""The one answer to which days a school teaches: the province's frame, days off, closures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.calendar.api import holiday_kinds, swapped_days, working_calendar
from khuevan.platform.organizations.api import UnitKind, units_above, versions_on
from khuevan.registry.schools import calendar_rules as rules
from khuevan.registry.schools.calendar_rules import SchoolDays
from khuevan.registry.schools.errors import YearNotDecided
from khuevan.registry.schools.facts import facts_of
from khuevan.registry.schools.models import (
    AcademicYear,
    Closure,
    EducationLevel,
    MakeUpDay,
    Term,
    YearFrame,
)
from khuevan.registry.schools.permissions import CLOSE_DAYS, DECIDE_YEARS

_PROVINCIAL = (UnitKind.PROVINCE, UnitKind.DEPARTMENT)
ONE_DAY = timedelta(days=1)
LONGEST_YEAR = timedelta(days=366)
AHEAD, LOOK_BACK = timedelta(days=28), timedelta(days=120)
"""How far a family is told ahead, and how long ago days off may lie that are made up now."""
_MADE_UP = Prefetch("make_up_days", MakeUpDay.objects.order_by("on"))


@dataclass(slots=True)
class LevelYear:
    """A level's frame and terms of a year, as far as decided."""

    level: str
    frame: YearFrame | None
    terms: list[Term] = field(default_factory=list)

    @property
    def last_day(self) -> date | None:
        """Return the last day of the year's work."""
        return last_day(self.frame.ends_on) if self.frame else None

    @property
    def spans(self) -> list[tuple[int, date, date]]:
        """Return number, first and last day of each term."""
        return [(term.number, term.starts_on, last_day(term.ends_on)) for term in self.terms]

    @property
    def label(self) -> str:
        """Return the level for people to read."""
        return str(EducationLevel(self.level).label)


def level_years(year: AcademicYear) -> list[LevelYear]:
    """Return each level's frame and terms of a year: two queries."""
    frames = {one.level: one for one in YearFrame.objects.filter(academic_year=year)}
    found = {level: LevelYear(level, frames.get(level)) for level in EducationLevel.values}
    for term in Term.objects.filter(academic_year=year).order_by("level", "number"):
        found[term.level].terms.append(term)
    return list(found.values())


def closures_of(school_id: int, *, first: date, end: date, level: str = "") -> QuerySet[Closure]:
    """Return the closures that reach a school in a span of days, newest first.

    The units above are those of the closure's first days: a school that moved later keeps its own.
    """
    above = units_above([school_id], on=first) | units_above([school_id], on=end)
    rows = Closure.objects.filter(
        unit_id__in=above, starts_on__lt=end, ends_on__gt=first, is_withdrawn=False
    )
    if level:
        rows = rows.filter(Q(levels=[]) | Q(levels__contains=[level]))
    return rows.prefetch_related(_MADE_UP).order_by("-starts_on", "-pk")


@dataclass(frozen=True, slots=True)
class DaysAhead:
    """Days off, or the days on which they are made up, that a family should know of now."""

    reason: str
    first: date
    last: date
    made_up: tuple[date, ...]


def days_ahead(school_id: int, level: str, *, on: date) -> list[DaysAhead]:
    """Return the days off and made up that touch a school's level in the coming weeks, by day.

    Days off that are over, told because they are made up, come last.
    """
    end = on + AHEAD
    found = closures_of(school_id, first=on - LOOK_BACK, end=end, level=level)
    told = []
    for one in found:
        made_up = tuple(day.on for day in one.make_up_days.all() if on <= day.on < end)
        if one.ends_on > on or made_up:
            told.append(DaysAhead(one.why, one.starts_on, last_day(one.ends_on), made_up))
    return sorted(told, key=lambda one: (one.last < on, one.first))


def decides_years(actor: Actor) -> bool:
    """Return whether the actor decides for the province: on it or on its department."""
    reach = actor.reach(DECIDE_YEARS, "school")
    offices = versions_on(actor.today).filter(unit__kind__in=_PROVINCIAL)
    return reach.everything or offices.filter(unit_id__in=reach.ids).exists()


def closures_in_reach(actor: Actor) -> list[Closure]:
    """Return the closures that the actor may decide on, newest first: the last hundred."""
    reach = actor.reach(CLOSE_DAYS, "school")
    rows = Closure.objects.filter(is_withdrawn=False).select_related("unit")
    if not reach.everything:
        rows = rows.filter(unit_id__in=reach.ids)
    return list(rows.prefetch_related(_MADE_UP).order_by("-starts_on", "-pk")[:100])


def get_closure_for(actor: Actor, uuid: UUID) -> Closure:
    """Return the closure with this uuid, where the actor decides on it, or raise `NotFound`."""
    closure = Closure.objects.filter(uuid=uuid, is_withdrawn=False).first()
    if closure is None or closure.unit_id not in actor.reach(CLOSE_DAYS, "school"):
        raise NotFound
    return closure


def school_days(school_id: int, level: str, year: AcademicYear) -> SchoolDays:
    """Return what decides a school's teaching days of a level in a year.

    :raises YearNotDecided: when the province has not decided the level's frame
    """
    frame = YearFrame.objects.filter(academic_year=year, level=level).first()
    if frame is None:
        raise YearNotDecided(year=str(year), level=str(EducationLevel(level).label))
    return _school_days(school_id, level, frame, teaches_saturday=frame.teaches_saturday)


def _school_days(
    school_id: int, level: str, span: YearFrame | AcademicYear, *, teaches_saturday: bool
) -> SchoolDays:
    first, end = span.starts_on, span.ends_on
    calendar = working_calendar(first, end)
    found = list(closures_of(school_id, first=first, end=end, level=level))
    made_up = {day.on for one in found for day in one.make_up_days.all()}
    return SchoolDays(
        starts_on=first,
        ends_on=end,
        teaches_saturday=teaches_saturday,
        days_off=calendar.days_off,
        closed=tuple((one.starts_on, one.ends_on) for one in found),
        made_up=calendar.days_worked | made_up,
    )


def teaching_days(school_id: int, level: str, term: Term) -> list[date]:
    """Return the days of a term on which a school teaches a level, in order.

    :raises YearNotDecided: when the province has not decided the level's frame
    """
    days = school_days(school_id, level, term.academic_year)
    return rules.teaching_days((term.starts_on, term.ends_on), days)


def is_teaching_day(school_id: int, level: str, *, on: date) -> bool:
    """Return whether a school teaches a level on a day.

    :raises YearNotDecided: when the province has not decided the level's frame
    """
    year = AcademicYear.objects.filter(starts_on__lte=on, ends_on__gt=on).first()
    return year is not None and rules.is_teaching_day(on, school_days(school_id, level, year))


def days_taught(school_id: int, level: str, *, first: date, end: date) -> set[date]:
    """Return the days of a span on which a school teaches a level.

    In a year whose frame the province has not decided these are Monday to Saturday, without public
    holidays and the days on which schools were closed.
    """
    found: set[date] = set()
    for year in AcademicYear.objects.filter(starts_on__lt=end, ends_on__gt=first):
        try:
            days = school_days(school_id, level, year)
        except YearNotDecided:
            days = _school_days(school_id, level, year, teaches_saturday=True)
        span = max(first, year.starts_on), min(end, year.ends_on)
        found.update(rules.teaching_days(span, days))
    return found


def why_off(school_id: int, level: str, *, first: date, end: date) -> dict[date, str]:
    """Return of the days of a span without lessons why, as far as anybody said: in words.

    A closure's reason, a holiday's name, a day exchanged, days outside the year; an ordinary
    Saturday or Sunday needs no reason.
    """
    told: dict[date, str] = {}
    frames = list(YearFrame.objects.filter(level=level).order_by("starts_on"))
    off = holiday_kinds(first, end)
    swapped = {one.on for one in swapped_days(first, end) if not one.works}
    closed = list(closures_of(school_id, first=first, end=end, level=level))
    taught = days_taught(school_id, level, first=first, end=end)
    for number in range((end - first).days):
        on = first + timedelta(days=number)
        if on in taught:
            continue
        closure = next((one for one in closed if one.starts_on <= on < one.ends_on), None)
        if closure is not None:
            told[on] = closure.why
        elif on in off:
            told[on] = str(off[on].label)
        elif on in swapped:
            told[on] = _("exchanged for another day")
        elif frames and not any(one.starts_on <= on < one.ends_on for one in frames):
            told[on] = _("outside the weeks of teaching")
    return told


def made_up_levels(closure: Closure) -> tuple[AcademicYear | None, list[SchoolDays]]:
    """Return the year of a closure and the days of the levels it is for, as far as decided."""
    day = closure.starts_on
    year = AcademicYear.objects.filter(starts_on__lte=day, ends_on__gt=day).first()
    if year is None:
        return None, []
    frames = YearFrame.objects.filter(academic_year=year)
    own = facts_of([closure.unit_id], on=day).get(closure.unit_id)
    concerned = closure.levels or (own.levels if own else ())
    if concerned:
        frames = frames.filter(level__in=concerned)
    levels = frames.order_by("level").values_list("level", flat=True)
    return year, [school_days(closure.unit_id, level, year) for level in levels]


def taken_days(closure: Closure, on: date) -> list[date]:
    """Return the day where another closure of the unit is made up on it."""
    found = closures_of(closure.unit_id, first=on - LONGEST_YEAR, end=on + ONE_DAY)
    others = found.exclude(pk=closure.pk)
    return [day.on for one in others for day in one.make_up_days.all() if day.on == on]


def last_day(end: date) -> date:
    """Return the last day of a span, for people to read."""
    return end - timedelta(days=1)
