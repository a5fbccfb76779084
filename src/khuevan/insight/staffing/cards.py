"""Teachers missing on the home pages: the officer's task, and the subjects that lack most."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.insight.staffing import selectors, shown
from khuevan.insight.staffing.posts import post_label
from khuevan.insight.staffing.selectors import Asked
from khuevan.kernel.actor import Actor
from khuevan.ui.formats import number
from khuevan.ui.home import Task
from khuevan.ui.request import Request

TOP = 5


def missing_card(request: Request) -> dict[str, Any] | None:
    """Return the subjects of a level of which most teachers are missing."""
    actor: Actor = request.actor
    lines = selectors.by_post(actor=actor, on=actor.today, asked=Asked())
    if not lines:
        return None
    sums = selectors.total(one.sums for one in lines)
    return {
        "missing": shown.teachers(sums.missing),
        "spare": shown.teachers(sums.spare),
        "url": reverse("staffing:index"),
        "lines": [
            {
                "name": post_label(one.code),
                "level": shown.level_label(one.level),
                "missing": shown.teachers(one.sums.missing),
                "spare": shown.teachers(one.sums.spare),
                "url": shown.address(Asked(one.level, one.code), by="school"),
            }
            for one in lines[:TOP]
            if one.sums.missing
        ],
    }


def leaving_soon(request: Request) -> list[Task]:
    """Return that teachers of a school reach the age of retirement within a year."""
    actor: Actor = request.actor
    told = selectors.overall(actor=actor, on=actor.today, asked=Asked())
    if not told.leaving:
        return []
    words = ngettext(
        "%(count)s teacher retires within a year", "%(count)s teachers retire within a year",
        told.leaving,
    )  # fmt: skip
    return [
        Task(
            label=words % {"count": number(told.leaving)},
            url=reverse("staffing:index"),
            icon="clock-alert",
            note=_("see what that changes, subject by subject"),
            count=told.leaving,
            order=80,
        )
    ]
