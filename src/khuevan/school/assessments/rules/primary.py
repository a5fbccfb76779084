"""Primary pupils by Circular 27/2020 (ASM-20 to 25, from memory): tests, year, award, promotion."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khuevan.school.assessments.rules.derivation import Derivation, Step, Words
from khuevan.school.assessments.rules.marks import WrongForm

TESTS, YEAR, PROMOTION, AWARD = "Điều 7", "Điều 9", "Điều 11", "Điều 13"
LAST_GRADE = 5
_SCORE = re.compile(r"10|[0-9]")


class Period(StrEnum):
    """When pupils are assessed: the middle and the end of each semester."""

    MID_1 = "MID_1"
    END_1 = "END_1"
    MID_2 = "MID_2"
    YEAR_END = "YEAR_END"


class Reached(StrEnum):
    """How well a subject is done: hoàn thành tốt, hoàn thành, chưa hoàn thành."""

    WELL = "T"
    DONE = "H"
    NOT_YET = "C"


class Shown(StrEnum):
    """How a quality or competency shows: tốt, đạt, cần cố gắng."""

    WELL = "T"
    REACHED = "Đ"
    NEEDS_EFFORT = "C"


class YearLevel(StrEnum):
    """The level of a year's education, the best first."""

    OUTSTANDING = "OUTSTANDING"
    WELL = "WELL"
    DONE = "DONE"
    NOT_DONE = "NOT_DONE"


class Award(StrEnum):
    """Học sinh Xuất sắc; Học sinh Tiêu biểu."""

    EXCELLENT_PUPIL = "EXCELLENT_PUPIL"
    EXEMPLARY_PUPIL = "EXEMPLARY_PUPIL"


class Decision(StrEnum):
    """What a principal decides on a pupil who did not complete the grade after support."""

    PROMOTE = "PROMOTE"
    RETAIN = "RETAIN"


class Completion(StrEnum):
    """Where a pupil stands at the end of a grade."""

    UNDECIDED = "UNDECIDED"
    COMPLETED = "COMPLETED"
    NEEDS_SUPPORT = "NEEDS_SUPPORT"
    NEEDS_DECISION = "NEEDS_DECISION"
    PROMOTED_BY_DECISION = "PROMOTED_BY_DECISION"
    RETAINED = "RETAINED"


SUBJECTS = (
    "TIENG_VIET",
    "TOAN",
    "NGOAI_NGU_1",
    "LICH_SU_DIA_LI",
    "KHOA_HOC",
    "TIN_HOC",
    "CONG_NGHE",
)
"""The subjects with tests, in the order in which they are told."""
_BOTH = ("TIENG_VIET", "TOAN")
_AT_ENDS = {
    1: _BOTH,
    2: _BOTH,
    3: (*_BOTH, "NGOAI_NGU_1", "TIN_HOC", "CONG_NGHE"),
    4: SUBJECTS,
    5: SUBJECTS,
}
_IN_THE_MIDDLE: dict[int, tuple[str, ...]] = {4: _BOTH, 5: _BOTH}


@dataclass(frozen=True, slots=True)
class _Asked:
    level: YearLevel
    subjects: frozenset[Reached]
    shown: frozenset[Shown]
    test: int
    name: str


_WELL, _WELL_SHOWN = frozenset({Reached.WELL}), frozenset({Shown.WELL})
_LEVELS = (
    _Asked(YearLevel.OUTSTANDING, _WELL, _WELL_SHOWN, 9, "Hoàn thành xuất sắc"),
    _Asked(YearLevel.WELL, _WELL, _WELL_SHOWN, 7, "Hoàn thành tốt"),
    _Asked(YearLevel.DONE, _WELL | {Reached.DONE}, _WELL_SHOWN | {Shown.REACHED}, 5, "Hoàn thành"),
)

_MISSING = _("Still missing: %(what)s")
_LOW = _("not %(level)s: %(what)s")
_REACHED = _("%(level)s: all levels high enough, every test from %(test)s")
_NONE = _("Chưa hoàn thành: no higher level is reached")
_EXCELLENT = _("The year is Hoàn thành xuất sắc")
_NO_LEVEL = _("No award: the year is neither Hoàn thành xuất sắc nor Hoàn thành tốt")
_NO_GROUND = _("No award: neither outstanding in a subject nor clear progress")
_NOT_RECOGNISED = _("No award: the class has not recognised it")
_SUBJECT = _("Hoàn thành tốt, outstanding in a subject, recognised by the class")
_PROGRESS = _("Hoàn thành tốt, clear progress in a quality or competency, recognised by the class")
_AGAIN = _("The grade was not completed at the end of the year; the pupil was assessed again")
_STATUS = {
    Completion.UNDECIDED: _("A result is still missing"),
    Completion.COMPLETED: _("The grade is completed"),
    Completion.NEEDS_SUPPORT: _("Not completed: the teacher plans support and assesses again"),
    Completion.NEEDS_DECISION: _("Still not completed: the principal decides"),
    Completion.PROMOTED_BY_DECISION: _("Still not completed; promoted by the principal's decision"),
    Completion.RETAINED: _("Still not completed; retained by the principal's decision"),
}


