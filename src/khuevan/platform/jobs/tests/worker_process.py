"""A worker with the tests' jobs, as a process of its own: `python -m` this module."""

from __future__ import annotations

import importlib

import django


def main() -> None:
    """Register the sample jobs and work until told to stop."""
    django.setup()
    importlib.import_module("khuevan.platform.jobs.tests.sample_jobs")
    api = importlib.import_module("khuevan.platform.jobs.api")
    pace = api.WorkerPace(heartbeat=0.2, silent=1.0, poll=0.2, grace=0.3, reconnect=0.2)
    api.run_worker(concurrency=2, pace=pace)


if __name__ == "__main__":
    main()
