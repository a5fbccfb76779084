"""From what is typed to a school and a day: the same for pages, programs and the command line."""

from __future__ import annotations

from datetime import date

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.authority.errors import DayUnreadable
from khuevan.registry.authority.permissions import VIEW_AUTHORITY
from khuevan.registry.schools.api import School, get_school_for
from khuevan.ui.forms import typed_day


def school_asked(actor: Actor, code: str, *, on: date) -> School:
    """Return the school as it is today, else, for one that has ended, as it was on that day.

    :raises NotFound: when it is not within reach
    """
    try:
        return get_school_for(actor, code.strip(), VIEW_AUTHORITY)
    except NotFound:
        return get_school_for(actor, code.strip(), VIEW_AUTHORITY, on=on)


def day_asked(text: str, *, otherwise: date) -> date:
    """Return the day that was typed, 2025-07-01 or 01/07/2025; another one when nothing was.

    :raises DayUnreadable: when no such day exists
    """
    if not text.strip():
        return otherwise
    day = typed_day(text)
    if day is None:
        raise DayUnreadable(day=text.strip())
    return day
