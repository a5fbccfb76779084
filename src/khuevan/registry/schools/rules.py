"""Pure rules of schools and classes."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import combinations

from khuevan.kernel.vietnamese import match_key, text_sort_key

_DIGITS = re.compile(r"\d+")

LEVEL_ORDER = ("MN", "TH", "THCS", "THPT", "GDTX", "THN")
GENERAL = frozenset(("TH", "THCS", "THPT"))
PRESCHOOL_TYPES = frozenset(("NURSERY", "KINDERGARTEN", "PRESCHOOL", "INDEPENDENT_PRESCHOOL"))
FACILITY = "INDEPENDENT_PRESCHOOL"
FACILITY_OWNERS = ("COMMUNITY", "PRIVATE")
FACILITY_BOARDING = ("NONE", "DAY")

_EXACT = {
    **dict.fromkeys(PRESCHOOL_TYPES, frozenset(("MN",))),
    "PRIMARY": frozenset(("TH",)),
    "LOWER_SECONDARY": frozenset(("THCS",)),
    "PRIMARY_LOWER_SECONDARY": frozenset(("TH", "THCS")),
    "UPPER_SECONDARY": frozenset(("THPT",)),
    "GIFTED": frozenset(("THPT",)),
    "BOARDING_GENERAL": frozenset(("TH", "THCS")),
    "CONTINUING_CENTER": frozenset(("GDTX",)),
    "VOCATIONAL_SECONDARY": frozenset(("THN",)),
}
_SOME_OF = {
    "ETHNIC_BOARDING": frozenset(("THCS", "THPT")),
    "ETHNIC_SEMI_BOARDING": frozenset(("TH", "THCS")),
    "MULTI_LEVEL": GENERAL | {"MN"},
}
_ANY_OF = {
    "SPECIAL_NEEDS": GENERAL | {"MN"},
    "TALENT": GENERAL,
    "COMMUNITY_LEARNING": frozenset[str](),
    "LANGUAGE_IT_CENTER": frozenset[str](),
    "INTERMEDIATE_COLLEGE": frozenset(("THN", "GDTX")),
    "COLLEGE": frozenset(("THN", "GDTX")),
}


def levels_offered(school_type: str) -> frozenset[str]:
    """Return the levels a school of a type may teach."""
    known = _EXACT | _SOME_OF | _ANY_OF
    return frozenset(known[school_type])


def levels_of_type(school_type: str) -> tuple[str, ...]:
    """Return the levels of a type that always teaches the same; none where there is a choice."""
    return in_order(_EXACT.get(school_type, ()))


def level_sets(school_type: str) -> list[tuple[str, ...]]:
    """Return all sets of levels that a school of a type may teach, each by age."""
    offered = in_order(levels_offered(school_type))
    sizes = range(len(offered) + 1)
    sets = (found for size in sizes for found in combinations(offered, size))
    return [found for found in sets if levels_fit(school_type, found)]


def levels_fit(school_type: str, levels: Collection[str]) -> bool:
    """Return whether a school of a type may teach just these levels."""
    taught = frozenset(levels)
    if school_type in _EXACT:
        return taught == _EXACT[school_type]
    if school_type == "MULTI_LEVEL" and ("THPT" not in taught or len(taught) < 2):
        return False
    return taught <= levels_offered(school_type) and (bool(taught) or school_type in _ANY_OF)


def ownership_fits(school_type: str, ownership: str) -> bool:
    """Return whether such a school may be owned so: only preschools are people-founded."""
    return ownership != "COMMUNITY" or school_type in PRESCHOOL_TYPES


def facility_unfit(
    school_type: str, *, ownership: str, boarding: str, national_standard: int | None
) -> tuple[str, ...]:
    """Return which facts an independent preschool facility can't have; none for other schools.

    It is people-founded or private, takes no national standard and is no boarding school.
    """
    if school_type != FACILITY:
        return ()
    unfit = {
        "ownership": ownership not in FACILITY_OWNERS,
        "boarding": boarding not in FACILITY_BOARDING,
        "national_standard": national_standard is not None,
    }
    return tuple(name for name, is_unfit in unfit.items() if is_unfit)


def in_order(levels: Collection[str]) -> tuple[str, ...]:
    """Return levels by age: the last is the highest."""
    return tuple(level for level in LEVEL_ORDER if level in levels)


def class_sort_key(grade_position: int, name: str) -> str:
    """Return a key that sorts 6A, 6B, 6A10 after 6A2 and grades by age."""
    return f"{grade_position:02d} {text_sort_key(padded(name))}"[:60]


def padded(name: str) -> str:
    """Return a name with its numbers in three digits, so that 2 sorts before 10."""
    return _DIGITS.sub(lambda run: run.group().zfill(3), name)


def grades_may_mix(levels: Collection[str]) -> bool:
    """Return whether grades of these levels may sit in one class: one level only."""
    return len(set(levels)) == 1


def class_match_name(name: str) -> str:
    """Return what two spellings of a class name share: 6 A, 6a and 6A are one."""
    return match_key(name).replace(" ", "")
