"""Where a change or a fault is shown when the list has other columns than our own."""

from __future__ import annotations

from collections.abc import Mapping

from khuevan.kernel.vietnamese import join_name, split_name
from khuevan.platform.sheets.api import Recognized

Pair = tuple[str, str]
STAND_INS: Mapping[str, tuple[str, ...]] = {
    "full_name": ("given_name", "family_middle_name"),
    "sex": ("female_mark",),
    "home_commune": ("home_province",),
    "contact_phone": ("father_phone", "mother_phone", "guardian_phone"),
    "pupil_phone": ("contact_phone", "father_phone", "mother_phone", "guardian_phone"),
    "father_phone": ("contact_phone",),
    "mother_phone": ("contact_phone",),
    "guardian_phone": ("contact_phone",),
    "grade_level": ("class_name",),
}


def column_for(name: str, recognized: Recognized) -> str:
    """Return the field whose column shows another one that the list has no column for."""
    if name in recognized.matched:
        return name
    return next((one for one in STAND_INS.get(name, ()) if one in recognized.matched), name)


def placed(shown: Mapping[str, Pair], recognized: Recognized) -> dict[str, Pair]:
    """Return changes by the columns that the list has; a name in two columns changes in both."""
    placed: dict[str, Pair] = {}
    for name, pair in shown.items():
        if name == "full_name" and "full_name" not in recognized.matched:
            placed |= _in_two_columns(*pair)
        else:
            placed[column_for(name, recognized)] = pair
    return placed


def _in_two_columns(old: str, new: str) -> dict[str, Pair]:
    (old_front, old_given), (new_front, new_given) = _halves(old), _halves(new)
    pairs = {"family_middle_name": (old_front, new_front), "given_name": (old_given, new_given)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _halves(name: str) -> Pair:
    family, middle, given = split_name(name)
    return join_name(family, middle, ""), given
