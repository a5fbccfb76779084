"""A job as a card: state, bar, time left, and the one thing to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khuevan.platform.jobs.kinds import kinds
from khuevan.platform.jobs.models import Job, JobState
from khuevan.ui.formats import number
from khuevan.ui.tables import Pill

PILLS: dict[str, Pill] = {
    JobState.QUEUED: Pill("neutral", "clock", gettext_lazy("Waiting")),
    JobState.RUNNING: Pill("info", "loader-circle", gettext_lazy("Running")),
    JobState.DONE: Pill("ok", "circle-check", gettext_lazy("Done")),
    JobState.PARTIAL: Pill("warn", "triangle-alert", gettext_lazy("Done in part")),
    JobState.FAILED: Pill("bad", "circle-alert", gettext_lazy("Failed")),
    JobState.CANCELLED: Pill("neutral", "ban", gettext_lazy("Stopped")),
}


LINKS = {
    JobState.DONE: gettext_lazy("See the result"),
    JobState.PARTIAL: gettext_lazy("See what is left"),
    JobState.FAILED: gettext_lazy("Go back to it"),
    JobState.CANCELLED: gettext_lazy("Go back to it"),
}


@dataclass(frozen=True, slots=True)
class JobCard:
    """What `ui/components/job.html` draws, and where it comes from."""

    title: str
    tone: str
    icon: str
    state: str
    done: int
    total: int | None
    text: str
    url: str
    link: str
    detail_url: str
    stop_url: str
    card_url: str
    is_finished: bool


def card_of(job: Job, *, now: datetime, may_stop: bool = True) -> JobCard:
    """Return the card of a job, for `jobs/card.html`, which renews itself until the job ends."""
    pill = PILLS[job.state]
    url, link = result_of(job)
    is_stoppable = may_stop and not job.is_finished and not job.cancel_requested
    return JobCard(
        title=job.title,
        tone=pill.tone,
        icon=pill.icon,
        state=str(_("Stopping") if _is_stopping(job) else pill.label),
        done=job.done,
        total=job.total if job.state == JobState.RUNNING else None,
        text=text_of(job, now=now),
        url=url,
        link=link,
        detail_url=reverse("jobs:detail", args=[job.uuid]),
        stop_url=reverse("jobs:stop", args=[job.uuid]) if is_stoppable else "",
        card_url=reverse("jobs:card", args=[job.uuid]),
        is_finished=job.is_finished,
    )


def text_of(job: Job, *, now: datetime) -> str:
    """Return one line on how far a job is, or how it ended."""
    if job.state == JobState.QUEUED:
        return _("Starts as soon as a worker is free")
    if job.state == JobState.RUNNING:
        return " · ".join(part for part in _running_parts(job, now) if part) or _("Just started")
    if job.state == JobState.FAILED:
        return failure_of(job)
    if job.state == JobState.CANCELLED:
        return _("What was done before stays") if _in_steps(job) else _("Nothing was saved")
    return job.message or took(job)


def failure_of(job: Job) -> str:
    """Return why a job failed: the sentence of a refusal, or the number of a fault of ours."""
    if job.error:
        return job.error
    said = _("The system failed at this step and nothing was saved. Fault number: %(number)s")
    if _in_steps(job):
        said = _("The system failed here; what was done before stays. Fault number: %(number)s")
    return said % {"number": str(job.incident)[:8]}


def result_of(job: Job) -> tuple[str, str]:
    """Return the address of what came out and the words that lead there."""
    if job.result_file is not None:
        return reverse("files:download", args=[job.result_file.uuid]), _("Download the result")
    if job.result_url and job.is_finished:
        return job.result_url, str(LINKS.get(JobState(job.state), LINKS[JobState.DONE]))
    return "", ""


def took(job: Job) -> str:
    """Return how long a job ran."""
    if job.started_at is None or job.ended_at is None:
        return ""
    return _("Took %(time)s") % {"time": roughly(job.ended_at - job.started_at)}


def roughly(span: timedelta) -> str:
    """Return a span of time as people say it."""
    seconds = max(1, round(span.total_seconds()))
    if seconds < 90:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    minutes = round(seconds / 60)
    if minutes < 90:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    hours = round(minutes / 60)
    return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}


def _running_parts(job: Job, now: datetime) -> list[str]:
    parts = [job.message]
    if job.total:
        of = {"done": number(job.done), "total": number(job.total)}
        parts.append(_("%(done)s of %(total)s") % of)
    elif job.done:
        parts.append(number(job.done))
    left = job.remaining(now)
    if left is not None:
        parts.append(_("about %(time)s left") % {"time": roughly(left)})
    return parts


def _in_steps(job: Job) -> bool:
    return job.kind in kinds and kinds.get(job.kind).in_steps


def _is_stopping(job: Job) -> bool:
    return job.cancel_requested and not job.is_finished
