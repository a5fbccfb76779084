"""The fixed cast of the demo, whom one click signs in; registered by the app of the world."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from khuevan.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody anyone may be in the demo, and what is worth seeing as them."""

    username: str
    sees: str | Promise
    group: str | Promise = ""


demo_cast: Registry[DemoPerson] = Registry("demo person")
