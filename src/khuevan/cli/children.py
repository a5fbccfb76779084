"""Child processes that never outlive the command that started them, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from khuevan.config.words import gettext as _
from khuevan.kernel.processes import follow_parent

PARENT = "KHUEVAN_PARENT"
LONGEST_LOG = 10 * 2**20
STOP_SECONDS = 15
TRIES = 5
"""A child that dies so often within `TRIES_WINDOW` seconds is not started again."""
TRIES_WINDOW = 60


class GaveUp(Exception):
    """A child died again and again."""


def follow_named_parent() -> None:
    """Follow the supervisor that started this process, where one did."""
    parent = os.environ.pop(PARENT, "")
    if parent.isdecimal():
        follow_parent(int(parent), signal.SIGTERM)


@dataclass(slots=True)
class Child:
    """One process kept alive, with its log."""

    name: str
    command: list[str]
    log_file: Path
    process: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start the process in its own session, so that Ctrl-C reaches its supervisor alone."""
        self._make_room()
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603  (our own program)
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, PARENT: str(os.getpid()), "PYTHONUNBUFFERED": "1"},
                start_new_session=True,
            )
        self.starts.append(time.monotonic())

    def is_alive(self) -> bool:
        """Tell whether the process runs."""
        return self.process is not None and self.process.poll() is None

    def revive(self) -> bool:
        """Start the process again when it died; tell whether it had.

        :raises GaveUp: when it dies again and again
        """
        if self.is_alive():
            return False
        self.kill_group()
        now = time.monotonic()
        self.starts = [start for start in self.starts if now - start < TRIES_WINDOW]
        if len(self.starts) >= TRIES:
            raise GaveUp(
                _(
                    "The %(name)s process ended %(times)s times within %(seconds)s seconds;"
                    " its log is %(log)s and ends with: %(line)s"
                )
                % {
                    "name": self.name,
                    "times": TRIES,
                    "seconds": TRIES_WINDOW,
                    "log": self.log_file,
                    "line": self.last_line(),
                }
            )
        self.start()
        return True

    def terminate(self) -> None:
        """Ask the process to stop."""
        if self.process is not None and self.is_alive():
            self.process.terminate()

    def wait(self, until: float) -> None:
        """Wait for the process to stop and end it, with all it started, when it does not."""
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.1, until - time.monotonic()))
        self.kill_group()
        self.process.wait()

    def kill_group(self) -> None:
        """End whatever is left of the process and of what it started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def last_line(self) -> str:
        """Return the last line of the log."""
        try:
            lines = self.log_file.read_text("utf-8", "replace").splitlines()
        except OSError:
            return _("no message")
        return next((line.strip() for line in reversed(lines) if line.strip()), _("no message"))

    def _make_room(self) -> None:
        self.log_file.parent.mkdir(mode=0o700, exist_ok=True)
        if self.log_file.exists() and self.log_file.stat().st_size > LONGEST_LOG:
            self.log_file.replace(self.log_file.with_suffix(".old.log"))


def stop_all(children: list[Child]) -> None:
    """Stop children together and wait until none of their processes is left."""
    for child in children:
        child.terminate()
    until = time.monotonic() + STOP_SECONDS
    for child in children:
        child.wait(until)
