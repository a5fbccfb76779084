"""Writes: loading the areas that ship with the program. Reference data, so nobody's permission."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from django.db import transaction

from khuevan.kernel.vietnamese import fold, normalize, text_sort_key
from khuevan.platform.areas.models import Area, AreaKind, AreaSuccession

DATA = Path(__file__).parent / "data"
TWO_LEVELS_SINCE = date(2025, 7, 1)
LISTED_SINCE = date(2025, 1, 1)
"""The list of the former districts and communes is the one of 30/6/2025; it was so since then."""
FORMER_SINCE = date(2004, 7, 1)
"""From here on they are taken to have stood: codes are those of the list that began in 2004."""
OLD_SOURCE = "Danh mục ngày 30/6/2025; trước 01/01/2025 chưa đối chiếu, có thể khác"
HA_TAY, HA_NOI, HA_TAY_UNTIL = "28", "01", date(2008, 8, 1)
RENAMED = (
    ("46", date(2025, 1, 1)),
    ("75", date(2026, 4, 30)),
    ("22", date(2026, 9, 1)),
    ("24", date(2026, 9, 20)),
)
"""Provinces that became cities: the same unit under the same code, of another type or name."""
DECISION = "Quyết định 19/2025/QĐ-TTg"

Shipped = tuple[tuple[str, date], Callable[[], Area]]


@transaction.atomic
def load_areas() -> int:
    """Add the shipped areas and successions that are missing and return how many were.

    A row somebody has corrected stays as it is.
    """
    known = set(Area.objects.values_list("code", "starts_on"))
    shipped = (*_provinces(), *_districts(), *_former_communes(), *_communes())
    missing = [area() for key, area in shipped if key not in known]
    Area.objects.bulk_create(missing, ignore_conflicts=True, batch_size=2000)
    return len(missing) + _load_successions()


def _load_successions() -> int:
    known = set(AreaSuccession.objects.values_list("former_code", "code", "on"))
    pairs = [
        *((former, code, TWO_LEVELS_SINCE) for former, code in _pairs_2025()),
        (HA_TAY, HA_NOI, HA_TAY_UNTIL),
        (HA_NOI, HA_NOI, HA_TAY_UNTIL),
        *((code, code, on) for code, on in RENAMED),
    ]
    missing = [
        AreaSuccession(former_code=f, code=c, on=d) for f, c, d in pairs if (f, c, d) not in known
    ]
    return len(AreaSuccession.objects.bulk_create(missing, batch_size=4000))


def _pairs_2025() -> list[tuple[str, str]]:
    """Return what became of communes, and by that of their districts and provinces, in 2025.

    An island district without communes became the special zone of its name.
    """
    communes = [(row["former_code"], row["code"]) for row in _rows("successors_2025.csv")]
    district = {row["code"]: row["district_code"] for row in _rows("communes_until_2025.csv")}
    former = {row["code"]: row for row in _rows("districts_until_2025.csv")}
    new = {row["code"]: row for row in _rows("communes.csv")}
    zones = {_bare(row): code for code, row in new.items() if row["subtype"] == "đặc khu"}
    districts = {(district[old], code) for old, code in communes}
    whole = set(former) - {old for old, _code in districts}
    districts |= {(old, zones[_bare(former[old])]) for old in whole if _bare(former[old]) in zones}
    provinces = {
        (former[old]["province_code"], new[code]["province_code"]) for old, code in districts
    }
    return [*communes, *sorted(districts), *sorted(provinces)]


def _bare(row: dict[str, str]) -> str:
    """Return the name of a row without its kind."""
    return row["full_name"][len(row["subtype"]) + 1 :]


def _provinces() -> Iterator[Shipped]:
    for row in _rows("provinces.csv"):
        since = date.fromisoformat(row["starts_on"])
        until = date.fromisoformat(row["ends_on"]) if row["ends_on"] else None
        listed = date.fromisoformat(row["listed_since"]) if row["listed_since"] else None
        yield _shipped(
            row, AreaKind.PROVINCE, since, until, source=row["source"], listed_since=listed
        )


def _districts() -> Iterator[Shipped]:
    for row in _rows("districts_until_2025.csv"):
        yield _shipped(
            row,
            AreaKind.DISTRICT,
            FORMER_SINCE,
            TWO_LEVELS_SINCE,
            parent_code=row["province_code"],
            source=OLD_SOURCE,
            listed_since=LISTED_SINCE,
        )


def _former_communes() -> Iterator[Shipped]:
    for row in _rows("communes_until_2025.csv"):
        yield _shipped(
            row,
            AreaKind.COMMUNE,
            FORMER_SINCE,
            TWO_LEVELS_SINCE,
            parent_code=row["district_code"],
            source=OLD_SOURCE,
            listed_since=LISTED_SINCE,
        )


def _communes() -> Iterator[Shipped]:
    for row in _rows("communes.csv"):
        yield _shipped(
            row,
            AreaKind.COMMUNE,
            TWO_LEVELS_SINCE,
            None,
            parent_code=row["province_code"],
            source=DECISION,
        )


def _shipped(
    row: dict[str, str],
    kind: AreaKind,
    starts_on: date,
    ends_on: date | None,
    *,
    parent_code: str = "",
    source: str = "",
    listed_since: date | None = None,
) -> Shipped:
    """Return the key of a shipped row, and how to make it where it is missing."""
    make = partial(
        _area,
        row,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        parent_code=parent_code,
        source=source,
        listed_since=listed_since,
    )
    return (row["code"], starts_on), make


def _area(
    row: dict[str, str],
    *,
    kind: AreaKind,
    starts_on: date,
    ends_on: date | None = None,
    parent_code: str = "",
    source: str = "",
    listed_since: date | None = None,
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
        listed_since=listed_since,
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
