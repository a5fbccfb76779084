"""Everything that happens to transfers of pupils and staff, by verb."""

from khuevan.registry.transfers.actions.answer import accept, refuse, withdraw
from khuevan.registry.transfers.actions.ask import (
    Newcomer,
    Outside,
    Sought,
    Wish,
    ask_from_outside,
    ask_to_come,
    ask_to_leave,
)
from khuevan.registry.transfers.actions.ask_staff import (
    StaffNewcomer,
    StaffWish,
    ask_for_colleague,
    ask_for_colleague_of,
    ask_for_outsider,
    ask_to_move,
)
from khuevan.registry.transfers.actions.case import Answer
from khuevan.registry.transfers.actions.deciding import decide
from khuevan.registry.transfers.actions.papers import give_paper, take_paper_out
from khuevan.registry.transfers.actions.receiving import place, receive
from khuevan.registry.transfers.actions.releasing import release, take_back
from khuevan.registry.transfers.filed import missing_papers, needed_papers

__all__ = [
    "Answer",
    "Newcomer",
    "Outside",
    "Sought",
    "StaffNewcomer",
    "StaffWish",
    "Wish",
    "accept",
    "ask_for_colleague",
    "ask_for_colleague_of",
    "ask_for_outsider",
    "ask_from_outside",
    "ask_to_come",
    "ask_to_leave",
    "ask_to_move",
    "decide",
    "give_paper",
    "missing_papers",
    "needed_papers",
    "place",
    "receive",
    "refuse",
    "release",
    "take_back",
    "take_paper_out",
    "withdraw",
]
