"""What happens to statements of overtime: how they are counted, closed, opened again."""

from khuevan.school.hours.actions.closing import close_month, open_month
from khuevan.school.hours.actions.rule import set_rule

__all__ = ["close_month", "open_month", "set_rule"]
