"""What apps say of their tables, so that what was written can be taken back without harm.

Without a word from anybody a table is treated strictly: its rows are deleted or get their former
values, a change since forbids that, and so does any row that points at one that would go.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.registry import Registry

Keys = Mapping[str, Collection[Any]]
"""Keys of rows, by the label of their model."""

stays: Registry[str] = Registry("table that keeps what was written")
"""By label, with the reason: counters and ledgers go on, whatever is taken back."""

follows: Registry[str] = Registry("table that follows from others")
"""By label, with what: rows that are derived. A change of them since forbids nothing."""

goes_along: Registry[Q] = Registry("rows that go with what they point at")
"""By `app.Model.column`: which rows that point at a deleted row are deleted with it."""

binds: Registry[str] = Registry("rows that bind what they point at")
"""By `app.Model.column`, with the reason: a row written since forbids even to undo a change."""

let_go: Registry[Callable[[Collection[Any]], None]] = Registry("step before rows are deleted")
"""By label: what is done about rows just before they go."""

fill: Registry[Callable[[Any], None]] = Registry("filling of untracked columns")
"""By label: sets the columns that history does not hold, on a row that comes back."""

signed: Registry[Callable[[Any], tuple[str, datetime | None]]] = Registry("signature of a row")
"""By label: who wrote a row of a table without history, and when; the row itself says so."""

settle: Registry[Callable[[Keys, date], None]] = Registry("step after rows came back")
"""What follows from rows is brought into line with them: given all keys, also of rows that went."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who wants something taken back, for which unit, and when."""

    actor: Actor
    unit_id: int
    on: date
    permission: Permission | None = None
    """What such rows are written with: who reaches a row by it is told what changed in it."""


@dataclass(frozen=True, slots=True)
class Objection:
    """A row that can't be taken back, and what now needs it as it is."""

    label: str
    key: Any
    word: str


objections: Registry[Callable[[Asked, Keys, Keys], Iterable[Objection]]] = Registry("objection")
"""What no key tells, asked with the rows that were made and those that were changed."""

opens: Registry[str] = Registry("column that opens what it points at")
"""By `app.Model.column`, the label it points at: who reaches the one row reads the other."""

value_words: Registry[Callable[[str], str]] = Registry("words of a code")
"""By column: what a code of it means to people."""

row_words: Registry[str | Promise] = Registry("word for a row")
"""By label: what a row is called in a sentence."""
