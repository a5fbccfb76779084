"""Runs one job: finds its actor, opens its one transaction, and writes down how it ended.

The whole function is one transaction, and the job's own end is part of it: when the process dies at
any moment, either everything is there and the job is done, or nothing is and the job starts again.
A kind of work that goes `in_steps` commits each step by itself; run again, it does what is left.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from uuid import uuid4

from django.db import Error, connection, transaction
from django.utils import translation

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.platform.access.api import actor_for_person, narrowed, operator_actor
from khuevan.platform.audit import api as audit
from khuevan.platform.jobs.errors import (
    Cancelled,
    Interrupted,
    RoleGone,
    Superseded,
    TooManyAttempts,
)
from khuevan.platform.jobs.events import tell_finished
from khuevan.platform.jobs.kinds import kinds
from khuevan.platform.jobs.models import Job, JobState
from khuevan.platform.jobs.progress import (
    CLAIM,
    SECONDS_TO_YIELD,
    Line,
    OwnLine,
    SharedLine,
    keep_others_out,
)
from khuevan.platform.jobs.run import JobRun
from khuevan.ui.errors import (
    ChangedMeanwhile,
    ServerFull,
    is_crossed,
    is_database_lost,
    is_disk_full,
)

MOST_ATTEMPTS = 3

logger = logging.getLogger("khuevan.jobs")


def run_job(job_id: int, *, must_stop: Callable[[], bool] = lambda: False) -> None:
    """Run one queued job to its end and record it, whatever that is.

    :raises Interrupted: when it should go back to the queue
    """
    if connection.in_atomic_block:
        _run_on(SharedLine, job_id, must_stop)
        return
    _drop_dead_connections()
    try:
        _run_on(OwnLine, job_id, must_stop)
    except Exception as fault:
        if not is_database_lost(fault):
            raise
        connection.close()
        raise Interrupted(seconds=SECONDS_TO_YIELD) from fault


def _run_on(open_line: Callable[[], Line], job_id: int, must_stop: Callable[[], bool]) -> None:
    """Take the job and bring it to an end, whatever that is."""
    with open_line() as line:
        if not line.take(job_id):
            raise Interrupted(seconds=SECONDS_TO_YIELD)
        claimed = line.ask(CLAIM, {"id": job_id, "at": clock.now()})
        if claimed is None:
            return
        job = _fetch(job_id)
        attempt, is_cancelled = claimed
        with (
            translation.override(job.language),
            audit.batch(actor_label=job.owner_label, request_id=job.uuid),
        ):
            if is_cancelled:
                _end(job, attempt, state=JobState.CANCELLED)
            elif attempt > MOST_ATTEMPTS:
                _fail(job, attempt, TooManyAttempts(count=MOST_ATTEMPTS))
            else:
                _attempt(job, attempt, line, must_stop)


def _attempt(job: Job, attempt: int, line: Line, must_stop: Callable[[], bool]) -> None:
    """Run the function in its transaction and turn every way out of it into a state."""
    try:
        kind = kinds.get(job.kind)
        with nullcontext() if kind.in_steps else whole():
            if not kind.in_steps:
                keep_others_out(job.pk)
            run = JobRun(
                job_id=job.pk,
                uuid=job.uuid,
                attempt=attempt,
                actor=_actor_of(job),
                unit_id=job.unit_id,
                line=line,
                must_stop=must_stop,
            )
            kind.function(run, **job.params)
            _conclude(job, run)
    except Superseded:
        logger.warning("attempt superseded", extra=_about(job, attempt))
    except Interrupted:
        _requeue(job, attempt)
        raise
    except Cancelled:
        _end(job, attempt, state=JobState.CANCELLED)
    except DomainError as refusal:
        _fail(job, attempt, refusal)
    except Exception as fault:  # noqa: BLE001  (the runner is where bugs end)
        if is_database_lost(fault):
            raise
        _fault(job, attempt, fault)


@contextmanager
def whole() -> Iterator[None]:
    """Make everything inside one transaction, durable actions included.

    With autocommit off an action's own `atomic(durable=True)` is a savepoint of ours. Inside a
    transaction that is already open, as in tests, a savepoint does the same.
    """
    if connection.in_atomic_block:
        with _savepoint():
            yield
        return
    connection.set_autocommit(False)
    try:
        yield
        connection.commit()
    except BaseException:
        _roll_back()
        raise
    finally:
        _restore_autocommit()


@contextmanager
def _savepoint() -> Iterator[None]:
    mark = transaction.savepoint()
    try:
        yield
    except BaseException:
        transaction.savepoint_rollback(mark)
        raise


def _conclude(job: Job, run: JobRun) -> None:
    """Write the good end into the job's own transaction."""
    came_out = run.outcome
    total = run.total if run.total is not None else run.done
    _end(
        job,
        run.attempt,
        state=JobState.PARTIAL if came_out.is_partial else JobState.DONE,
        done=run.done,
        total=total or None,
        message=came_out.message,
        result_file_id=came_out.file.pk if came_out.file else None,
        result_url=came_out.url or job.result_url,
    )


