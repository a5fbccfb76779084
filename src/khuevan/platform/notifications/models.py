"""A line in a person's inbox."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.notifications.kinds import kinds


class Notification(ScopedModel):
    """Something that one person should know; nobody else reads it."""

    ANCHORS: ClassVar[Anchors] = {"person": "person_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="notifications"
    )
    kind = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    link = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("person", "-id"), name="notification_person"),
            models.Index(
                fields=("person",),
                name="notification_unread",
                condition=models.Q(read_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"

    @property
    def sentence(self) -> str:
        """Return what it says, in the reader's language."""
        return kinds.get(self.kind).sentence_for(self.params) if self.kind in kinds else ""

    @property
    def icon(self) -> str:
        """Return the icon of its kind."""
        return kinds.get(self.kind).icon if self.kind in kinds else "bell"
