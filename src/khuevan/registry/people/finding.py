"""Finding people by name: every word typed begins a word of the name, diacritics or not."""

from __future__ import annotations

from django.db.models import Q

from khuevan.kernel.vietnamese import fold


def name_has(text: str, *, field: str = "search_name") -> Q:
    """Return the condition that each word of a text begins a word of a folded name.

    Both forms of it are served by a trigram index of the folded name.
    """
    found = Q()
    for word in fold(text).split():
        found &= Q(**{f"{field}__startswith": word}) | Q(**{f"{field}__contains": f" {word}"})
    return found
