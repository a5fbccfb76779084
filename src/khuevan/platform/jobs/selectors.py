"""Reading background work: one's own, and that of the units within reach."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, QuerySet

from khuevan.kernel.actor import SIGNED_IN, Actor, Permission
from khuevan.kernel.errors import NotFound
from khuevan.platform.jobs.models import UNFINISHED, Job
from khuevan.platform.jobs.permissions import STOP_JOBS, VIEW_JOBS


def own_jobs(*, actor: Actor) -> QuerySet[Job]:
    """Return the actor's own jobs, newest first."""
    return _newest_first(Job.objects.visible_to(actor, SIGNED_IN))


def unit_jobs(*, actor: Actor) -> QuerySet[Job]:
    """Return the jobs of the units within the actor's reach, newest first."""
    return _newest_first(Job.objects.visible_to(actor, VIEW_JOBS))


def get_job_for(actor: Actor, uuid: UUID) -> Job:
    """Return a job that is the actor's own or within their reach, or raise `NotFound`."""
    return _first_of(actor, uuid, VIEW_JOBS)


def get_stoppable_job_for(actor: Actor, uuid: UUID) -> Job:
    """Return a job that the actor may stop, or raise `NotFound`."""
    return _first_of(actor, uuid, STOP_JOBS)


def count_running(*, actor: Actor) -> int:
    """Return how many of the actor's own jobs have not ended."""
    return Job.objects.visible_to(actor, SIGNED_IN).filter(state__in=UNFINISHED).count()


def count_by_state() -> dict[str, float]:
    """Return the numbers of unfinished jobs by state, for monitoring."""
    rows = (
        Job.objects.unscoped(because="monitoring counts, it names nobody")
        .filter(state__in=UNFINISHED)
        .order_by("state")
        .values("state")
        .annotate(number=Count("pk"))
    )
    counts = {str(state): 0.0 for state in UNFINISHED}
    return counts | {row["state"]: float(row["number"]) for row in rows}


def _first_of(actor: Actor, uuid: UUID, permission: Permission) -> Job:
    for chosen in (SIGNED_IN, permission):
        job = (
            Job.objects.visible_to(actor, chosen)
            .filter(uuid=uuid)
            .select_related("owner", "result_file", "unit")
            .first()
        )
        if job is not None:
            return job
    raise NotFound


def _newest_first(jobs: QuerySet[Job]) -> QuerySet[Job]:
    return jobs.select_related("owner", "result_file").order_by("-id")
