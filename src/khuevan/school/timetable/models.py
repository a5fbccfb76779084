"""Timetables of a school: versions by date, their lessons in places, the steps of their making."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.periods import FORWARD
from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track
from khuevan.platform.organizations.api import DateRange
from khuevan.registry.staff.api import subject_label
from khuevan.school.timetable.rule_models import (
    CampusWay,
    Department,
    PublishingNotice,
    RuleSetting,
    TeacherWish,
)
from khuevan.ui.formats import day

ASKED = (CampusWay, Department, PublishingNotice, RuleSetting, TeacherWish)
"""The tables of what is asked of timetables stand in a module of their own."""
MOST_DAYS = 7
MOST_PERIODS = 8
MOST_LENGTH = 5


class Half(models.TextChoices):
    """A half of the day with lessons."""

    MORNING = "MORNING", _("Morning")
    AFTERNOON = "AFTERNOON", _("Afternoon")


@track()
class BellPeriod(ScopedModel):
    """When a period of a half-day begins and ends at a school, for a level or all, by date."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=4, blank=True)
    half = models.CharField(max_length=9, choices=Half.choices)
    number = models.PositiveSmallIntegerField()
    begins_at = models.TimeField()
    ends_at = models.TimeField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="bell_period_once",
                expressions=(
                    ("school", RangeOperators.EQUAL),
                    ("level", RangeOperators.EQUAL),
                    ("half", RangeOperators.EQUAL),
                    ("number", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
            ),
            models.CheckConstraint(name="bell_period_forward", condition=FORWARD),
            models.CheckConstraint(
                name="bell_period_ends_later", condition=Q(ends_at__gt=F("begins_at"))
            ),
            models.CheckConstraint(
                name="bell_period_number", condition=Q(number__range=(1, MOST_PERIODS))
            ),
        )

    def __str__(self) -> str:
        return f"{self.half} {self.number}"


class TimetableState(models.TextChoices):
    """How far a timetable is."""

    DRAFT = "DRAFT", _("Draft")
    PUBLISHED = "PUBLISHED", _("Published")


@track()
class Timetable(ScopedModel):
    """One version of a school's week: it holds from a Monday until the next published one."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    academic_year = models.ForeignKey(
        "schools.AcademicYear", on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=80)
    starts_on = models.DateField()
    days = models.PositiveSmallIntegerField(default=6)
    """Days of the week with lessons, from Monday."""
    state = models.CharField(
        max_length=9, choices=TimetableState.choices, default=TimetableState.DRAFT
    )
    published_at = models.DateTimeField(null=True)
    late_reason = models.CharField(max_length=160, blank=True)
    """Why it was published later than the school promises."""
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    """Grows with every change, so that who edits an older one is told."""
    position = models.PositiveIntegerField(default=0)
    """How many of the steps hold; the others were taken back."""
    rules_revision = models.PositiveIntegerField(default=0)
    """Grows with every change of what is asked of it: rules, wishes, bell times."""

    class Meta:
        constraints = (
            models.CheckConstraint(name="timetable_monday", condition=Q(starts_on__iso_week_day=1)),
            models.CheckConstraint(name="timetable_days", condition=Q(days__range=(1, MOST_DAYS))),
            models.UniqueConstraint(
                fields=("school", "starts_on"),
                condition=Q(state="PUBLISHED"),
                name="timetable_one_published_a_monday",
            ),
        )
        indexes = (
            models.Index(fields=("school", "academic_year", "starts_on"), name="timetable_school"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        """Which timetable it is, for the log."""
        return f"{self.name}, {day(self.starts_on)}"

    @property
    def is_published(self) -> bool:
        """Whether everybody it concerns sees it."""
        return self.state == TimetableState.PUBLISHED


class Weeks(models.TextChoices):
    """In which weeks a lesson is held: all, or every other one, counted from the year's first."""

    EVERY = "EVERY", _("Every week")
    ODD = "ODD", _("Week A")
    EVEN = "EVEN", _("Week B")


