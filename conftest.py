"""The database under every test: one throwaway server a run, migrated once, then cloned.

A DATABASE_URL already set is used instead; its user must be allowed to create databases.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import django
import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from tests.migrated import migrated

from khuevan.config.env import environment
from khuevan.config.postgres import (
    DatabaseUnavailable,
    embedded_url,
    ensure_server,
    without_server,
)
from khuevan.config.postgres.connection import django_database

RUN_PREFIX = "khuevan-test-"
LOCK_NUMBER = 7_204_119
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")

# Others use the machine too: that an example took long is no fault of what is tested.
hypothesis_settings.register_profile(
    "shared_machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("shared_machine")

for name in ("KHUEVAN_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
    os.environ.pop(name, None)  # the tests read the English of the command line


def _run_folder() -> Path:
    """Return the folder of this run, made by its first process and named to the others."""
    if "KHUEVAN_TEST_RUN" not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix=RUN_PREFIX))
        folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
        (folder / "server" / "postgres").mkdir(parents=True)
        for path in (folder / "server", folder / "server" / "postgres"):
            path.chmod(0o711)
        os.environ["KHUEVAN_TEST_RUN"] = str(folder)
    return Path(os.environ["KHUEVAN_TEST_RUN"])


def _hold(folder: Path, how: int) -> int:
    """Take a lock that says a process of the run lives, or that a sweeper found none."""
    handle = os.open(folder / "alive.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(handle, how)
    return handle


RUN = _run_folder()
ALIVE = _hold(RUN, fcntl.LOCK_SH)
TEMPLATE = f"khuevan_template_{hashlib.sha256(RUN.name.encode()).hexdigest()[:12]}"
SERVER_DATA = RUN / "server"
IS_FIRST_PROCESS = WORKER == "main"
# The other processes inherit DATABASE_URL from the first one, whoever set it there.
GIVEN_URL = os.environ.get("DATABASE_URL" if IS_FIRST_PROCESS else "KHUEVAN_TEST_DATABASE_URL")
SERVER_URL = GIVEN_URL or embedded_url(SERVER_DATA)

os.environ.update(
    DJANGO_SETTINGS_MODULE="khuevan.config.settings_test",
    KHUEVAN_MODE="test",
    KHUEVAN_DATA=str(RUN / WORKER),
    DATABASE_URL=SERVER_URL,
)
if GIVEN_URL:
    os.environ["KHUEVAN_TEST_DATABASE_URL"] = GIVEN_URL
environment.cache_clear()
if settings.configured:  # pytest-django reads the settings before this file
    settings.MEDIA_ROOT = environment().files_dir
    settings.FILE_UPLOAD_TEMP_DIR = environment().uploads_dir
    settings.STATIC_ROOT = environment().data_dir / "static"
django.setup()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Clear what killed runs left behind."""
    if IS_FIRST_PROCESS:
        for folder in RUN.parent.glob(f"{RUN_PREFIX}*"):
            if folder != RUN:
                _sweep(folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove this run's folder once its server is stopped."""
    if IS_FIRST_PROCESS and GIVEN_URL:
        _drop(GIVEN_URL, TEMPLATE)
    if IS_FIRST_PROCESS:
        os.close(ALIVE)
        os.utime(RUN, (0, 0))
        _sweep(RUN)


@pytest.fixture(scope="session")
def database_server() -> Iterator[str]:
    """Give the address of a running server; the run's last process stops it."""
    if GIVEN_URL:
        yield GIVEN_URL
        return
    with ensure_server(SERVER_DATA, fast=True) as handle:
        yield handle.url


@pytest.fixture(scope="session")
def django_db_setup(
    database_server: str, django_test_environment: None, django_db_blocker: Any
) -> Iterator[None]:
    """Point Django at this process's own copy of the migrated database."""
    with django_db_blocker.unblock():
        template = _template(database_server)
        name = f"khuevan_test_{WORKER}_{os.getpid()}"
        _clone(database_server, template, name)
        _point_django_at(database_server, name)
    yield
    with django_db_blocker.unblock():
        _disconnect()
        _drop(database_server, name)


@pytest.fixture
def committed_db(
    django_db_setup: None, database_server: str, django_db_blocker: Any
) -> Iterator[None]:
    """Let a test commit for real, seen by other processes; the copy is made anew afterwards."""
    with django_db_blocker.unblock():
        yield
        name = os.environ["DATABASE_URL"]
        _disconnect()
        database = str(conninfo_to_dict(name)["dbname"])
        _drop(database_server, database)
        _clone(database_server, _template(database_server), database)


def _template(url: str) -> str:
    """Return the name of the migrated database to copy, made by whichever process comes first."""
    with _admin(url) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK_NUMBER,))
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (TEMPLATE,))
        if known.fetchone() is None:
            draft = f"{TEMPLATE}_draft"
            _drop(url, draft)
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
            _migrate(url, draft)
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(rename.format(sql.Identifier(draft), sql.Identifier(TEMPLATE)))
    return TEMPLATE


def _migrate(url: str, name: str) -> None:
    _point_django_at(url, name)
    migrated(os.environ["DATABASE_URL"], _run_migrations)
    _disconnect()


def _run_migrations() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    _disconnect()


def _point_django_at(url: str, name: str) -> None:
    _disconnect()
    address = make_conninfo(url, dbname=name)
    parts = django_database(address)
    options = {**parts.pop("OPTIONS"), **settings.DATABASES["default"].get("OPTIONS", {})}
    for entry in (settings.DATABASES["default"], connections["default"].settings_dict):
        entry.update(parts, OPTIONS=options)
    os.environ["DATABASE_URL"] = _with_database(url, name)


def _disconnect() -> None:
    for connection in connections.all(initialized_only=True):
        connection.close()
        close_pool = getattr(connection, "close_pool", None)
        if close_pool is not None:
            close_pool()


def _with_database(url: str, name: str) -> str:
    """Return the address with another database name, still as a URL."""
    path, _, query = url.partition("?")
    head, _, _ = path.rpartition("/")
    return f"{head}/{name}" + (f"?{query}" if query else "")


def _clone(url: str, template: str, name: str) -> None:
    with _admin(url) as connection:
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK_NUMBER,))
        connection.execute(make.format(sql.Identifier(name), sql.Identifier(template)))


def _drop(url: str, name: str) -> None:
    with _admin(url) as connection:
        drop = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
        try:
            connection.execute(drop + sql.SQL(" WITH (FORCE)"))
        except psycopg.errors.InsufficientPrivilege:  # the server's own vacuum is in there
            connection.execute(drop)  # which, unlike the above, is told to leave


@contextmanager
def _admin(url: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(url, autocommit=True, connect_timeout=20) as connection:
        yield connection


def _sweep(folder: Path) -> None:
    """Remove a run's folder and stop its server, unless a process of that run still lives."""
    with suppress(OSError, DatabaseUnavailable):
        if folder.stat().st_uid != os.geteuid() or time.time() - folder.stat().st_mtime < 5:
            return
        lock = _hold(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with without_server(folder / "server"):
            shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)
