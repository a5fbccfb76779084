"""What is kept of somebody's training: subjects, professional title, qualifications."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.periods import FORWARD
from khuevan.kernel.scoping import Anchors, ScopedModel, Via
from khuevan.platform.audit.api import track
from khuevan.platform.organizations.api import DateRange
from khuevan.registry.staff.code_lists import subject_label
from khuevan.registry.staff.models.appointments import StaffMember

_OF_A_MEMBER: Anchors = {
    "person": "person_id",
    "school": Via(
        "staff.Appointment", "staff_member_id", "unit_id", key="staff_member_id", ahead=True
    ),
}


class SubjectTie(models.TextChoices):
    """What a subject is to a teacher."""

    TRAINED = "TRAINED", _("Trained for")
    TEACHES = "TEACHES", _("Teaches")


@track()
class StaffSubject(ScopedModel):
    """A teacher is trained for a subject, or teaches it, during a period."""

    ANCHORS: ClassVar[Anchors] = _OF_A_MEMBER

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    staff_member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="subjects")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    subject_name = models.CharField(max_length=60)
    tie = models.CharField(max_length=8, choices=SubjectTie.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="staff_subject_once_a_day",
                expressions=(
                    ("staff_member", RangeOperators.EQUAL),
                    ("subject_name", RangeOperators.EQUAL),
                    ("tie", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
                violation_error_message=_("This subject stands there for that time already."),
            ),
            models.CheckConstraint(name="staff_subject_period_forward", condition=FORWARD),
        )

    def __str__(self) -> str:
        return f"{self.subject_name} of {self.staff_member_id}"

    @property
    def subject_label(self) -> str:
        """Return the subject in the reader's language."""
        return subject_label(self.subject_name)

    @property
    def audit_label(self) -> str:
        """Whose subject it is, for the log."""
        return str(self.person)


@track()
class ProfessionalTitle(ScopedModel):
    """A teacher holds a professional title (hạng), by its code, during a period; one at a time."""

    ANCHORS: ClassVar[Anchors] = _OF_A_MEMBER

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    staff_member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="titles")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    decision = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="professional_title_one_at_a_time",
                expressions=(
                    ("staff_member", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
                violation_error_message=_("Another title stands there for that time."),
            ),
            models.CheckConstraint(name="professional_title_period_forward", condition=FORWARD),
        )

    def __str__(self) -> str:
        return f"{self.code} of {self.staff_member_id}"

    @property
    def audit_label(self) -> str:
        """Whose title it is, for the log."""
        return str(self.person)


class QualificationKind(models.TextChoices):
    """What a certificate or degree is about (staff sheet 2)."""

    DEGREE = "DEGREE", _("Professional degree")
    PEDAGOGY = "PEDAGOGY", _("Pedagogy certificate")
    MANAGEMENT = "MANAGEMENT", _("Education management certificate")
    POLITICS = "POLITICS", _("Political theory")
    LANGUAGE = "LANGUAGE", _("Foreign language")
    DIGITAL = "DIGITAL", _("Digital competence")
    MINORITY_LANGUAGE = "MINORITY", _("Ethnic minority language")


class DegreeLevel(models.TextChoices):
    """How high a degree is."""

    INTERMEDIATE = "INTERMEDIATE", _("Intermediate")
    COLLEGE = "COLLEGE", _("College degree")
    UNIVERSITY = "UNIVERSITY", _("University")
    MASTER = "MASTER", _("Master")
    DOCTOR = "DOCTOR", _("Doctor")


@track()
class Qualification(ScopedModel):
    """A degree or certificate somebody has. It is never deleted: a wrong one is withdrawn."""

    ANCHORS: ClassVar[Anchors] = _OF_A_MEMBER

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    staff_member = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="qualifications"
    )
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=QualificationKind.choices)
    level = models.CharField(max_length=12, choices=DegreeLevel.choices, blank=True)
    field = models.CharField(max_length=120, blank=True)
    issuer = models.CharField(max_length=160, blank=True)
    issued_year = models.PositiveSmallIntegerField(null=True)
    withdrawn_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="qualification_year_plausible",
                condition=models.Q(issued_year__isnull=True)
                | models.Q(issued_year__range=(1950, 2100)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.staff_member_id}"

    @property
    def audit_label(self) -> str:
        """Whose qualification it is, for the log."""
        return str(self.person)
