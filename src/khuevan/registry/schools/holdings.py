"""What still stands in a school, a campus or a class: higher apps say so, and closing waits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from khuevan.kernel.actor import Actor
from khuevan.kernel.registry import Registry
from khuevan.registry.schools.models import HomeroomClass

Count = Callable[[int, date], int]


@dataclass(frozen=True, slots=True)
class Holding:
    """Things of another app that a closing would leave without a place."""

    label: Callable[[int], str]
    """The count in words: 812 pupils."""
    in_school: Count
    """School and day to how many are there on that day or later."""
    in_class: Count | None = None
    in_campus: Count | None = None
    first_days: Callable[[Collection[int]], Mapping[int, date]] | None = None
    """Schools to the first day on which something was there; those without are absent."""
    order: int = 100


@dataclass(frozen=True, slots=True)
class ClassMerge:
    """Moves what another app has in a class to the class it merges into, from a day on."""

    move: Callable[[Actor, HomeroomClass, HomeroomClass, date, datetime], int]
    """A step inside the closing's transaction; returns how many moved."""


class_merges: Registry[ClassMerge] = Registry("merge of classes")
holdings: Registry[Holding] = Registry("holding of a school")


def held_in_school(school_id: int, *, on: date) -> list[str]:
    """Return in words what stands in a school on a day or later."""
    return _counted((one, one.in_school(school_id, on)) for one in _in_order())


def held_in_class(class_id: int, *, on: date) -> list[str]:
    """Return in words what stands in a class on a day or later."""
    return _counted((one, one.in_class(class_id, on)) for one in _in_order() if one.in_class)


def held_in_campus(campus_id: int, *, on: date) -> list[str]:
    """Return in words what stands in a campus on a day or later."""
    return _counted((one, one.in_campus(campus_id, on)) for one in _in_order() if one.in_campus)


def told(held: list[str]) -> str:
    """Return a list in words: 812 pupils, 41 staff."""
    return ", ".join(held)


def _in_order() -> list[Holding]:
    return sorted(holdings, key=lambda one: one.order)


def _counted(found: object) -> list[str]:
    return [one.label(count) for one, count in found if count]  # type: ignore[attr-defined]
