"""A combination of chosen subjects and clusters, held against the programme of a grade."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from khuevan.registry.curriculum.plan_rules import (
    CHOSEN,
    CLUSTER,
    COMPULSORY,
    Asked,
    PlanFault,
    Planned,
    plan_faults,
    spread,
)
from khuevan.registry.curriculum.plans import asked_of, choices_of
from khuevan.registry.curriculum.programme import frame_of


def offered_subjects(grade: int, on: date, kind: str) -> list[str]:
    """Return the subjects of which a grade chooses, or has clusters of (`CHOSEN`, `CLUSTER`)."""
    return [name for part in asked_of(grade, on) if part.kind == kind for name in part.subjects]


def plan_of(
    grade: int, level: str, on: date, options: Sequence[str], clusters: Sequence[str]
) -> list[Planned]:
    """Return what a pupil of a grade learns with these options and clusters."""
    frame = frame_of(level, on)
    if frame is None:
        return []
    asked = asked_of(grade, on)
    said = {CHOSEN: options, CLUSTER: clusters}
    found = [
        Planned(name, COMPULSORY, spread(periods, frame.terms))
        for part in asked
        if part.kind == COMPULSORY
        for name, periods in _parts(part, clusters)
    ]
    for kind, names in said.items():
        found += [Planned(name, kind, _weeks(asked, kind, name, frame.terms)) for name in names]
    return found


def offer_faults(
    grade: int, level: str, on: date, options: Sequence[str], clusters: Sequence[str]
) -> list[PlanFault]:
    """Return what is wrong with a combination; the rest of the plan is taken as it should be."""
    frame = frame_of(level, on)
    if frame is None:
        return []
    asked = asked_of(grade, on)
    chosen, topics = choices_of(frame, asked)
    return plan_faults(
        asked,
        plan_of(grade, level, on, options, clusters),
        weeks=frame.weeks,
        chosen=chosen,
        clusters=topics,
    )


def _parts(part: Asked, clusters: Sequence[str]) -> list[tuple[str, int]]:
    """Return by which subjects a part is taught, and the periods of each: strands share them."""
    name = _first(part, clusters)
    if name not in part.strands:
        return [(name, part.periods)]
    return [(strand, part.periods // len(part.strands)) for strand in part.strands]


def _first(part: Asked, clusters: Sequence[str]) -> str:
    """Return the subject of a part that the clusters name, else the first: which language it is."""
    return next((name for name in part.subjects if name in clusters), part.subjects[0])


def _weeks(asked: Sequence[Asked], kind: str, name: str, terms: Sequence[int]) -> tuple[int, ...]:
    periods = next(
        (part.periods for part in asked if part.kind == kind and name in part.subjects), 0
    )
    return spread(periods, terms)
