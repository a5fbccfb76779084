"""What nobody's name and birth date can be, whoever writes them: page, program or list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from khuevan.kernel.personal_number import check_format
from khuevan.registry.people import rules
from khuevan.registry.people.errors import ImpossibleBirth, NotAName, NotANumber


@dataclass(frozen=True, slots=True)
class Ages:
    """Between which days people of a kind are born; the latest is so many years ago."""

    earliest: date
    youngest: int = 0

    def latest(self, today: date) -> date:
        """Return the last day on which somebody of this kind can be born."""
        return rules.years_before(today, self.youngest)


PUPIL_AGES = Ages(date(1940, 1, 1))
STAFF_AGES = Ages(date(1930, 1, 1), youngest=16)


def check_identity(
    full_name: str,
    birth_date: date | None,
    *,
    ages: Ages,
    today: date,
    personal_number: str = "",
) -> None:
    """Refuse a name without letters, a birth date nobody of the kind has, digits of no number.

    :raises NotAName, ImpossibleBirth, NotANumber:
    """
    if not rules.is_name(full_name):
        raise NotAName
    latest = ages.latest(today)
    if birth_date is not None and not ages.earliest <= birth_date <= latest:
        raise ImpossibleBirth(earliest=f"{ages.earliest:%d/%m/%Y}", latest=f"{latest:%d/%m/%Y}")
    if personal_number and not check_format(personal_number).is_valid:
        raise NotANumber
