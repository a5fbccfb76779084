"""Pairs of records that seem to be of one person, and what was made one."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.registry.people.api import through_roles


class PairState(models.TextChoices):
    """What became of a pair."""

    OPEN = "OPEN", _("To be looked at")
    APART = "APART", _("Two people")
    MERGED = "MERGED", _("Made one")


class PairKind(models.TextChoices):
    """As what the two are compared."""

    PUPIL = "PUPIL", _("Pupils")
    GUARDIAN = "GUARDIAN", _("Guardians")
    STAFF = "STAFF", _("Colleagues")


class DuplicatePair(ScopedModel):
    """Two people who seem to be one, with what speaks for it; reached only through both."""

    ANCHORS: ClassVar[Anchors] = through_roles("one_id")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=PairKind.choices)
    one = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    bits = models.FloatField()
    seen = models.JSONField()
    """How each fact of the two compares, as `matching.records.Comparison` names it."""
    state = models.CharField(max_length=6, choices=PairState.choices, default=PairState.OPEN)
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("one", "other"), name="duplicate_pair_once"),
            models.CheckConstraint(name="duplicate_pair_in_order", condition=Q(one__lt=F("other"))),
        )
        indexes = (models.Index(fields=("state", "-bits", "id"), name="duplicate_pair_list"),)

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}"


class PersonMerge(ScopedModel):
    """Two records made one: what moved from the one given up, and how it stood before."""

    ANCHORS: ClassVar[Anchors] = through_roles("kept_id")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    pair = models.ForeignKey(DuplicatePair, on_delete=models.PROTECT, related_name="merges")
    kept = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    given_up = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    moved = models.JSONField()
    """Rows that changed hands: `app.Model.column` to their keys."""
    places = ArrayField(models.BigIntegerField())
    """Schools whose records it touched: whoever takes the two apart answers for all of them."""
    removed = models.JSONField()
    """Rows that stood twice and were deleted, as they were."""
    facts = models.JSONField()
    """Columns of both before and after, by model."""
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=200, blank=True)
    undone_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("given_up",), condition=Q(undone_at__isnull=True), name="given_up_once"
            ),
            models.CheckConstraint(name="merge_of_two", condition=~Q(kept=F("given_up"))),
        )

    def __str__(self) -> str:
        return f"{self.given_up_id} into {self.kept_id}"
