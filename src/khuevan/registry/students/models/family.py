"""Who answers for a pupil, for how long, and what an adult pupil lets them read."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.periods import FORWARD
from khuevan.kernel.scoping import Anchors, ScopedModel, Via
from khuevan.platform.audit.api import track
from khuevan.platform.organizations.api import DateRange
from khuevan.registry.students.models.pupils import Student


class Relation(models.TextChoices):
    """What a guardian is to the pupil."""

    FATHER = "FATHER", _("Father")
    MOTHER = "MOTHER", _("Mother")
    GUARDIAN = "GUARDIAN", _("Legal guardian")
    OTHER = "OTHER", _("Other relative")


@track()
class Guardianship(ScopedModel):
    """A person answers for a pupil during a period, in an order of contact."""

    ANCHORS: ClassVar[Anchors] = {
        "person": "student_person_id",
        "school": Via(
            "students.Enrollment", "student_id", "school_id", key="student_id", ahead=True
        ),
        "class": Via(
            "students.ClassPlacement", "student_id", "homeroom_class_id", key="student_id"
        ),
    }

    uuid = models.UUIDField(default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="guardianships")
    student_person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+"
    )
    guardian = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="guardianships"
    )
    relation = models.CharField(max_length=8, choices=Relation.choices)
    occupation = models.CharField(max_length=80, blank=True)
    told_name = models.CharField(max_length=200, blank=True)
    told_birth_year = models.PositiveSmallIntegerField(null=True)
    told_phone = models.CharField(max_length=20, blank=True)
    """What this pupil's school was told, where the person's own row says something else."""
    on_behalf_of = models.CharField(max_length=200, blank=True, default="", db_default="")
    """The organization that is the guardian, such as an orphanage; the person acts for it."""
    contact_order = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=200, blank=True, default="", db_default="")
    end_paper = models.CharField(max_length=200, blank=True, default="", db_default="")
    """Why it ended. Empty where a list named somebody else; who was ended for a reason stays so."""

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="guardianship_same_twice_never",
                expressions=(
                    ("student", RangeOperators.EQUAL),
                    ("guardian", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
            ),
            models.CheckConstraint(
                name="guardianship_of_another", condition=~Q(student_person=F("guardian"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.relation} of student {self.student_id}"

    @property
    def full_name(self) -> str:
        """Return the guardian's name as this pupil's school knows it."""
        return self.told_name or self.guardian.full_name

    @property
    def birth_year(self) -> int | None:
        """Return the guardian's birth year as this pupil's school knows it."""
        return self.told_birth_year or self.guardian.birth_year

    @property
    def phone(self) -> str:
        """Return the guardian's phone number as this pupil's school knows it."""
        return self.told_phone or self.guardian.phone


class LimitKind(models.TextChoices):
    """How far a guardian is kept from a pupil."""

    NO_CUSTODY = "NO_CUSTODY", _("Without custody")
    NO_CONTACT = "NO_CONTACT", _("Contact restricted by a court")


@track()
class GuardianshipLimit(ScopedModel):
    """During a period a guardian has no custody, or a court restricts the contact; by a paper.

    Either way the guardian reads nothing of the pupil on those days.
    """

    ANCHORS: ClassVar[Anchors] = Guardianship.ANCHORS

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    guardianship = models.ForeignKey(Guardianship, on_delete=models.PROTECT, related_name="limits")
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    student_person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=LimitKind.choices)
    paper = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    end_paper = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="guardianship_limit_one_a_day",
                expressions=(
                    ("guardianship", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
                violation_error_message=_("This guardian is limited already on those days."),
            ),
            models.CheckConstraint(name="guardianship_limit_forward", condition=FORWARD),
        )

    def __str__(self) -> str:
        return f"{self.kind} of guardianship {self.guardianship_id}"


@track()
class FamilyConsent(ScopedModel):
    """A pupil of 18 lets the family read the record on: from a day, until taken back."""

    ANCHORS: ClassVar[Anchors] = {"person": "student_person_id"}

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    student_person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="family_consent_same_day_never_twice",
                expressions=(
                    ("student", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.student_id} from {self.starts_on}"
