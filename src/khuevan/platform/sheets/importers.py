"""Kinds of imports: what an app registers so that its spreadsheets go through the one wizard."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.registry import Registry
from khuevan.platform.sheets.faults import Fault, Text
from khuevan.platform.sheets.layouts import Layout, Recognized
from khuevan.platform.sheets.parsing import Context, ParsedRow


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What a row would do, worked out against the records as they stand."""

    number: int
    outcome: str
    values: dict[str, Any] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    target_id: int | None = None
    target_version: int | None = None

    @property
    def footprint(self) -> tuple[object, ...]:
        """Return what must still hold when the row is written."""
        changes = {name: list(pair) for name, pair in self.changes.items()}
        return str(self.outcome), self.target_id, self.target_version, changes


class Planner(Protocol):
    """Compares all rows with the records: a fixed number of queries, nothing written."""

    def __call__(
        self,
        *,
        actor: Actor,
        unit_id: int,
        rows: Sequence[ParsedRow],
        recognized: Recognized,
        on: date,
    ) -> list[PlannedRow]: ...


class Writer(Protocol):
    """Writes planned rows with the app's bulk actions, inside the caller's transaction."""

    def __call__(
        self,
        *,
        actor: Actor,
        unit_id: int,
        rows: Sequence[PlannedRow],
        on: date,
        now: datetime,
        progress: Callable[[int], None],
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Offer:
    """Something the unit lacks, which one press would add: what is missing, and the button."""

    sentence: str
    button: str
    items: tuple[Any, ...]
    """What the remedy that made the offer needs to carry it out."""


class Finder(Protocol):
    """Looks through the refused rows for what the unit lacks."""

    def __call__(
        self,
        *,
        actor: Actor,
        unit_id: int,
        rows: Sequence[tuple[dict[str, str], Sequence[Fault]]],
        on: date,
    ) -> Offer | None: ...


def no_remark(fields: Container[str], on: date) -> str:
    """Say nothing."""
    return ""


def no_names(row: PlannedRow) -> Iterable[Hashable]:
    """Know a row by the record it was compared with, and a new one by nothing."""
    return ()


class Remedier(Protocol):
    """Carries an offer out with another app's actions, inside the caller's transaction."""

    def __call__(
        self, *, actor: Actor, unit_id: int, offer: Offer, on: date, now: datetime
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Remedy:
    """A way to mend many faults at once: the rows are right, the unit lacks something."""

    code: str
    permission: Permission
    fault: str
    """The code of the faults it mends."""
    find: Finder
    carry_out: Remedier


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of import."""

    code: str
    word: str
    """What it is called on the command line and in addresses of the REST root."""
    label: Text
    permission: Permission
    layouts: tuple[Layout, ...]
    shown: tuple[str, ...]
    """Fields shown first in the preview; the others follow when they change or are wrong."""
    context: Callable[[Actor, int, date], Context]
    plan: Planner
    write: Writer
    remedies: tuple[Remedy, ...] = ()
    names: Callable[[PlannedRow], Iterable[Hashable]] = no_names
    """What a new row is known by, so that two lists with one of them are not written at once."""
    remark: Callable[[Container[str], date], str] = no_remark
    """What is taken for granted where the list has no column, told before anything is written."""
    done_route: str = ""
    """Route of the page where the result is to be seen, taking the unit's code as `code`."""
    done_label: Text = ""
    """What its link says."""

    def layout(self, code: str) -> Layout:
        """Return one of its layouts."""
        return next(layout for layout in self.layouts if layout.code == code)


importers: Registry[Importer] = Registry("importer")


def find_importer(name: str) -> Importer | None:
    """Return the importer with this code or this word, or None."""
    return next((one for one in importers if name in {one.code, one.word}), None)
