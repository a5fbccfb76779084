"""Pure rules of schools and classes."""

from __future__ import annotations

import re

from khuevan.kernel.vietnamese import match_key, text_sort_key

_DIGITS = re.compile(r"\d+")


def class_sort_key(grade_position: int, name: str) -> str:
    """Return a key that sorts 6A, 6B, 6A10 after 6A2 and grades by age."""
    padded = _DIGITS.sub(lambda run: run.group().zfill(3), name)
    return f"{grade_position:02d} {text_sort_key(padded)}"[:60]


def class_match_name(name: str) -> str:
    """Return what two spellings of a class name share: 6 A, 6a and 6A are one."""
    return match_key(name).replace(" ", "")
