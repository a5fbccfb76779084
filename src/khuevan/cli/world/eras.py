"""The two eras of the province: districts until 30/6/2025, then communes; the days to plan for."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from khuevan.cli.world.shapes import CommunePlan
from khuevan.kernel.errors import DomainError
from khuevan.platform.areas.api import LISTED_SINCE, TWO_LEVELS_SINCE
from khuevan.ui.formats import day

DATA = Path(__file__).parent / "data"
FIRST_DAY, LAST_DAY = LISTED_SINCE, date(2031, 12, 31)
"""From the first day whose communes are recorded, to the last on which the cast still works."""


class DayNotPlanned(DomainError):
    """Nothing can be generated for that day."""

    code = "world.day_not_planned"
    message = _(
        "A world can be made for a day from %(first)s to %(last)s: the communes of earlier days are"
        " not recorded, and by later days the people of the demo have retired."
    )
    status = 400


@dataclass(frozen=True, slots=True)
class FormerCommune:
    """A commune as it was until 30/6/2025, in its district."""

    code: str
    full_name: str
    district_code: str
    district_name: str

    @property
    def has_groups(self) -> bool:
        """Return whether people live in a tổ dân phố; in a xã they live in a thôn."""
        return not self.full_name.startswith("Xã")

    @property
    def place(self) -> str:
        """Return commune and district as an address names them."""
        return f"{lowered(self.full_name)}, {lowered(self.district_name)}"


def require_day(today: date) -> None:
    """Refuse a day for which nothing can be generated.

    :raises DayNotPlanned: before the first recorded day, or too far ahead
    """
    if not FIRST_DAY <= today <= LAST_DAY:
        raise DayNotPlanned(first=day(FIRST_DAY), last=day(LAST_DAY))


def has_districts(today: date) -> bool:
    """Return whether districts still stood on a day."""
    return today < TWO_LEVELS_SINCE


@lru_cache(maxsize=1)
def former_communes() -> dict[str, FormerCommune]:
    """Return the communes of Hà Tĩnh until 30/6/2025, by code."""
    with (DATA / "ha_tinh_until_2025.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: FormerCommune(**row) for row in csv.DictReader(file)}


def district_names() -> dict[str, str]:
    """Return the districts of Hà Tĩnh until 30/6/2025, by code."""
    return {area.district_code: area.district_name for area in former_communes().values()}


def former_of(commune: CommunePlan, place: str) -> FormerCommune:
    """Return the former commune that a school named after a place stood in."""
    found = dict(zip(commune.former_names, commune.former_codes, strict=True))
    code = found.get(place) or found.get(commune.name) or commune.former_codes[0]
    return former_communes()[code]


def lowered(name: str) -> str:
    """Return a unit's name as it stands within a line: "xã Cẩm Bình"."""
    return name[0].lower() + name[1:]
