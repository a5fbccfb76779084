"""What happens: names are opened, a census day is decided, frozen, opened again."""

from khuevan.insight.rollup.actions.census import freeze_census, open_census, reopen_census
from khuevan.insight.rollup.actions.looking import (
    note_frozen_opened,
    note_moves_opened,
    note_names_opened,
)

__all__ = [
    "freeze_census",
    "note_frozen_opened",
    "note_moves_opened",
    "note_names_opened",
    "open_census",
    "reopen_census",
]
