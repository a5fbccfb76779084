"""What a school's comments may be: how long, and without which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from khuevan.school.remarks.models import LONGEST_OVERALL, LONGEST_SUBJECT, RemarkSetting
from khuevan.school.remarks.selectors.targets import Target
from khuevan.school.remarks.words import Found, common_words, find_words

BECAUSE = "what a school allows, for a class that the actor reached"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a text may be, words that are refused and words that are told."""

    longest: int
    forbidden: Sequence[str]
    compared: Sequence[str]

    def refused(self, text: str, *, name: str = "") -> list[Found]:
        """Return the words for which a text is refused."""
        return find_words(text, self.forbidden, name=name)

    def comparisons(self, text: str, *, name: str = "") -> list[Found]:
        """Return the words by which a text compares pupils."""
        return find_words(text, self.compared, name=name)

    def allows(self, text: str) -> bool:
        """Return whether a text may be suggested."""
        return not self.refused(text) and not self.comparisons(text)


def limits_of(target: Target, on: date) -> Limits:
    """Return the limits of comments on a class the actor reached: one query."""
    own = setting_of(target.room.school_id)
    if target.book is None:
        longest = own.longest_overall if own else LONGEST_OVERALL
    else:
        longest = own.longest if own else LONGEST_SUBJECT
    return build_limits(longest, own.forbidden if own else (), on)


def build_limits(longest: int, own: Sequence[str], on: date) -> Limits:
    """Return limits from the common list of a day and a school's own words."""
    refused = dict.fromkeys([*common_words(on, refused=True), *own])
    return Limits(longest, tuple(refused), common_words(on, refused=False))


def setting_of(school_id: int) -> RemarkSetting | None:
    """Return what a school set, None where it set nothing."""
    return RemarkSetting.objects.unscoped(because=BECAUSE).filter(school_id=school_id).first()
