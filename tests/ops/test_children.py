"""Child processes: kept alive, given up on, and never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from khuevan.cli.children import TRIES, Child, GaveUp, stop_all
from tests.waiting import wait_for

FOLLOW = (
    "import time; from khuevan.cli.children import follow_named_parent; follow_named_parent(); "
)
SLEEP = FOLLOW + "print('ready', flush=True); time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
WITH_GRANDCHILD = (
    "import subprocess, sys, time;"
    "print(subprocess.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)"
)
SUPERVISOR = f"""
import sys, time
from pathlib import Path
from khuevan.cli.children import Child
child = Child("one", [sys.executable, "-c", {SLEEP!r}], Path(sys.argv[1]))
child.start()
while "ready" not in child.log_file.read_text():
    time.sleep(0.02)
print(child.process.pid, flush=True)
time.sleep(60)
"""


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that only waits to be noticed does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Callable[[str], Child]]:
    made: list[Child] = []

    def make(code: str) -> Child:
        made.append(Child("one", [sys.executable, "-c", code], tmp_path / "log" / "one.log"))
        made[-1].start()
        return made[-1]

    yield make
    for one in made:
        one.kill_group()
        assert one.process is not None
        one.process.wait()


def test_a_dead_child_is_started_again(child: Callable[[str], Child]) -> None:
    one = child("import time; time.sleep(60)")
    assert not one.revive()
    assert one.process is not None
    one.process.send_signal(signal.SIGKILL)
    one.process.wait()
    assert one.revive()
    assert one.is_alive()


def test_a_child_that_dies_again_and_again_is_given_up(child: Callable[[str], Child]) -> None:
    one = child("raise SystemExit('the reason')")
    for _ in range(TRIES - 1):
        wait_for(lambda: not one.is_alive())
        one.revive()
    wait_for(lambda: not one.is_alive())
    with pytest.raises(GaveUp, match=f"ended {TRIES} times .* the reason"):
        one.revive()


def test_stopping_ends_the_stubborn_too(
    child: Callable[[str], Child], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khuevan.cli.children.STOP_SECONDS", 0.3)
    children = [child(STUBBORN), child("import time; time.sleep(60)")]
    stop_all(children)
    assert not any(one.is_alive() for one in children)


def test_what_a_killed_child_had_started_goes_with_it(child: Callable[[str], Child]) -> None:
    one = child(WITH_GRANDCHILD)
    wait_for(lambda: one.log_file.read_text("ascii").strip())
    grandchild = int(one.log_file.read_text("ascii"))
    assert one.process is not None
    one.process.send_signal(signal.SIGKILL)
    one.process.wait()
    assert is_alive(grandchild)
    one.revive()
    wait_for(lambda: not is_alive(grandchild))


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's notice is Linux's")
def test_children_end_when_their_supervisor_is_killed(tmp_path: Path) -> None:
    supervisor = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(tmp_path / "one.log")], stdout=subprocess.PIPE
    )
    assert supervisor.stdout is not None
    pid = int(supervisor.stdout.readline())
    assert is_alive(pid)
    os.kill(supervisor.pid, signal.SIGKILL)
    supervisor.wait()
    supervisor.stdout.close()
    wait_for(lambda: not is_alive(pid))
