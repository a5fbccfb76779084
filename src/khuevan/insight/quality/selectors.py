"""Reading scores and numbers of faults within somebody's reach: a few queries, whatever it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Sum

from khuevan.insight.quality.counting import count_now
from khuevan.insight.quality.models import RuleCount, SchoolScore
from khuevan.insight.quality.permissions import VIEW_SCORES
from khuevan.insight.quality.rule_list import QualityRule, rules_on
from khuevan.insight.quality.rules import Tally, gain_of, points_of, score_of
from khuevan.insight.rollup.api import Place, places_on
from khuevan.kernel.actor import Actor
from khuevan.registry.schools.api import School

MONTH = timedelta(days=30)
FRESH = timedelta(days=8)
"""A score older than that is none: the school was not counted."""
TREND = timedelta(days=90)
ENOUGH = 0.8
"""A day on which fewer of the schools were counted is left out of the trend of all."""


@dataclass(frozen=True, slots=True)
class Points:
    """Points lost and points there are, with the number of wrong cells."""

    lost: int = 0
    whole: int = 0
    wrong: int = 0

    @property
    def score(self) -> int | None:
        """Return the score in hundredths of a percent."""
        return score_of(self.lost, self.whole)

    def __add__(self, other: Points) -> Points:
        return Points(self.lost + other.lost, self.whole + other.whole, self.wrong + other.wrong)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """What one rule found: cells checked, cells wrong, what the score would gain."""

    rule: QualityRule
    checked: int
    wrong: int
    gain: int

    @property
    def cost(self) -> int:
        """Return the points lost by it."""
        return self.wrong * self.rule.weight


@dataclass(slots=True)
class Standing:
    """A school or a unit in the league: its points now, a month ago, its costliest rules."""

    code: str
    name: str
    sort_key: str
    unit: str = ""
    now: Points = field(default_factory=Points)
    then: Points = field(default_factory=Points)
    both: Points = field(default_factory=Points)
    """Now, of the schools that were counted a month ago too: only they are compared."""
    schools: int = 0
    cost: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def change(self) -> int | None:
        """Return by how many hundredths of a percent the score rose in a month."""
        before, after = self.then.score, self.both.score
        return None if before is None or after is None else after - before

    def worst(self, known: Mapping[str, QualityRule], most: int = 2) -> list[QualityRule]:
        """Return the rules that cost most points."""
        ranked = sorted(self.cost.items(), key=lambda one: (-one[1], one[0]))
        return [known[code] for code, cost in ranked[:most] if cost and code in known]


@dataclass(frozen=True, slots=True)
class League:
    """All schools in reach with a score, by school and by the unit that manages them."""

    on: date
    counted_at: datetime | None
    total: Standing
    units: list[Standing]
    schools: list[Standing]
    uncounted: int
    """Open schools of which nothing has been counted lately."""


def league_of(*, actor: Actor, on: date, unit: str = "") -> League:
    """Return the schools in reach, of one unit only when named: four queries beside the places'."""
    places = places_on(actor=actor, permission=VIEW_SCORES, on=on, by_location=False)
    chosen = {pk: one for pk, one in places.items() if not unit or one.unit_code == unit}
    now, then = _latest(actor, on), _latest(actor, on - MONTH)
    cost = _costs(actor)
    total = Standing("", "", "")
    units: dict[str, Standing] = {}
    schools = []
    for pk, place in chosen.items():
        if pk not in now:
            continue
        school = Standing(place.code, place.name, place.sort_key, place.unit)
        group = units.setdefault(
            place.unit_code, Standing(place.unit_code, place.unit, place.unit_sort)
        )
        for one in (school, group, total):
            _add(one, now[pk][0], then.get(pk, (None,))[0], cost.get(pk, {}))
        schools.append(school)
    uncounted = sum(1 for pk, one in chosen.items() if one.is_open and pk not in now)
    moment = max((at for _points, at in now.values()), default=None)
    return League(on, moment, total, ranked(units.values()), ranked(schools), uncounted)


def ranked(rows: Iterable[Standing]) -> list[Standing]:
    """Return the lowest score first: who needs help stands on top."""
    return sorted(rows, key=lambda one: (one.now.score or 0, one.sort_key, one.code))


def _add(to: Standing, now: Points, then: Points | None, cost: Mapping[str, int]) -> None:
    to.now += now
    to.schools += 1
    if then is not None:
        to.then += then
        to.both += now
    for code, points in cost.items():
        to.cost[code] += points


