"""What happens with combinations: offered, chosen, given, changed."""

from khuevan.registry.choices.actions.changes import ChangeData, ask_change, decide_change
from khuevan.registry.choices.actions.combinations import (
    CombinationData,
    change_combination,
    close_combination,
    make_combination,
    plans_follow,
)
from khuevan.registry.choices.actions.groups import Made, make_groups
from khuevan.registry.choices.actions.results import compute_result, publish_result
from khuevan.registry.choices.actions.rounds import (
    RoundData,
    Said,
    change_round,
    give_wishes,
    list_wishes,
    open_round,
    remind,
)

__all__ = [
    "ChangeData",
    "CombinationData",
    "Made",
    "RoundData",
    "Said",
    "ask_change",
    "change_combination",
    "change_round",
    "close_combination",
    "compute_result",
    "decide_change",
    "give_wishes",
    "list_wishes",
    "make_combination",
    "make_groups",
    "open_round",
    "plans_follow",
    "publish_result",
    "remind",
]
