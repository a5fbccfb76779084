"""A long run on a terminal: how far it is, and an end between two files."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from django.utils.translation import gettext as _

from khuevan.platform.sheets.many import Run

EVERY_SECONDS = 0.5
EVERY_SECONDS_IN_A_LOG = 30


@contextmanager
def showing_progress() -> Iterator[Callable[[int, int], None]]:
    """Give what shows how many files are done: one line on a terminal, now and then in a log."""
    is_terminal = sys.stderr.isatty()
    every = EVERY_SECONDS if is_terminal else EVERY_SECONDS_IN_A_LOG
    began = shown_at = time.monotonic()

    def show(done: int, total: int) -> None:
        nonlocal shown_at
        now = time.monotonic()
        if total < 2 or (now - shown_at < every and (done < total or shown_at == began)):
            return
        shown_at = now
        left = round((now - began) * (total - done) / max(done, 1))
        words = _("%(done)d of %(total)d files, about %(left)d s left")
        text = words % {"done": done, "total": total, "left": left}
        sys.stderr.write(f"\r{text}\x1b[K" if is_terminal else f"{text}\n")
        sys.stderr.flush()

    try:
        yield show
    finally:
        if is_terminal and shown_at != began:
            sys.stderr.write("\r\x1b[K")


@contextmanager
def interrupting(run: Run) -> Iterator[None]:
    """Let the first interruption end a run of several files after the file at hand."""
    standing = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, frame: FrameType | None) -> None:
        if run.is_alone or run.is_stopped:
            signal.default_int_handler(number, frame)
        run.is_stopped = True

    try:
        for number in standing:
            signal.signal(number, stop)
    except ValueError:  # not the main thread: nobody interrupts it
        yield
        return
    try:
        yield
    finally:
        for number, handler in standing.items():
            signal.signal(number, handler)
