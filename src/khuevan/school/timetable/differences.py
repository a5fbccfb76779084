"""What a new version changes for each teacher and class, against the one that held before: pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Standing:
    """A lesson in its place, as far as it concerns people."""

    person_id: int | None
    class_name: str
    subject: str
    place: tuple[int, str, int] | None
    room: str = ""
    weeks: str = ""


def changes_by_person(before: Iterable[Standing], after: Iterable[Standing]) -> dict[int, int]:
    """Return for each teacher how many lessons are otherwise; who has none left out."""
    return _changed(
        ((one.person_id, one) for one in before), ((one.person_id, one) for one in after)
    )


def changes_by_class(before: Iterable[Standing], after: Iterable[Standing]) -> dict[str, int]:
    """Return for each class how many lessons are otherwise; who has none left out."""
    return _changed(
        ((one.class_name, one) for one in before), ((one.class_name, one) for one in after)
    )


def _changed(
    before: Iterable[tuple[K | None, Standing]], after: Iterable[tuple[K | None, Standing]]
) -> dict[K, int]:
    was, now = _count(before), _count(after)
    found = {}
    for key in was.keys() | now.keys():
        gone, come = was[key] - now[key], now[key] - was[key]
        count = max(gone.total(), come.total())
        if key is not None and count:
            found[key] = count
    return found


def _count(rows: Iterable[tuple[K, Standing]]) -> defaultdict[K, Counter[Standing]]:
    found: defaultdict[K, Counter[Standing]] = defaultdict(Counter)
    for key, one in rows:
        found[key][one] += 1
    return found
