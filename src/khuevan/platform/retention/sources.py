"""Where the files of a kind lie: the apps that hold them say since when each is no longer used."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.registry import Registry


def _keep_rows(_files: Collection[int], _now: datetime) -> None:
    """Leave what pointed at the files as it is."""


@dataclass(frozen=True, slots=True)
class Source:
    """The files of one kind, registered under the kind's code."""

    files: Callable[[Actor, Permission], QuerySet[Any]]
    """Those in reach, annotated: `kept_since` (None: in use), `kept_whose`, `kept_unit`."""
    let_go: Callable[[Collection[int], datetime], None] = _keep_rows
    """What else ends with them, within the caller's transaction."""


sources: Registry[Source] = Registry("source of kept files")
