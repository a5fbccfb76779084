"""What happens to gradebooks and their marks."""

from khuevan.school.gradebooks.actions.entering import enter_marks
from khuevan.school.gradebooks.actions.opening import Opened, bulk_open_books, open_books

__all__ = ["Opened", "bulk_open_books", "enter_marks", "open_books"]
