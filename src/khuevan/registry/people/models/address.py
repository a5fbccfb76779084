"""Addresses by area and date. Identity itself is `accounts.Person`."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.scoping import Anchors, ScopedModel, Via
from khuevan.platform.audit.api import track


class AddressKind(models.TextChoices):
    """What an address is to the person."""

    BIRTHPLACE = "BIRTHPLACE", _("Place of birth")
    HOMETOWN = "HOMETOWN", _("Home town")
    PERMANENT = "PERMANENT", _("Permanent residence")
    CURRENT = "CURRENT", _("Current residence")


@track()
class Address(ScopedModel):
    """A person's address of one kind, for a period: the text as given, and the area made of it."""

    ANCHORS: ClassVar[Anchors] = {
        "person": "person_id",
        "school": (
            Via("students.Enrollment", "person_id", "school_id", key="person_id", ahead=True),
            Via("staff.Appointment", "person_id", "unit_id", key="person_id", ahead=True),
        ),
        "class": Via("students.ClassPlacement", "person_id", "homeroom_class_id", key="person_id"),
    }

    uuid = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="addresses"
    )
    kind = models.CharField(max_length=10, choices=AddressKind.choices)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, null=True)
    detail = models.CharField(max_length=250, blank=True)
    original = models.CharField(max_length=250, blank=True, default="", db_default="")
    """The words as they were given, where a commune that went into another was replaced."""
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "kind"),
                condition=models.Q(ends_on__isnull=True),
                name="address_one_current_of_a_kind",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"
