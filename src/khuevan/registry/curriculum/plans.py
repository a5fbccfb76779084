"""What the programme asks of a grade on a day, as the plan rules take it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from khuevan.registry.curriculum.plan_rules import CHOSEN, CLUSTER, COMPULSORY, OPTIONAL, Asked
from khuevan.registry.curriculum.programme import Component, Frame, components, programme_of


def asked_of(grade: int, on: date) -> list[Asked]:
    """Return what the programme asks of a grade, in its order."""
    parts = components()
    return [
        Asked(
            row.component,
            parts[row.component].subjects,
            row.periods,
            row.kind,
            parts[row.component].strands,
        )
        for row in programme_of(grade, on)
    ]


def choices_of(frame: Frame, asked: Iterable[Asked]) -> tuple[int, int]:
    """Return how many subjects and clusters a class chooses: none where nothing is offered."""
    kinds = {part.kind for part in asked}
    return (frame.chosen if CHOSEN in kinds else 0, frame.clusters if CLUSTER in kinds else 0)


def kind_in_programme(grade_code: str, subject_name: str, on: date) -> str:
    """Return as what a grade learns a subject: as the programme has it, else as an optional one."""
    asked = asked_of(int(grade_code), on) if grade_code.isdigit() else []
    kinds = {part.kind for part in asked if subject_name in part.subjects}
    return next((kind for kind in (COMPULSORY, CHOSEN) if kind in kinds), OPTIONAL)


def component_in_programme(grade: int, subject_name: str, kind: str, on: date) -> Component | None:
    """Return the part of the programme as which a grade learns a subject; None beside it."""
    parts = [part for part in asked_of(grade, on) if subject_name in part.subjects]
    same = next((part for part in parts if part.kind == kind), None)
    found = same or next(iter(parts), None)
    return components()[found.component] if found else None
