"""The list of background work: its filters and columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khuevan.platform.jobs.cards import PILLS, text_of
from khuevan.platform.jobs.kinds import kinds
from khuevan.platform.jobs.models import Job, JobState
from khuevan.ui.formats import moment
from khuevan.ui.listing import Cell, Column, Menu, Row, Table, chosen_from, menu

COLUMNS = (
    Column(_("Work")),
    Column(_("State")),
    Column(_("Result")),
    Column(_("Started by")),
    Column(_("Started at"), "r"),
)


def filtered(request: HttpRequest, jobs: QuerySet[Job]) -> QuerySet[Job]:
    """Keep the jobs that the address asks for."""
    if state := chosen_from(request, "state", JobState.values):
        jobs = jobs.filter(state=state)
    if kind := chosen_from(request, "kind", (code for code, _kind in kinds.items())):
        jobs = jobs.filter(kind=kind)
    return jobs


def filters(request: HttpRequest) -> list[Menu]:
    """Return the list's filters."""
    named = sorted(((kind.code, str(kind.label)) for kind in kinds), key=lambda pair: pair[1])
    return [
        menu(request, "state", _("State"), JobState.choices, everything=_("all")),
        menu(request, "kind", _("Work"), named, everything=_("all")),
    ]


def job_table(jobs: Sequence[Job], *, now: datetime) -> Table:
    """Return the list as a table."""
    return Table(_("Background work"), COLUMNS, [_row(job, now) for job in jobs])


def _row(job: Job, now: datetime) -> Row:
    return Row(
        label=job.title,
        url=reverse("jobs:detail", args=[job.uuid]),
        key=str(job.uuid),
        cells=(
            Cell(pill=PILLS[job.state]),
            Cell(text_of(job, now=now)),
            Cell(job.owner_label),
            Cell(moment(timezone.localtime(job.created_at)), css="r num nowrap"),
        ),
    )
