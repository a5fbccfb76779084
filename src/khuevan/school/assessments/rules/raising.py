"""What would change a level: which subject alone would raise it, and the mark that would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from khuevan.school.assessments.rules.semesters import semester_average
from khuevan.school.assessments.rules.study import study_result
from khuevan.school.assessments.rules.values import (
    TOP,
    Level,
    SecondaryRules,
    SemesterMarks,
    SubjectResult,
    Tenths,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Raising:
    """One subject that alone would raise the level, others unchanged."""

    subject: str
    level: Level
    """The level it would become."""
    average: Tenths | None
    """The least average that does; None for a comment subject, which has to be Đạt."""


def what_would_raise(subjects: Sequence[SubjectResult], rules: SecondaryRules) -> list[Raising]:
    """Return the subjects that alone would raise the level of study, the nearest first.

    None is told while a result is missing, or at Tốt. Where the list is empty several subjects
    have to become better together.
    """
    now = study_result(subjects, rules).level
    if now is None or now is Level.GOOD:
        return []
    found = [_raising(subjects, one, now, rules) for one in subjects if one.counts]
    near = {one.id: one.average or 0 for one in subjects}
    return sorted(
        (one for one in found if one is not None),
        key=lambda one: (one.average is None, (one.average or 0) - near[one.subject], one.subject),
    )


def needed_final(marks: SemesterMarks, regular_count: int, target: Tenths) -> Tenths | None:
    """Return the least final mark with which a semester's average reaches a target, or None.

    The other marks have to be there; a final that is there already is not looked at.
    """
    for final in range(TOP + 1):
        found = semester_average(replace(marks, final=final), regular_count).tenths
        if found is None:
            return None
        if found >= target:
            return final
    return None


def _raising(
    subjects: Sequence[SubjectResult], one: SubjectResult, now: Level, rules: SecondaryRules
) -> Raising | None:
    """Return what one subject has to become for a higher level; None where it can't alone."""
    if not one.is_scored:
        if one.verdict is Verdict.PASS:
            return None
        level = _with(subjects, replace(one, verdict=Verdict.PASS), rules)
        return Raising(one.id, level, None) if level > now else None
    low, high = one.average or 0, TOP
    if _with(subjects, replace(one, average=high), rules) <= now:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        reaches = _with(subjects, replace(one, average=middle), rules) > now
        low, high = (low, middle) if reaches else (middle, high)
    return Raising(one.id, _with(subjects, replace(one, average=high), rules), high)


def _with(
    subjects: Sequence[SubjectResult], changed: SubjectResult, rules: SecondaryRules
) -> Level:
    """Return the level with another result of one subject; nothing is missing here."""
    found = study_result([changed if one.id == changed.id else one for one in subjects], rules)
    return found.level or Level.FAIL
