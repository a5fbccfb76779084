"""Words of the circulars as values: forms of assessment, levels, outcomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

Tenths = int
"""A mark or an average on ten, in tenths: 0 to 100."""

TOP: Tenths = 100


class Form(StrEnum):
    """How a subject is assessed (ASM-01)."""

    COMMENT = "COMMENT"
    COMMENT_AND_SCORE = "COMMENT_AND_SCORE"


class Verdict(StrEnum):
    """A comment on a pupil in a subject: Đạt, Chưa đạt."""

    PASS = "PASS"  # noqa: S105 (a level, no password)
    FAIL = "FAIL"


class State(StrEnum):
    """Whether a result stands."""

    OK = "OK"
    INCOMPLETE = "INCOMPLETE"
    INVALID = "INVALID"


class Level(IntEnum):
    """A level of study or of conduct, the higher the better: Chưa đạt, Đạt, Khá, Tốt."""

    FAIL = 0
    PASS = 1
    FAIR = 2
    GOOD = 3


class AdjustmentMode(StrEnum):
    """How the others than one subject are looked at (ASM-08); the circular does not say.

    `OTHERS_QUALIFY`: they reach the level by themselves. `HYPOTHETICAL_REPLACE`: they reach it
    together with a 10, or a Đạt, in place of that subject's result.
    """

    OTHERS_QUALIFY = "OTHERS_QUALIFY"
    HYPOTHETICAL_REPLACE = "HYPOTHETICAL_REPLACE"


class Outcome(StrEnum):
    """What becomes of a pupil at the end of the year (ASM-10)."""

    NEEDS_DECISION = "NEEDS_DECISION"
    UNDECIDED = "UNDECIDED"
    RETAINED = "RETAINED"
    PROMOTED = "PROMOTED"
    SUMMER_RETEST = "SUMMER_RETEST"
    SUMMER_TRAINING = "SUMMER_TRAINING"


class Stage(StrEnum):
    """When it is asked."""

    YEAR_END = "YEAR_END"
    AFTER_SUMMER = "AFTER_SUMMER"


class Title(StrEnum):
    """A title at the end of a year (ASM-13): Xuất sắc, Giỏi; Tiên tiến by the earlier circular."""

    EXCELLENT = "EXCELLENT"
    GOOD_STUDENT = "GOOD_STUDENT"
    ADVANCED = "ADVANCED"


@dataclass(frozen=True, slots=True)
class SecondaryRules:
    """The numbers that Circular 22/2021 sets, or leaves open, as values; marks in tenths."""

    min_subjects_at_level: int = 6
    adjustment_mode: AdjustmentMode = AdjustmentMode.OTHERS_QUALIFY
    absences_allowed: int = 45
    allow_parallel: bool = False
    """Whether a retest may be sat while conduct is trained in summer (ASM-10 no. 5, uncertain)."""
    regular_counts: tuple[tuple[int, int], ...] = ((35, 2), (70, 3))
    """Up to how many periods a year how many regular marks a semester has; more have `most`."""
    most_regular: int = 4
    comment_regular: int = 2
    retest_below: Tenths = 50
    excellent_from: Tenths = 90
    cluster_semester: int = 2
    """The semester to which the mark of study topics counts where nobody said (uncertain)."""


@dataclass(frozen=True, slots=True)
class SubjectResult:
    """A subject's result of a semester or a year: an average in tenths, a verdict, or neither."""

    id: str
    form: Form
    average: Tenths | None = None
    verdict: Verdict | None = None
    is_exempt: bool = False
    counts_in_overall: bool = True

    @property
    def counts(self) -> bool:
        """Whether it has a part in the level of study."""
        return self.counts_in_overall and not self.is_exempt

    @property
    def is_missing(self) -> bool:
        """Whether there is no result yet."""
        return (self.average if self.is_scored else self.verdict) is None

    @property
    def is_scored(self) -> bool:
        """Whether it is assessed by score."""
        return self.form is Form.COMMENT_AND_SCORE


@dataclass(frozen=True, slots=True)
class SemesterMarks:
    """The marks of a pupil in a scored subject in one semester, in tenths; None is missing."""

    regular: tuple[Tenths | None, ...]
    midterm: Tenths | None
    final: Tenths | None
    cluster: Tenths | None = None
    needs_cluster: bool = False


@dataclass(frozen=True, slots=True)
class SemesterComments:
    """The comments on a pupil in a subject without score in one semester; None is missing."""

    regular: tuple[Verdict | None, ...] = field(default=())
    midterm: Verdict | None = None
    final: Verdict | None = None
