"""Which groups a class falls into when its pupils have different combinations: pure, no ORM."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

Learnt = tuple[str, str]
"""A subject and as what it is learnt."""


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil: the class, and what the combination adds."""

    id: int
    room: int
    learns: frozenset[Learnt]


@dataclass(frozen=True, slots=True)
class ProposedGroup:
    """A group that is needed: the subject, the classes, the pupils, the number of its block."""

    subject: str
    kind: str
    rooms: frozenset[int]
    pupils: frozenset[int]
    block: int = 0


@dataclass(frozen=True, slots=True)
class StandingGroup:
    """A group that is there: its number, what is learnt in it, its classes, who is in it."""

    id: int
    learnt: Learnt
    rooms: frozenset[int]
    pupils: frozenset[int]

    def keeps(self, pupils: Mapping[int, Pupil]) -> set[int]:
        """Return who stays in it: who learns it, and of whom no combination is known."""
        return {
            one for one in self.pupils if one not in pupils or self.learnt in pupils[one].learns
        }


@dataclass(frozen=True, slots=True)
class Placing:
    """Who is to be in which group that stands, by its number; groups to make; who finds none."""

    pupils: Mapping[int, set[int]]
    new: Sequence[ProposedGroup]
    left: int


def placing_of(standing: Sequence[StandingGroup], pupils: Mapping[int, Pupil]) -> Placing:
    """Return where the pupils of a grade go, given the groups that stand.

    Where groups of a subject stand, who learns it no longer leaves them, and who learns it now
    comes into the smallest one of the own class; a subject without groups gets a new one.
    """
    inside = {one.id: one.keeps(pupils) for one in standing}
    new, left = [], 0
    for wanted in proposed_groups(pupils):
        same = [one for one in standing if one.learnt == (wanted.subject, wanted.kind)]
        if not same:
            new.append(wanted)
            continue
        for pupil in sorted(wanted.pupils.difference(*(inside[one.id] for one in same))):
            fits = [one.id for one in same if pupils[pupil].room in one.rooms]
            if fits:
                inside[min(fits, key=lambda group: len(inside[group]))].add(pupil)
            else:
                left += 1
    return Placing(inside, new, left)


def proposed_groups(pupils: Mapping[int, Pupil]) -> list[ProposedGroup]:
    """Return a group for each subject that some of a class learn and others of it don't.

    Groups of a block share no pupil, so they can run at the same time.
    """
    by_room: defaultdict[int, list[Pupil]] = defaultdict(list)
    for one in pupils.values():
        by_room[one.room].append(one)
    found: defaultdict[Learnt, list[Pupil]] = defaultdict(list)
    for members in by_room.values():
        together = frozenset.intersection(*(one.learns for one in members))
        for one in members:
            for learnt in one.learns - together:
                found[learnt].append(one)
    groups = [
        ProposedGroup(
            learnt[0],
            learnt[1],
            frozenset(one.room for one in members),
            frozenset(one.id for one in members),
        )
        for learnt, members in sorted(found.items())
    ]
    return _in_blocks(groups)


def _in_blocks(groups: list[ProposedGroup]) -> list[ProposedGroup]:
    blocks: list[list[ProposedGroup]] = []
    largest_first = sorted(groups, key=lambda one: (-len(one.pupils), one.subject, one.kind))
    for one in largest_first:
        block = next((each for each in blocks if _fits(one, each)), None)
        if block is None:
            blocks.append([one])
        else:
            block.append(one)
    return [
        replace(one, block=number if len(block) > 1 else 0)
        for number, block in enumerate(blocks, start=1)
        for one in block
    ]


def _fits(one: ProposedGroup, block: list[ProposedGroup]) -> bool:
    return all(one.pupils.isdisjoint(other.pupils) and one.kind == other.kind for other in block)
