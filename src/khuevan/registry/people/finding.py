"""Finding people by name: the same words for every list and search box."""

from __future__ import annotations

import re

from django.db.models import Q

from khuevan.kernel.vietnamese import fold


def name_has(text: str, *, field: str = "search_name") -> Q:
    """Return the condition that each word of a text begins a word of a folded name.

    One pattern a word: a trigram index answers all of them in one scan, from the rarest on.
    """
    found = Q()
    for word in fold(text).split():
        found &= Q(**{f"{field}__regex": f"(^| ){re.escape(word)}"})
    return found
