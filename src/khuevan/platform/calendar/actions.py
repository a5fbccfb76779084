"""Writes: loading the days that ship with the program. Reference data, so nobody's permission."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import transaction

from khuevan.platform.calendar.models import Holiday, SwappedDay

DATA = Path(__file__).parent / "data"


@transaction.atomic
def load_days() -> int:
    """Add the shipped holidays and swapped days that are missing and return how many were.

    A row somebody has corrected stays as it is.
    """
    before = _count()
    Holiday.objects.bulk_create(_holidays(), ignore_conflicts=True)
    SwappedDay.objects.bulk_create(_swapped_days(), ignore_conflicts=True)
    return _count() - before


def _count() -> int:
    return Holiday.objects.count() + SwappedDay.objects.count()


def _holidays() -> Iterator[Holiday]:
    for row in _rows("holidays.csv"):
        yield Holiday(
            on=date.fromisoformat(row["on"]),
            kind=row["kind"],
            name=row["name"],
            source=row["source"],
            decision=row["decision"],
            is_verified=row["verified"] == "yes",
        )


def _swapped_days() -> Iterator[SwappedDay]:
    for row in _rows("swapped_days.csv"):
        yield SwappedDay(
            on=date.fromisoformat(row["on"]),
            works=row["works"] == "yes",
            decision=row["decision"],
            is_verified=row["verified"] == "yes",
        )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
