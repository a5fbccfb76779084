"""The decisions on a school: founding, permission to operate, conversion, closing."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track
from khuevan.platform.organizations.api import SigningForm, authorized_by, signature
from khuevan.platform.regulations.api import Confidence, Office
from khuevan.registry.schools.models.schools import School


class Matter(models.TextChoices):
    """What is decided about a school; who is competent: `data/decisions.csv`."""

    FOUNDING = "FOUND", _("Founding")
    OPERATION = "OPERATE", _("Permission to operate")
    CONVERSION = "CONVERT", _("Change of type, levels or owner")
    OWNER = "OWNER", _("Change of the owner of a private school")
    PRIVATE = "PRIVATE", _("A public school becomes a private one")
    OTHER = "OTHER", _("Other legal facts")
    MERGER = "MERGE", _("Merger into another school")
    DISSOLUTION = "DISSOLVE", _("Dissolution")


ONCE = (Matter.FOUNDING, Matter.MERGER, Matter.DISSOLUTION)


@track()
class SchoolDecision(ScopedModel):
    """A decision on a school: number, day, who signed, for which office, by which text."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="decisions")
    matter = models.CharField(max_length=8, choices=Matter.choices)
    number = models.CharField(max_length=120)
    decided_on = models.DateField()
    counts_from = models.DateField()
    signer = models.CharField(max_length=160)
    signer_position = models.CharField(max_length=120, blank=True)
    """Empty for what was recorded before it was asked; so is the form of signing."""
    signed_as = models.CharField(max_length=5, choices=SigningForm.choices, blank=True)
    office = models.CharField(max_length=24, choices=Office.choices, blank=True)
    """Who was competent on that day; empty where nothing names an office."""
    unit = models.ForeignKey(
        "organizations.OrgUnit", on_delete=models.PROTECT, null=True, related_name="+"
    )
    source = models.CharField(max_length=200, blank=True)
    confidence = models.CharField(
        max_length=12, choices=Confidence.choices, blank=True, default="", db_default=""
    )
    """How sure it is that the office was competent; empty where no text was asked."""
    authorization = models.CharField(max_length=60, blank=True, default="", db_default="")
    """Of one signed TUQ.: the paper that authorizes the signer."""
    authorized_on = models.DateField(null=True)
    file = models.UUIDField(null=True)
    """The stored file of its scan."""
    ended = models.JSONField(null=True)
    """Of a closing: kind of row to row to the end it had before (or none), as it was written."""
    is_withdrawn = models.BooleanField(default=False, db_default=False)
    withdrawn_because = models.CharField(max_length=160, blank=True, default="", db_default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("school", "matter"),
                condition=Q(matter__in=ONCE, is_withdrawn=False),
                name="school_founded_and_closed_once",
            ),
            models.UniqueConstraint(
                fields=("school", "matter", "number", "decided_on"),
                condition=Q(is_withdrawn=False),
                name="school_decision_once",
            ),
            models.UniqueConstraint(
                fields=("school", "counts_from"),
                condition=Q(matter=Matter.OPERATION, is_withdrawn=False),
                name="school_operates_by_one_permission",
            ),
            models.CheckConstraint(
                name="school_decision_withdrawn_because",
                condition=Q(is_withdrawn=False) | ~Q(withdrawn_because=""),
            ),
            models.CheckConstraint(
                name="school_decision_is_whole", condition=~Q(number="") & ~Q(signer="")
            ),
        )

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def signature(self) -> str:
        """Return who signed, in which form and position."""
        return signature(self.signed_as, self.signer_position, self.signer)

    @property
    def authorized_by(self) -> str:
        """Return which paper authorized the signer; nothing where none did."""
        return authorized_by(self.authorization, self.authorized_on)
