"""Another process that uses a data folder's server, and can be killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

USE_SERVER = """
import sys
from pathlib import Path
from khuevan.config.postgres import ensure_server
handle = ensure_server(Path(sys.argv[1]), fast=True)
print(handle.pid, int(handle.started_by_us), flush=True)
sys.stdin.readline()
print(int(handle.close()), flush=True)
"""


class OtherUser:
    """Another process that holds a data folder's server until told to leave."""

    def __init__(self, data_dir: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", USE_SERVER, str(data_dir)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def said(self) -> tuple[int, bool]:
        """Return the server's process id and whether this process started it."""
        assert self.process.stdout is not None
        pid, started = self.process.stdout.readline().split()
        return int(pid), started == "1"

    def leave(self) -> bool:
        """Leave the server; tell whether that stopped it."""
        out, _ = self.process.communicate("\n", timeout=60)
        return out.strip() == "1"

    def kill(self) -> None:
        """End the process as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
