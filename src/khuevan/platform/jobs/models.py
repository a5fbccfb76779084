"""A piece of background work as people see it; the queue's own tables are procrastinate's."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.jobs.kinds import kinds

FORGET_SHARE = 0.02
"""Below this share of the work, how long the rest takes can't be told."""


class JobState(models.TextChoices):
    """Where a job is. PARTIAL is done with some of it refused."""

    QUEUED = "QUEUED", _("Waiting")
    RUNNING = "RUNNING", _("Running")
    DONE = "DONE", _("Done")
    PARTIAL = "PARTIAL", _("Done in part")
    FAILED = "FAILED", _("Failed")
    CANCELLED = "CANCELLED", _("Stopped")


UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


class Job(ScopedModel):
    """One piece of background work of one person, seen by its owner and by the unit's office."""

    ANCHORS: ClassVar[Anchors] = {"school": "unit_id", "person": "owner_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    title_params = models.JSONField(default=dict)
    params = models.JSONField(default=dict)
    owner = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    owner_label = models.CharField(max_length=200)
    hat_key = models.CharField(max_length=60, blank=True)
    narrowed_to = models.JSONField(null=True)
    """The permissions of the token by which it was ordered: it may no more than they let."""
    language = models.CharField(max_length=5, default="vi")
    unit = models.ForeignKey(
        "organizations.OrgUnit", on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    message = models.CharField(max_length=300, blank=True)
    error = models.CharField(max_length=500, blank=True)
    incident = models.UUIDField(null=True)
    result_file = models.ForeignKey(
        "files.StoredFile", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    result_url = models.CharField(max_length=300, blank=True)
    queue_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("owner", "-id"), name="job_owner"),
            models.Index(fields=("unit", "-id"), name="job_unit"),
            models.Index(
                fields=("state",),
                name="job_unfinished",
                condition=models.Q(state__in=("QUEUED", "RUNNING")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"

    @property
    def audit_label(self) -> str:
        """What it does, for the log."""
        return self.title

    @property
    def title(self) -> str:
        """Return the kind's title with this job's names in it, in the reader's language."""
        return kinds.get(self.kind).title_for(self.title_params) if self.kind in kinds else ""

    @property
    def is_finished(self) -> bool:
        """Return whether nothing more will happen to it."""
        return self.state not in UNFINISHED

    @property
    def percent(self) -> int | None:
        """Return how much is done, rounded down; None while the total is unknown."""
        if not self.total:
            return None
        return min(100, self.done * 100 // self.total)

    def remaining(self, now: datetime) -> timedelta | None:
        """Return about how long it will still run; None while that can't be told."""
        if self.state != JobState.RUNNING or not self.total or self.started_at is None:
            return None
        share = self.done / self.total
        if share < FORGET_SHARE:
            return None
        return (now - self.started_at) * (1 - share) / share
