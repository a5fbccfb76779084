"""What somebody answered when asked for consent to one purpose, until it is taken back."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track
from khuevan.registry.people.models.anchors import through_roles


class Capacity(models.TextChoices):
    """As what somebody answers."""

    SELF = "SELF", _("The person concerned")
    REPRESENTATIVE = "REPRESENT", _("Legal representative")


class ConsentMethod(models.TextChoices):
    """How an answer was given; the proof is kept accordingly."""

    ONLINE = "ONLINE", _("On the family's own page")
    PAPER = "PAPER", _("On paper, kept at the school")


@track()
class Consent(ScopedModel):
    """One person's answer for one purpose of one unit: yes or no, until withdrawn (Law 91/2025)."""

    ANCHORS: ClassVar[Anchors] = through_roles("subject_id")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    subject = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=9, choices=Capacity.choices)
    controller = models.ForeignKey(
        "organizations.OrgUnit", on_delete=models.PROTECT, related_name="+"
    )
    purpose = models.CharField(max_length=20)
    data_types = ArrayField(models.CharField(max_length=20), default=list)
    text_version = models.CharField(max_length=20)
    is_yes = models.BooleanField()
    method = models.CharField(max_length=6, choices=ConsentMethod.choices)
    paper = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("subject", "given_by", "controller", "purpose"),
                condition=models.Q(withdrawn_at__isnull=True),
                name="consent_one_answer",
            ),
            models.CheckConstraint(
                name="consent_on_paper_names_it",
                condition=~models.Q(method="PAPER") | ~models.Q(paper=""),
            ),
        )
        indexes = (
            models.Index(
                fields=("controller", "purpose", "subject"),
                name="consent_of_unit",
                condition=models.Q(withdrawn_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} of {self.subject_id}"
