"""The key by which headers and code list words are compared."""

from __future__ import annotations

import re
from functools import lru_cache

from khuevan.kernel.vietnamese import match_key

# The column in which a marked copy tells faults: known again on the way back, in any language.
FAULT_HEADER = "Lỗi cần sửa (Khuê Văn)"

KY = re.compile(r"\bkì\b")  # học kì and học kỳ are one
NOT_WORDS = re.compile(r"[\W_]+")


@lru_cache(maxsize=16384)
def header_key(text: str) -> str:
    """Return what two spellings share: letters and digits in lower case, with their diacritics."""
    return NOT_WORDS.sub("", KY.sub("kỳ", match_key(text)))
