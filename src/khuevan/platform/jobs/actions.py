"""Starting and stopping background work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from khuevan.kernel.actor import Actor
from khuevan.platform.audit import api as audit
from khuevan.platform.jobs import queue
from khuevan.platform.jobs.audit_codes import STOPPED
from khuevan.platform.jobs.errors import JobFinished
from khuevan.platform.jobs.events import tell_finished
from khuevan.platform.jobs.kinds import kinds
from khuevan.platform.jobs.models import UNFINISHED, Job, JobState

KEPT_DAYS = 180


@transaction.atomic
def start_job(
    kind: str,
    *,
    actor: Actor,
    now: datetime,
    unit_id: int | None = None,
    params: Mapping[str, Any] | None = None,
    title_params: Mapping[str, Any] | None = None,
    one_at_a_time: str = "",
    url: str = "",
) -> Job:
    """Put work into the queue; a step inside the caller's transaction, with which it comes or goes.

    Jobs with the same `one_at_a_time` run one after the other. `url` is where the work belongs: a
    job that fails leads back there, one that is done where its own result lies. The job acts as
    the actor does now: the same person in the same hat, by the same token, as far as that still
    holds when it runs.
    """
    job = Job.objects.create(
        kind=kinds.get(kind).code,
        params=dict(params or {}),
        title_params=dict(title_params or {}),
        owner_id=actor.person_id,
        owner_label=actor.label,
        hat_key=_hat_key(actor),
        narrowed_to=getattr(actor, "narrowed_to", None),
        language=get_language() or "vi",
        unit_id=unit_id,
        result_url=url,
        created_at=now,
    )
    job.queue_id = queue.defer(job.pk, lock=one_at_a_time)
    job.save(update_fields=["queue_id"])
    return job


@transaction.atomic
def stop_job(*, actor: Actor, job: Job, now: datetime) -> Job:
    """Ask a job to stop: at once while it waits, at its next safe place while it runs.

    :raises JobFinished: when it has already ended
    """
    job = Job.objects.unscoped(because="the caller's door has given the actor this job").lock(
        job.pk
    )
    if job.is_finished:
        raise JobFinished
    if job.cancel_requested:
        return job
    job.cancel_requested = True
    fields = ["cancel_requested"]
    if job.state == JobState.QUEUED and job.queue_id is not None and queue.withdraw(job.queue_id):
        job.state, job.ended_at = JobState.CANCELLED, now
        fields += ["state", "ended_at"]
    job.save(update_fields=fields)
    if job.state == JobState.CANCELLED:
        tell_finished(job)
    audit.record(
        STOPPED, actor=actor, at=now, target=job, unit_id=job.unit_id, details={"kind": job.kind}
    )
    return job


@transaction.atomic
def forget_old_jobs(*, now: datetime) -> int:
    """Delete the history of jobs that ended long ago; return how many."""
    old = Job.objects.unscoped(because="old history goes, whoever it belongs to").filter(
        created_at__lt=now - timedelta(days=KEPT_DAYS)
    )
    return old.exclude(state__in=UNFINISHED).delete()[0]


def _hat_key(actor: Actor) -> str:
    hat = getattr(actor, "hat", None)
    return hat.key if hat else ""
