"""Pages of background work."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import SIGNED_IN
from khuevan.kernel.errors import NotFound
from khuevan.platform.jobs import actions, selectors
from khuevan.platform.jobs.cards import card_of, failure_of, took
from khuevan.platform.jobs.models import UNFINISHED, Job, JobState
from khuevan.platform.jobs.permissions import STOP_JOBS, VIEW_JOBS
from khuevan.platform.jobs.tables import JobTable
from khuevan.ui.formats import moment
from khuevan.ui.page import done, page, render_page
from khuevan.ui.request import Request

MOST_CARDS = 20


@page(SIGNED_IN, methods=("GET",))
def job_list(request: Request) -> HttpResponse:
    """Show one's own background work, or that of the units within reach."""
    may_see_unit = request.actor.may(VIEW_JOBS)
    of_unit = may_see_unit and request.GET.get("of") == "unit"
    chosen = selectors.unit_jobs if of_unit else selectors.own_jobs
    jobs = chosen(actor=request.actor)
    running = list(jobs.filter(state__in=UNFINISHED)[:MOST_CARDS])
    ended = jobs.exclude(pk__in=[job.pk for job in running])
    table = JobTable(ended, request.GET, now=clock.now())
    if table.in_force:  # whoever asks for some of the work finds it in one place
        running, table = [], JobTable(jobs, request.GET, now=clock.now())
    may_stop = not of_unit or request.actor.may(STOP_JOBS)
    context = {
        "cards": [card_of(job, now=clock.now(), may_stop=may_stop) for job in running],
        "tabs": _tabs(of_unit=of_unit) if may_see_unit else [],
        "table": table,
    }
    part = "more" if table.is_more else "list"
    return render_page(request, "jobs/list.html", context, partial=part)


@page(SIGNED_IN, methods=("GET",))
def detail(request: Request, uuid: UUID) -> HttpResponse:
    """Show one piece of work: how far it is, what came out, who started it."""
    job = selectors.get_job_for(request.actor, uuid)
    card = card_of(job, now=clock.now(), may_stop=_may_stop(request, job))
    return render_page(
        request, "jobs/detail.html", {"job": job, "card": card, "facts": _facts(job)}
    )


@page(SIGNED_IN, methods=("GET",))
def card(request: Request, uuid: UUID) -> HttpResponse:
    """Give the card alone, for the page that asks every other second until the work ends."""
    job = selectors.get_job_for(request.actor, uuid)
    drawn = card_of(job, now=clock.now(), may_stop=_may_stop(request, job))
    response = render_page(request, "jobs/card_page.html", {"card": drawn}, partial="card")
    if job.is_finished:
        said = f"{drawn.title}: {drawn.state}"
        response.headers["HX-Trigger"] = json.dumps({"say": said, "job-finished": str(job.uuid)})
    return response


@page(SIGNED_IN, methods=("POST",))
def stop(request: Request, uuid: UUID) -> HttpResponse:
    """Ask a piece of work to stop."""
    job = selectors.get_stoppable_job_for(request.actor, uuid)
    job = actions.stop_job(actor=request.actor, job=job, now=clock.now())
    stopped = job.state == JobState.CANCELLED
    messages.success(request, _("Stopped.") if stopped else _("It will stop in a moment."))
    return done(request, reverse("jobs:detail", args=[job.uuid]))


def _may_stop(request: Request, job: Job) -> bool:
    if job.is_finished:
        return False
    try:
        selectors.get_stoppable_job_for(request.actor, job.uuid)
    except NotFound:
        return False
    return True


def _tabs(*, of_unit: bool) -> list[dict[str, Any]]:
    mine = reverse("jobs:list")
    return [
        {"label": _("Mine"), "url": mine, "current": not of_unit},
        {"label": _("The unit's"), "url": f"{mine}?of=unit", "current": of_unit},
    ]


def _facts(job: Job) -> list[dict[str, Any]]:
    facts = [
        {"label": _("Started by"), "value": job.owner_label},
        {"label": _("Started at"), "value": moment(timezone.localtime(job.created_at))},
    ]
    if job.ended_at:
        facts.append({"label": _("Ended at"), "value": moment(timezone.localtime(job.ended_at))})
        facts.append({"label": _("Time"), "value": took(job)})
    if job.attempt > 1:
        facts.append({"label": _("Attempts"), "value": str(job.attempt)})
    if job.state == JobState.FAILED:
        facts.append({"label": _("Why"), "value": failure_of(job)})
    return facts
