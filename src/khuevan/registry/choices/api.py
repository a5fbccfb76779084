"""What other apps may use of the choices app."""

from khuevan.registry.choices.actions import (
    CombinationData,
    RoundData,
    Said,
    give_wishes,
    list_wishes,
    make_combination,
    open_round,
)
from khuevan.registry.choices.allotment_rules import promise_of
from khuevan.registry.choices.errors import RoundNotOpen, WishesUnfit
from khuevan.registry.choices.models import (
    MOST_WISHES,
    Allotment,
    ChoiceRound,
    Combination,
    CombinationClass,
    PupilCombination,
    WishList,
)
from khuevan.registry.choices.permissions import DECIDE_CHOICES, GIVE_WISHES, VIEW_CHOICES
from khuevan.registry.choices.selectors.combinations import combination_of
from khuevan.registry.choices.selectors.rounds import (
    offered_in,
    own_result,
    own_wishes,
    rounds_of,
)
from khuevan.registry.choices.shown import result_words, subjects_words

__all__ = [
    "DECIDE_CHOICES",
    "GIVE_WISHES",
    "MOST_WISHES",
    "VIEW_CHOICES",
    "Allotment",
    "ChoiceRound",
    "Combination",
    "CombinationClass",
    "CombinationData",
    "PupilCombination",
    "RoundData",
    "RoundNotOpen",
    "Said",
    "WishList",
    "WishesUnfit",
    "combination_of",
    "give_wishes",
    "list_wishes",
    "make_combination",
    "offered_in",
    "open_round",
    "own_result",
    "own_wishes",
    "promise_of",
    "result_words",
    "rounds_of",
    "subjects_words",
]
