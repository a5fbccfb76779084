"""Rows of one list that give one number to two: neither may go in before a person looked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from khuevan.platform.sheets.parsing import ParsedRow


def clashing(
    rows: Sequence[ParsedRow], name: str, is_same: Callable[[ParsedRow, ParsedRow], bool]
) -> dict[int, ParsedRow]:
    """Return, by row number, another row that gives the same value to somebody else.

    Rows that say the same value of the same one are repetitions, and not named here.
    """
    by_value: defaultdict[str, list[ParsedRow]] = defaultdict(list)
    for row in rows:
        if value := row.values.get(name):
            by_value[value].append(row)
    found: dict[int, ParsedRow] = {}
    for first, *others in by_value.values():
        differing = [row for row in others if not is_same(first, row)]
        if not differing:
            continue
        found |= {row.number: first for row in others}
        found |= {row.number: differing[0] for row in (first, *others) if row not in differing}
    return found
