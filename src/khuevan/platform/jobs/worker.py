"""The worker: takes jobs from the queue, outlives its database, picks up what dead workers dropped.

A worker says every few seconds that it lives. Jobs of one that has been silent too long go back to
the queue; a job whose attempt still holds its lock was only slow, and is left to it.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import psycopg
from asgiref.sync import sync_to_async
from django.db import connection, connections
from procrastinate import App, PsycopgConnector, exceptions
from procrastinate.contrib.django import app as queue_app
from procrastinate.contrib.django.utils import connector_params

from khuevan.kernel import clock
from khuevan.platform.access.api import operator_actor
from khuevan.platform.jobs import actions
from khuevan.platform.jobs.kinds import kinds
from khuevan.platform.jobs.queue import QUEUE
from khuevan.platform.jobs.reconcile import Reconciler

TICK = "khuevan.tick"

logger = logging.getLogger("khuevan.worker")


@dataclass(frozen=True, slots=True)
class WorkerPace:
    """How often a worker does what, in seconds."""

    heartbeat: float = 3.0
    silent: float = 15.0
    """A worker not heard of for so long is dead."""
    poll: float = 2.0
    grace: float = 10.0
    """How long running jobs may go on after the signal to stop, before they are interrupted."""
    reconnect: float = 1.0


@dataclass(slots=True)
class _Shift:
    """One worker process at work, over as many database connections as it takes."""

    concurrency: int
    pace: WorkerPace
    wait: bool
    on_database_lost: Callable[[], object]
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def work(self) -> None:
        """Work until told to stop, or until the queue is empty when not waiting."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stopping.set)
        while not self.stopping.is_set():
            if await self._one_connection() and not self.wait:
                return
            if not self.stopping.is_set():
                await self._pause()

    async def _one_connection(self) -> bool:
        """Work for as long as the database answers; tell whether it ended well."""
        app = _worker_app()
        try:
            async with app.open_async():
                await self._until_stopped(app)
        except (exceptions.ConnectorException, psycopg.OperationalError) as error:
            logger.warning("database lost", exc_info=error)
            return False
        finally:  # of the thread that defers periodic jobs: its connection is lost with the others
            await sync_to_async(connections.close_all)()
        return True

    async def _until_stopped(self, app: App) -> None:
        worker = asyncio.create_task(
            app.run_worker_async(
                concurrency=self.concurrency,
                wait=self.wait,
                install_signal_handlers=False,
                update_heartbeat_interval=self.pace.heartbeat,
                stalled_worker_timeout=self.pace.silent,
                fetch_job_polling_interval=self.pace.poll,
                shutdown_graceful_timeout=self.pace.grace,
            )
        )
        rescue = asyncio.create_task(_rescue_forever(app, self.pace))
        stop = asyncio.create_task(self.stopping.wait())
        try:
            await asyncio.wait({worker, stop}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (rescue, stop, worker):
                task.cancel()
            with suppress(asyncio.CancelledError):
                await rescue
            with suppress(asyncio.CancelledError):
                await worker

    async def _pause(self) -> None:
        """Wait for the database to come back, having told whoever can help."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.stopping.wait(), self.pace.reconnect)
        if not self.stopping.is_set():
            await asyncio.to_thread(self.on_database_lost)


def run_worker(
    *,
    concurrency: int = 2,
    wait: bool = True,
    pace: WorkerPace | None = None,
    on_database_lost: Callable[[], object] = lambda: None,
) -> None:
    """Run jobs until a SIGTERM or SIGINT, which lets running ones finish within the grace time.

    `wait=False` returns once the queue is empty. `on_database_lost` is called before each attempt
    to connect again: whoever owns an embedded server starts it there.
    """
    shift = _Shift(concurrency, pace or WorkerPace(), wait, on_database_lost)
    _schedule()
    asyncio.run(shift.work())


async def rescue_stalled(app: App, *, silent: float) -> int:
    """Put the jobs of silent workers back into the queue; return how many."""
    count = 0
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent):
        with suppress(exceptions.ConnectorException):  # another worker was quicker
            await app.job_manager.retry_job(job)
            logger.warning("stalled job queued again", extra={"job": job.task_kwargs.get("job_id")})
            count += 1
    return count


def is_worker_alive(*, within_seconds: int = 60) -> bool:
    """Return whether some worker was heard of lately, by the database's own clock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - make_interval(secs => %s))",
            [within_seconds],
        )
        return bool(cursor.fetchone()[0])


async def _rescue_forever(app: App, pace: WorkerPace) -> None:
    reconciler = Reconciler(patience=pace.silent)
    while True:
        with suppress(exceptions.ConnectorException, psycopg.Error):
            await rescue_stalled(app, silent=pace.silent)
            await reconciler.look(app)
        await asyncio.sleep(pace.heartbeat)


def _worker_app() -> App:
    """Return the queue with connections of its own.

    The global one stays on Django's connection, so that a job which starts jobs does so within its
    transaction.
    """
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=3, timeout=10)
    return queue_app.with_connector(connector)


def _schedule() -> None:
    """Register the kinds that the system starts by the clock, once a process."""
    if TICK in queue_app.tasks:
        return
    task = queue_app.task(name=TICK, queue=QUEUE)(_tick)
    for kind in kinds:
        if kind.cron:
            decorate = queue_app.periodic(
                cron=kind.cron, periodic_id=kind.code, task_kwargs={"kind": kind.code}
            )
            decorate(task)


def _tick(timestamp: int, *, kind: str) -> None:
    """Start a job of the system's own; the queue asks once for each time in the schedule."""
    if not kinds.get(kind).is_needed():
        return
    actor = operator_actor(on=clock.today(), login="schedule")
    actions.start_job(kind, actor=actor, now=clock.now(), one_at_a_time=kind)
