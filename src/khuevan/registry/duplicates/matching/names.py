"""Two Vietnamese names side by side: the same, typed without marks, shortened, or another's.

A name is compared syllable by syllable. A tone is compared apart from its letter, so that its
place (hoà, hòa) and the encoding of the text never count.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from khuevan.kernel.vietnamese import TONE_RANK, fold, match_key

VOWEL_PAIR = str.maketrans("y", "i")
CONSONANTS = frozenset("bcdđfghjklmnpqrstvwxz")


class Likeness(StrEnum):
    """How two values of one field stand to each other."""

    UNKNOWN = "UNKNOWN"
    SAME = "SAME"
    UNMARKED = "UNMARKED"
    """The same letters; one of them was typed without some of its marks."""
    SHORTENED = "SHORTENED"
    """One leaves out middle names of the other."""
    SWAPPED = "SWAPPED"
    """Day and month changed places."""
    SLIP = "SLIP"
    """One letter or digit differs, or two neighbors changed places."""
    DIFFERENT = "DIFFERENT"


@dataclass(frozen=True, slots=True)
class Syllable:
    """One word of a name: without any mark, and the marks it has by the place of their letter."""

    plain: str
    marks: frozenset[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name taken apart; no words at all stands for a name that is not known."""

    words: tuple[Syllable, ...]
    plain: str

    @property
    def ends(self) -> str:
        """Return the family and given names without marks, which no shortening touches."""
        return f"{self.words[0].plain} {self.words[-1].plain}" if self.words else ""


@lru_cache(maxsize=400_000)
def name_form(text: str) -> NameForm:
    """Take a name apart."""
    words = tuple(_syllable(word) for word in match_key(text).split())
    return NameForm(words, " ".join(word.plain for word in words))


@lru_cache(maxsize=65_536)
def _syllable(word: str) -> Syllable:
    marks: set[tuple[int, str]] = set()
    place = 0
    for char in unicodedata.normalize("NFD", word):
        if char in TONE_RANK:
            marks.add((-1, char))  # of the whole syllable
        elif unicodedata.combining(char):
            marks.add((place, char))
        else:
            place += 1
            if char == "đ":
                marks.add((place, "đ"))
    return Syllable(_one_vowel(fold(word)), frozenset(marks))


def _one_vowel(plain: str) -> str:
    """Write mỹ and mĩ alike: y as the only vowel is i."""
    if plain.endswith("y") and len(plain) > 1 and all(one in CONSONANTS for one in plain[:-1]):
        return plain.translate(VOWEL_PAIR)
    return plain


def compare_names(one: NameForm, other: NameForm) -> Likeness:
    """Tell how two names stand to each other.

    Vietnamese twins and namesakes differ in little (Hùng and Hưng, Minh Anh and Ngọc Anh), so a
    contradiction of marks or of middle names makes two names different.
    """
    if not one.words or not other.words:
        return Likeness.UNKNOWN
    if one.words == other.words:
        return Likeness.SAME
    if one.plain == other.plain:
        fits = all(_fits(a, b) for a, b in zip(one.words, other.words, strict=True))
        return Likeness.UNMARKED if fits else Likeness.DIFFERENT
    if len(one.words) != len(other.words):
        return _shortened(one, other)
    return _slipped(one, other)


def _fits(one: Syllable, other: Syllable) -> bool:
    """Tell whether one is the other with some marks left out."""
    return one.plain == other.plain and (one.marks <= other.marks or other.marks <= one.marks)


def _shortened(one: NameForm, other: NameForm) -> Likeness:
    short, long = sorted((one.words, other.words), key=len)
    if len(short) < 2 or not (_fits(short[0], long[0]) and _fits(short[-1], long[-1])):
        return Likeness.DIFFERENT
    rest = iter(long[1:-1])
    kept = all(any(_fits(word, there) for there in rest) for word in short[1:-1])
    return Likeness.SHORTENED if kept else Likeness.DIFFERENT


def _slipped(one: NameForm, other: NameForm) -> Likeness:
    apart = [(a, b) for a, b in zip(one.words, other.words, strict=True) if not _fits(a, b)]
    if len(apart) == 1 and is_slip(apart[0][0].plain, apart[0][1].plain):
        return Likeness.SLIP
    return Likeness.DIFFERENT


def is_slip(one: str, other: str) -> bool:
    """Tell whether one slip of a finger makes one text the other: a sign, or two neighbors."""
    if len(one) == len(other):
        apart = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(apart) == 1:
            return True
        if len(apart) != 2 or apart[1] != apart[0] + 1:
            return False
        left, right = apart
        return one[left] == other[right] and one[right] == other[left]
    short, long = sorted((one, other), key=len)
    if len(long) != len(short) + 1:
        return False
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
