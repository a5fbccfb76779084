"""What arrives over the limit is dropped on the way in, and refused with its true size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from khuevan.platform.files import uploads
from khuevan.platform.files.uploads import LimitedUploadHandler


def test_the_rest_of_a_huge_file_is_not_stored(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    monkeypatch.setattr(uploads, "largest_limit", lambda: 200_000)
    upload = SimpleUploadedFile("a.xlsx", b"x" * 1_000_000)
    request = RequestFactory().post("/", {"file": upload})
    request.upload_handlers = [LimitedUploadHandler(request)]
    received: Any = request.FILES["file"]
    assert received.size == 1_000_000
    assert Path(received.temporary_file_path()).stat().st_size <= 200_000
