"""What happens in the curriculum: plans, assigned periods, duties."""

from khuevan.registry.curriculum.actions.assigning import assign_subject, set_periods
from khuevan.registry.curriculum.actions.duties import end_duty, record_duty
from khuevan.registry.curriculum.actions.giving import Wanted, give_many
from khuevan.registry.curriculum.actions.plans import (
    Filled,
    bulk_fill_plans,
    fill_plans,
    plan_subject,
    remove_subject,
    set_weeks,
)

__all__ = [
    "Filled",
    "Wanted",
    "assign_subject",
    "bulk_fill_plans",
    "end_duty",
    "fill_plans",
    "give_many",
    "plan_subject",
    "record_duty",
    "remove_subject",
    "set_periods",
    "set_weeks",
]
