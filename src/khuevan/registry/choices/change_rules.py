"""What a change of combination asks for: pure (sheet CUR-01, upper secondary)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

FIRST_GRADE = "10"
"""Until the end of it a change brings nothing to catch up but what the year itself taught."""


def new_subjects(
    options: Iterable[str], clusters: Iterable[str], new: Sequence[str], topics: Sequence[str]
) -> list[str]:
    """Return the subjects that a change adds, chosen ones first, each once."""
    had, had_topics = set(options), set(clusters)
    added = [name for name in new if name not in had]
    added += [name for name in topics if name not in had_topics]
    return list(dict.fromkeys(added))


def needs_catch_up(grade_code: str) -> bool:
    """Return whether a change in this grade says how what was missed is caught up."""
    return grade_code != FIRST_GRADE
