"""The list of background work: its filters and columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.vietnamese import text_sort_key
from khuevan.platform.jobs.cards import PILLS, text_of
from khuevan.platform.jobs.kinds import kinds
from khuevan.platform.jobs.models import Job, JobState
from khuevan.ui.tables import Cell, Choice, ChoiceFilter, Column, Filter, Table


class JobTable(Table[Job]):
    """Pieces of background work, newest first."""

    name = "jobs"
    caption = _("Background work")
    default_sort = "-started"

    def __init__(self, rows: QuerySet[Job], query: QueryDict, *, now: datetime) -> None:
        self.now = now
        super().__init__(rows, query, path=reverse("jobs:list"))

    def build_columns(self) -> Sequence[Column[Job]]:
        """Return what it is, how it stands, what came out, whose and when."""
        return [
            Column("work", _("Work"), lambda job: job.title, width=40),
            Column(
                "state",
                _("State"),
                lambda job: job.get_state_display(),
                cell=lambda job: Cell(pill=PILLS[job.state]),
            ),
            Column("result", _("Result"), lambda job: text_of(job, now=self.now), width=40),
            Column("owner", _("Started by"), lambda job: job.owner_label),
            Column(
                "started",
                _("Started at"),
                lambda job: job.created_at,
                order=("pk",),
                align="r",
                css="nowrap",
            ),
        ]

    def build_filters(self) -> Sequence[Filter]:
        """Return state and kind of work."""
        named = sorted((Choice(one.code, str(one.label)) for one in kinds), key=_sort_key)
        states = [Choice(value, label) for value, label in JobState.choices]
        return [
            ChoiceFilter("state", _("State"), states, _of_states),
            ChoiceFilter("kind", _("Work"), named, _of_kinds),
        ]

    def url_of(self, row: Job) -> str:
        """Return the page of a piece of work."""
        return reverse("jobs:detail", args=[row.uuid])


def _sort_key(choice: Choice) -> str:
    return text_sort_key(str(choice.label))


def _of_states(rows: QuerySet[Job], values: Sequence[str]) -> QuerySet[Job]:
    return rows.filter(state__in=values)


def _of_kinds(rows: QuerySet[Job], values: Sequence[str]) -> QuerySet[Job]:
    return rows.filter(kind__in=values)
