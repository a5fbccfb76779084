"""What the school itself says: its own totals, and why numbers differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.vietnamese import normalize
from khuevan.registry.cutover import audit_codes
from khuevan.registry.cutover.actions.doors import lock_live, note, reopen
from khuevan.registry.cutover.errors import (
    NothingDiffers,
    SentenceNeeded,
    TotalTwice,
    TotalUnfit,
    TotalUnknown,
)
from khuevan.registry.cutover.models import (
    ClassNameMemory,
    Cutover,
    CutoverExplanation,
    CutoverTotal,
    Part,
)
from khuevan.registry.cutover.rules import Count, fault_of
from khuevan.registry.cutover.selectors import reconciliation, remembered_names
from khuevan.registry.schools.api import grade_levels
from khuevan.registry.staff.api import Position

LOCKED = "of a move-over locked through a scope"


@dataclass(frozen=True, slots=True)
class OwnTotal:
    """What the school counts of one class, grade or position, or in all."""

    part: str
    key: str
    name: str
    count: Count


@transaction.atomic
def save_totals(
    *,
    actor: Actor,
    uuid: UUID,
    version: int | None,
    totals: Sequence[OwnTotal],
    now: datetime,
    names: Mapping[str, str] | None = None,
) -> Cutover:
    """Keep the school's own totals in place of those before; `names` are confirmed spellings.

    :raises CutoverChanged: when somebody changed the move-over since that version
    :raises TotalTwice, TotalUnfit: when a line stands twice, or a part is more than its whole
    :raises TotalUnknown: when there is no such grade or position
    :raises NotLive: when it is finished
    """
    cutover = lock_live(actor, uuid, version=version)
    _require_fit(totals)
    rows = CutoverTotal.objects.unscoped(because=LOCKED)
    rows.filter(cutover=cutover).delete()
    CutoverTotal.objects.bulk_create(
        CutoverTotal(
            cutover=cutover,
            part=one.part,
            key=one.key,
            name=normalize(one.name)[:60],
            total=one.count.total or 0,
            female=one.count.female,
            minority=one.count.minority,
        )
        for one in totals
    )
    if names:
        _remember(cutover.school_id, names)
    cutover.version += 1
    reopen(cutover)
    note(audit_codes.TOTALS_SAVED, cutover, actor=actor, now=now, lines=len(totals))
    return cutover


def _require_fit(totals: Sequence[OwnTotal]) -> None:
    times = Counter((one.part, one.key) for one in totals)
    for one in totals:
        if times[one.part, one.key] > 1:
            raise TotalTwice(name=one.name)
        if not _is_known(one):
            raise TotalUnknown(name=one.key or one.name)
        if fault_of(one.count):
            raise TotalUnfit(name=one.name, total=one.count.total or 0)


def _is_known(one: OwnTotal) -> bool:
    """Return whether a total is of the whole school, of a grade or a position there is.

    A class may be one that the records lack: that is a difference to be explained.
    """
    known: dict[str, set[str]] = {
        Part.SCHOOL: {""},
        Part.GRADE: {grade.code for grade in grade_levels()},
        Part.STAFF: set(Position.values),
    }
    return (
        bool(normalize(one.key))
        if one.part == Part.CLASS
        else one.key in known.get(one.part, set())
    )


def _remember(school_id: int, names: Mapping[str, str]) -> None:
    matches = {**remembered_names(school_id), **names}
    ClassNameMemory.objects.unscoped(because=LOCKED).update_or_create(
        school_id=school_id, defaults={"matches": matches}
    )


@transaction.atomic
def explain(
    *,
    actor: Actor,
    uuid: UUID,
    part: str,
    key: str,
    sentence: str,
    now: datetime,
) -> Cutover:
    """Say why a line differs; it holds as long as the difference stays as it is.

    :raises NotFound: when there is no such line
    :raises SentenceNeeded, NothingDiffers: when nothing is said, or nothing differs
    :raises NotLive: when the move-over is finished
    """
    cutover = lock_live(actor, uuid)
    found = reconciliation(actor, cutover)
    line = next((one for one in found.lines if (one.part, one.key) == (part, key)), None)
    if line is None:
        raise NotFound
    text = normalize(sentence)[:300]
    if not text:
        raise SentenceNeeded
    if not line.differs and (line.own is not None or not line.recorded.total):
        raise NothingDiffers
    CutoverExplanation.objects.unscoped(because=LOCKED).update_or_create(
        cutover=cutover,
        part=Part(part),
        key=key,
        defaults={
            "sentence": text,
            "difference": list(line.difference),
            "at": now,
            "by": actor.label[:200],
        },
    )
    reopen(cutover)
    note(audit_codes.EXPLAINED, cutover, actor=actor, now=now, line=line.name or part)
    return cutover
