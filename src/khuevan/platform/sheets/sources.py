"""Where lists come from: one file, a folder of files, or a zip of them; each opened alone."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from django.core.files.base import File
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.platform.files.api import BROKEN_ZIP, temporary_copy
from khuevan.platform.sheets.reading import MEBIBYTE
from khuevan.platform.sheets.refusals import FileTooLarge, UnreadableFile
from khuevan.ui.errors import is_disk_full

MOST_FILES = 20_000
WORKBOOK_PART = "[Content_Types].xml"
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
LEFT_OUT = ("~$", ".", "__MACOSX")
"""How names begin that spreadsheet programs and systems leave behind."""


class NoSuchFile(DomainError):
    """The path leads to nothing that can be read."""

    code = "sheets.no_such_file"
    message = _("There is no file %(path)s that can be read.")
    status = 404


class NoFiles(DomainError):
    """A folder or an archive holds no file."""

    code = "sheets.no_files"
    message = _("%(path)s holds no file.")
    status = 422


class TooManyFiles(DomainError):
    """More files than a run takes."""

    code = "sheets.too_many_files"
    message = _("%(path)s holds more than %(limit)d files. Load it in parts.")
    status = 422


class BrokenArchive(UnreadableFile):
    """A file of the archive can't be unpacked."""

    code = "sheets.broken_archive"
    message = _("It cannot be unpacked: the archive is damaged or locked with a password.")


@dataclass(frozen=True, slots=True)
class Source:
    """One file to load: what people are told it is called, and where its bytes are."""

    name: str
    """Its path within what was given, with the folders it lies in."""
    path: Path
    place: int | None = None
    """Where it stands in the archive at `path`, which may hold two of one name; a file of its own
    has none."""

    @property
    def shown(self) -> str:
        """Return the name as a terminal and a report may show it: control signs written out."""
        return CONTROL.sub(lambda sign: f"\\x{ord(sign.group()):02x}", self.name)

    @contextmanager
    def opened(self, *, most_bytes: int) -> Iterator[File[bytes]]:
        """Open the file; one of an archive is unpacked into a temporary file, up to a size.

        :raises NoSuchFile: when it went away, or may not be read
        :raises FileTooLarge, BrokenArchive: when it can't be unpacked
        """
        name = PurePosixPath(self.name).name
        with self._stream(most_bytes) as stream:  # what fails while it is open is no missing file
            yield File(stream, name=name)

    def _stream(self, most_bytes: int) -> IO[bytes]:
        try:
            if self.place is None:
                return self.path.open("rb")
            unpacked = temporary_copy()  # the caller closes it, and it is gone
            self._unpack(unpacked, self.place, most_bytes)
        except OSError as error:
            if is_disk_full(error):
                raise
            raise NoSuchFile(path=self.name) from error
        return unpacked

    def _unpack(self, target: IO[bytes], place: int, most_bytes: int) -> None:
        try:
            with (
                zipfile.ZipFile(self.path) as archive,
                archive.open(archive.infolist()[place]) as packed,
            ):
                shutil.copyfileobj(_Bounded(packed, most_bytes), target)
        except BROKEN_ZIP as error:
            if is_disk_full(error):
                raise
            raise BrokenArchive from error
        target.flush()
        target.seek(0)


class _Bounded:
    """A stream that refuses to give more bytes than a file may have, whatever its header says."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream = stream
        self._left = most
        self._most = most

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        found = self._stream.read(size)
        self._left -= len(found)
        if self._left < 0:
            limit = self._most // MEBIBYTE
            raise FileTooLarge(size=limit + 1, limit=limit)
        return found


def sources_in(path: Path, *, is_archive: bool = False) -> list[Source]:
    """Return the files behind a path, in the order of their names; an archive is one by its name.

    :raises NoSuchFile: when there is nothing
    :raises NoFiles, TooManyFiles: when a folder or archive holds none, or too many
    :raises BrokenArchive: when the archive's list of files can't be read
    """
    if path.is_dir():
        files = (one for one in path.rglob("*") if one.is_file())
        return _sorted(path, [Source(one.relative_to(path).as_posix(), one) for one in files])
    if not path.is_file():
        raise NoSuchFile(path=path)
    if is_archive or path.suffix.lower() == ".zip":
        entries = _entries(path)
        if is_archive or all(one.name != WORKBOOK_PART for one in entries):
            # What was brought by page lies under a name of ours, which tells nobody anything.
            return _sorted(_("The zip file") if is_archive else path, entries)
    return [Source(path.name, path)]


def _entries(path: Path) -> list[Source]:
    try:
        with zipfile.ZipFile(path) as archive:
            return [
                Source(one.filename, path, place)
                for place, one in enumerate(archive.infolist())
                if not one.is_dir()
            ]
    except BROKEN_ZIP as error:
        raise BrokenArchive from error


def _sorted(shown: Path | Promise, found: Iterable[Source]) -> list[Source]:
    wanted = [one for one in found if not _is_left_out(one.name)]
    if not wanted:
        raise NoFiles(path=shown)
    if len(wanted) > MOST_FILES:
        raise TooManyFiles(path=shown, limit=MOST_FILES)
    return sorted(wanted, key=lambda one: (one.name, one.place or 0))


def _is_left_out(name: str) -> bool:
    return any(part.startswith(LEFT_OUT) for part in PurePosixPath(name).parts)
