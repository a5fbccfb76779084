"""What other apps hang into a unit's page, and what they know of a change before it is made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.files.base import File
from django.utils.functional import Promise

from khuevan.kernel.actor import Actor
from khuevan.kernel.registry import Registry
from khuevan.platform.organizations.models import OrgUnitVersion
from khuevan.ui.tables import ReadyTable


@dataclass(frozen=True, slots=True)
class UnitPanel:
    """A table on the page of a unit; nothing where it has nothing to say."""

    build: Callable[[Actor, OrgUnitVersion, date], ReadyTable | None]
    order: int = 100


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a change does to others: counted for the units whose line of offices changes."""

    label: str | Promise
    count: Callable[[Collection[int], date], int]


@dataclass(frozen=True, slots=True)
class Sight:
    """Who sees more or less after a change, told for the offices that gain and those that lose."""

    tell: Callable[[Collection[int], Collection[int], date], ReadyTable]


@dataclass(frozen=True, slots=True)
class Handover:
    """What another app has lying open at units that have ended, and how it passes it on."""

    handed: str
    """Which part of the work it is (`Handed`): the heirs of that part get it."""
    pass_on: Callable[[Actor, Mapping[int, Sequence[int]], date, datetime], int]
    """Give what is open at units that have ended to one of their heirs; return how much."""


@dataclass(frozen=True, slots=True)
class PaperStore:
    """Where the scan of a decision is kept: an app above this one does."""

    keep: Callable[[Actor, File[bytes], datetime], UUID]
    """Keep a file inside the caller's transaction and return its uuid."""
    url: Callable[[UUID], str]


unit_panels: Registry[UnitPanel] = Registry("unit panel")
unit_pages: Registry[Callable[[Actor, str], str]] = Registry("unit page")
"""By kind of unit: the page that another app has of it, for an actor who may open it."""
consequences: Registry[Consequence] = Registry("consequence")
sights: Registry[Sight] = Registry("change of sight")
handovers: Registry[Handover] = Registry("handover")
placings: Registry[Callable[[Collection[int], str, date], None]] = Registry("placing of units")
"""What else is asked before units come under a unit of a kind on a day; raises to refuse."""
paper_stores: Registry[PaperStore] = Registry("store of decisions")
"""One, registered by the app that keeps files."""
