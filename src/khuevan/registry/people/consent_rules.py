"""Who has to agree, and whether the answers so far allow a use (Law 91/2025, article 24). Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

NEW_LAW_FROM = date(2026, 1, 1)
"""Until then Decree 13/2023, article 20, asked a child from 7 for every use based on consent."""
CHILD_SPEAKS_FROM = 7
OF_AGE = 18


class Verdict(StrEnum):
    """What the answers come to."""

    ALLOWED = "ALLOWED"
    MISSING = "MISSING"
    """Somebody who has to agree has not answered: silence is not consent."""
    REFUSED = "REFUSED"


class Part(StrEnum):
    """As whom somebody answers."""

    SELF = "SELF"
    REPRESENTATIVE = "REPRESENT"


@dataclass(frozen=True, slots=True)
class Voice:
    """One answer that stands."""

    person_id: int
    part: Part
    is_yes: bool
    valid_from: date


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a use is allowed, and who is still to be asked."""

    verdict: Verdict
    missing: tuple[Part, ...] = ()

    @property
    def is_allowed(self) -> bool:
        """Return whether the use may begin, or go on."""
        return self.verdict is Verdict.ALLOWED


def requires_child_consent(
    on: date, *, is_publication: bool, age: int | None, asks_child: bool = False
) -> bool:
    """Return whether the child's own consent is needed beside the representative's.

    A birth date nobody knows counts as old enough to be asked.
    """
    speaks = age is None or age >= CHILD_SPEAKS_FROM
    if on < NEW_LAW_FROM:
        return speaks
    return speaks and (is_publication or asks_child)


def requires_representative(age: int | None) -> bool:
    """Return whether a representative has to agree: always until 18."""
    return age is None or age < OF_AGE


def decide(
    on: date,
    *,
    is_publication: bool,
    asks_child: bool,
    age: int | None,
    person_id: int,
    representatives: Collection[int],
    voices: Sequence[Voice],
) -> Decision:
    """Return what the answers of a day come to.

    `representatives` are those with custody on that day: nobody else's answer counts. One no among
    them outweighs every yes. Of age, the person's own answer alone counts.
    """
    standing = [voice for voice in voices if voice.valid_from <= on]
    own = [v.is_yes for v in standing if v.part is Part.SELF and v.person_id == person_id]
    theirs = [
        v.is_yes
        for v in standing
        if v.part is Part.REPRESENTATIVE and v.person_id in representatives
    ]
    needed: list[tuple[Part, list[bool]]] = []
    if requires_representative(age):
        needed.append((Part.REPRESENTATIVE, theirs))
        if requires_child_consent(
            on, is_publication=is_publication, age=age, asks_child=asks_child
        ):
            needed.append((Part.SELF, own))
    else:
        needed.append((Part.SELF, own))
    if any(not all(answers) for _part, answers in needed):
        return Decision(Verdict.REFUSED)
    missing = tuple(part for part, answers in needed if not answers)
    return Decision(Verdict.MISSING, missing) if missing else Decision(Verdict.ALLOWED)
