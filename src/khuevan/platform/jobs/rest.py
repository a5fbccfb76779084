"""Background work for programs: the same lists and doors as the pages."""

from datetime import datetime
from typing import Self
from uuid import UUID

from django.urls import reverse
from ninja import Schema

from khuevan.kernel.actor import SIGNED_IN
from khuevan.platform.jobs import selectors
from khuevan.platform.jobs.models import Job
from khuevan.ui.request import Request
from khuevan.ui.rest import Router

PAGE_SIZE = 50

router = Router(tags=["jobs"])


class JobOut(Schema):
    """A piece of background work."""

    uuid: UUID
    kind: str
    title: str
    state: str
    done: int
    total: int | None
    message: str
    error: str
    incident: UUID | None
    result_url: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    @classmethod
    def of(cls, job: Job) -> Self:
        """Return the document of a job."""
        file = job.result_file
        return cls(
            uuid=job.uuid,
            kind=job.kind,
            title=job.title,
            state=job.state,
            done=job.done,
            total=job.total,
            message=job.message,
            error=job.error,
            incident=job.incident,
            result_url=reverse("files:download", args=[file.uuid]) if file else job.result_url,
            created_at=job.created_at,
            started_at=job.started_at,
            ended_at=job.ended_at,
        )


class JobPage(Schema):
    """A page of jobs, newest first; `next` is given as `after` to get the following one."""

    items: list[JobOut]
    next: UUID | None


@router.get("/jobs", permission=SIGNED_IN, response=JobPage)
def list_jobs(request: Request, after: UUID | None = None) -> JobPage:
    """Return one's own background work, newest first."""
    actor = request.actor
    jobs = selectors.own_jobs(actor=actor)
    if after is not None:
        jobs = jobs.filter(pk__lt=selectors.get_job_for(actor, after).pk)
    found = list(jobs[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    return JobPage(
        items=[JobOut.of(job) for job in shown],
        next=shown[-1].uuid if len(found) > PAGE_SIZE else None,
    )


@router.get("/jobs/{uuid}", permission=SIGNED_IN, response=JobOut)
def show_job(request: Request, uuid: UUID) -> JobOut:
    """Return one piece of background work."""
    actor = request.actor
    return JobOut.of(selectors.get_job_for(actor, uuid))
