"""Headers of lists of pupils that may mean two things, and what their cells say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khuevan.platform.sheets.api import ByValues

TWO_ZEROS_LOST = r"[12468][23](?:0[5-9]|1\d|2[0-6])\d{6}"
"""A number of a child of a province that begins with 00, such as Hà Nội, in a spreadsheet."""


def _mostly(pattern: str, texts: Sequence[str]) -> bool:
    """Return whether nine of ten texts look so; a signature may stand below the column."""
    return sum(re.fullmatch(pattern, text) is not None for text in texts) * 10 >= len(texts) * 9


def _are_phones(texts: Sequence[str]) -> bool:
    return _mostly(r"\+?[\d\s.()-]{9,}", texts)


def _are_words(texts: Sequence[str]) -> bool:
    return _mostly(r"[^\d]+", texts)


def _are_ministry_codes(texts: Sequence[str]) -> bool:
    """Tell codes of ten digits from numbers of twelve that lost two zeros."""
    return _mostly(r"\d{10}", texts) and not _mostly(TWO_ZEROS_LOST, texts)


def _are_personal_numbers(texts: Sequence[str]) -> bool:
    return _mostly(r"\d{12}", texts)


UNCLEAR_HEADERS = (
    ByValues(("ĐT",), _are_words, "ethnicity"),
    ByValues(("DT",), _are_phones, "contact_phone"),
    ByValues(("Mã định danh", "Số định danh"), _are_ministry_codes, "moet_code"),
    ByValues(("Mã định danh học sinh",), _are_personal_numbers, "personal_number"),
)
