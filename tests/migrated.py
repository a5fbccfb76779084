"""Databases as the migrations leave them: migrated once for each state of the sources, then loaded.

A run of all migrations takes half a minute, and a whole check needs a dozen migrated databases.
The first of a checkout is migrated and dumped; the dump is named by a digest of what migrations
read, and after it is loaded `migrate` runs as ever, with nothing left to apply but the data that
follows every run. That the migrations work is what making the first one shows, and `khuevan demo`
on an empty folder.
"""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import psycopg

from khuevan.cli import dump

ROOT = Path(__file__).parents[1]
KEPT = ROOT / ".pytest_cache" / "migrated"
READ = ("*/*/migrations/*.py", "kernel/*.py", "*/*/data/**/*")
"""What migrations are made of, and what they read."""


def migrated(url: str, migrate: Callable[[], object]) -> None:
    """Bring an empty database to where the migrations lead: by them once, later by the dump."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = KEPT / f"{_digest()}.dump"
        if not kept.exists():
            migrate()
            _keep(url, kept)
            return
        with psycopg.connect(url) as connection, kept.open("rb") as source:
            dump.load(url, connection, source)
    migrate()


def _keep(url: str, kept: Path) -> None:
    draft = kept.with_suffix(".draft")
    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None
        with dump.dump(url, connection, row[0]) as source, draft.open("wb") as target:
            while chunk := source.read(dump.CHUNK):
                target.write(chunk)
    for former in KEPT.glob("*.dump"):
        former.unlink()
    draft.rename(kept)


@cache
def _digest() -> str:
    digest = hashlib.sha256()
    package = ROOT / "src" / "khuevan"
    for path in sorted(path for pattern in READ for path in package.glob(pattern)):
        if path.is_file():
            digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()
