"""Scores and numbers of faults for programs: the same reach as the pages, and nobody's name."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from ninja import Schema

from khuevan.insight.quality import selectors
from khuevan.insight.quality.permissions import VIEW_SCORES
from khuevan.insight.quality.rule_list import QualityRule, every_rule, rules_on
from khuevan.insight.quality.selectors import Points, RuleLine, Standing
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import get_school_for
from khuevan.ui.request import Request
from khuevan.ui.rest import Router

router = Router(tags=["quality"])


class RuleOut(Schema):
    """A rule that records are held against. `weight` is how much a cell counts."""

    code: str
    name: str
    why: str
    kind: str
    subject: str
    levels: list[str]
    weight: int
    source: str
    confidence: str
    starts_on: date
    ends_on: date | None

    @classmethod
    def of(cls, rule: QualityRule) -> Self:
        """Return the document of a rule, in the caller's language."""
        return cls(
            code=rule.code,
            name=rule.name,
            why=rule.why,
            kind=rule.kind,
            subject=rule.subject,
            levels=list(rule.levels),
            weight=rule.weight,
            source=rule.source,
            confidence=rule.confidence,
            starts_on=rule.starts_on,
            ends_on=rule.ends_on,
        )


class StandingOut(Schema):
    """A unit or a school: its score in percent, null where nothing was counted."""

    code: str
    name: str
    managed_by: str
    schools: int
    score: float | None
    change_in_30_days: float | None
    wrong: int
    worst: list[str]
    """Codes of the rules that cost most."""

    @classmethod
    def of(cls, one: Standing) -> Self:
        """Return the document of a standing."""
        known = {rule.code: rule for rule in every_rule()}
        return cls(
            code=one.code,
            name=one.name,
            managed_by=one.unit,
            schools=one.schools,
            score=_percent(one.now.score),
            change_in_30_days=_percent(one.change),
            wrong=one.now.wrong,
            worst=[rule.code for rule in one.worst(known)],
        )


class LeagueOut(Schema):
    """The schools in reach, the lowest score first."""

    on: date
    counted_at: datetime | None
    score: float | None
    wrong: int
    items: list[StandingOut]


class FoundOut(Schema):
    """What one rule found: cells checked, cells wrong, percent the score would gain."""

    rule: str
    checked: int
    wrong: int
    gain: float

    @classmethod
    def of(cls, line: RuleLine) -> Self:
        """Return the document of what a rule found."""
        return cls(
            rule=line.rule.code, checked=line.checked, wrong=line.wrong, gain=line.gain / 100
        )


class DayOut(Schema):
    """The score of a day."""

    on: date
    score: float | None
    wrong: int

    @classmethod
    def of(cls, on: date, points: Points) -> Self:
        """Return the document of a day."""
        return cls(on=on, score=_percent(points.score), wrong=points.wrong)


class SchoolQualityOut(Schema):
    """A school as it is now, with what each rule finds and its last 90 days."""

    code: str
    on: date
    score: float | None
    wrong: int
    rules: list[FoundOut]
    days: list[DayOut]


@router.get("/quality/rules", permission=VIEW_SCORES, response=list[RuleOut])
def list_rules(request: Request) -> list[RuleOut]:
    """Return the rules of data quality in force today."""
    return [RuleOut.of(one) for one in rules_on(request.actor.today)]


@router.get("/quality/units", permission=VIEW_SCORES, response=LeagueOut)
def list_units(request: Request) -> LeagueOut:
    """Return the score of each unit that manages schools in reach, the lowest first."""
    return _league(request, "", of_units=True)


@router.get("/quality/schools", permission=VIEW_SCORES, response=LeagueOut)
def list_schools(request: Request, unit: str = "") -> LeagueOut:
    """Return the score of each school in reach, of one unit when named, the lowest first."""
    return _league(request, unit, of_units=False)


@router.get("/quality/schools/{code}", permission=VIEW_SCORES, response=SchoolQualityOut)
def show_school(request: Request, code: str) -> SchoolQualityOut:
    """Return what each rule finds in a school now, and its score of the last 90 days."""
    actor = request.actor
    school = get_school_for(actor, code, VIEW_SCORES)
    lines = selectors.school_lines(school, actor.today)
    points = selectors.points_of_lines(lines)
    trend = selectors.trend_of(actor=actor, on=actor.today, schools=[school.pk])
    return SchoolQualityOut(
        code=school.code,
        on=actor.today,
        score=_percent(points.score),
        wrong=points.wrong,
        rules=[FoundOut.of(one) for one in lines],
        days=[DayOut.of(on, one) for on, one in trend],
    )


def _league(request: Request, unit: str, *, of_units: bool) -> LeagueOut:
    league = selectors.league_of(actor=request.actor, on=request.actor.today, unit=unit)
    if unit and not league.units:
        raise NotFound
    rows = league.units if of_units else league.schools
    return LeagueOut(
        on=league.on,
        counted_at=league.counted_at,
        score=_percent(league.total.now.score),
        wrong=league.total.now.wrong,
        items=[StandingOut.of(one) for one in rows],
    )


def _percent(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / 100
