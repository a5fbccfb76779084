"""Keeping files and letting them go."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from io import BytesIO
from typing import IO, Any
from uuid import uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.platform.audit import api as audit
from khuevan.platform.files import rules
from khuevan.platform.files.audit_codes import DOWNLOADED, EXPIRED
from khuevan.platform.files.errors import FileEmpty, FileTooLarge, StorageFull, WrongFileType
from khuevan.platform.files.kinds import MEGABYTE, FileKind, kinds
from khuevan.platform.files.models import StoredFile
from khuevan.ui.errors import is_disk_full

FOLDER = "files"
SWEEP_BATCH = 500
ORPHAN_DAYS = 3


@transaction.atomic
def store_upload(
    *,
    actor: Actor,
    upload: File[bytes],
    kind: str,
    now: datetime,
    unit_id: int | None = None,
    person_id: int | None = None,
) -> StoredFile:
    """Keep an uploaded or generated file after checking its size and what it really is.

    A step inside the caller's transaction, who has checked that the actor may give such a file.
    Nothing is left behind when it is refused or fails.

    :raises FileTooLarge: over the kind's limit
    :raises FileEmpty: without content
    :raises WrongFileType: when the content is not of the kind's types
    :raises StorageFull: when the storage has no room
    """
    chosen = kinds.get(kind)
    name = rules.safe_name(upload.name or "")
    found = _check(upload, chosen, name)
    path = f"{FOLDER}/{now:%Y/%m/%d}/{uuid4().hex}"
    digest = _Digesting(upload, limit=chosen.max_bytes, name=name)
    with _nothing_left_behind(path):
        saved = default_storage.save(path, digest)
        return StoredFile.objects.create(
            kind=kind,
            name=name,
            path=saved,
            size=digest.count,
            sha256=digest.hash.hexdigest(),
            content_type=found.media_type,
            owner_id=actor.person_id,
            unit_id=unit_id,
            person_id=person_id or (actor.person_id if chosen.permission is None else None),
            created_at=now,
            expires_at=now + chosen.keep if chosen.keep else None,
        )


def store_content(
    *,
    actor: Actor,
    content: bytes,
    name: str,
    kind: str,
    now: datetime,
    unit_id: int | None = None,
    person_id: int | None = None,
) -> StoredFile:
    """Keep a file the system made; a step inside the caller's transaction."""
    return store_upload(
        actor=actor,
        upload=ContentFile(content, name=name),
        kind=kind,
        now=now,
        unit_id=unit_id,
        person_id=person_id,
    )


@transaction.atomic
def note_download(*, actor: Actor, file: StoredFile, now: datetime) -> None:
    """Write down that a file with people's data was opened, where its kind asks for that."""
    if not kinds.get(file.kind).is_logged:
        return
    audit.record(
        DOWNLOADED,
        actor=actor,
        at=now,
        target=file,
        unit_id=file.unit_id,
        person_id=file.person_id,
        details={"kind": file.kind, "size": file.size},
    )


def sweep_expired(*, actor: Actor, now: datetime) -> int:
    """Delete expired files, content first, and return how many; safe to repeat at any time."""
    expired = StoredFile.objects.unscoped(because="expired files go, whoever they belong to")
    batch = list(expired.filter(expires_at__lte=now).order_by("id")[:SWEEP_BATCH])
    for file in batch:
        default_storage.delete(file.path)
    with transaction.atomic():
        expired.filter(pk__in=[file.pk for file in batch]).delete()
        if batch:
            audit.record(EXPIRED, actor=actor, at=now, details={"count": len(batch)})
    return len(batch)


@transaction.atomic
def destroy_contents(*, files: Collection[StoredFile], now: datetime) -> None:
    """Destroy the contents of files for good and mark their rows, which stay.

    A step inside the caller's transaction, who has checked that it may be done and writes it down.
    The contents go once that is committed; those that outlive a crash go with the nightly upkeep.
    """
    rows = StoredFile.objects.unscoped(because="the caller has reached and locked each of them")
    rows.filter(pk__in=[file.pk for file in files]).update(destroyed_at=now)
    paths = [file.path for file in files]
    transaction.on_commit(lambda: _delete_all(paths))


def sweep_destroyed(*, now: datetime) -> int:
    """Delete contents that should have gone in the last days but outlived a crash."""
    rows = StoredFile.objects.unscoped(because="what was destroyed goes, whoever it belonged to")
    since = now - timedelta(days=ORPHAN_DAYS)
    paths = rows.filter(destroyed_at__gte=since).order_by("id").values_list("path", flat=True)
    left = [path for path in paths if default_storage.exists(path)]
    _delete_all(left)
    return len(left)


def _delete_all(paths: Collection[str]) -> None:
    for path in paths:
        default_storage.delete(path)


def sweep_orphans(*, now: datetime) -> int:
    """Delete contents whose row was never committed, a few days old; return how many."""
    gone = 0
    for days in range(1, ORPHAN_DAYS + 1):
        folder = f"{FOLDER}/{now - timedelta(days=days):%Y/%m/%d}"
        with suppress(FileNotFoundError):
            paths = {f"{folder}/{name}" for name in default_storage.listdir(folder)[1]}
            gone += _delete_unknown(paths)
    return gone


def _delete_unknown(paths: set[str]) -> int:
    known = set(
        StoredFile.objects.unscoped(because="contents without a row belong to nobody")
        .filter(path__in=paths)
        .values_list("path", flat=True)
    )
    for path in paths - known:
        default_storage.delete(path)
    return len(paths - known)


def _check(upload: File[bytes], kind: FileKind, name: str) -> rules.FileType:
    if upload.size > kind.max_bytes:
        raise FileTooLarge(name=name, limit=kind.max_bytes // MEGABYTE)
    if not upload.size:
        raise FileEmpty(name=name)
    found = rules.detect(_seekable(upload))
    if kind.types and found not in kind.types:
        accepted = ", ".join(one.suffixes[0].removeprefix(".") for one in kind.types)
        raise WrongFileType(name=name, accepted=accepted)
    return found


def _seekable(upload: File[bytes]) -> IO[bytes]:
    content: IO[bytes] = upload.file if upload.file is not None else BytesIO()
    return content


class _Digesting(File):  # type: ignore[type-arg]  # (generic in the stubs only)
    """A file that is hashed and counted while it is saved, and stops at the limit."""

    def __init__(self, upload: File[bytes], *, limit: int, name: str) -> None:
        super().__init__(_seekable(upload), name)
        self.limit, self.label = limit, name
        self.hash, self.count = hashlib.sha256(), 0

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield the content piece by piece, from its start."""
        self.hash, self.count = hashlib.sha256(), 0
        yield from super().chunks(chunk_size)

    def read(self, *args: Any) -> bytes:
        """Read, hash and count; every storage saves through here."""
        data: bytes = self.file.read(*args) if self.file else b""
        self.count += len(data)
        if self.count > self.limit:
            raise FileTooLarge(name=self.label, limit=self.limit // MEGABYTE)
        self.hash.update(data)
        return data


@contextmanager
def _nothing_left_behind(path: str) -> Iterator[None]:
    """Remove a content whose saving or row failed; a full disk becomes a sentence."""
    try:
        yield
    except BaseException as error:
        with suppress(OSError):
            default_storage.delete(path)
        if is_disk_full(error):
            raise StorageFull from error
        raise
