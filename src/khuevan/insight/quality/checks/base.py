"""How a rule is asked: the rows of a subject, and a condition on them.

Parameters of every statement: `on` the day, `schools` an array of ids, `year` the academic year
(id, or none), `began` the calendar year it began in, `norms` the sizes of classes as JSON, and
`most_CODE` the number of each rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

HOLDS = (
    "({0}.starts_on IS NULL OR {0}.starts_on <= %(on)s)"
    " AND ({0}.ends_on IS NULL OR {0}.ends_on > %(on)s)"
)


def holds(alias: str) -> str:
    """Return the condition that a row of a period is in force on the day."""
    return HOLDS.format(alias)


@dataclass(frozen=True, slots=True)
class Check:
    """What a rule asks of a row of its subject."""

    wrong: str
    """True where the row is at fault; never asked where the rule does not apply."""
    applies: str = "true"
    """True where the rule has something to look at: a number that is there, a minor."""
    value: str = "''"
    """What stands in the cell, as text; empty for what is missing."""
    is_masked: bool = False
    """Whether the value is a personal number, shown in part only."""


@dataclass(frozen=True, slots=True)
class Source:
    """The rows of a subject in some schools on a day, as `x` of the checks.

    Each has `school_id`, `level` (null where it has none), and for lists `uuid` (what is fixed),
    `person_uuid`, `version` (of that person), `name`, `place` (class or position) and `sort`.
    """

    rows: str
    checks: Mapping[str, Check]
    record: str = "x.uuid"
    """Whose record a list leads to, where that is not what is fixed."""
