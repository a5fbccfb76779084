"""A row of a timetable that tells a rule: what of the school's rules it is, for whom."""

from __future__ import annotations

import re
from dataclasses import dataclass

from khuevan.school.timetable.asked.terms import TERMS, usual_params
from khuevan.school.timetable.core.rulebook import RULES
from khuevan.school.timetable.grids import Spot
from khuevan.school.timetable.imports.reading import Reader
from khuevan.school.timetable.models import Half
from khuevan.school.timetable.rule_models import WishKind

FIGURE = re.compile(r"([a-z_]+)=([0-9]{1,3})")
SPOT = re.compile(r"([2-8])\.(c?)([1-8])")
WISHES = {"TT-H07": WishKind.AWAY, "TT-S05": WishKind.FREE}
"""Rules that are told of teachers as their wishes."""


@dataclass(frozen=True, slots=True)
class RuleTold:
    """A rule as a list tells it: a wish of a teacher, or a word on a rule for this timetable."""

    code: str
    member: int | None = None
    params: tuple[tuple[str, int], ...] = ()
    spots: tuple[str, ...] = ()

    @property
    def wish(self) -> str:
        """Return the kind of wish it is, or nothing."""
        return str(WISHES[self.code]) if self.code in WISHES and self.member is not None else ""

    @property
    def values(self) -> dict[str, object]:
        """Return the figures of the rule, the usual ones where none is told."""
        return {**usual_params(self.code), **dict(self.params)}


def read_rule(code: str, member: int | None, numbers: str, reader: Reader) -> RuleTold | None:
    """Return the rule that a row tells; nothing where the school has none of the kind."""
    terms = TERMS.get(code)
    if terms is None or (code in WISHES and member is None):
        return None
    figures = tuple((name, int(count)) for name, count in FIGURE.findall(numbers))
    if code in WISHES:
        spots = tuple(dict.fromkeys(_spots(numbers, reader)))
        told = RuleTold(code, member, figures, spots)
        return told if spots or dict(figures).get("free_days") else None
    known = {one.name: one for one in terms.numbers}
    fits = all(
        name in known and known[name].least <= count <= known[name].most for name, count in figures
    )
    return RuleTold(code, member, figures) if fits and code in RULES else None


def _spots(numbers: str, reader: Reader) -> list[str]:
    """Return the places of the week that are named.

    Without a half-day those are meant in which the classes of the school have their lessons.
    """
    found = []
    has_half = "c" in numbers
    for day, after, period in SPOT.findall(numbers):
        if after:
            wanted = [str(Half.AFTERNOON)]
        elif has_half:
            wanted = [str(Half.MORNING)]
        else:
            wanted = reader.halves
        for half in wanted:
            spot = Spot(int(day) - 1, half, int(period))
            if reader.week.slot(spot) is not None:
                found.append(spot.key)
    return found
