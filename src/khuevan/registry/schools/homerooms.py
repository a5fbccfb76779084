"""Who is in charge of a class, as far as a list of classes says it: told by the app of the staff.

That app stands above this one, so it registers itself here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from khuevan.kernel.actor import Actor
from khuevan.kernel.registry import Registry
from khuevan.registry.schools.models import HomeroomClass


@dataclass(frozen=True, slots=True)
class Teacher:
    """Somebody on a school's staff, as a list may name them."""

    member_id: int
    full_name: str
    moet_code: str


@dataclass(frozen=True, slots=True)
class Homerooms:
    """What the app of the staff tells and does."""

    teachers: Callable[[Actor, int, date], list[Teacher]]
    """Who works at a school on a day, for an actor who gives classes there."""
    in_charge: Callable[[Collection[int], date], Mapping[int, Teacher]]
    """Who is in charge of classes on a day, by class."""
    principals: Callable[[Collection[int], date], Mapping[int, str]]
    """Names of who leads schools on a day, by school: public, as a school's own page is."""
    give: Callable[[Actor, HomeroomClass, int, date, datetime], None]
    """Puts a member of the staff in charge of a class: from a day on, if anybody was before."""


homerooms: Registry[Homerooms] = Registry("homerooms")
"""One, registered by the app that knows the staff."""
