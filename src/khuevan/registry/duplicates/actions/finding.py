"""What the matcher finds, kept as pairs to be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from khuevan.registry.duplicates.matching.finding import Proposal, find
from khuevan.registry.duplicates.models import DuplicatePair, PairKind, PairState
from khuevan.registry.duplicates.records import of_one_child, records_of

WHY = "a machine keeps what it found"
BATCH = 2000
Tell = Callable[[int, int], None]


def look_for_pairs(*, now: datetime, tell: Tell = lambda _done, _total: None) -> tuple[int, int]:
    """Compare all pupils, guardians, colleagues; return how many pairs are new, how many wait.

    A machine's task: it reads everybody and shows nothing to anybody.
    """
    new = waiting = 0
    for done, kind in enumerate(PairKind.values):
        tell(done, len(PairKind.values))
        pairs = find(list(records_of(kind))).pairs
        if kind == PairKind.GUARDIAN:
            pairs += of_one_child()
        added, left = store_pairs(kind, pairs, now=now)
        new, waiting = new + added, waiting + left
    return new, waiting


@transaction.atomic
def store_pairs(kind: str, proposals: Iterable[Proposal], *, now: datetime) -> tuple[int, int]:
    """Keep the proposals of one kind; return how many are new and how many wait in all.

    What was settled stays settled. What waited and is not found any more is taken off the list.
    """
    found = {_ends(one): one for one in proposals}
    rows = DuplicatePair.objects.unscoped(because=WHY).filter(kind=kind)
    known = {(row.one_id, row.other_id): row for row in rows}
    others = DuplicatePair.objects.unscoped(because=WHY).exclude(kind=kind)
    for ends in others.values_list("one", "other"):  # two parents who are colleagues: one pair
        found.pop(ends, None)
    stale = [
        row.pk for ends, row in known.items() if row.state == PairState.OPEN and ends not in found
    ]
    DuplicatePair.objects.unscoped(because=WHY).filter(pk__in=stale).delete()
    new = [_pair(kind, ends, one, now) for ends, one in found.items() if ends not in known]
    DuplicatePair.objects.bulk_create(new, batch_size=BATCH)
    changed = []
    for ends, one in found.items():
        row = known.get(ends)
        if row is not None and row.state == PairState.OPEN and row.bits != one.verdict.bits:
            row.bits, row.seen = one.verdict.bits, _seen(one)
            changed.append(row)
    every = DuplicatePair.objects.unscoped(because=WHY)
    every.bulk_update(changed, ["bits", "seen"], batch_size=BATCH)
    waiting = DuplicatePair.objects.unscoped(because=WHY).filter(kind=kind, state=PairState.OPEN)
    return len(new), waiting.count()


def _ends(one: Proposal) -> tuple[int, int]:
    first, second = sorted((int(one.one.key), int(one.other.key)))
    return first, second


def _pair(kind: str, ends: tuple[int, int], one: Proposal, now: datetime) -> DuplicatePair:
    return DuplicatePair(
        kind=kind,
        one_id=ends[0],
        other_id=ends[1],
        bits=one.verdict.bits,
        seen=_seen(one),
        found_at=now,
    )


def _seen(one: Proposal) -> dict[str, str]:
    return {fact: likeness.value for fact, likeness in asdict(one.verdict.comparison).items()}
