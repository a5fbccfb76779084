"""Secondary pupils by Circular 58/2011, before and after Circular 26/2020: old results alone.

All of it is from memory. Old years are stored results: this shows why they are what they are, and
checks them where they are entered; nothing recomputes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from django.utils.translation import gettext_lazy as _

from khuevan.school.assessments.rules.derivation import Derivation, Points, Step, Words
from khuevan.school.assessments.rules.marks import rounded
from khuevan.school.assessments.rules.values import SubjectResult, Tenths, Title, Verdict

AVERAGES, LEVELS, RAISED, TITLES = "Điều 11", "Điều 13", "Điều 13 khoản 6", "Điều 18"
TERM_TEST_WEIGHT, PERIODIC_WEIGHT = 3, 2


class OldLevel(IntEnum):
    """A level of study: Kém, Yếu, Trung bình, Khá, Giỏi."""

    POOR = 0
    WEAK = 1
    AVERAGE = 2
    FAIR = 3
    GOOD = 4


class OldConduct(IntEnum):
    """A level of conduct: Yếu, Trung bình, Khá, Tốt."""

    WEAK = 0
    AVERAGE = 1
    FAIR = 2
    GOOD = 3


NAMES = {
    OldLevel.POOR: "Kém",
    OldLevel.WEAK: "Yếu",
    OldLevel.AVERAGE: "Trung bình",
    OldLevel.FAIR: "Khá",
    OldLevel.GOOD: "Giỏi",
}


@dataclass(frozen=True, slots=True)
class EarlierRules:
    """What Circular 26/2020 changed: which subjects one of has to be high."""

    anchors: frozenset[str] = frozenset({"MATHEMATICS", "LITERATURE", "FOREIGN_LANGUAGE_1"})
    specialised: str = ""
    """The subject of a specialised class, which has to be as high."""


BEFORE_26 = EarlierRules(anchors=frozenset({"MATHEMATICS", "LITERATURE"}))
SINCE_26 = EarlierRules()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a level asks for: of the mean, of one anchor, of every subject; tenths."""

    level: OldLevel
    mean: Tenths
    anchor: Tenths
    every: Tenths
    needs_comments: bool


_LEVELS = (
    _Asked(OldLevel.GOOD, 80, 80, 65, needs_comments=True),
    _Asked(OldLevel.FAIR, 65, 65, 50, needs_comments=True),
    _Asked(OldLevel.AVERAGE, 50, 50, 35, needs_comments=True),
    _Asked(OldLevel.WEAK, 35, 0, 20, needs_comments=False),
)
_RAISED = {
    (OldLevel.GOOD, OldLevel.AVERAGE): OldLevel.FAIR,
    (OldLevel.GOOD, OldLevel.WEAK): OldLevel.AVERAGE,
    (OldLevel.FAIR, OldLevel.WEAK): OldLevel.AVERAGE,
    (OldLevel.FAIR, OldLevel.POOR): OldLevel.WEAK,
}
"""What a level becomes that one subject alone drags down: from which, to which."""

_INCOMPLETE = _("No result yet in: %(subjects)s")
_MEAN = _("Mean of all subjects %(mean)s, lowest %(lowest)s: %(level)s")
_LIFTED = _("Only because of %(subject)s it is not %(would)s: raised to %(level)s")


@dataclass(frozen=True, slots=True)
class OldStudy:
    """The mean of all subjects, the level and the subject because of which it was raised."""

    mean: Tenths | None
    level: OldLevel | None
    adjusted_subject: str | None = None
    why: Derivation = ()


def semester_average(
    regular: Sequence[Tenths], periodic: Sequence[Tenths], term_test: Tenths
) -> Tenths:
    """Return a semester's average before Circular 26/2020: weights 1, 2 and 3."""
    total = sum(regular) + PERIODIC_WEIGHT * sum(periodic) + TERM_TEST_WEIGHT * term_test
    return rounded(total, len(regular) + PERIODIC_WEIGHT * len(periodic) + TERM_TEST_WEIGHT)


def study_result(subjects: Sequence[SubjectResult], rules: EarlierRules = SINCE_26) -> OldStudy:
    """Return the level of study of results with averages and verdicts."""
    counted = [one for one in subjects if one.counts]
    missing = [one.id for one in counted if one.is_missing]
    scores = [one.average or 0 for one in counted if one.is_scored]
    if missing or not scores:
        told = Step("ASM-58", LEVELS, _INCOMPLETE, {"subjects": Words(missing)})
        return OldStudy(None, None, why=(told,))
    mean = rounded(sum(scores), len(scores))
    level = _level(counted, mean, rules)
    facts = {"mean": Points(mean), "lowest": Points(min(scores)), "level": NAMES[level]}
    why: Derivation = (Step("ASM-58", LEVELS, _MEAN, facts),)
    for subject in counted:
        others = [one for one in counted if one is not subject]
        would = _level(others, mean, rules, anchors=counted)
        lifted = _RAISED.get((would, level))
        if lifted is not None:
            because = {"subject": subject.id, "would": NAMES[would], "level": NAMES[lifted]}
            step = Step("ASM-58", RAISED, _LIFTED, because)
            return OldStudy(mean, lifted, subject.id, (*why, step))
    return OldStudy(mean, level, why=why)


def year_title(conduct: OldConduct | None, level: OldLevel | None) -> Title | None:
    """Return Giỏi, or Tiên tiến, which stood below it."""
    if conduct is None or level is None:
        return None
    if conduct is OldConduct.GOOD and level is OldLevel.GOOD:
        return Title.GOOD_STUDENT
    is_advanced = conduct >= OldConduct.FAIR and level >= OldLevel.FAIR
    return Title.ADVANCED if is_advanced else None


def _level(
    counted: Sequence[SubjectResult],
    mean: Tenths,
    rules: EarlierRules,
    *,
    anchors: Sequence[SubjectResult] = (),
) -> OldLevel:
    """Return the level that results reach with a mean; anchors may be looked for among more."""
    scores = [one.average or 0 for one in counted if one.is_scored]
    failed = any(one.verdict is Verdict.FAIL for one in counted if not one.is_scored)
    among = {one.id: one.average or 0 for one in anchors or counted if one.is_scored}
    anchor = max((among.get(name, 0) for name in rules.anchors), default=0)
    special = among.get(rules.specialised, 100) if rules.specialised else 100
    for asked in _LEVELS:
        high = mean >= asked.mean and min(anchor, special) >= asked.anchor
        if (
            high
            and min(scores, default=100) >= asked.every
            and not (asked.needs_comments and failed)
        ):
            return asked.level
    return OldLevel.POOR
