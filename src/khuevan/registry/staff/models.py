"""Staff: who works where, in which position, and which classes they are responsible for."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.periods import FORWARD
from khuevan.kernel.scoping import Anchors, ScopedModel, Via
from khuevan.platform.audit.api import track
from khuevan.platform.organizations.api import DateRange


@track()
class StaffMember(ScopedModel):
    """A person who works, or worked, in education."""

    ANCHORS: ClassVar[Anchors] = {
        "person": "person_id",
        "school": Via("staff.Appointment", "staff_member_id", "unit_id", ahead=True),
    }

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.OneToOneField(
        "accounts.Person", on_delete=models.PROTECT, related_name="staff_member"
    )
    moet_code = models.CharField(max_length=20, null=True, unique=True)  # noqa: DJ001 (absent, not empty)

    def __str__(self) -> str:
        return str(self.person)


class Position(models.TextChoices):
    """What someone is appointed as."""

    PRINCIPAL = "PRINCIPAL", _("Principal")
    VICE_PRINCIPAL = "VICE_PRINCIPAL", _("Vice principal")
    TEACHER = "TEACHER", _("Teacher")
    CLERK = "CLERK", _("Clerk")
    ACCOUNTANT = "ACCOUNTANT", _("Accountant")
    LIBRARIAN = "LIBRARIAN", _("Librarian")
    NURSE = "NURSE", _("School nurse")
    EQUIPMENT = "EQUIPMENT", _("Equipment keeper")
    YOUTH_LEADER = "YOUTH_LEADER", _("Youth leader")
    OFFICER = "OFFICER", _("Officer")
    DIRECTOR = "DIRECTOR", _("Director")
    OTHER = "OTHER", _("Other")


@track()
class Appointment(ScopedModel):
    """A person holds a position in a unit for a period; one primary position at a time."""

    ANCHORS: ClassVar[Anchors] = {"school": "unit_id", "person": "person_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    staff_member = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="appointments"
    )
    person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="appointments"
    )
    unit = models.ForeignKey(
        "organizations.OrgUnit", on_delete=models.PROTECT, related_name="appointments"
    )
    position = models.CharField(max_length=16, choices=Position.choices)
    is_primary = models.BooleanField(default=True)
    decision = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="appointment_one_primary_at_a_time",
                expressions=(
                    ("staff_member", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
                condition=Q(is_primary=True),
                violation_error_message=_("Already has a main position for that time."),
            ),
            models.CheckConstraint(
                name="appointment_period_forward",
                condition=FORWARD,
            ),
        )
        indexes = (models.Index(fields=("unit", "position"), name="appointment_unit"),)

    def __str__(self) -> str:
        return f"{self.position} at {self.unit_id}"

    @property
    def audit_label(self) -> str:
        """Who holds it, for the log."""
        return str(self.person)


@track()
class HomeroomAssignment(ScopedModel):
    """A teacher is in charge of a class (chủ nhiệm) for a period; one at a time."""

    ANCHORS: ClassVar[Anchors] = {
        "school": "school_id",
        "class": "homeroom_class_id",
        "person": "person_id",
    }

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    homeroom_class = models.ForeignKey(
        "schools.HomeroomClass", on_delete=models.PROTECT, related_name="homeroom_assignments"
    )
    staff_member = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="homerooms"
    )
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="homeroom_one_teacher_at_a_time",
                expressions=(
                    ("homeroom_class", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
            ),
        )

    def __str__(self) -> str:
        return f"class {self.homeroom_class_id}"


@track()
class TeachingAssignment(ScopedModel):
    """A teacher teaches a subject in a class for a period."""

    ANCHORS: ClassVar[Anchors] = {
        "school": "school_id",
        "class": "homeroom_class_id",
        "person": "person_id",
    }

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    homeroom_class = models.ForeignKey(
        "schools.HomeroomClass", on_delete=models.PROTECT, related_name="teaching_assignments"
    )
    staff_member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="teaching")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    subject_name = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="teaching_same_twice_never",
                expressions=(
                    ("homeroom_class", RangeOperators.EQUAL),
                    ("staff_member", RangeOperators.EQUAL),
                    ("subject_name", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject_name} in class {self.homeroom_class_id}"
