"""Academic years, terms and grades: the province's decisions and the national list; public."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import track
from khuevan.platform.organizations.api import DateRange
from khuevan.registry.schools.grade_names import grade_label
from khuevan.registry.schools.models.schools import EducationLevel
from khuevan.ui.formats import day


@track()
class AcademicYear(models.Model):
    """A school year such as 2026-2027; public."""

    code = models.CharField(max_length=9, unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="academic_year_forward", condition=Q(ends_on__gt=F("starts_on"))
            ),
            ExclusionConstraint(
                name="academic_years_never_overlap",
                expressions=((DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),),
            ),
        )

    def __str__(self) -> str:
        return self.code.replace("-", "–")


@track()
class Term(models.Model):
    """A term of a level in an academic year, by the province's decision; public."""

    academic_year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="terms")
    level = models.CharField(max_length=4, choices=EducationLevel.choices)
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    decision = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("academic_year", "level", "number"), name="term_number_once"
            ),
            models.CheckConstraint(name="term_forward", condition=Q(ends_on__gt=F("starts_on"))),
            ExclusionConstraint(
                name="terms_of_a_level_never_overlap",
                expressions=(
                    ("level", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.academic_year_id}/{self.level}/{self.number}"


@track()
class YearFrame(models.Model):
    """A level's frame of an academic year, by the province's decision; public.

    `returns_on` is the first day at school, `starts_on` the first of teaching; `ends_on` is the
    day after the last of the year's work.
    """

    academic_year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="frames")
    level = models.CharField(max_length=4, choices=EducationLevel.choices)
    returns_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    teaches_saturday = models.BooleanField(default=False)
    decision = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("academic_year", "level"), name="year_frame_once"),
            models.CheckConstraint(
                name="year_frame_forward",
                condition=Q(starts_on__gte=F("returns_on"), ends_on__gt=F("starts_on")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.academic_year}, {EducationLevel(self.level).label}"


class ClosureReason(models.TextChoices):
    """Why there were no lessons."""

    STORM = "STORM", _("Storm")
    FLOOD = "FLOOD", _("Flood")
    COLD = "COLD", _("Severe cold")
    HEAT = "HEAT", _("Severe heat")
    EPIDEMIC = "EPIDEMIC", _("Epidemic")
    OTHER = "OTHER", _("Other reason")


@track()
class Closure(models.Model):
    """Days without lessons in a unit and all below it, for some levels or all; public."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    unit = models.ForeignKey(
        "organizations.OrgUnit", on_delete=models.PROTECT, related_name="closures"
    )
    levels = ArrayField(
        models.CharField(max_length=4, choices=EducationLevel.choices), default=list
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=8, choices=ClosureReason.choices)
    note = models.CharField(max_length=160, blank=True)
    decision = models.CharField(max_length=160)
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(name="closure_forward", condition=Q(ends_on__gt=F("starts_on"))),
        )
        indexes = (models.Index(fields=("unit", "starts_on"), name="closure_of_unit"),)

    def __str__(self) -> str:
        return f"{self.why}, {day(self.starts_on)}"

    @property
    def why(self) -> str:
        """Return the reason and the note in words, the reason once."""
        reason = str(ClosureReason(self.reason).label)
        if self.note.casefold().startswith(reason.casefold()):
            return self.note[:1].upper() + self.note[1:]
        return f"{reason}, {self.note}" if self.note else reason


@track()
class MakeUpDay(models.Model):
    """A day off on which the lessons of a closure are made up; public."""

    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, related_name="make_up_days")
    on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("closure", "on"), name="make_up_day_once"),)

    def __str__(self) -> str:
        return day(self.on)


class GradeLevel(models.Model):
    """A grade (khối): data, in the order of age; public."""

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=4, choices=EducationLevel.choices)
    position = models.PositiveSmallIntegerField(unique=True)
    usual_age = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Return its name in the reader's language."""
        return grade_label(self.code, self.name)
