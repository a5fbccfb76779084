"""Whether somebody is recorded as trained for a subject that they are to give."""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from functools import cache

from khuevan.registry.curriculum.programme import DATA


class Training(Enum):
    """What the records say of somebody and a subject."""

    FITS = "fits"
    OTHER = "other"
    """Trained for something else alone."""
    UNKNOWN = "unknown"
    """Nothing is recorded of any training."""


@dataclass(frozen=True, slots=True)
class _Group:
    level: str
    subjects: frozenset[str]
    by_anyone: bool


def training_for(subject: str, level: str, trained: Collection[str]) -> Training:
    """Return what the subjects somebody was trained for say of a subject of a level."""
    groups = [one for one in _groups() if subject in one.subjects and one.level in {"", level}]
    if subject in trained or any(one.by_anyone for one in groups):
        return Training.FITS
    if not trained:
        return Training.UNKNOWN
    fits = any(one.subjects.intersection(trained) for one in groups)
    return Training.FITS if fits else Training.OTHER


@cache
def _groups() -> tuple[_Group, ...]:
    with (DATA / "trained.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            _Group(row["level"], frozenset(row["subjects"].split(";")), row["by_anyone"] == "1")
            for row in csv.DictReader(file)
        )
