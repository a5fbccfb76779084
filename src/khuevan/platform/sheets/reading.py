"""Opens an uploaded spreadsheet in a process of its own and returns plain rows, or says why not."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import khuevan
from khuevan.platform.sheets.refusals import (
    REASONS,
    DamagedFile,
    EmptyFile,
    FileTooLarge,
    TooMuch,
    TooSlow,
    UnreadableFile,
)

logger = logging.getLogger(__name__)

Cell = str | int | float | bool | date | datetime

MEBIBYTE = 1 << 20
WORKER = "khuevan.platform.sheets.worker"
FILES_A_PROCESS = 200
"""Files that one reading process serves before another takes over."""
PIPE_BYTES = 1 << 20
"""What it may say ahead: the list of a school of 2,000 pupils fits."""
AT_ONCE = threading.BoundedSemaphore(3)
"""How many files one web process reads side by side; the others wait for their turn."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost; numbers in bytes, seconds, rows, columns and cells."""

    file: int = 25 * MEBIBYTE
    unpacked: int = 256 * MEBIBYTE
    memory: int = 1024 * MEBIBYTE
    output: int = 128 * MEBIBYTE
    seconds: int = 60
    rows: int = 200_000
    columns: int = 256
    cells: int = 4_000_000

    def for_worker(self) -> str:
        """Write the limits for the reading process."""
        names = ("unpacked", "memory", "output", "seconds", "rows", "columns", "cells")
        return json.dumps({name: getattr(self, name) for name in names})


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something, under the number a person sees in the program."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Merge:
    """Merged cells: first and last row (as seen, from 1), first and last column (from 0)."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: only its filled rows, in order."""

    name: str
    rows: list[Row] = field(default_factory=list)
    is_hidden: bool = False
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """A whole file; a CSV file is a workbook of one sheet without a name."""

    kind: str
    sheets: list[Sheet]


def read_workbook(path: Path, limits: Limits = DEFAULT_LIMITS) -> Workbook:
    """Read a spreadsheet of any supported kind, whatever its name says.

    :raises UnreadableFile: a subclass for each way a file can be wrong, hostile or too big
    """
    with AT_ONCE, closing(Reader(limits)) as reader:
        reader.begin(path)
        return reader.finish()


class Reader:
    """A reading process and what it was asked for: one file after the other, one ahead at most.

    It is given up after a file that was refused or that broke it, and what it refused after
    other files is read once more by a fresh one: no file suffers from what another may have bent.
    """

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._asked: Path | None = None
        self._refusal: UnreadableFile | None = None
        self._files = 0

    def begin(self, path: Path) -> None:
        """Let the process read a file; the answer waits until it is asked for."""
        self._asked, self._refusal = path, _size_refusal(path, self._limits)
        if self._refusal is None:
            self._order("read", path)

    def finish(self) -> Workbook:
        """Return the file that was begun.

        :raises UnreadableFile: a subclass for each way a file can be wrong, hostile or too big
        """
        if self._refusal is not None:
            raise self._refusal
        is_first = self._files == 1
        try:
            workbook = _collect(self._said("read"))
        except UnreadableFile as refusal:
            self.close()
            if is_first or isinstance(refusal, TooSlow) or self._asked is None:
                raise
            self.begin(self._asked)
            return self.finish()
        except BaseException:
            self.close()
            raise
        if self._files >= FILES_A_PROCESS:
            self.close()
        return workbook

    def close(self) -> None:
        """End the process."""
        process, self._process, self._files = self._process, None, 0
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    def _order(self, order: str, path: Path) -> None:
        if self._process is None:
            self._process = _start(self._limits)
        self._files += 1
        line = json.dumps([order, os.fspath(path)]) + "\n"
        assert self._process.stdin is not None  # noqa: S101 - for the type checker
        with suppress(BrokenPipeError):  # it ended: why, is told when the answer is asked for
            self._process.stdin.write(line.encode())
            self._process.stdin.flush()

    def _said(self, order: str) -> Iterator[Any]:
        """Yield what the process says of the file, line by line, until it is done with it."""
        process = self._process
        assert process is not None  # noqa: S101 - for the type checker
        assert process.stdout is not None  # noqa: S101
        watch = threading.Timer(self._limits.seconds, process.kill)
        watch.start()
        try:
            for line in process.stdout:
                if not line.endswith(b"\n"):  # it was ended in the middle of a sentence
                    break
                message = json.loads(line)
                yield message
                if isinstance(message, dict) and "done" in message:
                    return
        finally:
            is_late = watch.finished.is_set()
            watch.cancel()
        self._explain_end(order, process.wait(), is_late=is_late)

    def _explain_end(self, order: str, status: int, *, is_late: bool) -> None:
        """Say why the reading process ended before it was done."""
        logger.warning("reading process ended early", extra={"status": status, "order": order})
        if is_late or status == -signal.SIGXCPU:
            raise TooSlow(limit=self._limits.seconds)
        if status == -signal.SIGKILL:  # not by us: the system had no memory left
            raise TooMuch
        if status == -signal.SIGABRT and order == "read":  # it asked for too much memory
            assert self._asked is not None  # noqa: S101 - for the type checker
            self.close()
            self._order("far", self._asked)
            _collect(self._said("far"))
        raise DamagedFile


def _size_refusal(path: Path, limits: Limits) -> UnreadableFile | None:
    size = path.stat().st_size
    if not size:
        return EmptyFile()
    if size > limits.file:
        return FileTooLarge(size=-(-size // MEBIBYTE), limit=limits.file // MEBIBYTE)
    return None


def _start(limits: Limits) -> subprocess.Popen[bytes]:
    """Start a Python without our environment: no secrets, and our package on its path."""
    package_home = str(Path(khuevan.__file__).resolve().parent.parent)
    return subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
        [sys.executable, "-P", "-m", WORKER, limits.for_worker()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": package_home, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        close_fds=True,
        pipesize=PIPE_BYTES,
    )


def _collect(messages: Iterator[Any]) -> Workbook:
    workbook = Workbook("", [])
    for message in messages:
        if isinstance(message, list):
            workbook.sheets[-1].rows.append(_row(message))
        elif "sheet" in message:
            workbook.sheets.append(_sheet(message))
        elif "kind" in message:
            workbook = Workbook(message["kind"], [])
        else:
            _raise_refusal(message)
    return workbook


def _raise_refusal(message: dict[str, Any]) -> None:
    if "refused" in message:
        raise REASONS[message["refused"]](**message["details"])


def _row(message: list[Any]) -> Row:
    number, cells = message
    return Row(number, [_cell(cell) if isinstance(cell, dict) else cell for cell in cells])


def _cell(tagged: dict[str, str]) -> Cell:
    if "d" in tagged:
        return date.fromisoformat(tagged["d"])
    return datetime.fromisoformat(tagged["t"])


def _sheet(message: dict[str, Any]) -> Sheet:
    merges = tuple(
        Merge(top + 1, left, low + 1, right) for top, left, low, right in message["merges"]
    )
    return Sheet(message["sheet"], [], message["hidden"], merges)
