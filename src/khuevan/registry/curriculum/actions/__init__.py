"""What happens in the curriculum: plans, assigned periods, duties."""

from khuevan.registry.curriculum.actions.answering import set_responsible
from khuevan.registry.curriculum.actions.assigning import assign_subject, set_periods
from khuevan.registry.curriculum.actions.duties import (
    INFORMATICS,
    NewDuty,
    end_duty,
    record_duty,
    withdraw_duty,
)
from khuevan.registry.curriculum.actions.following import follow_choices
from khuevan.registry.curriculum.actions.giving import Wanted, give_many
from khuevan.registry.curriculum.actions.groups import (
    GroupData,
    change_group,
    give_group,
    make_group,
    pick_group_pupils,
    remove_group,
    set_group_pupils,
)
from khuevan.registry.curriculum.actions.plans import (
    Filled,
    bulk_fill_plans,
    fill_plans,
    plan_subject,
    remove_subject,
    set_integrated,
    set_weeks,
)
from khuevan.registry.curriculum.actions.works import (
    NewWork,
    end_work,
    record_work,
    set_zone,
    withdraw_work,
)

__all__ = [
    "INFORMATICS",
    "Filled",
    "GroupData",
    "NewDuty",
    "NewWork",
    "Wanted",
    "assign_subject",
    "bulk_fill_plans",
    "change_group",
    "end_duty",
    "end_work",
    "fill_plans",
    "follow_choices",
    "give_group",
    "give_many",
    "make_group",
    "pick_group_pupils",
    "plan_subject",
    "record_duty",
    "remove_group",
    "record_work",
    "remove_subject",
    "set_group_pupils",
    "set_integrated",
    "set_periods",
    "set_responsible",
    "set_weeks",
    "set_zone",
    "withdraw_duty",
    "withdraw_work",
]
