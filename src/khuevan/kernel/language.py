"""The language of whoever reads: Vietnamese where none is chosen.

For names that stand in data files in both languages; what stands in code goes through gettext.
"""

from __future__ import annotations

from django.utils.translation import get_language

VIETNAMESE = "vi"


def is_vietnamese() -> bool:
    """Return whether the reader's language is Vietnamese."""
    return (get_language() or VIETNAMESE).startswith(VIETNAMESE)


def in_language(vietnamese: str, english: str) -> str:
    """Return the name in the reader's language."""
    return vietnamese if is_vietnamese() else english
