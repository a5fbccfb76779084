"""What happens to comments, and to the phrases they are made of."""

from khuevan.school.remarks.actions.phrases import (
    add_phrases,
    change_phrase,
    read_phrases,
    remove_phrase,
    take_shipped,
)
from khuevan.school.remarks.actions.saving import Entry, save_remarks
from khuevan.school.remarks.actions.setting import set_limits

__all__ = [
    "Entry",
    "add_phrases",
    "change_phrase",
    "read_phrases",
    "remove_phrase",
    "save_remarks",
    "set_limits",
    "take_shipped",
]
