"""What happens to comments, and to the phrases they are made of."""

from khuevan.school.remarks.actions.saving import Entry, save_remarks

__all__ = ["Entry", "save_remarks"]
