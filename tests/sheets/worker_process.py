"""A worker in a hurry, as a process of its own: `python -m` this module."""

from __future__ import annotations

import importlib

import django


def main() -> None:
    """Work until told to stop."""
    django.setup()
    api = importlib.import_module("khuevan.platform.jobs.api")
    pace = api.WorkerPace(heartbeat=0.2, silent=1.0, poll=0.2, grace=0.3, reconnect=0.2)
    api.run_worker(concurrency=1, pace=pace)


if __name__ == "__main__":
    main()
