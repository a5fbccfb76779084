"""Phone numbers as people here write them. Pure."""

from __future__ import annotations

import re

_WRITTEN = re.compile(r"0\d{9,10}|\+\d{8,14}")
_BETWEEN = str.maketrans("", "", " .-()\u00a0")


def phone_digits(text: str) -> str:
    """Return a number without blanks, dots and dashes; +84 becomes 0."""
    digits = text.translate(_BETWEEN)
    return f"0{digits[3:]}" if digits.startswith("+84") else digits


def is_phone(digits: str) -> bool:
    """Return whether this is ten or eleven digits beginning with 0, or an international number."""
    return _WRITTEN.fullmatch(digits) is not None
