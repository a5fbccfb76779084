"""What a school asks of its timetables: departments, its rules as data, wishes of its teachers."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.periods import FORWARD
from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track

MOST_SUBJECTS = 12
USUAL_NOTICE, MOST_NOTICE = 3, 20
"""Working days; three are usual in schools, no regulation fixes them."""


@track()
class Department(ScopedModel):
    """A subject department of a school in a year: who gives its subjects most belongs to it."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    academic_year = models.ForeignKey(
        "schools.AcademicYear", on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=60)
    subjects = ArrayField(models.CharField(max_length=60))

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("school", "academic_year", "name"), name="department_once"
            ),
            models.CheckConstraint(
                name="department_subjects", condition=Q(subjects__len__range=(1, MOST_SUBJECTS))
            ),
        )

    def __str__(self) -> str:
        return self.name


class Scope(models.TextChoices):
    """Whom a rule speaks of."""

    ALL = "ALL", _("Everybody")
    GRADE = "GRADE", _("A grade")
    CLASS = "CLASS", _("A class")
    SUBJECT = "SUBJECT", _("A subject")
    TEACHER = "TEACHER", _("A teacher")
    DEPARTMENT = "DEPARTMENT", _("A department")


@track()
class RuleSetting(ScopedModel):
    """What a school says of a rule for a year, or for one timetable, where it isn't as usual.

    The nearest word counts: a class's before its grade's before everybody's.
    """

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    academic_year = models.ForeignKey(
        "schools.AcademicYear", on_delete=models.PROTECT, related_name="+"
    )
    timetable = models.ForeignKey(
        "timetable.Timetable", on_delete=models.CASCADE, null=True, related_name="rules"
    )
    code = models.CharField(max_length=6)
    is_on = models.BooleanField(default=True)
    weight = models.PositiveSmallIntegerField()
    """100 must be kept; less is what it costs each time."""
    scope = models.CharField(max_length=10, choices=Scope.choices, default=Scope.ALL)
    grade_level = models.ForeignKey(
        "schools.GradeLevel", on_delete=models.PROTECT, null=True, related_name="+"
    )
    homeroom_class = models.ForeignKey(
        "schools.HomeroomClass", on_delete=models.PROTECT, null=True, related_name="+"
    )
    subject_name = models.CharField(max_length=60, blank=True)
    staff_member = models.ForeignKey(
        "staff.StaffMember", on_delete=models.PROTECT, null=True, related_name="+"
    )
    department = models.ForeignKey(
        Department, on_delete=models.CASCADE, null=True, related_name="rules"
    )
    params = models.JSONField(default=dict)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=(
                    "school", "academic_year", "timetable", "code", "scope", "grade_level",
                    "homeroom_class", "subject_name", "staff_member", "department", "starts_on",
                ),
                nulls_distinct=False,
                condition=~Q(code__in=("TT-H09", "TT-H10")),
                name="rule_setting_once",
            ),
            models.CheckConstraint(
                name="rule_setting_weight", condition=Q(weight__range=(1, 100))
            ),
            models.CheckConstraint(name="rule_setting_forward", condition=FORWARD),
            models.CheckConstraint(
                name="rule_setting_whom",
                condition=(
                    Q(scope="ALL")
                    | Q(scope="GRADE", grade_level__isnull=False)
                    | Q(scope="CLASS", homeroom_class__isnull=False)
                    | (Q(scope="SUBJECT") & ~Q(subject_name=""))
                    | Q(scope="TEACHER", staff_member__isnull=False)
                    | Q(scope="DEPARTMENT", department__isnull=False)
                ),
            ),
        )  # fmt: skip
        indexes = (models.Index(fields=("school", "academic_year"), name="rule_of_school"),)

    def __str__(self) -> str:
        return f"{self.code} of {self.school_id}"


@track()
class PublishingNotice(ScopedModel):
    """How many working days before it holds a school publishes a timetable."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    school = models.OneToOneField(
        "schools.School", on_delete=models.PROTECT, related_name="timetable_notice"
    )
    working_days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="publishing_notice_days", condition=Q(working_days__lte=MOST_NOTICE)
            ),
        )

    def __str__(self) -> str:
        return f"{self.working_days} working days"


@track()
class CampusWay(ScopedModel):
    """How far two campuses of a school are apart, as the school says."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    one = models.ForeignKey("schools.Campus", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("schools.Campus", on_delete=models.PROTECT, related_name="+")
    """The one that was recorded later."""
    km = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    minutes = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("one", "other"), name="campus_way_once"),
            models.CheckConstraint(name="campus_way_ordered", condition=Q(one__lt=F("other"))),
            models.CheckConstraint(
                name="campus_way_says",
                condition=Q(km__isnull=False) | Q(minutes__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"way {self.one_id} to {self.other_id}"


class WishKind(models.TextChoices):
    """What a teacher asks of the timetable."""

    AWAY = "AWAY", _("Cannot teach at these times")
    OTHER_SCHOOL = "OTHER_SCHOOL", _("Is at another school at these times")
    SPARED = "SPARED", _("Spared: pregnant, or a child under one")
    FREE = "FREE", _("Would like to be free")


class WishState(models.TextChoices):
    """What became of a wish."""

    ASKED = "ASKED", _("Waits for an answer")
    ACCEPTED = "ACCEPTED", _("Accepted")
    REFUSED = "REFUSED", _("Not possible")


@track()
class TeacherWish(ScopedModel):
    """Times at which a teacher is not there, or would like to be free, and the answer to it."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "person": "person_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    academic_year = models.ForeignKey(
        "schools.AcademicYear", on_delete=models.PROTECT, related_name="+"
    )
    staff_member = models.ForeignKey(
        "staff.StaffMember", on_delete=models.PROTECT, related_name="timetable_wishes"
    )
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=WishKind.choices)
    spots = models.JSONField(default=list)
    """Places of the week: “1-MORNING-2” is the second period of Monday morning."""
    free_days = models.PositiveSmallIntegerField(default=0)
    free_sessions = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=8, choices=WishState.choices, default=WishState.ASKED)
    answer = models.CharField(max_length=160, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("school", "academic_year", "staff_member", "kind"),
                name="teacher_wish_once",
            ),
            models.CheckConstraint(
                name="teacher_wish_counts",
                condition=Q(free_days__lte=6, free_sessions__lte=12)
                & (Q(kind="FREE") | Q(free_days=0, free_sessions=0)),
            ),
            models.CheckConstraint(
                name="teacher_wish_answered_later",
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("asked_at")),
            ),
        )
        indexes = (models.Index(fields=("school", "academic_year"), name="wish_of_school"),)

    def __str__(self) -> str:
        return f"{self.kind} of {self.staff_member_id}"
