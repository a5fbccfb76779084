"""`khuevan demo` as somebody starts it: up, stopped, killed, started twice, started over."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from khuevan.config.postgres import ensure_server
from tests.migrated import migrated
from tests.waiting import free_port, wait_for

pytestmark = pytest.mark.slow


KHUEVAN = [sys.executable, "-m", "khuevan.cli"]


def surroundings(data_dir: Path) -> dict[str, str]:
    """Return this process's variables without what the test run added, for another data folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KHUEVAN_", "DJANGO_"))}
    kept.pop("DATABASE_URL", None)
    return {**kept, "KHUEVAN_DATA": str(data_dir)}


def khuevan(data_dir: Path, *words: str) -> tuple[int, str]:
    """Run a command to its end; return its exit code and what it said."""
    done = subprocess.run(
        [*KHUEVAN, *words],
        env=surroundings(data_dir),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )
    return done.returncode, done.stdout


class Demo:
    """One run of the command."""

    def __init__(self, data_dir: Path, port: int, *words: str) -> None:
        self.port = port
        self.said = data_dir.parent / f"said-{port}"
        with self.said.open("w") as said:
            self.process = subprocess.Popen(
                [*KHUEVAN, "demo", "--empty", *words],
                env={**surroundings(data_dir), "KHUEVAN_PORT": str(port)},
                stdout=said,
                stderr=subprocess.STDOUT,
            )

    def until_up(self) -> None:
        """Wait until it has said where it is, and answers there."""
        address = f"http://localhost:{self.port}/"

        def is_up() -> bool:
            return address in self.said.read_text("utf-8") and status(self.port) == 200

        wait_for(lambda: is_up() or self.process.poll() is not None, 240)
        assert self.process.poll() is None, self.said.read_text("utf-8")

    def stop(self, number: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.stop_when_done(60)

    def stop_when_done(self, seconds: int = 300) -> tuple[int, str]:
        return self.process.wait(seconds), self.said.read_text("utf-8")

    def children(self) -> list[int]:
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in listed.read_text("ascii").split()]


def status(port: int) -> int:
    """Return what the server answers, or 0 while it does not."""
    try:
        return ask(port, "/healthz")[0]
    except OSError:
        return 0


