"""Kinds of imports: what an app registers so that its spreadsheets go through the one wizard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
class Importer:
    """One kind of import."""

    code: str
    label: Text
    permission: Permission
    layouts: tuple[Layout, ...]
    shown: tuple[str, ...]
    """Fields shown first in the preview; the others follow when they change or are wrong."""
    context: Callable[[Actor, int, date], Context]
    plan: Planner
    write: Writer
    done_route: str = ""
    """Route of the page where the result is to be seen, taking the unit's code as `code`."""


importers: Registry[Importer] = Registry("importer")
