"""What happens to gradebooks and their marks."""

from khuevan.school.gradebooks.actions.arrangements import (
    ArrangementData,
    arrange,
    end_arrangement,
)
from khuevan.school.gradebooks.actions.carrying import bring_averages, carry_marks
from khuevan.school.gradebooks.actions.columns import (
    add_column,
    close_column,
    remove_column,
    reopen_column,
)
from khuevan.school.gradebooks.actions.corrections import (
    approve_correction,
    ask_correction,
    confirm_correction,
    refuse_correction,
    turn_down_correction,
    withdraw_correction,
)
from khuevan.school.gradebooks.actions.entering import enter_marks
from khuevan.school.gradebooks.actions.make_ups import settle_make_ups, undo_make_ups
from khuevan.school.gradebooks.actions.opening import Opened, bulk_open_books, open_books
from khuevan.school.gradebooks.actions.reminding import remind_teachers
from khuevan.school.gradebooks.actions.windows import (
    WindowData,
    extend_window,
    lock_period,
    set_windows,
    unlock_period,
)

__all__ = [
    "ArrangementData",
    "arrange",
    "bring_averages",
    "carry_marks",
    "end_arrangement",
    "Opened",
    "WindowData",
    "add_column",
    "approve_correction",
    "ask_correction",
    "confirm_correction",
    "refuse_correction",
    "turn_down_correction",
    "withdraw_correction",
    "bulk_open_books",
    "close_column",
    "enter_marks",
    "extend_window",
    "lock_period",
    "open_books",
    "remind_teachers",
    "remove_column",
    "reopen_column",
    "set_windows",
    "settle_make_ups",
    "undo_make_ups",
    "unlock_period",
]
