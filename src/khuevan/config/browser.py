"""Where a Chromium stands on this machine, for the tests in a browser."""

from __future__ import annotations

import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> Path | None:
    """Return the first browser on the path that really is one."""
    found = (shutil.which(name) for name in NAMES)
    return next((Path(path) for path in found if path and not _is_snap(Path(path))), None)


def _is_snap(program: Path) -> bool:
    """Tell Ubuntu's snap (a link or a small script that starts it) from a real browser."""
    resolved = program.resolve()
    if "snap" in resolved.parts or resolved.name == "snap":
        return True
    try:
        head = resolved.read_bytes()[:4096] if resolved.stat().st_size < 65536 else b""
    except OSError:
        return False
    return b"/snap/bin/" in head
