"""Whether two descriptions are one pupil: pure functions over plain values (rule REC-07).

Never are two pupils one on name and birth date alone; a number they share does not suffice either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from khuevan.kernel.vietnamese import fold, match_key, split_name


class Verdict(StrEnum):
    """What two descriptions are to each other."""

    SAME = "SAME"
    DOUBT = "DOUBT"
    """The same as far as can be told; a person should look."""
    ASK = "ASK"
    """Only a person can tell."""
    ANOTHER = "ANOTHER"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a list or the records say of a pupil; None and empty text: nothing is said."""

    full_name: str
    birth_date: date | None
    sex: str = ""
    class_id: int | None = None
    personal_number: str | None = None
    moet_code: str | None = None
    guardians: Mapping[str, str] = field(default_factory=dict)
    """Relation to full name."""


def judge_by_number(known: Facts, told: Facts) -> Verdict:
    """Judge two who share a personal number or a ministry code.

    A number written for the wrong child shows in another name together with another birth date.
    """
    same_day = None in (known.birth_date, told.birth_date) or known.birth_date == told.birth_date
    if match_key(known.full_name) == match_key(told.full_name) and same_day:
        return Verdict.SAME
    if is_variant(known.full_name, told.full_name):
        return Verdict.SAME if same_day else Verdict.DOUBT
    return Verdict.DOUBT if same_day else Verdict.ANOTHER


def judge_by_name(known: Facts, told: Facts) -> Verdict:
    """Judge two of one name and birth date, who share no number: something else has to agree."""
    if _differ(known.personal_number, told.personal_number) or _differ(
        known.moet_code, told.moet_code
    ):
        return Verdict.ANOTHER
    return Verdict.SAME if agrees(known, told) and not contradicts(known, told) else Verdict.ASK


def agrees(known: Facts, told: Facts) -> bool:
    """Return whether the class of this year, or a parent's name, is the same too."""
    if known.class_id is not None and known.class_id == told.class_id:
        return True
    return any(
        fold(name) == fold(told.guardians.get(relation, ""))
        for relation, name in known.guardians.items()
        if name
    )


def contradicts(known: Facts, told: Facts) -> bool:
    """Return whether the sex differs, or a parent is somebody of another given name."""
    if _differ(known.sex, told.sex):
        return True
    return any(
        _differ(fold(split_name(name)[2]), fold(split_name(told.guardians.get(relation, ""))[2]))
        for relation, name in known.guardians.items()
    )


def is_variant(one: str, other: str) -> bool:
    """Return whether two names are spellings of one: the given name and the family name, or the
    given name and the middle name, agree but for marks and case.
    """
    (family, middle, given), (other_family, other_middle, other_given) = (
        tuple(map(fold, split_name(name))) for name in (one, other)
    )
    if given != other_given:
        return False
    return family == other_family or bool(middle and middle == other_middle)


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other and one != other)