def ask(port: int, path: str) -> tuple[int, str]:
    """Return the status and the text of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def processes_of(data_dir: Path) -> list[str]:
    """Return the command lines of all processes that were told of the data folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            told = (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
            line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if str(data_dir).encode() in told and line:
            found.append(line)
    return found


def asked_for_its_health(port: int) -> float:
    """Return how often the server says that it was asked for its health."""
    _status, text = ask(port, "/metrics")
    found = re.search(r'khuevan_requests_total\{route="ui:healthz",status="200"\} ([0-9.]+)', text)
    return float(found[1]) if found else 0


@pytest.fixture
def demo(data_dir: Path) -> Iterator[Callable[..., Demo]]:
    runs: list[Demo] = []

    def start(*words: str, port: int | None = None) -> Demo:
        runs.append(Demo(data_dir, port or (runs[0].port if runs else free_port()), *words))
        return runs[-1]

    yield start
    for run in runs:
        run.stop(signal.SIGTERM)


@pytest.fixture
def brought_up(data_dir: Path) -> None:
    """Let the demo begin on a migrated database; the first test here migrates an empty one."""
    with ensure_server(data_dir) as handle:
        migrated(handle.url, lambda: khuevan(data_dir, "migrate"))


def test_up_and_stopped_and_up_again_with_its_data(
    demo: Callable[..., Demo], data_dir: Path
) -> None:
    first = demo()
    first.until_up()
    secret = (data_dir / "secret_key").read_text("ascii")
    code, said = first.stop(signal.SIGINT)
    assert code == 0
    assert f"http://localhost:{first.port}/" in said
    assert processes_of(data_dir) == []

    second = demo()
    second.until_up()

    before = asked_for_its_health(second.port)
    for _ in range(8):
        ask(second.port, "/healthz")
    assert {asked_for_its_health(second.port) for _ in range(6)} == {before + 8}
    assert (data_dir / "secret_key").read_text("ascii") == secret
    code, said = second.stop(signal.SIGTERM)
    assert code == 0
    assert "migrations" not in said
    assert processes_of(data_dir) == []


@pytest.mark.usefixtures("brought_up")
def test_what_is_killed_comes_back(demo: Callable[..., Demo], data_dir: Path) -> None:
    run = demo()
    run.until_up()
    before = run.children()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    server = int((data_dir / "postgres/cluster/postmaster.pid").read_text("ascii").split("\n")[0])
    os.kill(server, signal.SIGKILL)
    wait_for(lambda: len(run.children()) == 2 and not set(run.children()) & set(before))
    run.until_up()
    code, said = run.stop()
    assert code == 0
    for name in ("The database", "The web process", "The worker process"):
        assert f"{name} had stopped and runs again" in said
    assert processes_of(data_dir) == []


@pytest.mark.usefixtures("brought_up")
def test_a_killed_supervisor_leaves_its_server_to_the_next(
    demo: Callable[..., Demo], data_dir: Path
) -> None:
    run = demo()
    run.until_up()
    run.process.send_signal(signal.SIGKILL)
    run.process.wait()
    wait_for(lambda: not any("khuevan.cli" in line for line in processes_of(data_dir)))
    with ensure_server(data_dir) as handle:
        assert not handle.started_by_us
    assert processes_of(data_dir) == []


@pytest.mark.usefixtures("brought_up")
def test_a_second_demo_is_told_of_the_first(demo: Callable[..., Demo]) -> None:
    first = demo()
    first.until_up()
    code, said = demo(port=free_port()).stop_when_done()
    assert code == 2
    assert re.search(rf"already runs .* process {first.process.pid} at http://", said)


def test_a_taken_port_is_named(demo: Callable[..., Demo]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, said = demo(port=port).stop_when_done()
    assert code == 2
    assert f"Port {port} is taken by another program" in said
    assert "KHUEVAN_PORT" in said


@pytest.mark.usefixtures("brought_up")
def test_starting_over_deletes_a_demo_and_nothing_else(
    demo: Callable[..., Demo], data_dir: Path
) -> None:
    assert demo("--no-serve").stop_when_done()[0] == 0
    (data_dir / "files").mkdir()
    (data_dir / "files" / "old.pdf").write_bytes(b"old")
    code, said = demo("--no-serve", "--reset").stop_when_done()
    assert (code, "migrations" in said) == (0, True)
    assert not (data_dir / "files" / "old.pdf").exists()

    (data_dir / ".khuevan").unlink()
    code, said = demo("--no-serve", "--reset").stop_when_done()
    assert code == 2
    assert "is not the data folder of a Khuê Văn demo" in said
    assert (data_dir / "postgres" / "cluster").is_dir()


@pytest.mark.usefixtures("brought_up")
def test_backup_drill_and_doctor_on_a_demo(
    demo: Callable[..., Demo], data_dir: Path, tmp_path: Path
) -> None:
    assert demo("--no-serve").stop_when_done()[0] == 0
    file = str(tmp_path / "one.khv")

    code, said = khuevan(data_dir, "backup", file, "--json")
    assert code == 0, said
    rows = json.loads(said)["rows"]
    code, said = khuevan(data_dir, "restore", file, "--drill", "--json")
    assert (code, json.loads(said)["rows"]) == (0, rows)
    code, said = khuevan(data_dir, "restore", file)
    assert (code, "holds tables" in said) == (2, True)
    code, said = khuevan(data_dir.with_name("other"), "restore", file)
    assert code == 2  # production is the default, and it wants its secret
    assert "KHUEVAN_SECRET_KEY" in said

    code, said = khuevan(data_dir, "doctor", "--json")
    states = {finding["name"]: finding["state"] for finding in json.loads(said)}
    for name in ("configuration", "data folder", "database", "database user", "migrations"):
        assert states[name] == "ok"
    assert states["worker"] == "warn"
    assert processes_of(data_dir) == []
