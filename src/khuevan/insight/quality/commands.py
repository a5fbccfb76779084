"""`khuevan quality`: scores and faults by rule on the command line; `quality count` writes them."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khuevan.insight.quality import selectors, upkeep
from khuevan.insight.quality.permissions import COUNT_ANEW, VIEW_SCORES
from khuevan.insight.quality.selectors import Points, RuleLine, Standing
from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import get_school_for
from khuevan.ui.commands import Answer, argument, command
from khuevan.ui.formats import spoken

MOST_RULES = 10


@command(
    "quality",
    VIEW_SCORES,
    help=gettext_lazy("say how good the records are: a school's rules, or the schools of a unit"),
    arguments=(
        argument("--school", default="", help=gettext_lazy("the school's code")),
        argument("--unit", default="", help=gettext_lazy("the code of a unit")),
    ),
)
def quality(actor: Actor, arguments: Namespace) -> Answer:
    """Say the score of a school with its faults by rule, or of the schools in reach."""
    return _school(actor, arguments.school) if arguments.school else _league(actor, arguments.unit)


@command(
    "quality count",
    COUNT_ANEW,
    help=gettext_lazy("count the faults of all records now; the system does so every night"),
)
def count(actor: Actor, arguments: Namespace) -> Answer:
    """Count every school anew."""
    schools = upkeep.refresh(on=actor.today, now=clock.now(), tell=_tell)
    words = ngettext("%(count)s school counted", "%(count)s schools counted", schools)
    return Answer(words % {"count": spoken(schools)}, {"schools": schools})


def _school(actor: Actor, code: str) -> Answer:
    school = get_school_for(actor, code, VIEW_SCORES)
    lines = selectors.school_lines(school, actor.today)
    points = selectors.points_of_lines(lines)
    data = {"code": school.code, **_points(points), "rules": [_rule(one) for one in lines]}
    return Answer("\n".join([_told(school.code, points), *_rules(lines)]), data)


def _league(actor: Actor, unit: str) -> Answer:
    league = selectors.league_of(actor=actor, on=actor.today, unit=unit)
    if unit and not league.units:
        raise NotFound
    rows = league.schools if unit else league.units
    lines = [_told(f"{one.code} {one.name}".strip(), one.now, one.change) for one in rows]
    data = {
        **_points(league.total.now),
        "counted_at": league.counted_at,
        "items": [_standing(one) for one in rows],
    }
    return Answer("\n".join([_told(_("All schools in reach"), league.total.now), *lines]), data)


def _told(name: str, points: Points, change: int | None = None) -> str:
    words = {"name": name, "score": _hundredths(points.score), "wrong": spoken(points.wrong)}
    text = _("%(name)s: score %(score)s, %(wrong)s wrong cells") % words
    if change is None:
        return text
    return f"{text} ({'+' if change > 0 else ''}{_hundredths(change)})"


def _hundredths(value: int | None) -> str:
    return spoken(None if value is None else value / 100, 2)


def _rules(lines: list[RuleLine]) -> list[str]:
    wrong = [one for one in lines if one.wrong][:MOST_RULES]
    return [f"  {one.rule.name}: {spoken(one.wrong)}/{spoken(one.checked)}" for one in wrong]


def _points(points: Points) -> dict[str, Any]:
    score = points.score
    return {"score": None if score is None else score / 100, "wrong": points.wrong}


def _rule(line: RuleLine) -> dict[str, Any]:
    return {"rule": line.rule.code, "checked": line.checked, "wrong": line.wrong}


def _standing(one: Standing) -> dict[str, Any]:
    change = one.change
    return {
        "code": one.code,
        "name": one.name,
        "schools": one.schools,
        **_points(one.now),
        "change_in_30_days": None if change is None else change / 100,
    }


def _tell(done: int, total: int) -> None:
    sys.stderr.write(f"{done}/{total}\n")
