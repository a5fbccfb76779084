"""What other apps may use of the hours app."""

from khuevan.school.hours.actions import close_month, open_month, set_rule
from khuevan.school.hours.permissions import VIEW_STATEMENT
from khuevan.school.hours.selectors.statements import Statement, statement_of

__all__ = [
    "VIEW_STATEMENT",
    "Statement",
    "close_month",
    "open_month",
    "set_rule",
    "statement_of",
]
