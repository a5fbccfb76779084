"""What is done in a move-over: begun, totals and explanations entered, submitted, signed."""

from khuevan.registry.cutover.actions.entering import OwnTotal, explain, save_totals
from khuevan.registry.cutover.actions.finishing import (
    abandon,
    note_taken,
    sign,
    submit,
    withdraw,
)
from khuevan.registry.cutover.actions.lists import count_in, join_live, leave_out
from khuevan.registry.cutover.actions.starting import begin

__all__ = [
    "OwnTotal",
    "abandon",
    "begin",
    "count_in",
    "explain",
    "join_live",
    "leave_out",
    "note_taken",
    "save_totals",
    "sign",
    "submit",
    "withdraw",
]
