"""Kinds of files: what may be uploaded as one, how large, for how long, and who may open it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.functional import Promise

from khuevan.kernel.actor import Permission
from khuevan.kernel.registry import Registry
from khuevan.platform.files.rules import FileType

MEGABYTE = 1024 * 1024
DEFAULT_LIMIT = 25 * MEGABYTE
UNIT_DECISION = "organizations.decision"


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file, declared by the app it belongs to."""

    code: str
    label: str | Promise = field(compare=False)
    types: tuple[FileType, ...] = ()
    """What its content may be; empty for any."""
    permission: Permission | None = None
    """Opens the file within the actor's reach, by unit or person; None keeps it to its owner."""
    max_bytes: int = DEFAULT_LIMIT
    routes: tuple[str, ...] = ()
    """The only routes that receive so much, for a kind far larger than all others."""
    brought_with: Permission | None = None
    """Who may send so much there; with routes alone nobody may."""
    keep: timedelta | None = timedelta(days=30)
    """How long it is kept; None for as long as what points at it."""
    is_logged: bool = False
    """Whether opening it goes into the audit log: for files with many people's data."""


kinds: Registry[FileKind] = Registry("file kind")


def declare(kind: FileKind) -> FileKind:
    """Register a kind of file and return it."""
    return kinds.register(kind.code, kind)
