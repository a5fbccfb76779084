"""The backup file: a zip with the database's dump, the stored files, and a manifest written last.

A file cut short has no directory and can't be opened; a changed byte breaks a checksum. Both are
refused before anything is restored.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from khuevan.cli.start import Refused
from khuevan.config.words import gettext as _
from khuevan.config.words.system import reason

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database.dump"
FILES = "files/"
CHUNK = 1 << 20
LONGEST_MANIFEST = 512 * 2**20


@dataclass(slots=True)
class Writer:
    """A backup being written."""

    archive: zipfile.ZipFile
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, name: str, source: IO[bytes]) -> None:
        """Copy a stream into the archive and note its size and checksum."""
        digest, size = hashlib.sha256(), 0
        with self.archive.open(name, "w", force_zip64=True) as target:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
        self.parts[name] = {"bytes": size, "sha256": digest.hexdigest()}

    def finish(self, facts: dict[str, Any]) -> None:
        """Write the manifest, which makes the archive whole."""
        manifest = {"khuevan": FORMAT, **facts, "parts": self.parts}
        self.archive.writestr(MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))


@contextmanager
def write(path: Path) -> Iterator[Writer]:
    """Write a backup beside its name and give it the name once it is whole.

    :raises Refused: when the name is taken or the disk has no room
    """
    if path.exists():
        raise Refused(_("%(path)s exists already; give another name.") % {"path": path})
    draft = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
                yield Writer(archive)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    except OSError as error:
        raise Refused(
            _("The backup can't be written to %(path)s: %(reason)s.")
            % {"path": path, "reason": reason(error)}
        ) from error
    finally:
        draft.unlink(missing_ok=True)


@dataclass(slots=True)
class Reader:
    """A backup whose every part has been checked."""

    archive: zipfile.ZipFile
    manifest: dict[str, Any]

    @property
    def files(self) -> list[str]:
        """Return the names of the stored files' parts."""
        return [name for name in self.manifest["parts"] if name.startswith(FILES)]

    def open(self, name: str) -> IO[bytes]:
        """Return a part as a stream."""
        return self.archive.open(name)

    def unpack_files(self, target: Path) -> None:
        """Write the stored files to a folder."""
        for name in self.files:
            path = target / name.removeprefix(FILES)
            path.parent.mkdir(parents=True, exist_ok=True)
            with self.open(name) as source, path.open("wb") as file:
                while chunk := source.read(CHUNK):
                    file.write(chunk)


@contextmanager
def read(path: Path) -> Iterator[Reader]:
    """Open a backup and check every part against its manifest.

    :raises Refused: when it is no backup, or cut short, changed or of a later format
    """
    try:
        with zipfile.ZipFile(path) as archive:
            reader = Reader(archive, _manifest(archive, path))
            _check_parts(reader, path)
            yield reader
    except FileNotFoundError as error:
        raise Refused(_("There is no file %(path)s.") % {"path": path}) from error
    except (zipfile.BadZipFile, EOFError) as error:
        raise Refused(
            _(
                "%(path)s is no backup of Khuê Văn, or it was cut short or damaged:"
                " nothing was restored."
            )
            % {"path": path}
        ) from error
    except PermissionError as error:
        raise Refused(
            _("%(path)s can't be read: %(reason)s.") % {"path": path, "reason": reason(error)}
        ) from error


def _manifest(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    try:
        if archive.getinfo(MANIFEST).file_size > LONGEST_MANIFEST:
            raise Refused(
                _("%(path)s is damaged: its manifest is too long. Nothing was restored.")
                % {"path": path}
            )
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
        version = int(manifest["khuevan"])
    except (KeyError, ValueError, TypeError) as error:
        raise Refused(
            _("%(path)s is no backup of Khuê Văn: it has no manifest.") % {"path": path}
        ) from error
    if version > FORMAT:
        raise Refused(
            _("%(path)s was made by a later version of Khuê Văn; restore it with that one.")
            % {"path": path}
        )
    return manifest


def _check_parts(reader: Reader, path: Path) -> None:
    names = {info.filename for info in reader.archive.infolist()} - {MANIFEST}
    if names != set(reader.manifest["parts"]) or DUMP not in names:
        raise Refused(
            _("%(path)s is damaged: its parts are not those it lists. Nothing was restored.")
            % {"path": path}
        )
    for name, expected in reader.manifest["parts"].items():
        if not _is_safe(name):
            raise Refused(
                _("%(path)s is damaged: %(name)r lies outside. Nothing was restored.")
                % {"path": path, "name": name}
            )
        with reader.open(name) as source:
            if _digest(source.read) != (expected["bytes"], expected["sha256"]):
                raise Refused(
                    _("%(path)s is damaged in %(name)s: nothing was restored.")
                    % {"path": path, "name": name}
                )


def _is_safe(name: str) -> bool:
    pure = PurePosixPath(name)
    inside = name == DUMP or name.startswith(FILES)
    return inside and not pure.is_absolute() and ".." not in pure.parts and "\\" not in name


def _digest(read: Callable[[int], bytes]) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    while chunk := read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()
