"""How somebody is reached: several phones and addresses for mail, in an order."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track
from khuevan.registry.people.models.anchors import through_roles


class ContactKind(models.TextChoices):
    """What a contact is."""

    MOBILE = "MOBILE", _("Mobile phone")
    HOME_PHONE = "HOME_PHONE", _("Phone at home")
    WORK_PHONE = "WORK_PHONE", _("Phone at work")
    EMAIL = "EMAIL", _("E-mail")


@track()
class Contact(ScopedModel):
    """One way to reach somebody during a period; `position` says which to try first."""

    ANCHORS: ClassVar[Anchors] = through_roles("person_id")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    value = models.CharField(max_length=254)
    note = models.CharField(max_length=80, blank=True)
    position = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "value"),
                condition=models.Q(ends_on__isnull=True),
                name="contact_once",
                violation_error_message=_("This contact is there already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"
