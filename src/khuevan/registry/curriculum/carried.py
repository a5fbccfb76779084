"""Which combinations the pupils of a class learn: told by who keeps combinations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from khuevan.kernel.registry import Registry
from khuevan.registry.curriculum.plan_rules import CHOSEN, CLUSTER, Asking


@dataclass(frozen=True, slots=True)
class Carried:
    """A combination that a class carries: what it asks of how many of its pupils."""

    name: str
    options: tuple[str, ...]
    clusters: tuple[str, ...]
    pupils: int = 0

    @property
    def asking(self) -> Asking:
        """Return it as the plan rules take it."""
        learns = [(name, CHOSEN) for name in self.options]
        learns += [(name, CLUSTER) for name in self.clusters]
        return Asking(self.name, frozenset(learns))


Combinations = Callable[[Collection[int], date], Mapping[int, Sequence[Carried]]]
"""Class ids and a day to the combinations of each class."""

class_combinations: Registry[Combinations] = Registry("combinations of classes")


def carried_by(room_ids: Collection[int], on: date) -> dict[int, list[Carried]]:
    """Return the combinations that classes carry on a day, by class and name."""
    found: defaultdict[int, list[Carried]] = defaultdict(list)
    for told in class_combinations:
        for room_id, some in told(room_ids, on).items():
            found[room_id] += some
    return found
