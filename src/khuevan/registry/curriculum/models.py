"""Plans of classes, who gives how many periods of them, and what takes periods off a teacher."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.periods import FORWARD
from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track
from khuevan.platform.organizations.api import DateRange
from khuevan.registry.curriculum.languages import language_label
from khuevan.registry.staff.api import subject_label

MOST_WEEKS = 45
MOST_A_WEEK = 20
MOST_OFF = 23
"""Periods a week: nobody owes more, so nothing takes more off."""


class PlanKind(models.TextChoices):
    """As what a class learns a subject."""

    COMPULSORY = "COMPULSORY", _("Compulsory")
    CHOSEN = "CHOSEN", _("Chosen subject")
    CLUSTER = "CLUSTER", _("Study topics")
    OPTIONAL = "OPTIONAL", _("Optional")
    SECOND = "SECOND", _("Second session")


@track(read_by=("homeroom_class",))
class ClassSubject(ScopedModel):
    """A class learns a subject in a year: its periods in each week of teaching, and in all."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "class": "homeroom_class_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    homeroom_class = models.ForeignKey(
        "schools.HomeroomClass", on_delete=models.PROTECT, related_name="subjects"
    )
    subject_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=PlanKind.choices, default=PlanKind.COMPULSORY)
    weeks = ArrayField(models.PositiveSmallIntegerField())
    annual = models.PositiveSmallIntegerField()
    """The sum of the weeks, kept beside them so that a province can be added up."""
    language = models.CharField(max_length=20, blank=True)
    """Which minority language it is, by code."""
    integrated = models.PositiveSmallIntegerField(default=0)
    """Of its periods of the year, those in which what has no subject of its own is learnt."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("homeroom_class", "subject_name", "kind"), name="class_subject_once"
            ),
            models.CheckConstraint(
                name="class_subject_weeks", condition=Q(weeks__len__range=(1, MOST_WEEKS))
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject_name} in class {self.homeroom_class_id}"

    @property
    def subject_label(self) -> str:
        """Return the subject in the reader's language, with the minority language it is."""
        label = subject_label(self.subject_name)
        return f"{label}: {language_label(self.language)}" if self.language else label


@track()
class AssignedPeriods(ScopedModel):
    """Of a subject of a class, the periods that one of several teachers gives in each week.

    Where no row stands, a teacher of the subject gives what the plan leaves.
    """

    ANCHORS: ClassVar[Anchors] = {
        "school": "school_id",
        "class": "homeroom_class_id",
        "person": "person_id",
    }

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    homeroom_class = models.ForeignKey(
        "schools.HomeroomClass", on_delete=models.PROTECT, related_name="+"
    )
    class_subject = models.ForeignKey(
        ClassSubject, on_delete=models.PROTECT, related_name="assigned"
    )
    teaching = models.ForeignKey(
        "staff.TeachingAssignment", on_delete=models.CASCADE, related_name="periods"
    )
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    weeks = ArrayField(models.PositiveSmallIntegerField())

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("class_subject", "teaching"), name="assigned_periods_once"
            ),
        )

    def __str__(self) -> str:
        return f"periods of {self.teaching_id}"


@track()
class ResponsibleTeacher(ScopedModel):
    """Of several teachers of a subject of a class, who answers for its marks for a time."""

    ANCHORS: ClassVar[Anchors] = {
        "school": "school_id",
        "class": "homeroom_class_id",
        "person": "person_id",
    }

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    homeroom_class = models.ForeignKey(
        "schools.HomeroomClass", on_delete=models.PROTECT, related_name="+"
    )
    subject_name = models.CharField(max_length=60)
    staff_member = models.ForeignKey(
        "staff.StaffMember", on_delete=models.PROTECT, related_name="answers_for"
    )
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="responsible_one_at_a_time",
                expressions=(
                    ("homeroom_class", RangeOperators.EQUAL),
                    ("subject_name", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
            ),
            models.CheckConstraint(name="responsible_forward", condition=FORWARD),
        )

    def __str__(self) -> str:
        return f"{self.subject_name} in class {self.homeroom_class_id}"


