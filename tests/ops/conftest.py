"""Throwaway data folders, and other processes that use them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from khuevan.config.postgres import DatabaseUnavailable, without_server
from tests.ops.other_user import OtherUser


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """Give a data folder that is gone, with its server, after the test."""
    base = Path(tempfile.mkdtemp(prefix="khv-ops-"))
    base.chmod(0o711 if os.geteuid() == 0 else 0o700)
    folder = base / "data"
    yield folder
    with suppress(DatabaseUnavailable), without_server(folder):
        pass
    shutil.rmtree(base, ignore_errors=True)


@pytest.fixture
def other_user(data_dir: Path) -> Iterator[Callable[[], OtherUser]]:
    """Give a function that starts another user of the data folder's server."""
    users: list[OtherUser] = []

    def start() -> OtherUser:
        users.append(OtherUser(data_dir))
        return users[-1]

    yield start
    for user in users:
        if user.process.poll() is None:
            user.kill()
        for stream in (user.process.stdin, user.process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
