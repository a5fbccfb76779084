"""Processes that do not outlive the one that started them."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

SET_PARENT_DEATH_SIGNAL = 1
"""From Linux' prctl.h."""


def follow_parent(parent: int, how: signal.Signals) -> None:
    """Ask the kernel to send this process a signal when its parent is gone; at once when it is."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(SET_PARENT_DEATH_SIGNAL, how.value, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), how)
