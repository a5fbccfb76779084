"""What is known of a person when records are compared, and how each fact of two compares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from khuevan.kernel.phone import phone_digits
from khuevan.registry.duplicates.matching.names import (
    Likeness,
    NameForm,
    compare_names,
    is_slip,
    name_form,
)

WRITTEN = ("%d%m%Y", "%Y%m%d")
"""The two ways a day is typed; neighbors that change places differ in each."""


@dataclass(frozen=True, slots=True)
class Record:
    """One person as one file or school knows them; what is not known is empty."""

    key: str
    name: NameForm
    birth_date: date | None = None
    birth_year: int | None = None
    """Where no more of the birth date is known, as of most parents."""
    sex: str = ""
    number: str = ""
    guardian: NameForm = NameForm((), "")
    phone: str = ""
    ward: str = ""
    school: str = ""


def record(
    key: str,
    full_name: str,
    birth_date: date | None = None,
    *,
    birth_year: int | None = None,
    sex: str = "",
    number: str = "",
    guardian_name: str = "",
    guardian_phone: str = "",
    ward: str = "",
    school: str = "",
) -> Record:
    """Return the record of a person, with its texts in the form they are compared in."""
    return Record(
        key=key,
        name=name_form(full_name),
        birth_date=birth_date,
        birth_year=birth_date.year if birth_date else birth_year,
        sex=sex.strip().casefold(),
        number=_digits(number),
        guardian=name_form(guardian_name),
        phone=_phone(guardian_phone),
        ward=ward.strip(),
        school=school.strip().upper(),
    )


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two records stand to each other, fact by fact."""

    name: Likeness
    birth_date: Likeness
    sex: Likeness
    number: Likeness
    guardian: Likeness
    phone: Likeness
    ward: Likeness
    school: Likeness
    birth_year: Likeness = Likeness.UNKNOWN
    """UNKNOWN where both dates are known: they say it."""


def compare(one: Record, other: Record) -> Comparison:
    """Compare two records fact by fact."""
    return Comparison(
        name=compare_names(one.name, other.name),
        birth_date=compare_dates(one.birth_date, other.birth_date),
        birth_year=_compare_years(one, other),
        sex=_plainly(one.sex, other.sex),
        number=compare_digits(one.number, other.number),
        guardian=compare_names(one.guardian, other.guardian),
        phone=compare_digits(one.phone, other.phone),
        ward=_plainly(one.ward, other.ward),
        school=_plainly(one.school, other.school),
    )


def compare_dates(one: date | None, other: date | None) -> Likeness:
    """Compare two birth dates: the same, day and month swapped, one digit off."""
    if one is None or other is None:
        return Likeness.UNKNOWN
    if one == other:
        return Likeness.SAME
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return Likeness.SWAPPED
    slipped = any(is_slip(one.strftime(f), other.strftime(f)) for f in WRITTEN)
    return Likeness.SLIP if slipped else Likeness.DIFFERENT


def _compare_years(one: Record, other: Record) -> Likeness:
    if (one.birth_date and other.birth_date) or not (one.birth_year and other.birth_year):
        return Likeness.UNKNOWN
    return Likeness.SAME if one.birth_year == other.birth_year else Likeness.DIFFERENT


def compare_digits(one: str, other: str) -> Likeness:
    """Compare two numbers digit by digit: the same, two neighbors swapped, one digit off."""
    if not one or not other:
        return Likeness.UNKNOWN
    if one == other:
        return Likeness.SAME
    if not is_slip(one, other):
        return Likeness.DIFFERENT
    return Likeness.SWAPPED if sorted(one) == sorted(other) else Likeness.SLIP


def _plainly(one: str, other: str) -> Likeness:
    if not one or not other:
        return Likeness.UNKNOWN
    return Likeness.SAME if one == other else Likeness.DIFFERENT


def _digits(text: str) -> str:
    found = "".join(char for char in text if char.isdigit())
    if len(found) == 11 and not found.startswith("0"):  # a spreadsheet took the first zero
        return f"0{found}"
    return found


def _phone(text: str) -> str:
    """Return the digits of a phone; a spreadsheet may have taken its first zero, or its plus."""
    found = phone_digits(text)
    if found.startswith("84") and len(found) == 11:
        found = f"0{found[2:]}"
    return f"0{found}" if len(found) == 9 and not found.startswith("0") else found
