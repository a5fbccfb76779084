"""Which rule of authority holds for a matter, day by day. Pure: rows in, periods out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

CRITERIA = ("level", "highest_level", "school_type", "ownership", "circumstance")
"""What narrows a rule, in the order of the columns; an empty one asks for nothing."""
FIRST = ("ownership", "school_type", "circumstance", "level", "highest_level")
"""Of two rules that fit, the one that names the earlier of these holds."""
LEVELS_UPWARD = ("MN", "TH", "THCS", "GDTX", "THPT")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about: a matter at a level, in a school of a kind."""

    level: str = ""
    highest_level: str = ""
    school_type: str = ""
    ownership: str = ""
    circumstance: str = ""


Rule = Any
"""A row with the criteria and a period: a stored rule, or one of a test."""
RuleT = TypeVar("RuleT")


@dataclass(frozen=True, slots=True)
class Segment(Generic[RuleT]):
    """A period during which one rule holds for a subject."""

    rule: RuleT
    starts_on: date
    ends_on: date | None


def highest_level(levels: Collection[str]) -> str:
    """Return the highest of a school's levels; empty for a school that teaches none of them."""
    return max((one for one in levels if one in LEVELS_UPWARD), key=LEVELS_UPWARD.index, default="")


def fits(rule: Rule, subject: Subject) -> bool:
    """Return whether a rule is said of a subject: each criterion it names is the subject's."""
    return all(getattr(rule, name) in ("", getattr(subject, name)) for name in CRITERIA)


def weight(rule: Rule) -> tuple[bool, ...]:
    """Return how narrowly a rule is said; of rules that hold at once, the greatest goes first."""
    return tuple(bool(getattr(rule, name)) for name in FIRST)


def timeline(rules: Iterable[RuleT], subject: Subject) -> list[Segment[RuleT]]:
    """Return which rule holds for a subject in which period, in order; gaps stay gaps."""
    said: list[Rule] = [rule for rule in rules if fits(rule, subject)]
    edges = sorted({one.starts_on for one in said} | {one.ends_on for one in said if one.ends_on})
    segments: list[Segment[RuleT]] = []
    for place, edge in enumerate(edges):
        holding = [one for one in said if _holds(one, edge)]
        if not holding:
            continue
        rule = max(holding, key=weight)
        until = edges[place + 1] if place + 1 < len(edges) else None
        last = segments[-1] if segments else None
        if last is not None and last.rule is rule and last.ends_on == edge:
            segments[-1] = Segment(rule, last.starts_on, until)
        else:
            segments.append(Segment(rule, edge, until))
    return segments


def segment_on(segments: Sequence[Segment[RuleT]], on: date) -> int | None:
    """Return the place of the segment that holds on a day, or nothing."""
    for place, one in enumerate(segments):
        if one.starts_on <= on and (one.ends_on is None or on < one.ends_on):
            return place
    return None


def _holds(rule: Rule, on: date) -> bool:
    return rule.starts_on <= on and (rule.ends_on is None or on < rule.ends_on)
