"""Marks on ten as integers in tenths, rounded half up: never a binary float (ASM-01, ASM-05)."""

from __future__ import annotations

import re

from khuevan.school.assessments.rules.values import TOP, Tenths

_MARK = re.compile(r"(10|[0-9])(?:\.([0-9]))?")


class WrongForm(ValueError):
    """What is written is no mark: two decimals, outside 0 to 10, not a number."""


def read_mark(written: object) -> Tenths:
    """Return a mark written with a decimal point, at most one decimal, in tenths.

    :raises WrongForm:
    """
    found = _MARK.fullmatch(written) if isinstance(written, str) else None
    if found is None:
        raise WrongForm(written)
    tenths = int(found[1]) * 10 + int(found[2] or 0)
    if tenths > TOP:
        raise WrongForm(written)
    return tenths


def write_average(tenths: Tenths) -> str:
    """Return an average with one decimal and a point: 79 is 7.9."""
    return f"{tenths // 10}.{tenths % 10}"


def rounded(numerator: int, denominator: int) -> int:
    """Return a quotient of whole numbers, from 0 on, as a whole number, rounded half up."""
    return (2 * numerator + denominator) // (2 * denominator)
