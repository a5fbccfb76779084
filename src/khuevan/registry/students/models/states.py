"""A pupil's long leave, the numbers of the registry book, what a school saw on the last day."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.periods import FORWARD
from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track
from khuevan.platform.organizations.api import DateRange
from khuevan.registry.students.models.pupils import Enrollment, Student

_OVERLAP = "RAISE EXCEPTION USING ERRCODE = '23P01', MESSAGE = 'student_states_never_overlap'"
_WITHIN = f"""
IF NOT EXISTS (
    SELECT 1 FROM students_enrollment e WHERE e.id = NEW.enrollment_id
    AND daterange(e.starts_on, e.ends_on) @> daterange(NEW.starts_on, NEW.ends_on)
) OR EXISTS (
    SELECT 1 FROM students_classplacement p WHERE p.student_id = NEW.student_id
    AND daterange(p.starts_on, p.ends_on) && daterange(NEW.starts_on, NEW.ends_on)
) THEN {_OVERLAP}; END IF;
RETURN NULL;
"""  # noqa: S608  (our own words alone)


@track()
class StudyBreak(ScopedModel):
    """A pupil on roll does not study for a while: long leave (bảo lưu), with a way back."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "person": "person_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="breaks")
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="breaks")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    homeroom_class = models.ForeignKey(
        "schools.HomeroomClass", on_delete=models.PROTECT, null=True, related_name="+"
    )
    """Where the pupil sat before."""
    reason = models.CharField(max_length=200)
    paper = models.CharField(max_length=200, blank=True)
    expected_back_on = models.DateField(null=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="study_break_one_a_day",
                expressions=(
                    ("student", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
                violation_error_message=_("The pupil is on leave already on those days."),
            ),
            models.CheckConstraint(name="study_break_forward", condition=FORWARD),
        )
        triggers = (
            pgtrigger.Trigger(
                name="within_the_enrollment",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_WITHIN,
            ),
        )

    def __str__(self) -> str:
        return f"break of student {self.student_id}"


class NumberFormat(models.TextChoices):
    """How a school writes the numbers of its registry book (records sheet REC-04)."""

    YEAR_FIRST = "{yyyy}-{seq}", _("Year, then number: 2026-0152")
    YEAR_LAST = "{seq}/{yyyy}", _("Number, then year: 152/2026")
    PLAIN = "{seq}", _("Number alone: 1520")


@track()
class RegistryBook(ScopedModel):
    """How one school numbers its registry book, and how far it has come."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    school = models.OneToOneField(
        "schools.School", on_delete=models.PROTECT, primary_key=True, related_name="registry_book"
    )
    number_format = models.CharField(
        max_length=16, choices=NumberFormat.choices, default=NumberFormat.YEAR_FIRST
    )
    last_number = models.PositiveIntegerField(default=0)
    gives_numbers = models.BooleanField(default=True)
    """Whether whoever comes one by one gets the next number at once."""

    def __str__(self) -> str:
        return f"registry book of school {self.school_id}"


class RegistryNumber(ScopedModel):
    """A number of a school's registry book and the pupil it was once given to: for ever.

    A trigger on enrollments writes these rows, whatever way a number came; nobody changes them.
    Where the list that brought a pupil is taken back, the number stays, without pupil: it can be
    given again to a pupil of that name and birth date alone (`borne_by`).
    """

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    school = models.ForeignKey(
        "schools.School", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    number = models.CharField(max_length=20)
    position = models.BigIntegerField(null=True)
    """The counting part of the number, to sort by."""
    student = models.ForeignKey(
        Student, on_delete=models.PROTECT, null=True, related_name="numbers"
    )
    given_on = models.DateField()
    borne_by = models.CharField(max_length=32, blank=True, default="", db_default="")
    """A hash of who bore it, where the record of the pupil was taken back."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("school", "number"),
                name="registry_number_once_for_ever",
                violation_error_message=_("This number of the registry book is taken."),
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="permanent",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__student__isnull=False),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return self.number


@track()
class LastView(ScopedModel):
    """What a school saw of a pupil's record on the last day there; nothing newer reaches it."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    enrollment = models.OneToOneField(
        Enrollment, on_delete=models.CASCADE, primary_key=True, related_name="last_view"
    )
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    left_on = models.DateField()
    data = models.JSONField()
    """`lastview.Frozen`, private values in it as they were: pages mask them."""

    def __str__(self) -> str:
        return f"last view of enrollment {self.enrollment_id}"
