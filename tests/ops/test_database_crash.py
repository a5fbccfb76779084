"""The database server is killed under a running job: the job, and the next one, still get done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from khuevan.config.postgres import ServerHandle, ensure_server
from khuevan.platform.jobs.tests import sample_jobs
from tests.migrated import migrated
from tests.waiting import wait_for

PACKAGE = sample_jobs.__package__
START = f"""
import sys, django
django.setup()
import {PACKAGE}.sample_jobs
from khuevan.kernel import clock
from khuevan.platform.access.api import operator_actor
from khuevan.platform.jobs.api import start_job
actor = operator_actor(on=clock.today(), login="tests")
params = {{"prefix": sys.argv[1], "count": 40, "pause": float(sys.argv[2])}}
print(start_job("tests.units", actor=actor, now=clock.now(), params=params).pk)
"""


class Site:
    """A data folder with a server of its own and programs that run on it."""

    def __init__(self, handle: ServerHandle, data_dir: Path) -> None:
        self.handle = handle
        self.environment = {
            **os.environ,
            "DATABASE_URL": handle.url,
            "KHUEVAN_DATA": str(data_dir),
            "DJANGO_SETTINGS_MODULE": "khuevan.config.settings",  # with the pool of connections
        }

    def run(self, *arguments: str) -> str:
        """Run a program to its end and return what it says."""
        command = [sys.executable, *arguments]
        return subprocess.check_output(command, env=self.environment, text=True)

    def start(self, prefix: str, *, pause: float = 0.0) -> int:
        """Start a job and return its number."""
        return int(self.run("-c", START, prefix, str(pause)))

    def seen(self, job: int) -> tuple[Any, ...]:
        """Return a job's state, progress and attempt."""
        row = self.ask("SELECT state, done, attempt FROM jobs_job WHERE id = %s", job)
        assert row is not None
        return row

    def units(self, prefix: str) -> int:
        """Return how many units a job has made."""
        row = self.ask(
            "SELECT count(*) FROM organizations_orgunit WHERE code LIKE %s", f"{prefix}%"
        )
        assert row is not None
        return int(row[0])

    def ask(self, query: str, *params: Any) -> tuple[Any, ...] | None:
        """Read one row."""
        with psycopg.connect(self.handle.url, autocommit=True) as connection:
            return connection.execute(query.encode(), params).fetchone()

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        """Run a worker while inside."""
        command = [sys.executable, "-m", f"{PACKAGE}.worker_process"]
        process = subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL)
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def kill_server(self) -> None:
        """End the server's first process as the kernel would for want of memory."""
        pid = self.handle.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)


@pytest.fixture
def site(data_dir: Path) -> Iterator[Site]:
    # Not a throwaway server: one may lose its last commits, a job's attempt too, when it is killed.
    with ensure_server(data_dir) as handle:
        site = Site(handle, data_dir)
        migrated(handle.url, lambda: site.run("-m", "django", "migrate", "-v0"))
        yield site


@pytest.mark.slow
def test_jobs_are_done_after_the_server_was_killed_under_one(site: Site) -> None:
    with site.worker() as worker:
        before = site.start("A")
        wait_for(lambda: site.seen(before)[0] == "DONE", 60)
        under = site.start("B", pause=0.1)
        wait_for(lambda: site.seen(under)[1] >= 3)
        site.kill_server()
        time.sleep(1)
        assert site.handle.ensure_running()
        after = site.start("C")
        wait_for(lambda: site.seen(under)[0] == "DONE" and site.seen(after)[0] == "DONE")
        assert worker.poll() is None
    assert (site.units("B"), site.units("C")) == (40, 40)
    assert site.seen(under)[2] == 2


@pytest.mark.slow
def test_running_jobs_that_the_queue_has_given_up_run_again(site: Site) -> None:
    jobs = {status: site.start(status) for status in ("failed", "succeeded", "doing")}
    with site.worker():
        wait_for(lambda: all(site.seen(job)[0] == "DONE" for job in jobs.values()), 60)
        with psycopg.connect(site.handle.url) as connection:
            connection.execute("DELETE FROM organizations_orgunit")
            connection.execute("UPDATE jobs_job SET state = 'RUNNING'")
            for status, job in jobs.items():
                connection.execute(
                    "UPDATE procrastinate_jobs SET status = %s FROM jobs_job"
                    " WHERE procrastinate_jobs.id = queue_id AND jobs_job.id = %s",
                    (status, job),
                )
        wait_for(lambda: all(site.seen(job)[0] == "DONE" for job in jobs.values()))
    assert [(site.units(status), site.seen(job)[2]) for status, job in jobs.items()] == [
        (40, 2)
    ] * 3
