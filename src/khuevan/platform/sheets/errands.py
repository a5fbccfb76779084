"""What lists are loaded for: a higher app follows a school's lists, and tells so in the wizard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from khuevan.kernel.actor import Actor
from khuevan.kernel.registry import Registry
from khuevan.platform.sheets.faults import Text
from khuevan.platform.sheets.models import SheetImport


@dataclass(frozen=True, slots=True)
class Errand:
    """What a list belongs to, and the page that goes on with it."""

    label: Text
    url: str


@dataclass(frozen=True, slots=True)
class Follower:
    """An app that follows the lists of units."""

    taken_in: Callable[[Actor, SheetImport, datetime], None]
    """Told of each list when it is taken in, inside the transaction of its upload."""
    errand_of: Callable[[Actor, SheetImport], Errand | None]
    """Tells what a list belongs to, for whoever may see that."""


followers: Registry[Follower] = Registry("follower of lists")


def tell_followers(actor: Actor, sheet_import: SheetImport, now: datetime) -> None:
    """Tell every follower that a list was taken in; a step of the upload."""
    for one in followers:
        one.taken_in(actor, sheet_import, now)


def errand_of(actor: Actor, sheet_import: SheetImport) -> Errand | None:
    """Return what a list was loaded for, if somebody follows it."""
    found = (one.errand_of(actor, sheet_import) for one in followers)
    return next((errand for errand in found if errand), None)
