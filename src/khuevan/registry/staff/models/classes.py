"""Which classes staff are responsible for, and with which lessons."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F

from khuevan.kernel.periods import FORWARD
from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track
from khuevan.platform.organizations.api import DateRange
from khuevan.registry.staff.code_lists import subject_label
from khuevan.registry.staff.models.appointments import StaffMember


@track()
class HomeroomAssignment(ScopedModel):
    """A teacher is in charge of a class (chủ nhiệm) for a period; one at a time."""

    ANCHORS: ClassVar[Anchors] = {
        "school": "school_id",
        "class": "homeroom_class_id",
        "person": "person_id",
    }

    uuid = models.UUIDField(default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
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
            models.CheckConstraint(name="homeroom_period_forward", condition=FORWARD),
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

    uuid = models.UUIDField(default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
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
            models.CheckConstraint(name="teaching_period_forward", condition=FORWARD),
        )

    def __str__(self) -> str:
        return f"{self.subject_name} in class {self.homeroom_class_id}"

    @property
    def subject_label(self) -> str:
        """Return the subject in the reader's language."""
        return subject_label(self.subject_name)
