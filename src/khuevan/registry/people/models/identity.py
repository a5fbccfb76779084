"""Former names, other identifiers with their periods, and doubts about a number laid to rest."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.periods import FORWARD
from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.kernel.vietnamese import join_name
from khuevan.kernel.words import Words
from khuevan.platform.audit.api import track
from khuevan.registry.people.models.anchors import through_roles


@track(exclude=("search_name",))
class PersonName(ScopedModel):
    """A name somebody bore until a day, and the decision that ended it."""

    ANCHORS: ClassVar[Anchors] = through_roles("person_id")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="names")
    family_name = models.CharField(max_length=60, blank=True)
    middle_name = models.CharField(max_length=80, blank=True)
    given_name = models.CharField(max_length=60)
    search_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=200)
    decision = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="former_name_period_forward",
                condition=models.Q(starts_on__isnull=True) | FORWARD,
            ),
            models.UniqueConstraint(
                fields=("person", "ends_on"),
                name="former_name_one_change_a_day",
                violation_error_message=_("The name changed on that day already."),
            ),
        )
        indexes = (GinIndex(Words("search_name"), name="former_name_words"),)

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Return the name in Vietnamese order."""
        return join_name(self.family_name, self.middle_name, self.given_name)


class CodeKind(models.TextChoices):
    """Whose identifier a code is (records sheet REC-07)."""

    MOET_PUPIL = "MOET_PUPIL", _("Ministry code of a pupil")
    MOET_STAFF = "MOET_STAFF", _("Ministry code of staff")
    TEMPORARY = "TEMPORARY", _("Temporary code")
    PASSPORT = "PASSPORT", _("Passport")


@track()
class PersonCode(ScopedModel):
    """An identifier of somebody for a period; one that was replaced still finds the person."""

    ANCHORS: ClassVar[Anchors] = through_roles("person_id")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="codes")
    kind = models.CharField(max_length=10, choices=CodeKind.choices)
    code = models.CharField(max_length=40)
    issuer = models.CharField(max_length=120, blank=True)
    replaced_by = models.CharField(max_length=10, blank=True)
    """What took its place: "NUMBER" for the personal number, or a kind of code."""
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "code", "issuer"),
                name="person_code_of_one_person",
                violation_error_message=_("This code is taken."),
            ),
            models.UniqueConstraint(
                fields=("person", "kind"),
                condition=models.Q(ends_on__isnull=True),
                name="person_code_one_of_a_kind",
                violation_error_message=_("There is a code of this kind already."),
            ),
        )
        indexes = (models.Index(fields=("code",), name="person_code_find"),)

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"


@track()
class NumberReview(ScopedModel):
    """Somebody looked at the papers: this number is right, whatever its digits say."""

    ANCHORS: ClassVar[Anchors] = through_roles("person_id")

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    personal_number = models.CharField(max_length=12)
    doubts = models.SmallIntegerField()
    """The bits of `Person.number_doubts` that were looked at: a new doubt asks anew."""
    reason = models.CharField(max_length=200)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "personal_number", "doubts"), name="number_review_once"
            ),
        )

    def __str__(self) -> str:
        return f"number of {self.person_id}"
