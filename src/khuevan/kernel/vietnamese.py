"""Vietnamese text: one form at the door, keys for search and matching, the order of names.

Pure functions over strings. The order of names is a stored key: no database collation gives it
on every server.
"""

import re
import unicodedata
from functools import lru_cache

# Grave, hook, tilde, acute, dot below: the order of Vietnamese dictionaries. "0" is the level tone.
TONE_RANK = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}

# Letters that stand right after their plain letter: "{" and "|" sort behind every ASCII letter.
LETTER_KEY = {
    "ă": "a{", "â": "a|", "đ": "d{", "ê": "e{", "ô": "o{", "ơ": "o|", "ư": "u{",
}  # fmt: skip

VOWELS = "aăâeêioôơuưy"
MARKED_VOWELS = "ăâêôơư"

# The Icelandic letter looks like Đ and comes out of old code pages; no Vietnamese word has it.
ETH = "\u00d0\u00f0\u0189\u0256"
ETH_TO_D = str.maketrans(ETH, "ĐđĐđ")
APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u02bb\u00b4\u0060", "'"))

# Controls (but not the blank ones), soft hyphen, zero-width and direction marks, lone surrogates.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\ud800-\udfff]+"
)
MARKS = re.compile("[\u0300-\u036f]+")
WORD = re.compile("(?:[^\\W\\d_][\u0300-\u036f]*)+")
SYLLABLE = re.compile(
    f"(qu(?=[{VOWELS}])|gi(?=[{VOWELS}])|[^{VOWELS}]*)([{VOWELS}]{{1,3}})([^{VOWELS}]*)"
)

KEPT_TEXTS = 16_384  # short texts whose form is kept: lists say the same words again and again
KEPT_LENGTH = 80
SORT_KEY_LENGTH = 400  # what a column must hold; longer keys are cut

# Family names of more than one word, as their bearers write them.
COMPOUND_FAMILIES = frozenset({
    "công huyền tôn nữ", "công tằng tôn nữ", "công tôn nữ", "huyền tôn nữ",
    "tôn nữ", "tôn thất",
})  # fmt: skip


def normalize(text: str) -> str:
    """Give text its one stored form: NFC, visible characters only, single blanks, case kept."""
    return _normalized(text) if len(text) <= KEPT_LENGTH else _normalized.__wrapped__(text)


@lru_cache(maxsize=KEPT_TEXTS)
def _normalized(text: str) -> str:
    if not text.isprintable():  # also says "no" to every blank but the plain one
        text = INVISIBLE.sub("", text)
    if not text.isascii():
        if any(letter in text for letter in ETH):
            text = text.translate(ETH_TO_D)
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def fold(text: str) -> str:
    """Strip case and every diacritic (Đặng becomes dang), to search and to compare loosely."""
    lowered = normalize(text).lower()
    if lowered.isascii():
        return lowered
    bare = MARKS.sub("", unicodedata.normalize("NFD", lowered)).replace("đ", "d")
    return normalize(bare)


def canonical_tones(text: str) -> str:
    """Put each tone mark where the population register puts it (hoà to hòa, qúy to quý)."""
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFC", text)
    return WORD.sub(lambda match: _canonical_word(match.group()), composed)


def match_key(text: str) -> str:
    """Return one key for all spellings of a text: encoding, tone place, case, blanks, quotes."""
    return _match_key(text) if len(text) <= KEPT_LENGTH else _match_key.__wrapped__(text)


@lru_cache(maxsize=KEPT_TEXTS)
def _match_key(text: str) -> str:
    lowered = normalize(normalize(text).lower().translate(APOSTROPHES))
    return canonical_tones(lowered)


def name_sort_key(family: str, middle: str, given: str) -> str:
    """Return an ASCII key that sorts people by given, family, then middle name in Vietnamese order.

    Compare it byte by byte (the C collation): letters first, then the tone, syllable by syllable.
    """
    key = f"{_field_key(given)} {_field_key(family)} {_field_key(middle)}"
    return key[:SORT_KEY_LENGTH]


def text_sort_key(text: str) -> str:
    """Return an ASCII key that sorts any words (schools, communes) in Vietnamese order."""
    return _field_key(text)[:SORT_KEY_LENGTH]


def split_name(full: str) -> tuple[str, str, str]:
    """Split a full name into family, middle and given names; a single word is a given name."""
    words = normalize(full).split(" ")
    if len(words) == 1:
        return "", "", words[0]
    size = _family_size(words)
    return " ".join(words[:size]), " ".join(words[size:-1]), words[-1]


def join_name(family: str, middle: str, given: str) -> str:
    """Write a name in Vietnamese order, leaving out what is missing."""
    return " ".join(part for part in (family, middle, given) if part)


def title_name(text: str) -> str:
    """Repair names typed all in capitals or without any; leave a properly written name alone."""
    text = normalize(text)
    if text.islower():
        return text.title()
    words = text.split(" ")
    return " ".join(word.title() if len(word) > 1 and word.isupper() else word for word in words)


def _family_size(words: list[str]) -> int:
    for size in range(min(4, len(words) - 1), 1, -1):
        if " ".join(words[:size]).lower() in COMPOUND_FAMILIES:
            return size
    return 1


@lru_cache(maxsize=65536)
def _canonical_word(word: str) -> str:
    letters, tones = _letters_and_tones(word)
    if len(tones) != 1:
        return "".join(letters) if not tones else word
    place = _tone_place("".join(letters).lower())
    if place is None:
        return word
    letters[place] = unicodedata.normalize("NFC", letters[place] + tones[0])
    return "".join(letters)


def _letters_and_tones(word: str) -> tuple[list[str], list[str]]:
    """Take the tones off a word; circumflex, breve and horn belong to the letter and stay."""
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFD", word):
        if char in TONE_RANK:
            tones.append(char)
        elif letters and unicodedata.combining(char):
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + char)
        else:
            letters.append(char)
    return letters, tones


def _tone_place(toneless: str) -> int | None:
    """Say which letter of a syllable carries the tone; None if it is not Vietnamese."""
    match = SYLLABLE.fullmatch(toneless)
    if match is None:
        return None
    start, vowels, closed = match.start(2), match.group(2), bool(match.group(3))
    marked = [index for index, vowel in enumerate(vowels) if vowel in MARKED_VOWELS]
    if marked:
        return start + marked[-1]
    if len(vowels) == 1 or (len(vowels) == 2 and not closed):
        return start
    return start + 1


def _field_key(text: str) -> str:
    return "-".join(filter(None, map(_word_key, text.split())))


@lru_cache(maxsize=65536)
def _word_key(word: str) -> str:
    """Return the key of one word: its syllables, each closed by its tone."""
    word = normalize(word).lower().replace("-", " ")
    return "-".join(filter(None, map(_syllable_key, word.split())))


def _syllable_key(syllable: str) -> str:
    letters, tones = _letters_and_tones(syllable)
    body = "".join(map(_letter_key, letters))
    return body and body + ("".join(TONE_RANK[tone] for tone in tones) or "0")


def _letter_key(letter: str) -> str:
    if letter in LETTER_KEY:
        return LETTER_KEY[letter]
    bare = unicodedata.normalize("NFD", letter)[0]
    if not bare.isalnum():
        return ""
    if bare.isdecimal():  # behind the tones, before the letters
        return f"9{unicodedata.decimal(bare)}"
    return bare if bare.isascii() else f"z~{ord(bare):06x}"
