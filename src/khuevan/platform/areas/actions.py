"""Writes: loading the areas that ship with the program. Reference data, so nobody's permission."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import transaction

from khuevan.kernel.vietnamese import fold, normalize, text_sort_key
from khuevan.platform.areas.models import Area, AreaKind

DATA = Path(__file__).parent / "data"
TWO_LEVELS_SINCE = date(2025, 7, 1)
DECISION = "Quyết định 19/2025/QĐ-TTg"


@transaction.atomic
def load_areas() -> int:
    """Add the shipped provinces and communes that are missing and return how many were.

    A row somebody has corrected stays as it is.
    """
    before = Area.objects.count()
    Area.objects.bulk_create([*_provinces(), *_communes()], ignore_conflicts=True, batch_size=2000)
    return Area.objects.count() - before


def _provinces() -> Iterator[Area]:
    for row in _rows("provinces.csv"):
        yield _area(
            row,
            kind=AreaKind.PROVINCE,
            starts_on=date.fromisoformat(row["starts_on"]),
            ends_on=date.fromisoformat(row["ends_on"]) if row["ends_on"] else None,
            source=row["source"],
        )


def _communes() -> Iterator[Area]:
    for row in _rows("communes.csv"):
        yield _area(
            row,
            kind=AreaKind.COMMUNE,
            starts_on=TWO_LEVELS_SINCE,
            parent_code=row["province_code"],
            source=DECISION,
        )


def _area(
    row: dict[str, str],
    *,
    kind: AreaKind,
    starts_on: date,
    ends_on: date | None = None,
    parent_code: str = "",
    source: str = "",
) -> Area:
    full_name = normalize(row["full_name"])
    name = full_name[len(row["subtype"]) + 1 :]
    return Area(
        code=row["code"],
        kind=kind,
        subtype=row["subtype"],
        name=name,
        full_name=full_name,
        search_name=fold(full_name),
        sort_key=text_sort_key(name),
        parent_code=parent_code,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
