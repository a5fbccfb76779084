"""Conduct of a year, and after training in summer (ASM-09, ASM-12; Circular 22/2021, art. 8)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from khuevan.school.assessments.rules.derivation import Derivation, Step
from khuevan.school.assessments.rules.study import NAMES
from khuevan.school.assessments.rules.values import Level

ARTICLE, TRAINED = "Điều 8 khoản 2", "Điều 13"
_GOOD, _FAIR, _PASS, _FAIL = Level.GOOD, Level.FAIR, Level.PASS, Level.FAIL

_OF_YEAR = {
    (_GOOD, _GOOD): _GOOD, (_FAIR, _GOOD): _GOOD, (_PASS, _GOOD): _FAIR, (_FAIL, _GOOD): _FAIR,
    (_GOOD, _FAIR): _FAIR, (_FAIR, _FAIR): _FAIR, (_PASS, _FAIR): _FAIR, (_FAIL, _FAIR): _PASS,
    (_GOOD, _PASS): _FAIR, (_FAIR, _PASS): _PASS, (_PASS, _PASS): _PASS, (_FAIL, _PASS): _PASS,
    (_GOOD, _FAIL): _FAIL, (_FAIR, _FAIL): _FAIL, (_PASS, _FAIL): _FAIL, (_FAIL, _FAIL): _FAIL,
}  # fmt: skip
"""The year's level by those of the first and the second semester."""

_MISSING = _("Conduct of a semester is not decided yet")
_YEAR = _("Semester I %(first)s, semester II %(second)s: the year %(year)s")
_AGAIN = _("Assessed again after training in summer: %(level)s")


@dataclass(frozen=True, slots=True)
class Conduct:
    """The year's conduct, and the one that counts in the end; None while a semester lacks."""

    year: Level | None
    final: Level | None
    why: Derivation = ()


def conduct_year(
    first: Level | None, second: Level | None, after_training: Level | None = None
) -> Conduct:
    """Return the year's conduct from the semesters', replaced where summer's training mended it."""
    if first is None or second is None:
        return Conduct(None, None, (Step("ASM-09", ARTICLE, _MISSING),))
    year = _OF_YEAR[first, second]
    facts = {"first": NAMES[first], "second": NAMES[second], "year": NAMES[year]}
    why: Derivation = (Step("ASM-09", ARTICLE, _YEAR, facts),)
    if year is Level.FAIL and after_training is not None:
        again = Step("ASM-12", TRAINED, _AGAIN, {"level": NAMES[after_training]})
        return Conduct(year, after_training, (*why, again))
    return Conduct(year, year, why)
