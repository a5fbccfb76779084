"""What the classes of the demo learn: the plan of each, from the programme of its grade."""

from __future__ import annotations

from datetime import datetime

from khuevan.kernel.actor import Actor
from khuevan.registry.curriculum.api import MANAGE_PLANS, fill_plans
from khuevan.registry.schools.api import academic_year_on, schools


def plan_classes(*, actor: Actor, now: datetime) -> int:
    """Make the plans of all classes that have none; return of how many."""
    year = academic_year_on(actor.today)
    if year is None:
        return 0
    rows = schools(actor=actor, on=actor.today, permission=MANAGE_PLANS)
    return sum(fill_plans(actor=actor, school=one, year=year, now=now).made for one in rows)
