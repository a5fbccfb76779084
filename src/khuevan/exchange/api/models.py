"""Access tokens of programs, and answers kept so that a repeated request is answered once."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track


@track(exclude=("secret_hash", "last_used_at"))
class ApiToken(ScopedModel):
    """A program may act as a person in one hat, with some of its permissions, until a day.

    The token itself is shown once and never stored.
    """

    ANCHORS: ClassVar[Anchors] = {"person": "person_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    beginning = models.CharField(max_length=12)
    """The first characters, by which its owner tells tokens apart."""
    secret_hash = models.CharField(max_length=64, unique=True)
    hat_key = models.CharField(max_length=60)
    hat_label = models.CharField(max_length=120)
    permissions = ArrayField(models.CharField(max_length=80))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="api_token_forward", condition=Q(expires_at__gt=F("created_at"))
            ),
        )
        indexes = (models.Index(fields=("person", "-id"), name="api_token_person"),)

    def __str__(self) -> str:
        return self.name


class KeptAnswer(ScopedModel):
    """The answer to a writing request that named itself with a key; without a status it is open."""

    ANCHORS: ClassVar[Anchors] = {"person": "person_id"}

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=500)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    content_type = models.CharField(max_length=120, blank=True)
    body = models.BinaryField(default=bytes)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "key"), name="kept_answer_key_once"),
        )
        indexes = (models.Index(fields=("expires_at",), name="kept_answer_expiry"),)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"
