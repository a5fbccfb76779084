"""Real workers on a real list: killed, cut off, stopped. All of it is written once, or nothing."""

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
from tests.cast import Cast, make_cast
from tests.factories import NOW, TODAY
from tests.sheets.loading import WHY, confirmed, fresh, loan, uploaded
from tests.waiting import wait_for

from khuevan.platform.jobs.api import Job, stop_job
from khuevan.platform.sheets.models import SheetImport
from khuevan.registry.students.imports.tests.lists import csv, some_pupils

pytestmark = pytest.mark.slow

ROWS = 2000
NEW_PUPILS = "SELECT count(*) FROM students_enrollment WHERE entry_kind = 'IMPORTED'"


@pytest.fixture
def world(committed_db: None, pinned_day: None) -> Cast:
    """Give the cast, seen by other processes."""
    return make_cast()


@contextmanager
def a_worker() -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker process while inside."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.sheets.worker_process"],
        env={**os.environ, "KHUEVAN_TODAY": TODAY.isoformat()},
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def ordered(cast: Cast) -> SheetImport:
    taken = cast.minh_anh.person.personal_number
    rows = some_pupils(ROWS + 1, ["6A", "6B"])
    free = [row for row in rows if row["Số định danh cá nhân"] != taken]
    return confirmed(cast, uploaded(cast, csv(free[:ROWS])))


def seen(question: str, *params: Any) -> Any:
    """Ask as any other process would, whatever transaction is open elsewhere."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as other:
        row = other.execute(question, params).fetchone()
    return row[0] if row else None


def job_of(sheet_import: SheetImport, column: str) -> Any:
    return seen(f"SELECT {column} FROM jobs_job WHERE uuid = %s", sheet_import.job_uuid)


def is_half_way(sheet_import: SheetImport) -> bool:
    return bool(job_of(sheet_import, "done") >= 200)


def is_done(sheet_import: SheetImport) -> bool:
    return bool(job_of(sheet_import, "state") == "DONE")


def test_a_killed_worker_leaves_nothing_and_the_next_one_writes_all_of_it_once(
    world: Cast,
) -> None:
    found = ordered(world)
    with a_worker() as first:
        wait_for(lambda: is_half_way(found))
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert seen(NEW_PUPILS) == 0
    assert fresh(found).state == "APPLYING"
    with a_worker():
        wait_for(lambda: is_done(found))
    assert seen(NEW_PUPILS) == ROWS
    assert (fresh(found).state, job_of(found, "attempt")) == ("DONE", 2)


def test_a_database_that_drops_everybody_loses_nothing(world: Cast) -> None:
    found = ordered(world)
    with a_worker() as worker:
        wait_for(lambda: is_half_way(found))
        drop_all_connections()
        assert seen(NEW_PUPILS) == 0
        wait_for(lambda: is_done(found))
        assert worker.poll() is None
    assert seen(NEW_PUPILS) == ROWS


def test_the_stop_button_leaves_the_records_as_they_were(world: Cast) -> None:
    found = ordered(world)
    with a_worker():
        wait_for(lambda: is_half_way(found))
        job = Job.objects.unscoped(because=WHY).get()
        stop_job(actor=loan(world), job=job, now=NOW)
        wait_for(lambda: job_of(found, "state") == "CANCELLED")
    assert seen(NEW_PUPILS) == 0
    opened = fresh(found)
    assert (opened.state, opened.problem) == ("CHECKED", "Đã dừng ghi. Hồ sơ giữ nguyên.")
    confirmed(world, opened)
    with a_worker():
        wait_for(lambda: is_done(fresh(found)))
    assert seen(NEW_PUPILS) == ROWS


def drop_all_connections() -> None:
    """Do what a restart of the database does to everybody connected."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    connection.close()
