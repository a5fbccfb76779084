"""One module an app: its ROUTES, DEEDS, READS and ACTS, gathered into the matrix."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any


def gathered(name: str) -> dict[str, Any]:
    """Return the rows of one kind from every app's module; the same row twice is a mistake."""
    rows: dict[str, Any] = {}
    for module in iter_modules(__path__):
        own = getattr(import_module(f"{__name__}.{module.name}"), name, {})
        twice = rows.keys() & own.keys()
        assert not twice, f"{module.name} repeats {sorted(twice)}"
        rows |= own
    return rows


def make_all(world: Any) -> None:
    """Make what the apps' rows need, before any caller whose deeds are undone.

    A module names its makers in MAKES; `world.once(maker)` then returns what each made.
    """
    for module in iter_modules(__path__):
        for make in getattr(import_module(f"{__name__}.{module.name}"), "MAKES", ()):
            world.once(make)
