"""Where somebody outside comes from or goes to: another province, or another country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from khuevan.kernel.vietnamese import fold
from khuevan.platform.areas.api import provinces
from khuevan.platform.codes.api import code_table
from khuevan.registry.transfers.errors import PlaceUnknown
from khuevan.ui.formats import day

HOME = "VN"


@dataclass(frozen=True, slots=True)
class Place:
    """A province of a day, or a country."""

    code: str
    name: str


def places_on(on: date) -> tuple[list[Place], list[Place]]:
    """Return the provinces of a day, and the countries."""
    return (
        [Place(one.code, one.name) for one in provinces(on)],
        [
            Place(code, name)
            for code, name in code_table("nationalities").choices(on)
            if code != HOME
        ],
    )


def place_choices(on: date) -> list[tuple[str, Any]]:
    """Return the places of a day for a form, provinces first."""
    inside, abroad = places_on(on)
    return [
        ("", "–"),
        (_("Provinces"), [(one.code, one.name) for one in inside]),
        (_("Abroad"), [(one.code, one.name) for one in abroad]),
    ]


def place_named(text: str, *, on: date) -> Place:
    """Return the place of a day that a code or a name means.

    :raises PlaceUnknown: a province of the other era among them
    """
    wanted = fold(text)
    inside, abroad = places_on(on)
    for one in (*inside, *abroad):
        if text == one.code or wanted == fold(one.name):
            return one
    for area in provinces(on):
        if wanted == fold(area.full_name):
            return Place(area.code, area.name)
    raise PlaceUnknown(place=text, day=day(on))
