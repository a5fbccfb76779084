"""Finds unfinished jobs that nobody works on and nobody is going to, and queues them again.

When the database dies under a worker, the queue may hold an entry as failed, or as taken by a
worker that lives but has long forgotten it. The job's advisory lock tells who really works on it.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import Any, LiteralString

from procrastinate import App, exceptions

from khuevan.platform.jobs.progress import LOCK_CLASS
from khuevan.platform.jobs.queue import TASK

RETRIED = ("doing", "failed")
"""States from which the queue takes an entry back; from any other the job gets a new entry."""

LEFT_BEHIND: LiteralString = """
SELECT job.id, job.attempt, job.queue_id, entry.status::text AS status, entry.lock
FROM jobs_job job
LEFT JOIN procrastinate_jobs entry ON entry.id = job.queue_id
WHERE job.state IN ('QUEUED', 'RUNNING')
  AND entry.status IS DISTINCT FROM 'todo'
  AND NOT EXISTS (
    SELECT 1 FROM pg_locks held
    WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 2
      AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND held.classid = %(lock_class)s AND held.objid = mod(job.id, 2147483648)
  )
ORDER BY job.id
"""
RETRY: LiteralString = "SELECT procrastinate_retry_job_v2(%(entry)s, now(), NULL, NULL, NULL)"
POINT: LiteralString = """
UPDATE jobs_job SET queue_id = %(new)s WHERE id = %(id)s AND queue_id IS NOT DISTINCT FROM %(old)s
"""

logger = logging.getLogger("khuevan.worker")

Situation = tuple[int, int, str | None]


@dataclass(slots=True)
class Reconciler:
    """Looks again and again; a job left behind in the same way for long enough is queued again.

    Between being taken and being locked, and between its end and its entry's, a job looks left
    behind for a moment; that is why one look is not enough.
    """

    patience: float
    since: dict[Situation, float] = field(default_factory=dict)

    async def look(self, app: App) -> int:
        """Queue again what has been left behind for too long; return how many."""
        rows = await app.connector.execute_query_all_async(LEFT_BEHIND, lock_class=LOCK_CLASS)
        now = time.monotonic()
        found = {(row["id"], row["attempt"], row["status"]): row for row in rows}
        self.since = {key: self.since.get(key, now) for key in found}
        due = [row for key, row in found.items() if now - self.since[key] >= self.patience]
        for row in due:
            await _queue_again(app, row)
            logger.warning("job left behind queued again", extra={"job": row["id"]})
        return len(due)


async def _queue_again(app: App, row: dict[str, Any]) -> None:
    if row["status"] in RETRIED:
        try:
            await app.connector.execute_query_async(RETRY, entry=row["queue_id"])
        except exceptions.ConnectorException:  # somebody was quicker, or the next look tells more
            logger.info("entry changed meanwhile", extra={"job": row["id"]})
        return
    entry = await app.configure_task(TASK, lock=row["lock"]).defer_async(job_id=row["id"])
    await app.connector.execute_query_async(POINT, new=entry, id=row["id"], old=row["queue_id"])
