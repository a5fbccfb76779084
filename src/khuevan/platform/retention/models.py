"""What was destroyed, by which decision; written once, never changed."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

import pgtrigger
from django.db import models

from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track


@track()
class Destruction(ScopedModel):
    """Files of one kind and one unit, destroyed by one decision."""

    ANCHORS: ClassVar[Anchors] = {"school": "unit_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    unit = models.ForeignKey("organizations.OrgUnit", on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField()
    decision_number = models.CharField(max_length=60)
    decided_on = models.DateField()
    signer = models.CharField(max_length=160)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="destruction_has_a_decision",
                condition=~models.Q(decision_number="") & ~models.Q(signer=""),
            ),
            models.CheckConstraint(
                name="destruction_of_something", condition=models.Q(count__gt=0)
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="destruction_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.decision_number}"


class DestroyedFile(ScopedModel):
    """One file of such a list: whose it was, and until when it was kept; its hash is the file's."""

    ANCHORS: ClassVar[Anchors] = {"school": "destruction__unit_id"}

    destruction = models.ForeignKey(Destruction, on_delete=models.PROTECT, related_name="files")
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    whose = models.CharField(max_length=200)
    since = models.DateField()
    kept_until = models.DateField()

    class Meta:
        triggers = (
            pgtrigger.Protect(
                name="destroyed_file_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"{self.destruction_id} {self.file_id}"
