"""Who may stand in for a lesson, the best first: pure, no ORM."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody free at the time: of the subject or not, how much is taught, how often stood in."""

    key: str
    name: str
    is_of_subject: bool
    over: Fraction = Fraction(0)
    """By how much more is taught a week than owed; below 0 where it is less."""
    limit: Fraction | None = None
    """How much more there may be; None where no norm is known."""
    stood_in: int = 0
    is_of_department: bool = False
    """Of the department of the subject, of whatever subject."""

    @property
    def breaks_limit(self) -> bool:
        """Whether one period more would be above what the law lets somebody teach."""
        return self.limit is not None and self.over + 1 > self.limit

    @property
    def teaches_subject(self) -> bool:
        """Whether the subject would be taught; anybody else only looks after the class."""
        return self.is_of_subject


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates in order: within the limit first, of the subject, of its department.

    Then who stood in least, who teaches least above what is owed; names decide last (sheet TT,
    section 5).
    """
    return sorted(
        candidates,
        key=lambda one: (
            one.breaks_limit,
            not one.is_of_subject,
            not one.is_of_department,
            one.stood_in,
            one.over,
            one.name,
        ),
    )
