"""From an address to a file, as far as the actor may open it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from uuid import UUID

from django.core.files.storage import default_storage

from khuevan.kernel.actor import SIGNED_IN, Actor, Permission
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.errors import NotFound
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.files.errors import FileDestroyed, FileGone
from khuevan.platform.files.kinds import kinds
from khuevan.platform.files.models import StoredFile
from khuevan.ui.formats import day


def get_file_for(actor: Actor, uuid: UUID) -> StoredFile:
    """Return a file the actor may open, or raise `NotFound`.

    A private kind opens to its owner. Any other opens within the reach of the kind's permission,
    and to its owner for as long as the owner holds that permission on something.
    """
    for files in _openable(actor):
        found = files.filter(uuid=uuid).first()
        if found is not None:
            return found
    raise NotFound


def get_public_file(uuid: UUID, *, kind: str) -> StoredFile:
    """Return a file of a kind that everybody may read who may read the thing it belongs to.

    :raises NotFound: when there is none of this kind
    """
    files = StoredFile.objects.unscoped(because="the decision on a unit is as public as the unit")
    found = files.filter(uuid=uuid, kind=kind).first()
    if found is None:
        raise NotFound
    return found


def open_content(file: StoredFile) -> IO[bytes]:
    """Return the content of a file, open for reading.

    :raises FileDestroyed: when it was destroyed by a decision
    :raises FileGone: when the storage no longer has it
    """
    if file.destroyed_at is not None:
        raise FileDestroyed(on=day(file.destroyed_at.astimezone(VIETNAM).date()))
    try:
        content: IO[bytes] = default_storage.open(file.path, "rb")
    except FileNotFoundError:
        raise FileGone from None
    return content


def _openable(actor: Actor) -> Iterator[ScopedQuerySet[StoredFile]]:
    private = [kind.code for kind in kinds if kind.permission is None]
    if private:
        yield StoredFile.objects.visible_to(actor, SIGNED_IN).filter(kind__in=private)
    for permission, codes in _by_permission().items():
        if not actor.may(permission):
            continue
        yield StoredFile.objects.visible_to(actor, permission).filter(kind__in=codes)
        if actor.person_id is not None:
            yield StoredFile.objects.unscoped(
                because="one's own file, while still holding its permission"
            ).filter(kind__in=codes, owner_id=actor.person_id)


def _by_permission() -> dict[Permission, list[str]]:
    grouped: dict[Permission, list[str]] = {}
    for kind in kinds:
        if kind.permission is not None:
            grouped.setdefault(kind.permission, []).append(kind.code)
    return grouped
