"""What one record may hold, whoever writes it: page or program. Lists have faults of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from khuevan.kernel.phone import is_phone
from khuevan.platform.codes.api import code_table
from khuevan.registry.people.api import PUPIL_AGES, check_birth, check_name, check_number
from khuevan.registry.students.code_lists import DEGREES, DISABILITIES, POLICY_GROUPS
from khuevan.registry.students.data import GuardianData
from khuevan.registry.students.errors import (
    ImpossibleDay,
    NotAPhone,
    TooManyGuardians,
    UnknownDisability,
    UnknownEthnicGroup,
    UnknownPolicyGroup,
)
from khuevan.ui.formats import day as written

EARLIEST_DAY = date(1950, 1, 1)
FURTHEST_AHEAD = timedelta(days=400)
MOST_GUARDIANS = 10
SENSITIVE = (
    "personal_number",
    "ethnicity_code",
    "policy_codes",
    "disability_code",
    "disability_degree",
)


def check_record(values: Mapping[str, Any], *, today: date) -> None:
    """Refuse values that no pupil's record can hold; what is not named is not looked at.

    :raises NotAName, ImpossibleBirth, NotANumber, NotAPhone:
    :raises UnknownEthnicGroup, UnknownPolicyGroup, UnknownDisability:
    """
    if "full_name" in values:
        check_name(values["full_name"])
    check_birth(values.get("birth_date"), ages=PUPIL_AGES, today=today)
    check_number(values.get("personal_number"))
    group = values.get("ethnicity_code")
    if group and not code_table("peoples").has(group, on=today):
        raise UnknownEthnicGroup
    _check_codes(values, today)
    _check_phone(values.get("phone"))
    _check_guardians(values.get("guardians") or ())


def _check_codes(values: Mapping[str, Any], today: date) -> None:
    groups = code_table(POLICY_GROUPS)
    if not all(groups.has(code, on=today) for code in values.get("policy_codes") or ()):
        raise UnknownPolicyGroup
    kind = values.get("disability_code")
    if kind and not code_table(DISABILITIES).has(kind, on=today):
        raise UnknownDisability
    degree = values.get("disability_degree")
    if degree and not code_table(DEGREES).has(degree, on=today):
        raise UnknownDisability


def check_day(day: date, *, today: date) -> None:
    """Refuse a day on which nobody came to a school, moved or left it, or ever will be known to.

    :raises ImpossibleDay:
    """
    if not EARLIEST_DAY <= day <= today + FURTHEST_AHEAD:
        latest = today + FURTHEST_AHEAD
        raise ImpossibleDay(earliest=written(EARLIEST_DAY), latest=written(latest))


def _check_guardians(guardians: Iterable[GuardianData]) -> None:
    listed = list(guardians)
    if len(listed) > MOST_GUARDIANS:
        raise TooManyGuardians(most=MOST_GUARDIANS)
    for guardian in listed:
        check_name(guardian.full_name)
        _check_phone(guardian.phone)


def _check_phone(phone: str | None) -> None:
    if phone and not is_phone(phone):
        raise NotAPhone
