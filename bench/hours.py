"""`python -m bench.hours`: the statement of overtime of a school of 45 and of 120 teachers.

Gives a school of a small province so many teachers with 17 lessons a week in a timetable that holds
since the year began, then reads the statement of the present month through its page in this
process. `--data` keeps the province in a folder, and takes the one that is there.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import django

from bench import server
from khuevan.config.postgres import ensure_server

MOST_QUERIES_MORE = 0


def main() -> int:
    """Print times and queries; exit 1 when the count of queries grows with the teachers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder for the province")
    given = parser.parse_args()
    if given.data:
        given.data.mkdir(mode=0o711, exist_ok=True)
        return _measured(given.data)
    with server.folder() as data:
        return _measured(data)


def _measured(data: Path) -> int:
    with ensure_server(data) as database:
        os.environ.update(
            DATABASE_URL=database.url,
            KHUEVAN_DATA=str(data),
            KHUEVAN_MODE="demo",
            DJANGO_SETTINGS_MODULE="khuevan.config.settings",
        )
        django.setup()
        inside: Any = import_module("bench.hours_pages")  # models need the set-up first
        counts = inside.read()
    return 0 if max(counts) - min(counts) <= MOST_QUERIES_MORE else 1


if __name__ == "__main__":
    sys.exit(main())
