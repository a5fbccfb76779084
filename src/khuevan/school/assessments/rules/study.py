"""The level of study and its raising by one subject (ASM-07, ASM-08; Circular 22/2021, art. 9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khuevan.school.assessments.rules.derivation import Derivation, Points, Step, Words
from khuevan.school.assessments.rules.values import (
    TOP,
    AdjustmentMode,
    Level,
    SecondaryRules,
    SubjectResult,
    Tenths,
    Verdict,
)

ARTICLE, RAISED = "Điều 9 khoản 2", "Điều 9 khoản 3"
RAISED_FROM = (Level.FAIR, Level.GOOD)
FAR = 2
"""By how many levels one subject alone has to lower a level for it to be raised."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a level asks for: every score at least `every`, so many at least `many`."""

    level: Level
    every: Tenths
    many: Tenths
    failed: int
    name: str


_LEVELS = (
    _Asked(Level.GOOD, 65, 80, 0, "Tốt"),
    _Asked(Level.FAIR, 50, 65, 0, "Khá"),
    _Asked(Level.PASS, 35, 50, 1, "Đạt"),
)
NAMES: dict[Level, str] = {one.level: one.name for one in _LEVELS} | {Level.FAIL: "Chưa đạt"}

_INCOMPLETE = _("No result yet in: %(subjects)s")
_REACHED = _("%(level)s: all scores from %(every)s, %(count)s of them from %(many)s")
_LOW = _("not %(level)s: below %(every)s in %(subjects)s")
_FEW = _("not %(level)s: %(count)s subjects from %(many)s, %(needed)s needed")
_COMMENTS = _("not %(level)s: Chưa đạt in %(subjects)s")
_NONE = _("Chưa đạt: no higher level is reached")
_LIFTED = _("Without %(subject)s the level would be %(would)s: raised from %(base)s to %(level)s")


@dataclass(frozen=True, slots=True)
class Study:
    """The level before and after the raising, and because of which subject; None: incomplete."""

    base: Level | None
    level: Level | None
    adjusted_subject: str | None = None
    why: Derivation = ()


def study_result(subjects: Sequence[SubjectResult], rules: SecondaryRules) -> Study:
    """Return the level of study over the subjects that count.

    While one has no result it is incomplete, never Chưa đạt.
    """
    counted = [one for one in subjects if one.counts]
    missing = [one.id for one in counted if one.is_missing]
    if missing:
        told = Step("ASM-07", ARTICLE, _INCOMPLETE, {"subjects": Words(missing)})
        return Study(None, None, why=(told,))
    base, why = level_of(counted, rules)
    for subject in counted:
        would, _why = level_of(_without(counted, subject, rules), rules)
        if would in RAISED_FROM and would - base >= FAR:
            level = Level(base + 1)
            facts = {
                "subject": subject.id,
                "would": NAMES[would],
                "base": NAMES[base],
                "level": NAMES[level],
            }
            return Study(base, level, subject.id, (*why, Step("ASM-08", RAISED, _LIFTED, facts)))
    return Study(base, base, why=why)


def level_of(counted: Sequence[SubjectResult], rules: SecondaryRules) -> tuple[Level, Derivation]:
    """Return the level that complete results reach, and why no higher one (ASM-07)."""
    steps: list[Step] = []
    for asked in _LEVELS:
        missed = _missed(counted, asked, rules.min_subjects_at_level)
        if missed is None:
            scores = [one.average or 0 for one in counted if one.is_scored]
            facts = {
                "level": asked.name,
                "every": Points(asked.every),
                "many": Points(asked.many),
                "count": sum(score >= asked.many for score in scores),
            }
            return asked.level, (*steps, Step("ASM-07", ARTICLE, _REACHED, facts))
        sentence, facts_missed = missed
        steps.append(Step("ASM-07", ARTICLE, sentence, {"level": asked.name, **facts_missed}))
    return Level.FAIL, (*steps, Step("ASM-07", ARTICLE, _NONE))


def _missed(
    counted: Sequence[SubjectResult], asked: _Asked, needed: int
) -> tuple[Promise | str, dict[str, object]] | None:
    """Return the first condition of a level that is not met, or None."""
    failed = [one.id for one in counted if one.verdict is Verdict.FAIL and not one.is_scored]
    if len(failed) > asked.failed:
        return _COMMENTS, {"subjects": Words(failed)}
    scores = {one.id: one.average or 0 for one in counted if one.is_scored}
    low = [name for name, score in scores.items() if score < asked.every]
    if low:
        return _LOW, {"every": Points(asked.every), "subjects": Words(low)}
    count = sum(score >= asked.many for score in scores.values())
    if count < needed or not scores:
        return _FEW, {"count": count, "many": Points(asked.many), "needed": needed}
    return None


def _without(
    counted: Sequence[SubjectResult], subject: SubjectResult, rules: SecondaryRules
) -> list[SubjectResult]:
    """Return the others, alone or with the best result in the subject's place."""
    if rules.adjustment_mode is AdjustmentMode.OTHERS_QUALIFY:
        return [one for one in counted if one is not subject]
    best = replace(
        subject,
        average=TOP if subject.is_scored else None,
        verdict=None if subject.is_scored else Verdict.PASS,
    )
    return [best if one is subject else one for one in counted]