def _latest(actor: Actor, on: date) -> dict[int, tuple[Points, datetime]]:
    """Return the newest points of each school in reach up to a day, by its id."""
    rows = (
        SchoolScore.objects.visible_to(actor, VIEW_SCORES)
        .filter(on__gt=on - FRESH, on__lte=on)
        .order_by("on")
        .values_list("school_id", "lost", "whole", "wrong", "counted_at")
    )
    return {pk: (Points(lost, whole, wrong), at) for pk, lost, whole, wrong, at in rows}


def _costs(actor: Actor) -> dict[int, dict[str, int]]:
    rows = RuleCount.objects.visible_to(actor, VIEW_SCORES)
    rows = rows.filter(ends_on__isnull=True, wrong__gt=0)
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for pk, rule, weight, wrong in rows.values_list("school_id", "rule", "weight", "wrong"):
        found[pk][rule] = weight * wrong
    return found


def rule_sums(*, actor: Actor, on: date, schools: Collection[int] | None = None) -> list[RuleLine]:
    """Return what each rule found in all schools in reach, the costliest first: one query."""
    rows = RuleCount.objects.visible_to(actor, VIEW_SCORES).filter(ends_on__isnull=True)
    if schools is not None:
        rows = rows.filter(school_id__in=schools)
    sums = rows.order_by().values_list("rule").annotate(Sum("checked"), Sum("wrong"))
    return lines_of({rule: (checked, wrong) for rule, checked, wrong in sums}, on)


@dataclass(frozen=True, slots=True)
class SchoolFaults:
    """What a rule found in one school at the last count."""

    place: Place
    checked: int
    wrong: int


def schools_at_fault(*, actor: Actor, on: date, rule: str, unit: str = "") -> list[SchoolFaults]:
    """Return the schools in reach in which a rule found something, most of it first."""
    places = places_on(actor=actor, permission=VIEW_SCORES, on=on, by_location=False)
    rows = RuleCount.objects.visible_to(actor, VIEW_SCORES)
    rows = rows.filter(rule=rule, ends_on__isnull=True, wrong__gt=0)
    found = [
        SchoolFaults(places[pk], checked, wrong)
        for pk, checked, wrong in rows.values_list("school_id", "checked", "wrong")
        if pk in places and (not unit or places[pk].unit_code == unit)
    ]
    return sorted(found, key=lambda one: (-one.wrong, one.place.sort_key, one.place.code))


def lines_of(counts: Mapping[str, tuple[int, int]], on: date) -> list[RuleLine]:
    """Return the rules of a day that had something to check, the costliest first."""
    held = [(one, *counts[one.code]) for one in rules_on(on) if counts.get(one.code, (0, 0))[0]]
    _lost, whole = points_of(Tally(checked, wrong, one.weight) for one, checked, wrong in held)
    lines = [
        RuleLine(one, checked, wrong, gain_of(Tally(checked, wrong, one.weight), whole))
        for one, checked, wrong in held
    ]
    return sorted(lines, key=lambda line: (-line.cost, -line.wrong, line.rule.code))


def school_lines(school: School, on: date) -> list[RuleLine]:
    """Return what each rule finds in a school now; the school was reached with `VIEW_SCORES`."""
    return lines_of(count_now(on, [school.pk])[school.pk], on)


def points_of_lines(lines: Iterable[RuleLine]) -> Points:
    """Return the points of what the rules found."""
    listed = list(lines)
    lost, whole = points_of(Tally(one.checked, one.wrong, one.rule.weight) for one in listed)
    return Points(lost, whole, sum(one.wrong for one in listed))


def trend_of(
    *, actor: Actor, on: date, schools: Collection[int] | None = None
) -> list[tuple[date, Points]]:
    """Return the points of the schools in reach by day, the oldest first: one query."""
    rows = SchoolScore.objects.visible_to(actor, VIEW_SCORES)
    rows = rows.filter(on__gt=on - TREND, on__lte=on)
    if schools is not None:
        rows = rows.filter(school_id__in=schools)
    days: list[Any] = list(
        rows.order_by("on")
        .values_list("on")
        .annotate(Sum("lost"), Sum("whole"), Sum("wrong"), Count("pk"))
    )
    most = max((count for *_rest, count in days), default=0)
    return [
        (day, Points(lost, whole, wrong))
        for day, lost, whole, wrong, count in days
        if count >= most * ENOUGH
    ]


def schools_of_unit(*, actor: Actor, on: date, unit: str) -> list[Place]:
    """Return the schools in reach that a unit manages on a day."""
    places = places_on(actor=actor, permission=VIEW_SCORES, on=on, by_location=False)
    return [one for one in places.values() if one.unit_code == unit]
