"""What an address or a form asks for by hand: a stranger's words, None where they are no sense."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from khuevan.kernel.errors import NotFound
from khuevan.ui.forms import FIRST_DAY, LAST_DAY
from khuevan.ui.request import Request

MOST_DIGITS = 9


def day_in(text: str) -> date | None:
    """Return the day that a text names, 2026-11-24, where weeks and months around it are days."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST_DAY <= found <= LAST_DAY else None


def asked_day(request: Request) -> date:
    """Return the day that an address names, else today."""
    return day_in(request.GET.get("on", "")) or request.actor.today


def day_of_deed(request: Request) -> date:
    """Return the day that an address names; what is done of no day is not done today instead.

    :raises NotFound: when something is sent for a day that is none
    """
    found = day_in(request.GET.get("on", ""))
    if found is None and request.method == "POST":
        raise NotFound
    return found or request.actor.today


def posted_uuid(request: Request, name: str) -> UUID:
    """Return the thing that a form names.

    :raises NotFound: when it names none
    """
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as error:
        raise NotFound from error


def whole_number(text: str) -> int | None:
    """Return a number that a form or an address carries, in plain digits and of bounded length."""
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        return None
    return int(text)
