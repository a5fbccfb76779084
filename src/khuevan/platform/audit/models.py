"""Audit tables. Plain numbers, not foreign keys: an entry outlives what it speaks of."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

import pgtrigger
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from khuevan.kernel.scoping import Anchors, ScopedModel

_APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class AuditEntry(ScopedModel):
    """One action: what happened, to what, by whom, in which request."""

    ANCHORS: ClassVar[Anchors] = {"school": "unit_id", "person": "person_id"}

    uuid = models.UUIDField(default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    at = models.DateTimeField()
    code = models.CharField(max_length=80)
    actor_person_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    actor_role = models.CharField(max_length=80, blank=True)
    request_id = models.UUIDField(null=True)
    target_kind = models.CharField(max_length=80, blank=True)
    target_id = models.BigIntegerField(null=True)
    target_label = models.CharField(max_length=200, blank=True)
    unit_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    details = models.JSONField(default=dict)

    is_hidden: bool = False
    """Whether it is about a record closed to its reader, set by `selectors.entries`."""
    is_actor_hidden: bool = False
    """Whether somebody whom its reader may not name wrote it, set by `selectors.entries`."""

    class Meta:
        triggers = (_APPEND_ONLY,)
        indexes = (
            models.Index(fields=("unit_id", "-id"), name="audit_entry_unit"),
            models.Index(fields=("person_id", "-id"), name="audit_entry_person"),
            models.Index(fields=("target_kind", "target_id"), name="audit_entry_target"),
            models.Index(fields=("request_id",), name="audit_entry_request"),
            BrinIndex(fields=("at",), name="audit_entry_at"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.target_kind}:{self.target_id}"


class RecordView(ScopedModel):
    """Somebody opened a person's record; that person's guardian can read this."""

    ANCHORS: ClassVar[Anchors] = {"person": "person_id", "school": "unit_id"}

    at = models.DateTimeField()
    person_id = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True)
    viewer_person_id = models.BigIntegerField(null=True)
    viewer_label = models.CharField(max_length=200)
    viewer_role = models.CharField(max_length=80, blank=True)
    what = models.CharField(max_length=80)
    purpose = models.CharField(max_length=200, blank=True)
    request_id = models.UUIDField(null=True)

    class Meta:
        triggers = (_APPEND_ONLY,)
        indexes = (models.Index(fields=("person_id", "-id"), name="audit_view_person"),)

    def __str__(self) -> str:
        return f"{self.what} of person {self.person_id}"
