"""What is known of a stored file; its content lies in the default storage under `path`."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from khuevan.kernel.scoping import Anchors, ScopedModel


class StoredFile(ScopedModel):
    """An uploaded or generated file, never changed: a new content is a new file.

    Its kind decides who may open it. `person` is whom it is about, or its owner where the kind is
    private; `unit` is the unit whose business it is.
    """

    ANCHORS: ClassVar[Anchors] = {"school": "unit_id", "person": "person_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    name = models.CharField(max_length=180)
    path = models.CharField(max_length=200, unique=True)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=100)
    owner = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    unit = models.ForeignKey(
        "organizations.OrgUnit", on_delete=models.PROTECT, null=True, related_name="+"
    )
    person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    """When the content was destroyed by a decision; the row stays, for the list of what was."""

    class Meta:
        indexes = (
            models.Index(
                fields=("expires_at",),
                name="file_expires",
                condition=models.Q(expires_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"

    @property
    def audit_label(self) -> str:
        """The name people know it by, for the log."""
        return self.name
