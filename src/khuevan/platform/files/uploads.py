"""How an upload is received: what is over any limit, or finds no room, is dropped on its way in."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest

from khuevan.platform.files.kinds import DEFAULT_LIMIT, FileKind, kinds

KEPT = timedelta(days=1)
"""Longer than any upload takes."""


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Receives a file on disk up to its route's limit and lets go of the rest.

    The whole request is read, so that the browser can show the answer; the true size stays known,
    and every size check refuses the file with its sentence. A disk without room is told the same
    way: the part that came is deleted at once, and the error is raised when the rest went by.
    """

    error: OSError | None = None
    _most = DEFAULT_LIMIT

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file; where even that fails the content is let go of."""
        self.error = None
        self._most = limit_of(self.request)
        try:
            make_uploads_folder()
            super().new_file(*args, **kwargs)
        except OSError as error:
            self.error = error

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece that is within the limit."""
        if self.error is None and start + len(raw_data) <= self._most:
            try:
                self.file.write(raw_data)
            except OSError as error:
                self._let_go(error)

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """Give the file, or say what kept it from being written.

        :raises OSError: when the disk had no room
        """
        if self.error is None:
            try:
                return super().file_complete(file_size)
            except OSError as error:  # the last piece is written here
                self._let_go(error)
        assert self.error is not None  # noqa: S101  (for the type checker)
        raise self.error

    def _let_go(self, error: OSError) -> None:
        """Delete what has arrived; closing may fail on what was still to be written."""
        self.error = error
        with suppress(OSError):
            self.file.close()


def temporary_copy() -> IO[bytes]:
    """Return a new file beside the uploads on their way in, gone when it is closed."""
    return tempfile.NamedTemporaryFile(dir=make_uploads_folder(), suffix=".upload")


def make_uploads_folder() -> Path:
    """Return the folder of uploads on their way in, closed to others."""
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR or settings.UPLOADS_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def sweep_uploads(*, now: datetime) -> int:
    """Delete what a server that was killed left of uploads on their way in; return how many."""
    gone = 0
    for path in make_uploads_folder().glob("*.upload*"):
        with suppress(OSError):
            if path.stat().st_mtime < (now - KEPT).timestamp():
                path.unlink()
                gone += 1
    return gone


def limit_of(request: HttpRequest | None) -> int:
    """Return what the largest kind allows that is received where a request goes.

    Before a route was chosen, wherever a kind is not received, and for whoever may not bring it,
    its limit raises no other's.
    """
    here = (kind.max_bytes for kind in kinds if not kind.routes or _receives(kind, request))
    return max(here, default=DEFAULT_LIMIT)


def _receives(kind: FileKind, request: HttpRequest | None) -> bool:
    match, actor = getattr(request, "resolver_match", None), getattr(request, "actor", None)
    if match is None or actor is None or kind.brought_with is None:
        return False
    return match.route in kind.routes and bool(actor.may(kind.brought_with))
