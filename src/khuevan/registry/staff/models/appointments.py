"""Who works where, in which position, from when to when."""

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
    moet_code = models.CharField(max_length=20, null=True, unique=True, db_collation="C")  # noqa: DJ001 (absent, not empty)

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
    IT = "IT", _("IT officer")
    COUNSELOR = "COUNSELOR", _("School counselor")
    INCLUSION = "INCLUSION", _("Inclusion support")
    OFFICER = "OFFICER", _("Officer")
    DIVISION_HEAD = "DIVISION_HEAD", _("Head of division")
    DEPUTY_DIRECTOR = "DEPUTY_DIRECTOR", _("Deputy director")
    DIRECTOR = "DIRECTOR", _("Director")
    VICE_CHAIR = "VICE_CHAIR", _("Vice chair")
    CHAIR = "CHAIR", _("Chair")
    OTHER = "OTHER", _("Other")


class EmploymentForm(models.TextChoices):
    """On what footing somebody works (public employees' law, labor code)."""

    OFFICIAL = "OFFICIAL", _("Civil servant")
    PUBLIC = "PUBLIC", _("Public employee")
    OPEN_CONTRACT = "OPEN_CONTRACT", _("Labor contract without a term")
    TERM_CONTRACT = "TERM_CONTRACT", _("Labor contract with a term")
    VISITING = "VISITING", _("Visiting teacher")


class EndKind(models.TextChoices):
    """Why an appointment ended (staff sheet 2, events)."""

    CHANGED = "CHANGED", _("Another position")
    MOVED = "MOVED", _("Moved to another unit")
    CONTRACT_ENDED = "CONTRACT_ENDED", _("Contract ended")
    RESIGNED = "RESIGNED", _("Resigned")
    RETIRED = "RETIRED", _("Retired")
    DISMISSED = "DISMISSED", _("Dismissed")
    DECEASED = "DECEASED", _("Deceased")


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
    """Whether the person is counted here; false for what is held beside it, and a second school."""
    campus = models.ForeignKey("schools.Campus", on_delete=models.PROTECT, null=True)
    employment = models.CharField(max_length=16, choices=EmploymentForm.choices, blank=True)
    weekly_periods = models.PositiveSmallIntegerField(null=True)
    """How many lessons a week a second school has of a teacher."""
    decision = models.CharField(max_length=120, blank=True)
    decided_by = models.CharField(max_length=160, blank=True)
    end_kind = models.CharField(max_length=16, choices=EndKind.choices, blank=True)
    end_decision = models.CharField(max_length=120, blank=True)
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
            ExclusionConstraint(
                name="appointment_same_twice_never",
                expressions=(
                    ("staff_member", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("position", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
                violation_error_message=_("Already holds this position there for that time."),
            ),
            models.CheckConstraint(
                name="appointment_periods_of_a_week",
                condition=Q(weekly_periods__isnull=True) | Q(weekly_periods__range=(1, 40)),
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
