"""What arrives over the limit is dropped on the way in, and refused with its true size."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import resolve
from tests.factories import EVERYTHING, TODAY

from khuevan.platform.access.api import nobody
from khuevan.platform.files import uploads
from khuevan.platform.files.api import MEGABYTE
from khuevan.platform.files.uploads import (
    LimitedUploadHandler,
    limit_of,
    sweep_uploads,
    temporary_copy,
)


def test_the_rest_of_a_huge_file_is_not_stored(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    monkeypatch.setattr(uploads, "limit_of", lambda _request: 200_000)
    upload = SimpleUploadedFile("a.xlsx", b"x" * 1_000_000)
    request = RequestFactory().post("/", {"file": upload})
    request.upload_handlers = [LimitedUploadHandler(request)]
    received: Any = request.FILES["file"]
    assert received.size == 1_000_000
    assert Path(received.temporary_file_path()).stat().st_size <= 200_000


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/imports/many/", 200),
        ("/api/v1/imports/many", 200),
        ("/imports/new/students.list/", 25),
        ("/imports/packages/oneroster/", 100),
        ("/api/v1/imports/students", 25),
        ("/accounts/login/", 25),
    ],
)
def test_only_the_routes_of_a_large_kind_receive_as_much(path: str, limit: int) -> None:
    request = RequestFactory().post(path)
    assert limit_of(request) == 25 * MEGABYTE  # nobody knows yet where it goes
    request.resolver_match = resolve(path)
    assert limit_of(request) == 25 * MEGABYTE  # nor who sends it
    request.actor = nobody(on=TODAY)  # type: ignore[attr-defined]
    assert limit_of(request) == 25 * MEGABYTE
    request.actor = EVERYTHING  # type: ignore[attr-defined]
    assert limit_of(request) == limit * MEGABYTE


@pytest.mark.parametrize("where", ["new", "write", "end"])
def test_a_disk_without_room_leaves_no_part_of_a_file(
    settings: Any, tmp_path: Path, where: str
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    request = RequestFactory().post(
        "/", {"file": SimpleUploadedFile("a.xlsx", b"x" * 1_000_000), "after": "read"}
    )
    request.upload_handlers = [_FullDisk(request, where)]
    with pytest.raises(OSError, match="No space left"):
        _ = request.FILES
    assert list(tmp_path.iterdir()) == []
    assert request.read() == b""


class _FullDisk(LimitedUploadHandler):
    """Runs out of room at one of the three moments."""

    def __init__(self, request: Any, where: str) -> None:
        super().__init__(request)
        self.where = where

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.where == "new":
            self._let_go(OSError(errno.ENOSPC, "No space left on device"))
        else:
            method = "write" if self.where == "write" else "seek"
            setattr(self.file.file, method, self._full)

    def _full(self, *_args: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_what_a_killed_server_left_of_an_upload_is_swept(settings: Any, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    with temporary_copy() as fresh:
        left = tmp_path / "uploads" / "tmpabc.upload.xlsx"
        left.write_bytes(b"half a list")
        now = datetime.fromtimestamp(left.stat().st_mtime, tz=UTC)
        assert sweep_uploads(now=now) == 0
        os.utime(left, (0, 0))
        assert sweep_uploads(now=now) == 1
        assert [path.name for path in left.parent.iterdir()] == [Path(fresh.name).name]
    assert list(left.parent.iterdir()) == []
