"""A school: what it always is, what it is by law in a period, the codes it had."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khuevan.kernel.periods import FORWARD
from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track
from khuevan.platform.organizations.api import DateRange

_STILL_HAS_CLASSES = """
    IF NEW.closed_on IS NOT NULL AND EXISTS (
        SELECT 1 FROM schools_homeroomclass c
        JOIN schools_academicyear y ON y.id = c.academic_year_id
        WHERE c.school_id = NEW.unit_id
            AND LEAST(COALESCE(c.closed_on, y.ends_on), y.ends_on) > NEW.closed_on
    ) THEN
        RAISE EXCEPTION 'closed_school_has_classes' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class EducationLevel(models.TextChoices):
    """The levels a school may teach; the grade chooses the regulation."""

    PRESCHOOL = "MN", _("Preschool")
    PRIMARY = "TH", _("Primary")
    LOWER_SECONDARY = "THCS", _("Lower secondary")
    UPPER_SECONDARY = "THPT", _("Upper secondary")
    CONTINUING = "GDTX", _("Continuing education")
    VOCATIONAL = "THN", _("Vocational secondary")


class SchoolType(models.TextChoices):
    """Kinds of education establishments (organization sheet 1.1)."""

    NURSERY = "NURSERY", _("Nursery")
    KINDERGARTEN = "KINDERGARTEN", _("Kindergarten")
    PRESCHOOL = "PRESCHOOL", pgettext_lazy("school", "Preschool")
    INDEPENDENT_PRESCHOOL = "INDEPENDENT_PRESCHOOL", _("Independent preschool facility")
    PRIMARY = "PRIMARY", _("Primary school")
    LOWER_SECONDARY = "LOWER_SECONDARY", _("Lower-secondary school")
    PRIMARY_LOWER_SECONDARY = "PRIMARY_LOWER_SECONDARY", _("Primary and lower-secondary school")
    UPPER_SECONDARY = "UPPER_SECONDARY", _("Upper-secondary school")
    MULTI_LEVEL = "MULTI_LEVEL", _("School of several levels with upper secondary")
    GIFTED = "GIFTED", _("Upper-secondary school for the gifted")
    ETHNIC_BOARDING = "ETHNIC_BOARDING", _("Ethnic boarding school")
    ETHNIC_SEMI_BOARDING = "ETHNIC_SEMI_BOARDING", _("Ethnic semi-boarding school")
    SPECIAL_NEEDS = "SPECIAL_NEEDS", _("School for pupils with disabilities")
    CONTINUING_CENTER = "CONTINUING_CENTER", _("Continuing education center")
    BOARDING_GENERAL = "BOARDING_GENERAL", _("General boarding school")
    TALENT = "TALENT", _("School for talents in arts or sports")
    COMMUNITY_LEARNING = "COMMUNITY_LEARNING", _("Community learning center")
    LANGUAGE_IT_CENTER = "LANGUAGE_IT_CENTER", _("Foreign language and IT center")
    VOCATIONAL_SECONDARY = "VOCATIONAL_SECONDARY", _("Vocational secondary school")
    INTERMEDIATE_COLLEGE = "INTERMEDIATE_COLLEGE", _("Intermediate college")
    COLLEGE = "COLLEGE", _("College")


class Ownership(models.TextChoices):
    """Who owns a school (records sheet REC-08)."""

    PUBLIC = "PUBLIC", _("Public")
    COMMUNITY = "COMMUNITY", _("People-founded")
    PRIVATE = "PRIVATE", _("Private")
    PRIVATE_NFP = "PRIVATE_NFP", _("Private, not for profit")
    FOREIGN = "FOREIGN", _("Foreign-invested")


class Boarding(models.TextChoices):
    """Whether pupils stay at school: for the day with lunch, or through the week."""

    NONE = "NONE", _("None")
    DAY = "DAY", _("Day boarding")
    FULL = "FULL", _("Full boarding")


@track()
class School(ScopedModel):
    """An education establishment. It is a unit: name, parent and area are the unit's, by date.

    What it is by law (type, levels, ownership ...) is its `SchoolVersion` of the day; the code is
    today's, and `SchoolCode` keeps those it had.
    """

    ANCHORS: ClassVar[Anchors] = {"school": "pk"}

    unit = models.OneToOneField(
        "organizations.OrgUnit", on_delete=models.PROTECT, primary_key=True, related_name="school"
    )
    code = models.CharField(max_length=20, unique=True)
    founded_on = models.DateField(null=True)
    phone = models.CharField(max_length=20, blank=True)
    website = models.URLField(blank=True)
    address = models.CharField(max_length=250, blank=True)
    closed_on = models.DateField(null=True)

    class Meta:
        triggers = (
            pgtrigger.Trigger(
                name="closed_without_classes",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("closed_on"),  # type: ignore[no-untyped-call]
                func=_STILL_HAS_CLASSES,
            ),
        )

    if TYPE_CHECKING:  # told by `schools()` and `with_facts` for a day; a bare row has none of them
        school_type: str
        ownership: str
        levels: list[str]

    def __str__(self) -> str:
        return self.code


@track()
class SchoolVersion(ScopedModel):
    """What a school is by law during a period, by which decision; periods never overlap."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="versions")
    school_type = models.CharField(max_length=32, choices=SchoolType.choices)
    ownership = models.CharField(max_length=12, choices=Ownership.choices)
    levels = ArrayField(models.CharField(max_length=4, choices=EducationLevel.choices))
    boarding = models.CharField(max_length=4, choices=Boarding.choices, default=Boarding.NONE)
    is_disadvantaged = models.BooleanField(default=False)
    national_standard = models.PositiveSmallIntegerField(null=True)
    decision = models.CharField(max_length=160, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="school_versions_never_overlap",
                expressions=(
                    ("school", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
                violation_error_message=_("The school's facts are known for that time."),
            ),
            models.CheckConstraint(name="school_version_forward", condition=FORWARD),
            models.CheckConstraint(
                name="school_standard_one_or_two",
                condition=Q(national_standard__isnull=True) | Q(national_standard__in=(1, 2)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.school_id}@{self.starts_on}"


@track()
class SchoolCode(ScopedModel):
    """A code that a school had during a period: old papers still find it."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(max_length=20)
    decision = models.CharField(max_length=160, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="school_codes_never_overlap",
                expressions=(
                    ("school", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
            ),
            ExclusionConstraint(
                name="school_code_of_one_school",
                expressions=(
                    ("code", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
                violation_error_message=_("Another school has this code at that time."),
            ),
            models.CheckConstraint(name="school_code_forward", condition=FORWARD),
        )

    def __str__(self) -> str:
        return self.code
