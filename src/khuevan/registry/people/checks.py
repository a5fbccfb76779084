"""What nobody's name and birth date can be, whoever writes them: page, program or list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from khuevan.kernel.personal_number import check_format
from khuevan.registry.people import rules
from khuevan.registry.people.errors import ImpossibleBirth, NotAName, NotANumber
from khuevan.ui.formats import day


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
    check_name(full_name)
    check_birth(birth_date, ages=ages, today=today)
    check_number(personal_number)


def check_name(full_name: str) -> None:
    """Refuse a name without letters.

    :raises NotAName:
    """
    if not rules.is_name(full_name):
        raise NotAName


def check_birth(birth_date: date | None, *, ages: Ages, today: date) -> None:
    """Refuse a birth date that nobody of the kind has.

    :raises ImpossibleBirth:
    """
    latest = ages.latest(today)
    if birth_date is not None and not ages.earliest <= birth_date <= latest:
        raise ImpossibleBirth(earliest=day(ages.earliest), latest=day(latest))


def check_number(personal_number: str | None) -> None:
    """Refuse digits that are no personal number.

    :raises NotANumber:
    """
    if personal_number and not check_format(personal_number).is_valid:
        raise NotANumber
