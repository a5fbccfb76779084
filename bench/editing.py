"""`python -m bench.editing`: a week of 45 classes under the hand, through the pages.

Gives a school of a small province 45 classes with 1,305 lessons, then picks lessons up, puts them
down, lets them change places and takes steps back in this process: queries, check and templates
included. `--data` keeps the province in a folder, and takes the one that is there.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from bench import server

MOVE_MS, PAGE_KB = 100, 400


def main() -> int:
    """Print the times; exit 1 when a move takes longer or a page is bigger than allowed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder for the province")
    given = parser.parse_args()
    with server.folder(given.data) as data, server.opened(data):
        inside: Any = import_module("bench.editing_pages")  # models need the set-up first
        moved, biggest = inside.edit(inside.load_school())
    return 0 if moved <= MOVE_MS and biggest <= PAGE_KB else 1


if __name__ == "__main__":
    sys.exit(main())
