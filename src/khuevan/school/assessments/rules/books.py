"""Which functions belong to which circular, and with which numbers: data, never a chain of ifs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from khuevan.school.assessments.rules.earlier import BEFORE_26, SINCE_26, EarlierRules
from khuevan.school.assessments.rules.values import AdjustmentMode, SecondaryRules


class Book(StrEnum):
    """A family of rules: which marks there are, and what follows from them."""

    SECONDARY = "SECONDARY"
    PRIMARY = "PRIMARY"
    EARLIER = "EARLIER"
    DEVELOPMENT = "DEVELOPMENT"
    """What a young child has reached in each field: no marks, no overall grade."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What holds for a grade in a school year."""

    book: Book
    secondary: SecondaryRules = SecondaryRules()
    earlier: EarlierRules = SINCE_26
    is_computed: bool = True
    """Whether results follow from marks here; else they are kept as they were stored."""


BOOKS: dict[str, Chosen] = {
    "TT22-2021": Chosen(Book.SECONDARY),
    "TT43-2021": Chosen(Book.SECONDARY),
    "TT27-2020": Chosen(Book.PRIMARY),
    "TT58-2011": Chosen(Book.EARLIER, is_computed=False),
    "TT51-2020": Chosen(Book.DEVELOPMENT, is_computed=False),
    "TT22-2016": Chosen(Book.PRIMARY, is_computed=False),
}
"""By the code of the regulation."""


def chosen(code: str, values: Mapping[str, Any], *, is_amended: bool = True) -> Chosen:
    """Return what a regulation's code and the values recorded with it make.

    `is_amended` says whether Circular 26/2020 held already, of Circular 58/2011.

    :raises KeyError: for a regulation whose rules are not here
    """
    found = BOOKS[code]
    earlier = SINCE_26 if is_amended else BEFORE_26
    return replace(found, secondary=_with(found.secondary, values), earlier=earlier)


def _with(rules: SecondaryRules, values: Mapping[str, Any]) -> SecondaryRules:
    """Return rules with the numbers that are recorded as data in place of the usual ones."""
    own = {one.name for one in fields(SecondaryRules)}
    said = {name: value for name, value in values.items() if name in own}
    if "adjustment_mode" in said:
        said["adjustment_mode"] = AdjustmentMode(said["adjustment_mode"])
    return replace(rules, **said)
