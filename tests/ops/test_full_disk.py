"""Disks without room: a sentence, nothing half-written, and the work goes on afterwards.

The disks are small tmpfs, which only root may mount.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from khuevan.config.postgres import ensure_server
from khuevan.registry.students.imports.tests.lists import csv, some_pupils
from tests.ops.standing import Page, Standing
from tests.waiting import wait_for

pytestmark = pytest.mark.slow

UPLOAD = "/imports/new/students/"
NO_ROOM = "Máy chủ đã hết chỗ"
MEGABYTE = 1 << 20
ROWS = 1500


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """Put a small disk under a folder, or skip."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0711", "khuevan", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can be mounted by root only, where that is allowed")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], capture_output=True, check=False)


@pytest.fixture
def base() -> Iterator[Path]:
    """Give a folder that is gone after the test."""
    base = Path(tempfile.mkdtemp(prefix="khv-ops-"))
    base.chmod(0o711)
    yield base
    shutil.rmtree(base, ignore_errors=True)


def fill(folder: Path, *, but: int = 0) -> Path:
    """Take all the room of a disk but a few bytes."""
    filler = folder / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(64 * 1024))
    if but:
        os.truncate(filler, max(0, filler.stat().st_size - but))
    return filler


def a_list(part: int = 0) -> bytes:
    taken = "042315000482"
    rows = [r for r in some_pupils(2 * ROWS + 1, ["6A"]) if r["Số định danh cá nhân"] != taken]
    return bytes(csv(rows[part * ROWS :][:ROWS]).read())


def kept(site: Standing) -> tuple[int, int]:
    """Return how many lists and stored files there are."""
    imports = site.ask("SELECT count(*) FROM sheets_sheetimport")[0]
    return imports, site.ask("SELECT count(*) FROM files_storedfile")[0]


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name != "filler"]


def test_uploads_and_files_without_room_are_refused_with_a_sentence(base: Path) -> None:
    data = base / "data"
    with (
        ensure_server(data, fast=True) as handle,
        small_disk(data / "uploads", 2),
        small_disk(data / "files", 2),
    ):
        site = Standing(handle, data)
        site.populate()
        with site.web():
            before = kept(site)
            large = a_list() * 12  # over two megabytes, so it arrives on disk
            refused = site.upload(UPLOAD, large)
            assert (refused.status, NO_ROOM in refused.text) == (507, True), refused.text
            filler = fill(data / "uploads")
            refused = site.upload(UPLOAD, a_list())
            assert (refused.status, NO_ROOM in refused.text) == (422, True), refused.text
            filler.unlink()
            filler = fill(data / "files", but=4096)
            refused = site.upload(UPLOAD, a_list())
            assert (refused.status, NO_ROOM in refused.text) == (422, True), refused.text
            assert files_in(data / "uploads") == files_in(data / "files") == []
            assert kept(site) == before
            filler.unlink()
            assert site.upload(UPLOAD, a_list()).status == 302


def test_a_database_without_room_writes_nothing_of_a_list_and_all_of_it_later(base: Path) -> None:
    data = base / "data"
    with small_disk(data, 320), ensure_server(data, fast=True) as handle:
        site = Standing(handle, data)
        site.populate()
        pupils = "SELECT count(*) FROM students_student"
        before = site.ask(pupils)[0]
        told: list[Page] = []
        with site.web(), site.running("worker"):
            answer = site.upload(UPLOAD, a_list())
            assert answer.status == 302, answer.text
            page = answer.location
            filler = fill(data, but=512 * 1024)
            told.append(site.upload(UPLOAD, a_list(1)))
            told.append(site.post(f"{page}confirm/"))
            until = time.monotonic() + 12
            while time.monotonic() < until:
                told.append(site.get(page))
                time.sleep(0.5)
            filler.unlink()
            wait_for(lambda: answers_well(site, page), 90)
            assert site.ask(pupils)[0] in {before, before + ROWS}
            wait_for(lambda: is_written(site, page), 120)
        assert site.ask(pupils)[0] == before + ROWS
    for one in told:
        assert one.status in {200, 302, 422, 503, 507}, (one.status, one.text)
        assert one.status == 302 or len(one.text) > 40
    assert any(one.status in {422, 503, 507} for one in told), "there was room after all"


def answers_well(site: Standing, page: str) -> bool:
    with suppress(psycopg.OperationalError):
        return site.get(page).status == 200
    return False


def is_written(site: Standing, page: str) -> bool:
    """Tell whether the list is done; compare and confirm again where its writing was refused."""
    uuid = page.rstrip("/").rsplit("/", 1)[-1]
    state = site.ask("SELECT state FROM sheets_sheetimport WHERE uuid = %s", uuid)[0]
    if state == "FAILED":
        site.post(f"{page}check/")
    if state in {"FAILED", "CHECKED"}:
        site.post(f"{page}confirm/")
    time.sleep(0.5)
    return bool(state == "DONE")
