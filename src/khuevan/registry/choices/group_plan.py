"""Which groups a class falls into when its pupils have different combinations: pure, no ORM."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
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
class Standing:
    """A group that is there: what is learnt in it, and who is in it."""

    learnt: Learnt
    pupils: frozenset[int]


def kept_of(one: Standing, pupils: Mapping[int, Pupil]) -> frozenset[int]:
    """Return who stays in a group: who learns it, and of whom no combination is known."""
    return frozenset(
        pupil for pupil in one.pupils if pupil not in pupils or one.learnt in pupils[pupil].learns
    )


def proposed_groups(
    pupils: Mapping[int, Pupil], weeks: Mapping[Learnt, int] | None = None
) -> list[ProposedGroup]:
    """Return a group for each subject that some of a class learn and others of it don't.

    Groups of a block share no pupil, so they can run at the same time; groups of one number of
    periods go together first.
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
    return _in_blocks(groups, weeks or {})


def _in_blocks(groups: list[ProposedGroup], weeks: Mapping[Learnt, int]) -> list[ProposedGroup]:
    blocks: list[list[ProposedGroup]] = []
    largest_first = sorted(groups, key=lambda one: (-len(one.pupils), one.subject, one.kind))
    for one in largest_first:
        block = next((each for each in blocks if _fits(one, each, weeks)), None)
        if block is None:
            blocks.append([one])
        else:
            block.append(one)
    return [
        replace(one, block=number if len(block) > 1 else 0)
        for number, block in enumerate(blocks, start=1)
        for one in block
    ]


def _fits(one: ProposedGroup, block: list[ProposedGroup], weeks: Mapping[Learnt, int]) -> bool:
    return all(
        one.pupils.isdisjoint(other.pupils)
        and one.kind == other.kind
        and weeks.get((one.subject, one.kind)) == weeks.get((other.subject, other.kind))
        for other in block
    )
