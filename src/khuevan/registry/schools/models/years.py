"""Academic years, terms and grades: the province's decisions and the national list; public."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from khuevan.platform.organizations.api import DateRange
from khuevan.registry.schools.models.schools import EducationLevel


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
        )

    def __str__(self) -> str:
        return f"{self.academic_year_id}/{self.level}/{self.number}"


class GradeLevel(models.Model):
    """A grade (khối): data, in the order of age; public."""

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=4, choices=EducationLevel.choices)
    position = models.PositiveSmallIntegerField(unique=True)
    usual_age = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.name
