"""What the classes of the demo learn: the plan of each, from the programme of its grade."""

from __future__ import annotations

from datetime import datetime

from khuevan.insight.staffing.api import refresh_staffing
from khuevan.kernel.actor import Actor
from khuevan.registry.curriculum.api import bulk_fill_plans
from khuevan.registry.schools.api import academic_year_on


def plan_classes(*, actor: Actor, now: datetime) -> int:
    """Make the plans of all classes that have none, and count who is needed; return of how many."""
    year = academic_year_on(actor.today)
    if year is None:
        return 0
    made = bulk_fill_plans(actor=actor, year=year, now=now)
    refresh_staffing(on=actor.today, now=now)
    return made
