"""Who is away, and who stands in for them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.periods import last_day
from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track
from khuevan.platform.organizations.api import DateRange
from khuevan.registry.staff.code_lists import subject_label
from khuevan.registry.staff.models.appointments import StaffMember


class LeaveKind(models.TextChoices):
    """Why somebody is away for a while."""

    MATERNITY = "MATERNITY", _("Maternity leave")
    SICK = "SICK", _("Sick leave")
    STUDY = "STUDY", _("Study")
    UNPAID = "UNPAID", _("Unpaid leave")
    SECONDMENT = "SECONDMENT", _("Secondment")
    PERSONAL = "PERSONAL", _("Personal leave")
    OTHER = "OTHER", _("Other reason")


@track()
class StaffLeave(ScopedModel):
    """A member of a school's staff is away during a period; `ends_on` is the first day back."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "person": "person_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    staff_member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="leaves")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=LeaveKind.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()
    expected_on = models.DateField()
    """The day of return as the paper says; `ends_on` is the one that came."""
    pauses_classes = models.BooleanField(default=True)
    """Whether the classes are out of reach during the leave: the school's choice."""
    paper = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="staff_leave_one_at_a_time",
                expressions=(
                    ("staff_member", RangeOperators.EQUAL),
                    ("school", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
                violation_error_message=_("Is on leave on some of those days already."),
            ),
            models.CheckConstraint(
                name="staff_leave_period_forward", condition=Q(ends_on__gt=F("starts_on"))
            ),
        )
        indexes = (models.Index(fields=("school", "ends_on"), name="staff_leave_school"),)

    def __str__(self) -> str:
        return f"{self.kind} of {self.staff_member_id}"

    @property
    def audit_label(self) -> str:
        """Who is away, for the log."""
        return str(self.person)


class DutyKind(models.TextChoices):
    """What of somebody's work in a class another takes over."""

    HOMEROOM = "HOMEROOM", _("In charge of the class")
    TEACHING = "TEACHING", _("Lessons")


@track()
class Substitution(ScopedModel):
    """A colleague stands in for one duty of somebody on leave, during a period of that leave."""

    ANCHORS: ClassVar[Anchors] = {
        "school": "school_id",
        "class": "homeroom_class_id",
        "person": "person_id",
    }

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    leave = models.ForeignKey(StaffLeave, on_delete=models.PROTECT, related_name="substitutions")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    homeroom_class = models.ForeignKey(
        "schools.HomeroomClass", on_delete=models.PROTECT, related_name="+"
    )
    duty = models.CharField(max_length=8, choices=DutyKind.choices)
    subject_name = models.CharField(max_length=60, blank=True)
    staff_member = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="substitutions"
    )
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="substitution_one_a_duty_a_day",
                expressions=(
                    ("leave", RangeOperators.EQUAL),
                    ("homeroom_class", RangeOperators.EQUAL),
                    ("duty", RangeOperators.EQUAL),
                    ("subject_name", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
                violation_error_message=_("Somebody stands in for this on those days already."),
            ),
            models.CheckConstraint(
                name="substitution_period_forward", condition=Q(ends_on__gt=F("starts_on"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.staff_member_id} in class {self.homeroom_class_id}"

    @property
    def subject_label(self) -> str:
        """Return the subject in the reader's language."""
        return subject_label(self.subject_name)

    @property
    def last_day(self) -> date:
        """Return the last day of standing in."""
        return last_day(self.ends_on)

    @property
    def audit_label(self) -> str:
        """Who stands in, for the log."""
        return str(self.person)
