"""The job's line to the outside while its transaction is open: a connection of its own.

What is written here is seen at once and survives a rollback. Every statement names the attempt, so
that an attempt which was given up for dead can't speak for the one that replaced it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Any, LiteralString, Protocol, Self

import psycopg
from django.db import connection
from procrastinate.contrib.django.utils import connector_params
from psycopg.rows import TupleRow

from khuevan.platform.jobs.errors import Interrupted

CLAIM: LiteralString = """
UPDATE jobs_job SET state = 'RUNNING', attempt = attempt + 1, done = 0, total = NULL,
       message = '', started_at = %(at)s, beat_at = %(at)s
WHERE id = %(id)s AND state IN ('QUEUED', 'RUNNING')
RETURNING attempt, cancel_requested
"""
TELL: LiteralString = """
UPDATE jobs_job SET done = %(done)s, total = %(total)s, message = %(message)s, beat_at = %(at)s
WHERE id = %(id)s AND attempt = %(attempt)s AND state = 'RUNNING'
RETURNING cancel_requested
"""
ASK: LiteralString = """
SELECT cancel_requested FROM jobs_job
WHERE id = %(id)s AND attempt = %(attempt)s AND state = 'RUNNING'
"""


TAKE: LiteralString = "SELECT pg_try_advisory_lock(%(lock)s, %(id)s)"
LOCK_CLASS = 7_204_120


TRANSACTION_LOCK = 7_204_121
SECONDS_TO_YIELD = 5


def keep_others_out(job_id: int) -> None:
    """Wait elsewhere while the database still finishes the statement of an attempt that died.

    :raises Interrupted: while it does
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(%s, %s)", [TRANSACTION_LOCK, job_id % 2**31]
        )
        if not cursor.fetchone()[0]:
            raise Interrupted(seconds=SECONDS_TO_YIELD)


class Line(Protocol):
    """Runs one statement outside the job's transaction and returns its first row."""

    def take(self, job_id: int) -> bool:
        """Return whether no living attempt has this job; then it is ours while the line is open."""

    def ask(self, sql: LiteralString, params: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Run a statement."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class OwnLine:
    """A second connection in autocommit: what a worker uses."""

    def __init__(self) -> None:
        self.connection: psycopg.Connection[TupleRow] = psycopg.connect(
            **connector_params(), autocommit=True
        )

    def take(self, job_id: int) -> bool:
        """Take the job's lock, which the database drops with this connection, however it ends."""
        row = self.ask(TAKE, {"lock": LOCK_CLASS, "id": job_id % 2**31})
        return bool(row and row[0])

    def ask(self, sql: LiteralString, params: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Run a statement and commit it."""
        return self.connection.execute(sql, params).fetchone()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.connection.close()


class SharedLine:
    """Django's own connection: for a job run inside somebody's open transaction, as in tests."""

    def take(self, job_id: int) -> bool:
        """Return True: whoever runs a job in their own transaction is alone with it."""
        return True

    def ask(self, sql: LiteralString, params: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Run a statement within whatever is open."""
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            row: tuple[Any, ...] | None = cursor.fetchone()
            return row

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None