def _end(job: Job, attempt: int, *, state: JobState, **values: Any) -> None:
    """Write how the job ended and tell the listeners, as one step.

    :raises Superseded: when another attempt has taken over
    """
    with transaction.atomic():
        mine = Job.objects.unscoped(because="the runner ends the job it runs").filter(
            pk=job.pk, attempt=attempt, state=JobState.RUNNING
        )
        if not mine.update(state=state, ended_at=clock.now(), **values):
            raise Superseded
        tell_finished(_fetch(job.pk))


def _fail(job: Job, attempt: int, refusal: DomainError) -> None:
    extra = _about(job, attempt) | {"code": refusal.code}
    logger.info("job refused", extra=extra)
    _end_if_mine(job, attempt, error=str(refusal)[:500])


def _fault(job: Job, attempt: int, fault: Exception) -> None:
    """Record a bug under a number that the owner can pass on."""
    if is_disk_full(fault):
        _fail(job, attempt, ServerFull())
        return
    if is_crossed(fault):
        logger.error("two deeds crossed", exc_info=fault, extra=_about(job, attempt))
        _fail(job, attempt, ChangedMeanwhile())
        return
    incident = uuid4()
    extra = _about(job, attempt) | {"incident": incident}
    logger.error("job failed", exc_info=fault, extra=extra)
    _end_if_mine(job, attempt, incident=incident)


def _end_if_mine(job: Job, attempt: int, **values: Any) -> None:
    try:
        _end(job, attempt, state=JobState.FAILED, **values)
    except Superseded:
        logger.warning("attempt superseded", extra=_about(job, attempt))


def _requeue(job: Job, attempt: int) -> None:
    """Put an interrupted job back as if this attempt had not been."""
    Job.objects.unscoped(because="the runner hands back the job it runs").filter(
        pk=job.pk, attempt=attempt, state=JobState.RUNNING
    ).update(state=JobState.QUEUED, attempt=attempt - 1, done=0, message="")


def _actor_of(job: Job) -> Actor:
    """Return the owner in the hat of then, with the grants of now; a token's program no wider.

    :raises RoleGone: when the owner no longer has that hat
    """
    now, today = clock.now(), clock.today()
    if job.owner is None:
        operator = operator_actor(on=today, login="")
        return dataclasses.replace(operator, label=job.owner_label)
    actor = actor_for_person(job.owner, on=today, now=now, hat_key=job.hat_key)
    if job.hat_key and (actor.hat is None or actor.hat.key != job.hat_key):
        raise RoleGone
    return actor if job.narrowed_to is None else narrowed(actor, job.narrowed_to)


def _fetch(job_id: int) -> Job:
    return (
        Job.objects.unscoped(because="the runner loads the job it runs")
        .select_related("owner")
        .get(pk=job_id)
    )


def _about(job: Job, attempt: int) -> dict[str, Any]:
    return {"job": job.pk, "kind": job.kind, "attempt": attempt}


def _drop_dead_connections() -> None:
    """Begin on a connection that lives: this thread's or the pool's may be from before a crash."""
    connection.close()
    pool = getattr(connection, "pool", None)
    if pool is not None:
        pool.open()  # it is closed until the first connection is asked for
        pool.check()


def _roll_back() -> None:
    try:
        connection.rollback()
    except Error:
        connection.close()


def _restore_autocommit() -> None:
    """Put the connection back as it was; a broken one is closed and opens afresh."""
    try:
        connection.set_autocommit(True)
    except Error:
        connection.close()
