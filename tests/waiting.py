"""What tests of processes share: a free port, and patience."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(is_so: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something is so, and fail when it takes too long."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "nothing happened in time"
        time.sleep(0.03)
