"""Homeroom classes of an academic year, and what keeps them out of a closed school."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track
from khuevan.registry.schools.models.places import Campus, Room
from khuevan.registry.schools.models.schools import School
from khuevan.registry.schools.models.years import AcademicYear, GradeLevel

_IN_CLOSED_SCHOOL = """
    SELECT closed_on INTO closed FROM schools_school WHERE unit_id = NEW.school_id FOR SHARE;
    IF closed IS NOT NULL THEN
        SELECT ends_on INTO year_ends FROM schools_academicyear WHERE id = NEW.academic_year_id;
        IF LEAST(COALESCE(NEW.closed_on, year_ends), year_ends) > closed THEN
            RAISE EXCEPTION 'class_in_a_closed_school' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
"""


_MOVED = pgtrigger.UpdateOf("school_id", "academic_year_id", "closed_on")  # type: ignore[no-untyped-call]


class Session(models.TextChoices):
    """When a class has lessons."""

    MORNING = "MORNING", _("Morning")
    AFTERNOON = "AFTERNOON", _("Afternoon")
    FULL_DAY = "FULL_DAY", _("Full day")


@track()
class HomeroomClass(ScopedModel):
    """A class of a school in one academic year; a multi-grade one teaches more grades than its own.

    It is open until `closed_on`, its first day without lessons: a merged class names where it went.
    """

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "class": "pk"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="classes")
    academic_year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT)
    grade_level = models.ForeignKey(GradeLevel, on_delete=models.PROTECT)
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, null=True, related_name="classes")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, related_name="classes")
    name = models.CharField(max_length=30)
    match_name = models.CharField(max_length=30)
    sort_key = models.CharField(max_length=60, db_collation="C")
    session = models.CharField(max_length=9, choices=Session.choices, default=Session.MORNING)
    sessions_a_week = models.PositiveSmallIntegerField(null=True)
    is_inclusive = models.BooleanField(default=False)
    is_gifted = models.BooleanField(default=False)
    subject_combination = models.CharField(max_length=160, blank=True)
    closed_on = models.DateField(null=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged_from"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="class_sessions_a_week",
                condition=Q(sessions_a_week__isnull=True) | Q(sessions_a_week__range=(1, 12)),
            ),
            models.CheckConstraint(
                name="class_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
            ),
            models.UniqueConstraint(
                fields=("school", "academic_year", "match_name"),
                name="class_name_once_a_year",
                violation_error_message=_("The school already has a class of this name this year."),
            ),
        )
        indexes = (
            models.Index(fields=("school", "academic_year", "sort_key"), name="class_of_school"),
        )
        triggers = (
            pgtrigger.Trigger(
                name="never_in_a_closed_school",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | _MOVED,
                declare=[("closed", "DATE"), ("year_ends", "DATE")],
                func=_IN_CLOSED_SCHOOL,
            ),
        )

    def __str__(self) -> str:
        return self.name


@track()
class ClassGrade(ScopedModel):
    """A further grade that a multi-grade class (lớp ghép) teaches beside its own."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "class": "homeroom_class_id"}

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    homeroom_class = models.ForeignKey(
        HomeroomClass, on_delete=models.CASCADE, related_name="further_grades"
    )
    grade_level = models.ForeignKey(GradeLevel, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("homeroom_class", "grade_level"), name="class_grade_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.homeroom_class_id}/{self.grade_level_id}"
