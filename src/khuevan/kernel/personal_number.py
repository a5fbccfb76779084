"""The 12-digit personal number: its format, and what its digits say about a person.

A wrong format is refused. Digits that disagree with the person only warn: old records have errors.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LENGTH = 12
OLD_CARD_LENGTH = 9

# Places of birth registration: the 63 provinces before 1 July 2025; the 34 after it keep codes of
# these. Numbers of people registered abroad begin with other codes, so an unknown code only warns.
BIRTH_PROVINCES = frozenset(
    f"0{code}"
    for code in re.findall(
        r"\d\d",
        "01 02 04 06 08 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 45"
        " 46 48 49 51 52 54 56 58 60 62 64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93"
        " 94 95 96",
    )
)

SEPARATORS = re.compile(r"[\s.\-\u00a0\u2013]+")
FLOAT_TAIL = re.compile(r"\.0+$")
ASCII_DIGITS = re.compile(r"[0-9]+")


class FormatFault(StrEnum):
    """Why a text is no personal number."""

    EMPTY = "EMPTY"
    NOT_DIGITS = "NOT_DIGITS"
    LOST_ZERO = "LOST_ZERO"
    OLD_CARD = "OLD_CARD"
    TOO_SHORT = "TOO_SHORT"
    TOO_LONG = "TOO_LONG"


class Contradiction(StrEnum):
    """What in a well-formed number disagrees with what else is known."""

    SEX = "SEX"
    BIRTH_YEAR = "BIRTH_YEAR"
    PROVINCE = "PROVINCE"


@dataclass(frozen=True, slots=True)
class CheckedNumber:
    """A text read as a personal number: its digits, why they are refused, what was likely meant."""

    digits: str
    fault: FormatFault | None = None
    suggestion: str = ""

    @property
    def is_valid(self) -> bool:
        """Say whether the digits can be stored."""
        return self.fault is None


def check_format(text: str) -> CheckedNumber:
    """Read a personal number as people and spreadsheets write it."""
    bare = SEPARATORS.sub("", FLOAT_TAIL.sub("", text.strip().lstrip("'")))
    if not bare:
        return CheckedNumber("", FormatFault.EMPTY)
    if not ASCII_DIGITS.fullmatch(bare):
        return CheckedNumber(bare, FormatFault.NOT_DIGITS)
    if len(bare) == LENGTH:
        return CheckedNumber(bare)
    return _wrong_length(bare)


def contradictions(
    number: str,
    *,
    sex: str | None = None,
    birth_date: date | None = None,
    known_province_codes: Collection[str] = BIRTH_PROVINCES,
) -> list[Contradiction]:
    """List what the digits of a well-formed number deny; `sex` is MALE, FEMALE or unknown."""
    found = []
    if number[:3] not in known_province_codes:
        found.append(Contradiction.PROVINCE)
    if sex in {"MALE", "FEMALE"} and sex != sex_of(number):
        found.append(Contradiction.SEX)
    if birth_date is not None and birth_date.year != birth_year_of(number):
        found.append(Contradiction.BIRTH_YEAR)
    return found


def sex_of(number: str) -> str:
    """Return the sex the fourth digit tells: MALE when even, FEMALE when odd."""
    return "FEMALE" if int(number[3]) % 2 else "MALE"


def birth_year_of(number: str) -> int:
    """Return the birth year told by the century digit and the two digits after it."""
    return 1900 + int(number[3]) // 2 * 100 + int(number[4:6])


def grouped(number: str) -> str:
    """Write a number in groups that the eye can follow: 034215 004 118."""
    return f"{number[:6]} {number[6:9]} {number[9:]}" if len(number) == LENGTH else number


def _wrong_length(digits: str) -> CheckedNumber:
    if len(digits) > LENGTH:
        return CheckedNumber(digits, FormatFault.TOO_LONG)
    if len(digits) == OLD_CARD_LENGTH:
        return CheckedNumber(digits, FormatFault.OLD_CARD)
    # Every province code begins with 0, so a spreadsheet that stores a number loses one or two.
    padded = digits.zfill(LENGTH)
    # One that has its zero lacks a digit somewhere else, and nobody knows which.
    if len(digits) >= LENGTH - 2 and not digits.startswith("0") and padded[:3] in BIRTH_PROVINCES:
        return CheckedNumber(digits, FormatFault.LOST_ZERO, padded)
    return CheckedNumber(digits, FormatFault.TOO_SHORT)
