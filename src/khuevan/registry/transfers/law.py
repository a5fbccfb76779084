"""What the law says of transfers, read once from this app's data files: source and confidence."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Dated:
    """A line of the law: from when, until when, by which text, and how sure we are."""

    level: str
    starts_on: date
    ends_on: date | None
    regulation: str
    confidence: str
    note: str

    def holds(self, on: date) -> bool:
        """Return whether the line is in force on a day."""
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)


@dataclass(frozen=True, slots=True)
class Deadline(Dated):
    """How many working days a step may take."""

    step: str
    days: int


@dataclass(frozen=True, slots=True)
class PaperRule(Dated):
    """A paper of the file: who gives it, on which routes, for whom."""

    paper: str
    giver: str
    routes: frozenset[str]
    applies_to: str
    """A group of pupils only, such as DISABILITY; empty for all."""
    is_required: bool


@dataclass(frozen=True, slots=True)
class DecisionRule(Dated):
    """What the office of the old or the new school decides, on which routes."""

    matter: str
    office_of: str
    routes: frozenset[str]
    only_when: str
    """CLOSED: outside the usual time; PRIVATE_TO_PUBLIC: between such schools; else always."""


@dataclass(frozen=True, slots=True)
class ConsentRule(Dated):
    """Which schools have to agree before somebody of their staff moves."""

    move: str
    sides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WindowRule(Dated):
    """When pupils move without an exception, counted around a day of the school year."""

    window: str
    days_before: int
    days_after: int


@dataclass(frozen=True, slots=True)
class PositionRule(Dated):
    """By which law the holders of some positions move; `level` names it in the other files."""

    positions: frozenset[str]


@cache
def position_rules() -> tuple[PositionRule, ...]:
    """Return whose moves each law is about."""
    return tuple(
        PositionRule(**_dated(row), positions=frozenset(row["positions"].split()))
        for row in _rows("positions.csv")
    )


@dataclass(frozen=True, slots=True)
class SigningRule(Dated):
    """In which forms the decisions of some offices are signed."""

    offices: frozenset[str]
    forms: tuple[str, ...]


@cache
def signing_rules() -> tuple[SigningRule, ...]:
    """Return who signs how."""
    return tuple(
        SigningRule(
            **_dated(row),
            offices=frozenset(row["offices"].split()),
            forms=tuple(row["forms"].split()),
        )
        for row in _rows("signing.csv")
    )


@cache
def deadlines() -> tuple[Deadline, ...]:
    """Return the time limits."""
    return tuple(
        Deadline(**_dated(row), step=row["step"], days=int(row["days"]))
        for row in _rows("deadlines.csv")
    )


@cache
def paper_rules() -> tuple[PaperRule, ...]:
    """Return the papers of a file, in the order they are listed."""
    return tuple(
        PaperRule(
            **_dated(row),
            paper=row["paper"],
            giver=row["giver"],
            routes=frozenset(row["routes"].split()),
            applies_to=row["applies_to"],
            is_required=row["is_required"] == "1",
        )
        for row in _rows("papers.csv")
    )


@cache
def decision_rules() -> tuple[DecisionRule, ...]:
    """Return what offices decide."""
    return tuple(
        DecisionRule(
            **_dated(row),
            matter=row["matter"],
            office_of=row["office_of"],
            routes=frozenset(row["routes"].split()),
            only_when=row["only_when"],
        )
        for row in _rows("decisions.csv")
    )


@cache
def consent_rules() -> tuple[ConsentRule, ...]:
    """Return which schools have to agree."""
    return tuple(
        ConsentRule(**_dated(row), move=row["move"], sides=tuple(row["sides"].split()))
        for row in _rows("consents.csv")
    )


@cache
def window_rules() -> tuple[WindowRule, ...]:
    """Return when pupils may move."""
    return tuple(
        WindowRule(
            **_dated(row),
            window=row["window"],
            days_before=int(row["days_before"] or 0),
            days_after=int(row["days_after"] or 0),
        )
        for row in _rows("windows.csv")
    )


def _dated(row: dict[str, str]) -> dict[str, Any]:
    return {
        "level": row["level"],
        "starts_on": date.fromisoformat(row["starts_on"]),
        "ends_on": date.fromisoformat(row["ends_on"]) if row["ends_on"] else None,
        "regulation": row["regulation"],
        "confidence": row["confidence"],
        "note": row["note"],
    }


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
