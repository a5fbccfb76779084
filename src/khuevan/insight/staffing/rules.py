"""Teachers needed and present, as arithmetic: exact fractions, nothing rounded (CUR-05 to CUR-09).

Pure: no ORM, no clock, no words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction

WEEKS = 35
"""Weeks of teaching in a year: what is planned a year is divided by them."""
HALF = Fraction(1, 2)
"""From half a teacher on there is one too many or too few; below it stands the number alone."""


class Word(Enum):
    """How what there is stands to what is needed."""

    SHORT = "short"
    OVER = "over"
    MET = "met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a school and level: what it must give a week, and who is there to give it."""

    norm: int
    """Periods a week that a teacher owes; 0 where no text says so."""
    annual: int = 0
    """Periods a year that the plans of the classes ask of it."""
    cuts: int = 0
    """Periods a week that duties take off its teachers."""
    heads: int = 0
    """Teachers whose main position is at the school, those away included."""
    away: int = 0
    """Those of them on a long leave."""
    borrowed: int = 0
    """Periods a week given here by teachers of other schools."""
    lent: int = 0
    """Periods a week given at other schools by teachers from here, those away left out."""
    leaving: int = 0
    """Those who reach the age of retirement within a year."""
    led: int = 0
    """Periods a year that principals and deputies give: they teach, and are no post's teachers."""
    covered: int = 0
    """Periods a year of those away for which colleagues stand in; it makes no teacher more."""
    crossed: int = 0
    """Periods a year that teachers of other levels of the school give here, less those that
    teachers from here give at other levels: each is one period (article 3.4)."""

    @property
    def periods(self) -> Fraction:
        """Return what is asked of the post a week, duties included."""
        return Fraction(self.annual, WEEKS) + self.cuts

    @property
    def needed(self) -> Fraction | None:
        """Return how many teachers that takes; None where no norm is known."""
        return self.periods / self.norm if self.norm else None

    @property
    def available(self) -> Fraction:
        """Return how many teachers there are: heads without those away, and periods as shares."""
        if not self.norm:
            return Fraction(self.heads - self.away)
        periods = self.borrowed - self.lent + Fraction(self.led + self.crossed, WEEKS)
        return self.heads - self.away + periods / self.norm

    @property
    def stood_in(self) -> Fraction:
        """Return how many teachers' work of those away colleagues do beside their own."""
        if not self.norm:
            return Fraction(0)
        return min(Fraction(self.away), Fraction(self.covered, WEEKS) / self.norm)

    @property
    def difference(self) -> Fraction | None:
        """Return by how many there are more than needed; negative where they are missing."""
        return None if self.needed is None else self.available - self.needed

    @property
    def word(self) -> Word:
        """Return whether that is too many, too few or neither."""
        return word_of(self.difference)

    def __add__(self, other: Post) -> Post:
        """Return two parts of one post of one school as one."""
        return Post(
            self.norm or other.norm,
            self.annual + other.annual,
            self.cuts + other.cuts,
            self.heads + other.heads,
            self.away + other.away,
            self.borrowed + other.borrowed,
            self.lent + other.lent,
            self.leaving + other.leaving,
            self.led + other.led,
            self.covered + other.covered,
            self.crossed + other.crossed,
        )


def word_of(difference: Fraction | Decimal | None) -> Word:
    """Return the word for a difference: half a teacher is where it begins."""
    if difference is None:
        return Word.UNKNOWN
    if difference >= HALF:
        return Word.OVER
    return Word.SHORT if difference <= -HALF else Word.MET


def without_one(post: Post, *, is_away: bool = False, lent: int = 0) -> Post:
    """Return a post after one teacher has gone for good.

    The periods and the duties stay with those who remain. Who is away already was not counted
    among the present; what was lent to another school is lent no more.
    """
    return replace(
        post,
        heads=max(0, post.heads - 1),
        away=max(0, post.away - is_away),
        lent=max(0, post.lent - (0 if is_away else lent)),
    )


def quota(counts: Iterable[tuple[int, Decimal | None]]) -> Decimal | None:
    """Return the head-count norm of so many classes at so many teachers each; the office rounds.

    None where the rate of some of them isn't known.
    """
    total = Decimal("0.00")
    for classes, rate in counts:
        if classes and rate is None:
            return None
        total += classes * (rate or 0)
    return total


def main_subject(
    teaches: Sequence[str], trained: Sequence[str], given: Mapping[str, int]
) -> str | None:
    """Return the subject somebody is counted for.

    What is recorded as taught goes before what somebody was trained for, and that before the
    lessons given; among several the one with most lessons, then the one recorded first.
    """
    for recorded in (teaches, trained):
        if recorded:
            return max(recorded, key=lambda name: given.get(name, 0))
    with_lessons = [name for name, periods in given.items() if periods]
    return max(sorted(with_lessons), key=lambda name: given[name]) if with_lessons else None
