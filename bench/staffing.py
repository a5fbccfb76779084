"""`python -m bench.staffing`: teachers needed and present of 1,500 schools, page by page.

Loads the schools, classes and staff of a province without its pupils, plans what the classes learn,
counts, and asks for the officer's pages in this process, queries and templates included. `--data`
keeps the province in a folder, and takes the one that is there.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from bench import server

ALLOWED_MS = 500


def main() -> int:
    """Print the times; exit 1 when a page takes longer than allowed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder for the province")
    parser.add_argument("--schools", type=int, default=1500)
    given = parser.parse_args()
    with server.folder(given.data) as data, server.opened(data):
        inside: Any = import_module("bench.staffing_pages")  # models need the set-up first
        inside.load_province(given.schools)
        slowest = inside.ask_pages()
    return 0 if slowest <= ALLOWED_MS else 1


if __name__ == "__main__":
    sys.exit(main())
