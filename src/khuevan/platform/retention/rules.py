"""Until when something is kept, and why it may not be destroyed (records sheet REC-11)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

_TERM = re.compile(r"([1-9]\d?)y|([1-9]\d{0,3})d")


@dataclass(frozen=True, slots=True)
class Term:
    """How long a kind is kept: for ever, some years, some days (then the system deletes it)."""

    is_permanent: bool = False
    years: int = 0
    days: int = 0

    @property
    def is_automatic(self) -> bool:
        """Return whether the system deletes it by itself: nobody decides on it."""
        return bool(self.days)


def read_term(text: str) -> Term:
    """Return the term a line of the file states: `permanent`, `unknown`, `10y` or `90d`."""
    if text == "permanent":
        return Term(is_permanent=True)
    if text == "unknown":
        return Term()
    found = _TERM.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return Term(years=int(found[1] or 0), days=int(found[2] or 0))


def kept_until(since: date, years: int) -> date:
    """Return the last day on which something is kept; 29 February counts to 28 February."""
    try:
        return since.replace(year=since.year + years)
    except ValueError:
        return since.replace(year=since.year + years, day=28)


def latest_since(on: date, years: int) -> date:
    """Return the latest first day whose time is over on a day: the inverse of `kept_until`."""
    last = on - timedelta(days=1)
    found = kept_until(last, -years)
    following = found + timedelta(days=1)
    return following if kept_until(following, years) <= last else found


class Refusal(Enum):
    """Why something may not be destroyed."""

    PERMANENT = "PERMANENT"
    NO_TERM = "NO_TERM"
    AUTOMATIC = "AUTOMATIC"
    IN_USE = "IN_USE"
    TOO_EARLY = "TOO_EARLY"
    NO_DECISION = "NO_DECISION"


def term_refusal(term: Term) -> Refusal | None:
    """Return why nothing of a kind may be destroyed by anybody, if so."""
    if term.is_permanent:
        return Refusal.PERMANENT
    if term.is_automatic:
        return Refusal.AUTOMATIC
    return None if term.years else Refusal.NO_TERM


def refusal(term: Term, since: date | None, *, on: date, has_decision: bool) -> Refusal | None:
    """Return the first reason why one thing may not be destroyed on a day; None when it may.

    `since` is the day its time counts from; None while what it belongs to still goes on.
    """
    of_kind = term_refusal(term)
    if of_kind is not None:
        return of_kind
    if since is None:
        return Refusal.IN_USE
    if on <= kept_until(since, term.years):
        return Refusal.TOO_EARLY
    return None if has_decision else Refusal.NO_DECISION
