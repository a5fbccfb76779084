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
    teacher: str = ""

    @property
    def what(self) -> tuple[int | None, str, str]:
        """Return which lesson it is, wherever it stands."""
        return self.person_id, self.class_name, self.subject


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


@dataclass(frozen=True, slots=True)
class Difference:
    """What is otherwise for a class or a teacher: gone there, come here, and what only moved."""

    who: str
    gone: tuple[Standing, ...]
    come: tuple[Standing, ...]

    @property
    def count(self) -> int:
        """Return how many lessons are otherwise."""
        return max(len(self.gone), len(self.come))

    @property
    def moved(self) -> tuple[tuple[Standing, Standing], ...]:
        """Return lessons that are there in both, in another place, room or week."""
        return self._paired()[0]

    @property
    def only_before(self) -> tuple[Standing, ...]:
        """Return lessons that the later version has not."""
        return self._paired()[1]

    @property
    def only_after(self) -> tuple[Standing, ...]:
        """Return lessons that the earlier version has not."""
        return self._paired()[2]

    def _paired(
        self,
    ) -> tuple[tuple[tuple[Standing, Standing], ...], tuple[Standing, ...], tuple[Standing, ...]]:
        """Pair what was and is of one subject, class and teacher, in the order of the week."""
        left = list(self.come)
        pairs, before = [], []
        for one in self.gone:
            same = next((other for other in left if other.what == one.what), None)
            if same is None:
                before.append(one)
            else:
                left.remove(same)
                pairs.append((one, same))
        return tuple(pairs), tuple(before), tuple(left)


def differences(
    before: Iterable[tuple[str, Standing]], after: Iterable[tuple[str, Standing]]
) -> list[Difference]:
    """Return what is otherwise by who it concerns, most first; who has nothing is left out."""
    was, now = _count(before), _count(after)
    found = []
    for who in was.keys() | now.keys():
        gone, come = was[who] - now[who], now[who] - was[who]
        if gone or come:
            told = (tuple(sorted(one.elements(), key=_order)) for one in (gone, come))
            found.append(Difference(who, *told))
    return sorted(found, key=lambda one: (-one.count, one.who))


def _order(one: Standing) -> tuple[bool, tuple[int, bool, int], str]:
    """Return where in the week a lesson stands; those without a place come last."""
    weekday, half, period = one.place or (0, "", 0)
    return one.place is None, (weekday, half != "MORNING", period), one.subject


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
