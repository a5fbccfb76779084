"""Data quality on the home pages: the score, what costs most, where to go on."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.insight.quality import selectors, shown
from khuevan.insight.quality.permissions import VIEW_FINDINGS, VIEW_SCORES
from khuevan.kernel.actor import Actor
from khuevan.registry.schools.api import School, held_on
from khuevan.ui.formats import number
from khuevan.ui.home import Task
from khuevan.ui.request import Request

TOP = 3
LOW = 9900
"""A school below 99 is told to the office above as one that waits."""


def school_card(request: Request) -> dict[str, Any] | None:
    """Return the score of one's school as last counted, with the rules that cost most."""
    actor: Actor = request.actor
    school = School.objects.visible_to(actor, VIEW_SCORES).first()
    trend = selectors.trend_of(actor=actor, on=actor.today, schools=[school.pk]) if school else []
    if school is None or not trend:
        return None
    points = trend[-1][1]
    lines = selectors.rule_sums(actor=actor, on=actor.today, schools=[school.pk])
    sees = held_on(actor, VIEW_FINDINGS, school)
    return {
        "score": shown.percent(points.score),
        "url": reverse("quality:school", args=[school.code]),
        "wrong": points.wrong,
        "lines": [
            {
                "name": one.rule.name,
                "wrong": number(one.wrong),
                "url": reverse("quality:findings", args=[school.code, one.rule.code])
                if sees
                else "",
            }
            for one in lines[:TOP]
            if one.wrong
        ],
    }


def low_schools(request: Request) -> list[Task]:
    """Return that some schools' records are poor, for the office that answers for them."""
    actor: Actor = request.actor
    league = selectors.league_of(actor=actor, on=actor.today)
    low = [one for one in league.schools if (one.now.score or 0) < LOW]
    if not low:
        return []
    words = ngettext(
        "Records of %(count)s school are below 99%%", "Records of %(count)s schools are below 99%%",
        len(low),
    )  # fmt: skip
    lowest = _("lowest: %(name)s, %(score)s%%") % {
        "name": low[0].name,
        "score": shown.percent(low[0].now.score),
    }
    return [
        Task(
            label=words % {"count": number(len(low))},
            url=f"{reverse('quality:index')}?by=school",
            icon="list-checks",
            note=lowest,
            count=len(low),
            order=60,
        )
    ]
