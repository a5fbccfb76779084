"""A small province that really runs: its own database, web server and worker, for one test session.

Its world is loaded once a run, and cloned for every process of the run that drives a browser.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

import khuevan
from khuevan.cli.children import PARENT

TODAY = "2026-11-22"
SCHOOLS, PUPILS = 8, 1500
PORTS = range(8270, 8290)
READY_SECONDS, STOP_SECONDS = 60, 4
LOCK_NUMBER = 7_204_121
SOURCES = Path(khuevan.__file__).parents[1]
PROGRAM = (sys.executable, "-m", "khuevan.cli")
FOREIGN = ("DJANGO_SETTINGS_MODULE", "KHUEVAN_TEST_DATABASE_URL", "LANG", "LC_ALL", "LC_MESSAGES")


@dataclass(frozen=True, slots=True)
class Province:
    """A running province: where a browser finds it, and where its files lie."""

    address: str
    folder: Path
    database_url: str


def run_command(province: Province, *words: str) -> dict[str, Any]:
    """Let a command of the program do its work in a running province; return its answer.

    :raises RuntimeError: with what it said, when it refuses
    """
    port = urlsplit(province.address).port or 0
    done = subprocess.run(
        [*PROGRAM, *words, "--json"],
        env=_surroundings(province.database_url, province.folder, port=port),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)}: {done.stdout[-2000:]} {done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@contextmanager
def running_province(server_url: str) -> Iterator[Province]:
    """Serve a fresh copy of the small world on a free port; nothing of it stays behind."""
    run = hashlib.sha256(Path(os.environ["KHUEVAN_TEST_RUN"]).name.encode()).hexdigest()[:12]
    world, name = f"khuevan_world_{run}", f"khuevan_browser_{run}_{secrets.token_hex(4)}"
    folder = Path(tempfile.mkdtemp(prefix="khuevan-browser-"))
    try:
        _make_copy(server_url, template=f"khuevan_template_{run}", world=world, name=name)
        own = with_database(server_url, name)
        with _held_port() as port, _serving(folder, own, port) as address:
            yield Province(address, folder, own)
    finally:
        _drop(server_url, name)
        if "KHUEVAN_TEST_DATABASE_URL" in os.environ:  # a server that outlives the run
            with suppress(psycopg.errors.ObjectInUse):
                _drop(server_url, world)
        shutil.rmtree(folder, ignore_errors=True)


def with_database(url: str, name: str) -> str:
    """Return the address of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _make_copy(url: str, *, template: str, world: str, name: str) -> None:
    """Copy the loaded world, loading it first where no process of this run has."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK_NUMBER,))
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (world,))
        if known.fetchone() is None:
            draft = f"{world}_draft"
            _drop(url, draft)
            connection.execute(_create(draft, template))
            _load(with_database(url, draft))
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(rename.format(sql.Identifier(draft), sql.Identifier(world)))
        connection.execute(_create(name, world))


def _create(name: str, template: str) -> sql.Composed:
    make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    return make.format(sql.Identifier(name), sql.Identifier(template))


def _drop(url: str, name: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        connection.execute(drop.format(sql.Identifier(name)))


def _load(url: str) -> None:
    folder = tempfile.mkdtemp(prefix="khuevan-browser-load-")
    command = [*PROGRAM, "generate", "--schools", str(SCHOOLS), "--students", str(PUPILS)]
    try:
        done = subprocess.run(
            [*command, "--today", TODAY],
            env=_surroundings(url, Path(folder), port=PORTS[0]),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"The small world could not be loaded: {done.stderr[-2000:]}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _surroundings(url: str, folder: Path, *, port: int) -> Mapping[str, str]:
    """Return what the province's processes find in their environment."""
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return {
        **kept,
        "DATABASE_URL": url,
        "KHUEVAN_MODE": "demo",
        "KHUEVAN_DATA": str(folder),
        "KHUEVAN_PORT": str(port),
        "KHUEVAN_TODAY": TODAY,
        "KHUEVAN_HOSTS": "127.0.0.1,localhost",
        "KHUEVAN_LOG_LEVEL": "WARNING",
        "PYTHONPATH": str(SOURCES),
        "PYTHONUNBUFFERED": "1",
        "LANG": "vi_VN.UTF-8",
        PARENT: str(os.getpid()),
    }


@contextmanager
def _serving(folder: Path, url: str, port: int) -> Iterator[str]:
    surroundings = _surroundings(url, folder, port=port)
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for part in ("serve", "worker"):
            with (folder / f"{part}.log").open("ab") as log:
                processes.append(
                    subprocess.Popen(
                        [*PROGRAM, part],
                        env=surroundings,
                        stdin=subprocess.DEVNULL,
                        stdout=log,
                        stderr=log,
                        start_new_session=True,
                    )
                )
            if part == "serve":
                _wait_until_ready(f"http://127.0.0.1:{port}", processes[0], folder / "serve.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(STOP_SECONDS)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def _held_port() -> Iterator[int]:
    """Give a port that nobody listens on, and hold it against other test runs.

    Two servers that look for one at the same moment would otherwise both begin on it: the system
    then hands each request to either of them.
    """
    for port in PORTS:
        with (Path(tempfile.gettempdir()) / f"khuevan-port-{port}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                with socket.socket() as probe:
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                    probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            yield port
            return
    raise RuntimeError(f"No port from {PORTS.start} to {PORTS.stop - 1} is free.")


def _wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"{address}/healthz", timeout=5):
            return
        time.sleep(0.1)
    raise RuntimeError(f"The web server does not answer: {log.read_text('utf-8')[-2000:]}")
