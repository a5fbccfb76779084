"""What the programme asks of a grade on a day, as the plan rules take it."""

from __future__ import annotations

from datetime import date

from khuevan.registry.curriculum.plan_rules import Asked
from khuevan.registry.curriculum.programme import components, programme_of


def asked_of(grade: int, on: date) -> list[Asked]:
    """Return what the programme asks of a grade, in its order."""
    parts = components()
    return [
        Asked(row.component, parts[row.component].subjects, row.periods, row.kind)
        for row in programme_of(grade, on)
    ]
