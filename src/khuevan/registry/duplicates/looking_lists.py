"""All newcomers of a list against everybody recorded: one query finds, few read what is close.

Looked at are records of the same family and given name: with the day of birth, its day and month
swapped, or, for rows without a number and under the very same name, with one slip of a digit in
it. Where even the same guardian and phone could not make them one person, the rest of the record
is not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

from django.db import connection

from khuevan.kernel.vietnamese import fold
from khuevan.registry.duplicates.looking import Alike, is_close, name_rarity, record_of
from khuevan.registry.duplicates.matching.near import name_ends, near_dates, swapped
from khuevan.registry.duplicates.matching.scoring import SAME, judge
from khuevan.registry.duplicates.records import colleagues_as_records, pupils_as_records
from khuevan.registry.people.api import Newcomer

MOST_FOUND = 20_000
_FIND = """
SELECT asked.at - 1, person.id, person.search_name, person.birth_date, person.sex,
       person.personal_number
FROM unnest(%(names)s::text[], %(ends)s::text[], %(sure)s::text[], %(near)s::text[])
     WITH ORDINALITY AS asked(name, ends, sure, near, at)
JOIN accounts_person person
  ON person.birth_date = ANY (asked.near::date[])
 AND (split_part(person.search_name, ' ', 1) || ' ' || split_part(person.search_name, ' ', -1))
     = asked.ends
WHERE (person.search_name = asked.name OR person.birth_date = ANY (asked.sure::date[]))
  AND EXISTS (SELECT FROM {role} role WHERE role.person_id = person.id)
LIMIT {most}
"""
ROLES = {False: "students_student", True: "staff_staffmember"}


def alike_each(newcomers: Sequence[Newcomer], *, are_staff: bool) -> dict[int, list[Alike]]:
    """Return who may be each of them, by place in the list, the likeliest first.

    Whose very number the records know is known to the list itself, and not told again.
    """
    close = list(_close(newcomers, are_staff=are_staff))
    if not close:
        return {}
    read = colleagues_as_records if are_staff else pupils_as_records
    records = {int(one.key): one for one in read({pk for _place, pk in close})}
    rarity = name_rarity()
    found: dict[int, list[Alike]] = {}
    for place, pk in close:
        if pk in records:
            verdict = judge(record_of(newcomers[place]), records[pk], rarity)
            if verdict.is_proposed and verdict.comparison.number is not SAME:
                found.setdefault(place, []).append(Alike(pk, verdict))
    for listed in found.values():
        listed.sort(key=lambda each: -each.verdict.bits)
    return found


def _close(newcomers: Sequence[Newcomer], *, are_staff: bool) -> Iterator[tuple[int, int]]:
    """Yield places of newcomers with ids of people worth reading."""
    for place, pk, *outline in _found(newcomers, are_staff=are_staff):
        if is_close(newcomers[place], outline):
            yield place, pk


def _found(
    newcomers: Sequence[Newcomer], *, are_staff: bool
) -> list[tuple[int, int, str, date, str, str | None]]:
    asked = [
        (
            place,
            fold(one.full_name),
            ends,
            *_days(one.birth_date, has_number=bool(one.personal_number)),
        )
        for place, one in enumerate(newcomers)
        for ends in name_ends(one.full_name)
    ]
    if not asked:
        return []
    places, names, ends, sure, near = zip(*asked, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            _FIND.format(role=ROLES[are_staff], most=MOST_FOUND),
            {"names": list(names), "ends": list(ends), "sure": list(sure), "near": list(near)},
        )
        return [(places[at], *rest) for at, *rest in cursor.fetchall()]


@lru_cache(maxsize=16_384)
def _days(born: date, *, has_number: bool) -> tuple[str, str]:
    """Return the days that speak for one person, and those a slip away too, as the database has.

    Whoever has a number is found by it, or differs in it from whom a slip away would be found.
    """
    sure = _array({born, swapped(born)})
    return sure, sure if has_number else _array(near_dates(born))


def _array(days: Iterable[date]) -> str:
    return "{" + ",".join(map(date.isoformat, days)) + "}"
