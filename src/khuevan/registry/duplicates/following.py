"""Who reckons something from the rows of a pupil, and does so anew when rows changed hands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from khuevan.kernel.registry import Registry

PupilFollower = Callable[[Collection[int], Mapping[str, list[Any]]], None]
"""Takes the pupils of a merge, and the keys of what moved by `app.Model.column`."""

pupil_followers: Registry[PupilFollower] = Registry("follower of merged pupils")