@track()
class TeachingDuty(ScopedModel):
    """A duty or circumstance that takes periods off a teacher at a school, for a period of time."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "person": "person_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    staff_member = models.ForeignKey(
        "staff.StaffMember", on_delete=models.PROTECT, related_name="teaching_duties"
    )
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    is_paid = models.BooleanField(default=False)
    """Paid otherwise: it takes nothing off, and counts among the duties all the same."""
    what = models.CharField(max_length=60, blank=True)
    """Of what: the subject of a room, or another duty in words."""
    periods = models.PositiveSmallIntegerField(null=True)
    """Periods a week, where the principal says how many."""
    agreement = models.CharField(max_length=160, blank=True)
    """By which decision, or with which minutes of the council."""
    note = models.CharField(max_length=160, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="teaching_duty_once",
                expressions=(
                    ("staff_member", RangeOperators.EQUAL),
                    ("school", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    ("what", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
            ),
            models.CheckConstraint(name="teaching_duty_forward", condition=FORWARD),
            models.CheckConstraint(
                name="teaching_duty_periods",
                condition=Q(periods__isnull=True) | Q(periods__gt=0, periods__lte=MOST_OFF),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} of {self.staff_member_id}"

    @property
    def audit_label(self) -> str:
        """Whose duty it is, for the log."""
        return str(self.person)


@track()
class TeachingGroup(ScopedModel):
    """Pupils of one class or several who learn a subject together, apart from their classmates.

    Groups of one `block` run at the same time; a pupil is in one of them at most.
    """

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    academic_year = models.ForeignKey(
        "schools.AcademicYear", on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=60)
    subject_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=PlanKind.choices, default=PlanKind.CHOSEN)
    block = models.CharField(max_length=40, blank=True)
    staff_member = models.ForeignKey(
        "staff.StaffMember", on_delete=models.PROTECT, null=True, related_name="teaching_groups"
    )
    person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("school", "academic_year", "name"), name="teaching_group_once"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def subject_label(self) -> str:
        """Return the subject in the reader's language."""
        return subject_label(self.subject_name)


@track()
class GroupClass(ScopedModel):
    """A class of which pupils learn in a group."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "class": "homeroom_class_id"}

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(TeachingGroup, on_delete=models.CASCADE, related_name="classes")
    homeroom_class = models.ForeignKey(
        "schools.HomeroomClass", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("group", "homeroom_class"), name="group_class_once"),
        )

    def __str__(self) -> str:
        return f"class {self.homeroom_class_id} in group {self.group_id}"


@track()
class GroupPupil(ScopedModel):
    """A pupil learns in a group for a period of time."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "person": "person_id"}

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(TeachingGroup, on_delete=models.CASCADE, related_name="pupils")
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="group_pupil_once",
                expressions=(
                    ("group", RangeOperators.EQUAL),
                    ("student", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
            ),
            models.CheckConstraint(name="group_pupil_forward", condition=FORWARD),
        )

    def __str__(self) -> str:
        return f"pupil {self.student_id} in group {self.group_id}"


class Pace(models.TextChoices):
    """Whether work comes every week or once."""

    WEEK = "WEEK", _("Each week")
    ONCE = "ONCE", _("Once, in all")


@track()
class ConvertedWork(ScopedModel):
    """Work beside lessons that counts as periods times a factor, for a period of time."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "person": "person_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    staff_member = models.ForeignKey(
        "staff.StaffMember", on_delete=models.PROTECT, related_name="converted_work"
    )
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    what = models.CharField(max_length=120, blank=True)
    """Of what: which team, which class, which talk."""
    periods = models.DecimalField(max_digits=4, decimal_places=1)
    pace = models.CharField(max_length=4, choices=Pace.choices, default=Pace.WEEK)
    tenths = models.PositiveSmallIntegerField()
    """What a period counts for, in tenths."""
    agreement = models.CharField(max_length=160, blank=True)
    """Where the school council agreed to the factor."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(name="converted_work_forward", condition=FORWARD),
            models.CheckConstraint(
                name="converted_work_periods", condition=Q(periods__gt=0, periods__lte=99)
            ),
            models.CheckConstraint(
                name="converted_work_factor", condition=Q(tenths__range=(1, 30))
            ),
        )
        indexes = (models.Index(fields=("school", "starts_on"), name="converted_work_school"),)

    def __str__(self) -> str:
        return f"{self.code} of {self.staff_member_id}"

    @property
    def audit_label(self) -> str:
        """Whose work it is, for the log."""
        return str(self.person)


@track()
class SchoolZone(ScopedModel):
    """In which of the three zones of Circular 20/2023 a school lies, for a period of time."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    zone = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=160, blank=True)
    """The decision or list by which it lies there."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="school_zone_one_at_a_time",
                expressions=(
                    ("school", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
            ),
            models.CheckConstraint(name="school_zone_forward", condition=FORWARD),
            models.CheckConstraint(name="school_zone_known", condition=Q(zone__range=(1, 3))),
        )

    def __str__(self) -> str:
        return f"zone {self.zone}"
