"""A storage folder of each test's own, and kinds that exist in tests only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from khuevan.platform.access.api import VIEW_USERS
from khuevan.platform.files.api import FileKind, declare_kind
from khuevan.platform.files.rules import PDF, TEXT, XLS, XLSX

PRIVATE = declare_kind(FileKind("tests.private", "Private", types=(XLSX, XLS, TEXT)))
OF_UNIT = declare_kind(
    FileKind("tests.unit", "Unit's", types=(PDF, TEXT), permission=VIEW_USERS, is_logged=True)
)


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> Path:
    """Give the folder that files are stored in."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
