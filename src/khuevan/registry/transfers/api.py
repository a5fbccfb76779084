"""What other apps may use of the transfers app."""

from khuevan.registry.transfers.actions import (
    Newcomer,
    Outside,
    Sought,
    Wish,
    accept,
    ask_from_outside,
    ask_to_come,
    ask_to_leave,
    decide,
    give_paper,
    place,
    receive,
    refuse,
    release,
    take_back,
    withdraw,
)
from khuevan.registry.transfers.kinds import Paper, Route, Side, State, Step
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.permissions import (
    ASK_TRANSFER,
    DECIDE_TRANSFERS,
    RECORD_TRANSFERS,
    VIEW_TRANSFERS,
)
from khuevan.registry.transfers.selectors import get_transfer_for, transfers
from khuevan.registry.transfers.travelling import TravellingPart
from khuevan.registry.transfers.travelling import parts as travelling_parts

__all__ = [
    "ASK_TRANSFER",
    "DECIDE_TRANSFERS",
    "RECORD_TRANSFERS",
    "VIEW_TRANSFERS",
    "Newcomer",
    "Outside",
    "Paper",
    "Route",
    "Side",
    "Sought",
    "State",
    "Step",
    "Transfer",
    "TravellingPart",
    "Wish",
    "accept",
    "ask_from_outside",
    "ask_to_come",
    "ask_to_leave",
    "decide",
    "get_transfer_for",
    "give_paper",
    "place",
    "receive",
    "refuse",
    "release",
    "take_back",
    "transfers",
    "travelling_parts",
    "withdraw",
]
