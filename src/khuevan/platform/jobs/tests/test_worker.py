"""Real worker processes: killed, stopped, cut off from the database; nothing is half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection
from tests.waiting import wait_for

from khuevan.kernel import clock
from khuevan.platform.files.tests.factories import make_actor, make_person
from khuevan.platform.jobs import runner
from khuevan.platform.jobs.api import Job, JobState, is_worker_alive, start_job, stop_job
from khuevan.platform.jobs.errors import Interrupted
from khuevan.platform.jobs.tests import sample_jobs
from khuevan.platform.organizations.api import OrgUnit

pytestmark = pytest.mark.usefixtures("committed_db")

SECONDS = 60
SLOW = {"count": 20, "pause": 0.06}


@contextmanager
def a_worker() -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker process while inside."""
    command = [sys.executable, "-m", f"{sample_jobs.__package__}.worker_process"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def started(**params: Any) -> Job:
    actor = make_actor(make_person())
    return start_job("tests.units", actor=actor, now=clock.now(), params=params)


def seen(job: Job) -> tuple[Any, ...]:
    """Read a job as any other process sees it, whatever transaction is open elsewhere."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as other:
        row = other.execute(
            "SELECT state, done, total, attempt FROM jobs_job WHERE id = %s", [job.pk]
        ).fetchone()
    assert row is not None
    return row


def units(prefix: str) -> int:
    return OrgUnit.objects.filter(code__startswith=prefix).count()


def test_progress_is_seen_while_the_work_itself_is_not_yet() -> None:
    job = started(prefix="P", **SLOW)
    with a_worker():
        wait_for(lambda: seen(job)[1] >= 3)
        assert seen(job)[0] == JobState.RUNNING
        assert units("P") == 0
        assert is_worker_alive()
        wait_for(lambda: seen(job)[0] == JobState.DONE)
    assert units("P") == SLOW["count"]


def test_a_killed_worker_leaves_nothing_and_the_next_one_does_it_all() -> None:
    job = started(prefix="K", **SLOW)
    with a_worker() as first:
        wait_for(lambda: seen(job)[1] >= 3)
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert units("K") == 0
    with a_worker():
        wait_for(lambda: seen(job)[0] == JobState.DONE)
    assert (units("K"), seen(job)[3]) == (SLOW["count"], 2)


def test_a_running_job_stops_when_asked_and_leaves_nothing() -> None:
    job = started(prefix="C", **SLOW)
    with a_worker():
        wait_for(lambda: seen(job)[1] >= 3)
        stop_job(actor=make_actor(make_person()), job=job, now=clock.now())
        wait_for(lambda: seen(job)[0] == JobState.CANCELLED)
    assert units("C") == 0


@pytest.mark.slow
def test_a_worker_told_to_end_hands_its_job_back() -> None:
    job = started(prefix="S", **SLOW)
    with a_worker() as first:
        wait_for(lambda: seen(job)[1] >= 3)
        first.send_signal(signal.SIGTERM)
        assert first.wait(SECONDS) == 0
    assert seen(job)[0] == JobState.QUEUED
    assert (units("S"), seen(job)[3]) == (0, 0)
    with a_worker():
        wait_for(lambda: seen(job)[0] == JobState.DONE)
    assert units("S") == SLOW["count"]


@pytest.mark.slow
def test_a_worker_goes_on_after_the_database_dropped_all_its_connections() -> None:
    job = started(prefix="R", **SLOW)
    with a_worker() as worker:
        wait_for(lambda: seen(job)[1] >= 3)
        cut_all_connections()
        wait_for(lambda: seen(job)[0] == JobState.DONE)
        assert worker.poll() is None
        later = started(prefix="T", count=1)
        wait_for(lambda: seen(later)[0] == JobState.DONE)
    assert (units("R"), units("T")) == (SLOW["count"], 1)


@pytest.mark.parametrize("where", ["OwnLine", "_fetch"])
def test_a_database_lost_at_any_point_sends_the_job_back(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = started(prefix="L")

    def gone(*_args: Any) -> None:
        raise psycopg.errors.AdminShutdown("terminating connection")

    monkeypatch.setattr(runner, where, gone)
    with pytest.raises(Interrupted):
        runner.run_job(job.pk)
    monkeypatch.undo()
    wait_for(lambda: taken_up(job))
    assert seen(job)[0] == JobState.DONE


def taken_up(job: Job) -> bool:
    """Run a job, unless the database has not yet noticed that the lost connection is gone."""
    try:
        runner.run_job(job.pk)
    except Interrupted:
        return False
    return True


def test_a_job_starts_on_a_connection_that_lives() -> None:
    job = started(prefix="V")
    cut_all_connections(close=False)
    runner.run_job(job.pk)
    assert seen(job)[0] == JobState.DONE


@pytest.mark.slow
def test_two_jobs_of_one_kind_run_one_after_the_other_when_asked() -> None:
    actor = make_actor(make_person())
    jobs = [
        start_job(
            "tests.units",
            actor=actor,
            now=clock.now(),
            params={"prefix": f"O{number}", "count": 5, "pause": 0.05},
            one_at_a_time="tests",
        )
        for number in range(2)
    ]
    with a_worker():
        wait_for(lambda: all(seen(job)[0] == JobState.DONE for job in jobs))
    rows = (
        Job.objects.unscoped(because="tests").order_by("pk").values_list("started_at", "ended_at")
    )
    (_first, first_end), (second_start, _second) = rows
    assert first_end is not None
    assert second_start is not None
    assert second_start > first_end


def cut_all_connections(*, close: bool = True) -> None:
    """Do what a restart of the database does to everybody connected."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    if close:
        connection.close()
