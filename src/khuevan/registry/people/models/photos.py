"""The picture in somebody's record; one that was replaced is kept."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track
from khuevan.registry.people.models.anchors import through_roles


@track()
class Photo(ScopedModel):
    """A picture of somebody for a period; the content is a stored file that nobody opens alone."""

    ANCHORS: ClassVar[Anchors] = through_roles("person_id")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="photos")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=models.Q(replaced_at__isnull=True),
                name="photo_one_current",
            ),
        )

    def __str__(self) -> str:
        return f"photo of {self.person_id}"
