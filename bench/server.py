"""A province of its own for the measurements: served beside this program, or opened in it."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import django

from khuevan.config.postgres import ensure_server

ROOT = Path(__file__).resolve().parent.parent
KHUEVAN = ROOT / ".venv" / "bin" / "khuevan"
PATIENCE = 300


@dataclass(frozen=True, slots=True)
class Server:
    """A running province: where it listens, where its data and logs are, who started it."""

    port: int
    data: Path
    pid: int

    @property
    def base(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self.port}"

    def log_lines(self) -> Iterator[dict[str, object]]:
        """Yield the web log's entries."""
        for line in (self.data / "log" / "web.log").read_text("utf-8").splitlines():
            if line.startswith("{"):
                yield json.loads(line)


@contextmanager
def running() -> Iterator[Server]:
    """Start a province in a throwaway folder, wait until it answers, stop it at the end."""
    with folder() as data, serving(data) as server:
        yield server


@contextmanager
def folder(kept: Path | None = None) -> Iterator[Path]:
    """Give a data folder: the named one, which stays, else one that is thrown away at the end."""
    if kept is not None:
        kept.mkdir(mode=0o711, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="khuevan-bench-") as path:
        data = Path(path)
        data.chmod(0o711)
        yield data


def environment(data: Path, **more: str) -> dict[str, str]:
    """Return the environment of a program on a data folder of its own."""
    env = {**os.environ, "KHUEVAN_DATA": str(data), **more}
    env.pop("DATABASE_URL", None)
    return env


@contextmanager
def opened(data: Path) -> Iterator[None]:
    """Set Django up in this process on the province of a data folder; import models after it."""
    with ensure_server(data) as database:
        os.environ.update(
            DATABASE_URL=database.url,
            KHUEVAN_DATA=str(data),
            KHUEVAN_MODE="demo",
            DJANGO_SETTINGS_MODULE="khuevan.config.settings",
        )
        django.setup()
        yield


@contextmanager
def serving(data: Path) -> Iterator[Server]:
    """Serve the province of a data folder, the demo's where there is none."""
    port = _free_port()
    env = environment(data, KHUEVAN_PORT=str(port))
    with (data / "start.log").open("w") as said:
        process = subprocess.Popen([KHUEVAN, "demo"], env=env, stdout=said, stderr=said)
        try:
            _wait(port, process)
            yield Server(port, data, process.pid)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def cookies_of(server: Server, username: str) -> str:
    """Sign one of the cast in and return the cookies to send."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", "/demo/")
    page = connection.getresponse()
    text = page.read().decode()
    jar = _cookies(page.headers.get_all("set-cookie") or [])
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
    assert token
    body = urlencode({"csrfmiddlewaretoken": token[1], "username": username})
    headers = {"Cookie": _join(jar), "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/demo/", body, headers)
    answer = connection.getresponse()
    answer.read()
    jar |= _cookies(answer.headers.get_all("set-cookie") or [])
    assert "sessionid" in jar, f"could not sign in as {username}: {answer.status}"
    return _join(jar)


def memory_of(pid: int) -> dict[str, int]:
    """Return the resident memory in MB of the largest process of each kind below a process."""
    found: dict[str, int] = {}
    kind = "other"
    for child in _descendants(pid):  # each process is followed by those it started
        try:
            status = Path(f"/proc/{child}/status").read_text()
            words = Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        size = re.search(r"VmRSS:\s+(\d+) kB", status)
        kind = next((k for k in ("postgres", "serve", "worker") if k in words), kind)
        if size:
            found[kind] = max(found.get(kind, 0), int(size[1]) // 1024)
    return found


def processor_of(data: Path, pid: int) -> float:
    """Return the seconds of processor that a province's web and database processes have spent."""
    keeper = int(next(iter((data / "postgres" / "cluster" / "postmaster.pid").open())))
    tick = os.sysconf("SC_CLK_TCK")
    return (
        sum(_ticks(one) for one in {pid, keeper, *_descendants(pid), *_descendants(keeper)}) / tick
    )


def _ticks(pid: int) -> int:
    """Return what a process has spent, with what its ended children had."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, told[11:15]))


def _descendants(pid: int) -> Iterator[int]:
    children = Path(f"/proc/{pid}/task").glob("*/children")
    for path in children:
        for child in path.read_text().split():
            yield int(child)
            yield from _descendants(int(child))


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        if process.poll() is not None:
            raise RuntimeError("the province did not start")
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError("the province did not answer in time")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _cookies(lines: list[str]) -> dict[str, str]:
    pairs = (line.split(";")[0].partition("=") for line in lines)
    return {name: value for name, _mark, value in pairs}


def _join(jar: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in jar.items())
