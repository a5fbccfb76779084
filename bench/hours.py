"""`python -m bench.hours`: the statement of overtime of a school of 45 and of 120 teachers.

Gives a school of a small province so many teachers with 17 lessons a week in a timetable that holds
since the year began, then reads the statement of the present month through its page in this
process. `--data` keeps the province in a folder, and takes the one that is there.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from bench import server

MOST_QUERIES_MORE = 0


def main() -> int:
    """Print times and queries; exit 1 when the count of queries grows with the teachers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder for the province")
    given = parser.parse_args()
    with server.folder(given.data) as data, server.opened(data):
        inside: Any = import_module("bench.hours_pages")  # models need the set-up first
        counts = inside.read()
    return 0 if max(counts) - min(counts) <= MOST_QUERIES_MORE else 1


if __name__ == "__main__":
    sys.exit(main())
