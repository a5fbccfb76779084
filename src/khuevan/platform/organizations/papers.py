"""The decision behind a change of the tree: its number, its day, its scan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.files.base import File

from khuevan.platform.organizations.frame import paper_stores
from khuevan.platform.organizations.models import UnitDecision


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as whoever enters it gives it: number, day and scan; who signed is not kept."""

    number: str
    signed_on: date | None = None
    upload: File[bytes] | None = None


def paper_url(decision: UnitDecision | None) -> str:
    """Return where the scan of a decision is opened, or nothing."""
    return scan_url(decision.file) if decision is not None else ""


def scan_url(file: UUID | None) -> str:
    """Return where a scan that was kept is opened, or nothing."""
    store = next(iter(paper_stores), None)
    return store.url(file) if file is not None and store is not None else ""
