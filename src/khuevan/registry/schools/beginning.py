"""The first academic year of a province that records nothing yet: its days, terms and grades.

Terms of 18 and 17 weeks from 5 September; the department writes the real frame down afterwards.
"""

from __future__ import annotations

import csv
import re
from datetime import date, datetime, timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.registry.schools.bulk import NewGrade, open_year
from khuevan.registry.schools.models import AcademicYear
from khuevan.registry.schools.permissions import MANAGE_SCHOOLS
from khuevan.registry.schools.selectors import academic_year_on

DATA = Path(__file__).parent / "data" / "year_grades.csv"
OPENING = (9, 5)
FIRST_TERM, SECOND_TERM = timedelta(weeks=18), timedelta(weeks=19)
"""The second one with the two weeks of Tết."""
MONDAY = 0
CODE = re.compile(r"(\d{4})-(\d{4})")


class YearUnknown(DomainError):
    """No academic year is called so."""

    code = "schools.year_unknown"
    message = _("No school year %(year)s is recorded. Known: %(known)s.")
    status = 404


def begin(actor: Actor, now: datetime) -> None:
    """Open the academic year of today with its grades where no year is recorded at all."""
    if actor.reach(MANAGE_SCHOOLS, "school").everything and not AcademicYear.objects.exists():
        today = actor.today
        _open(actor, today.year if (today.month, today.day) >= OPENING else today.year - 1)


def day_of(actor: Actor, code: str) -> date:
    """Return the day of a year from which a list of it counts: today where it falls in it.

    The operator's first list of the year before or after opens that too.

    :raises YearUnknown:
    """
    year = AcademicYear.objects.filter(code=code).first() or _opened(actor, code)
    if year is None:
        known = ", ".join(AcademicYear.objects.order_by("code").values_list("code", flat=True))
        raise YearUnknown(year=code, known=known or "–")
    return min(max(actor.today, year.starts_on), year.ends_on - timedelta(days=1))


def known(on: date) -> list[str]:
    """Return the codes of the years recorded: that of a day first, then from the newest on."""
    codes = list(AcademicYear.objects.order_by("-code").values_list("code", flat=True))
    current = academic_year_on(on)
    return sorted(codes, key=lambda code: current is None or code != current.code)


def _opened(actor: Actor, code: str) -> AcademicYear | None:
    match = CODE.fullmatch(code)
    if match is None or not actor.reach(MANAGE_SCHOOLS, "school").everything:
        return None
    first, last = int(match[1]), int(match[2])
    is_near = abs(first - actor.today.year) <= 1 and last == first + 1
    return _open(actor, first) if is_near else None


def _open(actor: Actor, first: int) -> AcademicYear:
    opening = date(first, *OPENING)
    monday = opening + timedelta(days=(MONDAY - opening.weekday()) % 7)
    second = monday + FIRST_TERM
    return open_year(
        actor=actor,
        code=f"{first}-{first + 1}",
        starts_on=opening,
        ends_on=date(first + 1, *OPENING),
        terms=[(1, opening, second), (2, second, second + SECOND_TERM)],
        grades=[] if AcademicYear.objects.exists() else usual_grades(),
    )


def usual_grades() -> list[NewGrade]:
    """Return the grades that every province begins with, in the order of age."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return [
            NewGrade(row["code"], row["name"], row["level"], int(row["usual_age"]))
            for row in csv.DictReader(file)
        ]
