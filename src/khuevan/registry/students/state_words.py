"""The states of a pupil, in the words of the ministry's file and of those who write like it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from khuevan.platform.sheets.api import CodeList, Entry
from khuevan.registry.students.student_layout import LISTS

HAVE_TERMS = ("Chuyển đến", "Chuyển đi")
"""States that the ministry's file has once more for each term."""
BEGIN_IN_A_TERM = (*HAVE_TERMS, "Thôi học", "Bỏ học")
SUMMERS = ("trong hè", "hè", "từ hè", "đầu năm", "từ đầu năm")


@cache
def student_states() -> CodeList:
    """Return the states a pupil may be in: twelve as the ministry's file has them.

    What stands behind the colon of a code is how or when, and the same for the records.
    """
    read = CodeList.from_csv(LISTS / "student_states.csv")
    return CodeList(tuple(_in_every_term(one) for one in read.entries))


def _in_every_term(entry: Entry) -> Entry:
    """Return a state with the ways in which files write the term, or the summer, it began in."""
    stem, _term, number = entry.name.rpartition(" kỳ ")
    if stem:
        return replace(entry, aliases=(*entry.aliases, *_terms(stem, int(number))))
    if entry.name not in BEGIN_IN_A_TERM:
        return entry
    told = [f"{entry.name} {when}" for when in SUMMERS]
    if entry.name not in HAVE_TERMS:
        told += [*_terms(entry.name, 1), *_terms(entry.name, 2)]
    return replace(entry, aliases=(*entry.aliases, *told))


def _terms(stem: str, number: int) -> tuple[str, ...]:
    return tuple(
        " ".join(filter(None, (stem, joined, term, count)))
        for joined in ("", "từ", "trong")
        for term in ("kỳ", "kì", "học kỳ", "học kì", "HK")
        for count in (str(number), "I" * number)
    )
