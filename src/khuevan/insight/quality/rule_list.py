"""The rules as dated data: what a record has to say, why, how much it weighs, where it is fixed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import NotFound
from khuevan.kernel.language import in_language
from khuevan.kernel.rule_rows import RuleRow, rule_rows

FILE = Path(__file__).parent / "data" / "rules.csv"


class Kind(models.TextChoices):
    """How a record is at fault."""

    MISSING = "MISSING", _("Missing")
    CONTRADICTORY = "CONTRADICTORY", _("Contradictory")
    IMPOSSIBLE = "IMPOSSIBLE", _("Impossible")
    STALE = "STALE", _("Out of date")


KINDS_TOLD = {
    Kind.MISSING: _("the cell is empty although the record needs it"),
    Kind.CONTRADICTORY: _("two things recorded can't both be true"),
    Kind.IMPOSSIBLE: _("what stands there can't be, whatever else is recorded"),
    Kind.STALE: _("it was true once and should have been looked at since"),
}
"""What each kind means, for whoever reads its mark."""


class Topic(models.TextChoices):
    """What a rule looks at; a cell of each is checked."""

    PUPIL = "PUPIL", _("Pupils")
    FAMILY = "FAMILY", _("Families")
    CLASS = "CLASS", _("Classes")
    STAFF = "STAFF", _("Staff")
    SCHOOL = "SCHOOL", _("School")


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRule(RuleRow):
    """One thing that records of a kind are held against during a period."""

    code: str
    kind: str
    subject: str
    levels: tuple[str, ...]
    """Of which levels; of all when there is none."""
    weight: int
    """How much a cell counts: one of the school itself stands for many."""
    most: int
    """The number of the rule: years, days, families."""
    field: str
    """What is fixed in the list itself; empty where it takes a page."""
    place: str
    """Where else it is fixed: see `places.py`."""
    name_vi: str
    name_en: str
    why_vi: str
    why_en: str

    @property
    def name(self) -> str:
        """Return what is wrong, in the reader's language."""
        return in_language(self.name_vi, self.name_en)

    @property
    def why(self) -> str:
        """Return why it matters, in the reader's language."""
        return in_language(self.why_vi, self.why_en)

    @property
    def kind_label(self) -> str:
        """Return how a record is at fault, for people to read."""
        return str(Kind(self.kind).label)


def every_rule() -> tuple[QualityRule, ...]:
    """Return all rules of all times in their order."""
    return rule_rows(FILE, QualityRule)


def rules_on(on: date) -> list[QualityRule]:
    """Return the rules of a day in their order."""
    return [one for one in every_rule() if one.holds(on)]


def rule_of(code: str, on: date) -> QualityRule:
    """Return a rule of a day.

    :raises NotFound: when there is none of that code then
    """
    for one in rules_on(on):
        if one.code == code:
            return one
    raise NotFound
