"""Whether there is what a count is narrowed by: a unit, a grade, a commune, a position."""

from __future__ import annotations

from dataclasses import replace

from khuevan.insight.rollup.asked import Asked, NoSuchCount
from khuevan.insight.rollup.dimensions import CHOICES, DIMENSIONS, UNKNOWN, Frame
from khuevan.platform.areas.api import areas_on
from khuevan.registry.students.api import ethnic_groups


def require_known(asked: Asked, frame: Frame) -> None:
    """Refuse to narrow a count by what there isn't.

    :raises NoSuchCount: naming the first such condition
    """
    for code, value in misfits(asked, frame):
        raise NoSuchCount(name=code, value=value[:40])


def fitted(asked: Asked, frame: Frame) -> tuple[Asked, list[tuple[str, str]]]:
    """Return a count without the conditions by what there isn't, and those conditions."""
    found = misfits(asked, frame)
    return replace(asked, narrow=tuple(one for one in asked.narrow if one not in found)), found


def misfits(asked: Asked, frame: Frame) -> list[tuple[str, str]]:
    """Return the conditions that name nothing: no query but for a commune nobody lives in."""
    return [
        (code, value) for code, value in asked.narrow if not _is_known(code, value, asked, frame)
    ]


def _is_known(code: str, value: str, asked: Asked, frame: Frame) -> bool:
    column = DIMENSIONS[code].column
    if value == UNKNOWN or code == "age":
        return True
    if code in CHOICES:
        return bool(value in CHOICES[code].values)
    if code == "ethnicity":
        return any(one.code == value for one in ethnic_groups().entries)
    if code == "residence":
        lived_in = any(one.key == value for one in frame.homes.values())
        return lived_in or areas_on(asked.on).filter(code=value).exists()
    key = frame.key_of(code)
    held = frame.places if column == "school" else frame.grades
    return any(key(pk) == value for pk in held)
