"""The census days of a demo province: the newest start and end of a school year, frozen."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from khuevan.insight.rollup.api import freeze_census, open_census
from khuevan.kernel.actor import Actor

DAYS = ((9, 30), (5, 31))
"""Start and end of the school year (statistics sheet 1)."""


def keep_census_days(*, actor: Actor, now: datetime) -> None:
    """Decide and freeze the newest census day of each kind."""
    for month, day in DAYS:
        on = date(actor.today.year, month, day)
        if on > actor.today:
            on = on.replace(year=on.year - 1)
        with translation.override("vi"):  # kept as text
            decision = _("Yearly plan of the department")
        census = open_census(actor=actor, on=on, level="", decision=decision, now=now)
        freeze_census(actor=actor, uuid=census.uuid, now=now)