class ScheduledLesson(ScopedModel):
    """A lesson of a class in a timetable: who teaches what, how long, and where it stands, if yet.

    Lessons of one `joint` are one lesson of several classes: they stand at one time.
    """

    ANCHORS: ClassVar[Anchors] = {
        "school": "school_id",
        "class": "homeroom_class_id",
        "person": "person_id",
    }

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    timetable = models.ForeignKey(Timetable, on_delete=models.CASCADE, related_name="lessons")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    homeroom_class = models.ForeignKey(
        "schools.HomeroomClass", on_delete=models.PROTECT, related_name="+"
    )
    subject_name = models.CharField(max_length=60)
    staff_member = models.ForeignKey(
        "staff.StaffMember", on_delete=models.PROTECT, null=True, related_name="+"
    )
    person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    joint = models.UUIDField(null=True)
    group = models.ForeignKey(
        "curriculum.TeachingGroup", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    """Whose lesson it is, where not the whole class comes."""
    length = models.PositiveSmallIntegerField(default=1)
    weeks = models.CharField(max_length=5, choices=Weeks.choices, default=Weeks.EVERY)
    weekday = models.PositiveSmallIntegerField(null=True)
    """1 is Monday."""
    half = models.CharField(max_length=9, choices=Half.choices, blank=True)
    period = models.PositiveSmallIntegerField(null=True)
    room = models.ForeignKey("schools.Room", on_delete=models.PROTECT, null=True, related_name="+")
    is_locked = models.BooleanField(default=False)
    was = models.CharField(max_length=16, blank=True)
    """Where it stood in the version this one is a copy of: “1-MORNING-2”."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="scheduled_lesson_placed_or_not",
                condition=Q(weekday__isnull=True, half="", period__isnull=True)
                | Q(
                    weekday__range=(1, MOST_DAYS),
                    half__in=Half.values,
                    period__range=(1, MOST_PERIODS),
                ),
            ),
            models.CheckConstraint(
                name="scheduled_lesson_length", condition=Q(length__range=(1, MOST_LENGTH))
            ),
        )
        indexes = (
            models.Index(fields=("timetable", "homeroom_class"), name="lesson_of_class"),
            models.Index(fields=("timetable", "person"), name="lesson_of_teacher"),
        )

    def __str__(self) -> str:
        return f"{self.subject_name} in class {self.homeroom_class_id}"

    @property
    def subject_label(self) -> str:
        """Return the subject in the reader's language."""
        return subject_label(self.subject_name)

    @property
    def is_placed(self) -> bool:
        """Whether it stands anywhere."""
        return self.weekday is not None


LESSON_FIELDS = (
    "homeroom_class_id",
    "subject_name",
    "staff_member_id",
    "person_id",
    "joint",
    "group_id",
    "length",
    "weeks",
    "weekday",
    "half",
    "period",
    "room_id",
    "is_locked",
    "was",
)
"""What a lesson is, whichever timetable it stands in: all but its number, uuid and timetable."""


class ChangeKind(models.TextChoices):
    """What is otherwise on one day."""

    SUBSTITUTE = "SUBSTITUTE", _("Somebody else teaches")
    CANCELLED = "CANCELLED", _("The lesson is off")
    MOVED = "MOVED", _("The lesson is held at another time")


@track()
class DayChange(ScopedModel):
    """On one day a lesson of the timetable is held by somebody else, at another time, or is off.

    `on` is the day on which the timetable has it; a day without lessons where it is made up.
    """

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "class": "homeroom_class_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    homeroom_class = models.ForeignKey(
        "schools.HomeroomClass", on_delete=models.PROTECT, related_name="+"
    )
    lesson = models.ForeignKey(ScheduledLesson, on_delete=models.PROTECT, related_name="changes")
    on = models.DateField()
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    substitute = models.ForeignKey(
        "staff.StaffMember", on_delete=models.PROTECT, null=True, related_name="+"
    )
    person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    """Who teaches instead."""
    teaches_subject = models.BooleanField(default=True)
    """Whether the subject is taught; else the class is only looked after."""
    to_on = models.DateField(null=True)
    """The day on which a moved lesson is held."""
    to_half = models.CharField(max_length=9, choices=Half.choices, blank=True)
    to_period = models.PositiveSmallIntegerField(null=True)
    pair = models.UUIDField(null=True)
    """Shared by lessons that were moved together: swapped, or one lesson of several classes."""
    reason = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("lesson", "on"), name="day_change_once"),
            models.CheckConstraint(
                name="day_change_who",
                condition=Q(kind="CANCELLED", substitute__isnull=True)
                | Q(kind="SUBSTITUTE", substitute__isnull=False)
                | Q(kind="MOVED"),
            ),
            models.CheckConstraint(
                name="day_change_where",
                condition=Q(
                    kind="MOVED",
                    to_on__isnull=False,
                    to_half__in=Half.values,
                    to_period__range=(1, MOST_PERIODS),
                )
                | (~Q(kind="MOVED") & Q(to_on__isnull=True, to_half="", to_period__isnull=True)),
            ),
        )
        indexes = (
            models.Index(fields=("school", "on"), name="day_change_school"),
            models.Index(fields=("school", "to_on"), name="day_change_moved_to"),
        )

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}"

    @property
    def audit_label(self) -> str:
        """Which day it is, for the log."""
        return day(self.on)


class CalendarFeed(ScopedModel):
    """A person's own timetable under an address that nobody can guess; only its hash is kept."""

    ANCHORS: ClassVar[Anchors] = {"person": "person_id"}

    person = models.OneToOneField(
        "accounts.Person", on_delete=models.CASCADE, related_name="calendar_feed"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"feed of {self.person_id}"


class EditStep(ScopedModel):
    """A change made by hand, as it can be taken back: what each lesson was and is."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    timetable = models.ForeignKey(Timetable, on_delete=models.CASCADE, related_name="steps")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    changes = models.JSONField()
    """A list of {lesson, before, after}: what of it was changed; None where there is no lesson."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("timetable", "number"), name="edit_step_once"),
        )

    def __str__(self) -> str:
        return f"step {self.number} of {self.timetable_id}"
