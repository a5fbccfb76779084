"""What the law says of transfers, read once from this app's data files: source and confidence."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from khuevan.kernel.rule_rows import RuleRow, rule_rows

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated(RuleRow):
    """A line of the law: whose cases it is about, by which regulation."""

    whose: str
    """A level's pupils, teachers, other staff; empty for all."""
    regulation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline(Dated):
    """How many working days a step may take."""

    step: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRule(Dated):
    """A paper of the file: who gives it, on which routes, for whom."""

    paper: str
    giver: str
    routes: frozenset[str]
    applies_to: str
    """A group of pupils only, such as DISABILITY; empty for all."""
    is_required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRule(Dated):
    """What the office of the old or the new school decides, on which routes."""

    matter: str
    office_of: str
    routes: frozenset[str]
    only_when: str
    """CLOSED: outside the usual time; PRIVATE_TO_PUBLIC: between such schools; else always."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRule(Dated):
    """Which schools have to agree before somebody of their staff moves."""

    move: str
    sides: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowRule(Dated):
    """When pupils move without an exception, counted around a day of the school year."""

    window: str
    days_before: int
    days_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRule(Dated):
    """By which law the holders of some positions move; `whose` names it in the other files."""

    positions: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundRule(Dated):
    """A text that decisions of some offices on some matters rest on, beside who decides and how."""

    matters: frozenset[str]
    offices: frozenset[str]
    """Empty for every office."""


def ground_rules() -> tuple[GroundRule, ...]:
    """Return what decisions rest on; a rule that names nobody is said of all."""
    return rule_rows(DATA / "grounds.csv", GroundRule)


@cache
def spelled() -> dict[str, str]:
    """Return how abbreviations in the names of offices are written out on a document."""
    with (DATA / "spelled.csv").open(encoding="utf-8", newline="") as file:
        return {row["short"]: row["full"] for row in csv.DictReader(file)}


def position_rules() -> tuple[PositionRule, ...]:
    """Return whose moves each law is about."""
    return rule_rows(DATA / "positions.csv", PositionRule)


def deadlines() -> tuple[Deadline, ...]:
    """Return the time limits."""
    return rule_rows(DATA / "deadlines.csv", Deadline)


def paper_rules() -> tuple[PaperRule, ...]:
    """Return the papers of a file, in the order they are listed."""
    return rule_rows(DATA / "papers.csv", PaperRule)


def decision_rules() -> tuple[DecisionRule, ...]:
    """Return what offices decide."""
    return rule_rows(DATA / "decisions.csv", DecisionRule)


def consent_rules() -> tuple[ConsentRule, ...]:
    """Return which schools have to agree."""
    return rule_rows(DATA / "consents.csv", ConsentRule)


def window_rules() -> tuple[WindowRule, ...]:
    """Return when pupils may move."""
    return rule_rows(DATA / "windows.csv", WindowRule)