@dataclass(frozen=True, slots=True)
class PrimaryYear:
    """What a pupil has at the end of a year; None is missing. Scores of tests are whole numbers."""

    subjects: Mapping[str, Reached | None]
    qualities: Mapping[str, Shown | None]
    competencies: Mapping[str, Shown | None]
    tests: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Awarded:
    """An award, or none."""

    award: Award | None
    why: Derivation = ()


@dataclass(frozen=True, slots=True)
class Completed:
    """Where a pupil stands at the end of a grade."""

    status: Completion
    why: Derivation = ()


@dataclass(frozen=True, slots=True)
class YearResult:
    """The level of a year; None while something is missing."""

    level: YearLevel | None
    why: Derivation = ()


def required_tests(grade: int, period: Period) -> tuple[str, ...]:
    """Return the subjects with a test in a grade (1 to 5) at a time of the year (ASM-21)."""
    at_end = period in (Period.END_1, Period.YEAR_END)
    return (_AT_ENDS if at_end else _IN_THE_MIDDLE).get(grade, ())


def read_score(written: object) -> int:
    """Return the score of a periodic test: a whole number 0 to 10, no sign, no decimals.

    :raises WrongForm:
    """
    if not isinstance(written, str) or not _SCORE.fullmatch(written):
        raise WrongForm(written)
    return int(written)


def year_result(grade: int, year: PrimaryYear) -> YearResult:
    """Return the level of a year (ASM-23); while anything is missing it is incomplete.

    Tests that the grade does not require count for nothing.
    """
    tests = {one: year.tests.get(one) for one in required_tests(grade, Period.YEAR_END)}
    shown = [*year.qualities.items(), *year.competencies.items()]
    every: list[tuple[str, object]] = [*year.subjects.items(), *shown, *tests.items()]
    missing = [name for name, one in every if one is None]
    if missing:
        return _told(None, _MISSING, {"what": Words(missing)})
    steps: list[Step] = []
    for asked in _LEVELS:
        low = [
            *(name for name, one in year.subjects.items() if one not in asked.subjects),
            *(name for name, one in shown if one not in asked.shown),
            *(f"{name} {score}" for name, score in tests.items() if (score or 0) < asked.test),
        ]
        if not low:
            return _told(asked.level, _REACHED, {"level": asked.name, "test": asked.test}, steps)
        facts = {"level": asked.name, "what": Words(low)}
        steps.append(Step("ASM-23", YEAR, _LOW, facts))
    return _told(YearLevel.NOT_DONE, _NONE, {}, steps)


def year_award(
    level: YearLevel | None,
    *,
    has_outstanding_subject: bool,
    has_clear_progress: bool,
    is_recognised: bool,
) -> Awarded:
    """Return the award at the end of a year (ASM-25); the class has to recognise the second."""
    if level is YearLevel.OUTSTANDING:
        return Awarded(Award.EXCELLENT_PUPIL, (Step("ASM-25", AWARD, _EXCELLENT),))
    has_ground = has_outstanding_subject or has_clear_progress
    if level is not YearLevel.WELL:
        return Awarded(None, (Step("ASM-25", AWARD, _NO_LEVEL),))
    if not has_ground:
        return Awarded(None, (Step("ASM-25", AWARD, _NO_GROUND),))
    if not is_recognised:
        return Awarded(None, (Step("ASM-25", AWARD, _NOT_RECOGNISED),))
    ground = _SUBJECT if has_outstanding_subject else _PROGRESS
    return Awarded(Award.EXEMPLARY_PUPIL, (Step("ASM-25", AWARD, ground),))


def completion(
    level: YearLevel | None,
    after_support: YearLevel | None = None,
    decision: Decision | None = None,
    *,
    is_assessed_again: bool = False,
) -> Completed:
    """Return whether a pupil completed the grade (ASM-24).

    `after_support` is looked at where the grade was not done and `is_assessed_again`; a level of
    None is one that is still incomplete.
    """
    again = level is YearLevel.NOT_DONE and is_assessed_again
    if again and after_support is YearLevel.NOT_DONE:
        status = _DECIDED[decision]
    else:
        counts = after_support if again else level
        status = Completion.NEEDS_SUPPORT if counts is YearLevel.NOT_DONE else Completion.COMPLETED
        status = Completion.UNDECIDED if counts is None else status
    told = [Step("ASM-24", PROMOTION, _AGAIN)] if again else []
    return Completed(status, (*told, Step("ASM-24", PROMOTION, _STATUS[status])))


def completes_programme(grade: int, status: Completion) -> bool:
    """Return whether a pupil completed primary education."""
    return grade == LAST_GRADE and status is Completion.COMPLETED


_DECIDED = {
    None: Completion.NEEDS_DECISION,
    Decision.PROMOTE: Completion.PROMOTED_BY_DECISION,
    Decision.RETAIN: Completion.RETAINED,
}


def _told(
    level: YearLevel | None,
    sentence: str | Promise,
    facts: Mapping[str, object],
    before: list[Step] | None = None,
) -> YearResult:
    return YearResult(level, (*(before or ()), Step("ASM-23", YEAR, sentence, facts)))
