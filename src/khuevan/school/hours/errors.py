"""What the hours app refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class MonthNotOver(DomainError):
    """A month is closed when its last week is over."""

    code = "hours.month_not_over"
    message = _("The last week of that month ends on %(day)s. It can be closed after that day.")


class MonthClosed(DomainError):
    """The month is closed."""

    code = "hours.month_closed"
    message = _("That month is closed already.")


class MonthOpen(DomainError):
    """The month isn't closed."""

    code = "hours.month_open"
    message = _("That month isn't closed.")


class LaterMonthClosed(DomainError):
    """A later month was closed, and carries corrections of this one."""

    code = "hours.later_month_closed"
    message = _("%(month)s was closed after it. Please open that month first.")


class NothingHeld(DomainError):
    """There is nothing to close."""

    code = "hours.nothing_held"
    message = _("There were no weeks of teaching in that month.")
