"""Gradebooks, their marks by year, what marks were before, and when they may be entered.

Marks, their earlier values and the averages that follow are narrow rows in partitions by year;
nothing points at them (ADR 22). Columns are numbers: `slots`.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.columns import NarrowForeignKey
from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track
from khuevan.school.gradebooks.slots import BookForm
from khuevan.school.gradebooks.window_models import (
    BroughtAverage,
    MarksReminder,
    WindowExtension,
)

__all__ = [
    "Arrangement",
    "ArrangementKind",
    "BroughtAverage",
    "Confirmation",
    "Correction",
    "CorrectionState",
    "EntryWindow",
    "Gradebook",
    "Mark",
    "MarkVersion",
    "MarksReminder",
    "SubjectResult",
    "WindowExtension",
]

THROUGH_BOOK: Anchors = {
    "school": "gradebook__school_id",
    "class": "gradebook__homeroom_class_id",
    "person": "student__person_id",
}


@track()
class Gradebook(ScopedModel):
    """The marks of a class in a subject of a year: which columns there are, by which circular."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "class": "homeroom_class_id"}

    id = models.AutoField(primary_key=True)
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    academic_year = models.ForeignKey(
        "schools.AcademicYear", on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField()
    """The calendar year in which the school year begins: the partition of its marks."""
    homeroom_class = models.ForeignKey(
        "schools.HomeroomClass", on_delete=models.PROTECT, related_name="gradebooks"
    )
    grade = models.PositiveSmallIntegerField()
    subject_name = models.CharField(max_length=60, blank=True)
    """Nothing where it holds qualities and competencies, or a child's development."""
    parts = ArrayField(models.CharField(max_length=60), default=list)
    """The subjects of the class's plan that it is made of: who teaches one of them enters marks."""
    component = models.CharField(max_length=40, blank=True)
    """The part of the programme to which it belongs: music and art are one subject of lower
    secondary schools, with one result."""
    form = models.CharField(max_length=11, choices=BookForm.choices)
    regulation = models.CharField(max_length=20)
    """The code of the circular that holds for the grade in the year."""
    annual_periods = models.PositiveSmallIntegerField(default=0)
    """Periods a year without those of study topics, from which the number of marks follows."""
    slots = ArrayField(models.PositiveSmallIntegerField())
    """Its columns, in order."""
    required = ArrayField(models.PositiveSmallIntegerField(), default=list)
    """How many regular marks each term needs at least."""
    closed_slots = ArrayField(models.PositiveSmallIntegerField(), default=list)
    """Columns that their teacher finished: what stands there changes by correction alone."""
    counts_in_overall = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("homeroom_class", "subject_name", "form"), name="gradebook_once"
            ),
        )
        indexes = (models.Index(fields=("school", "academic_year"), name="gradebook_of_school"),)

    def __str__(self) -> str:
        return f"{self.subject_name or self.form} in class {self.homeroom_class_id}"


class Mark(ScopedModel):
    """What stands in one cell of a gradebook, who entered it and when; a partition a year."""

    ANCHORS: ClassVar[Anchors] = THROUGH_BOOK

    pk = models.CompositePrimaryKey("gradebook", "student", "slot", "year")
    at = models.DateTimeField()
    gradebook = NarrowForeignKey(
        Gradebook, on_delete=models.PROTECT, db_index=False, related_name="marks"
    )
    student = NarrowForeignKey(
        "students.Student", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    by = NarrowForeignKey(
        "accounts.Person", on_delete=models.PROTECT, db_index=False, null=True, related_name="+"
    )
    """Nobody where a program loaded it."""
    year = models.SmallIntegerField()
    slot = models.SmallIntegerField()
    value = models.SmallIntegerField()
    """By the column's content (`slots.Content`), or a `slots.Word`."""
    version = models.SmallIntegerField(default=1)
    how = models.SmallIntegerField()
    """A `slots.How`."""

    class Meta:
        db_table = "gradebooks_mark"

    def __str__(self) -> str:
        return f"{self.slot} of pupil {self.student_id} in book {self.gradebook_id}"


class MarkVersion(ScopedModel):
    """What stood in a cell before: written by the database whenever a mark changes."""

    ANCHORS: ClassVar[Anchors] = THROUGH_BOOK

    pk = models.CompositePrimaryKey("gradebook", "student", "slot", "version", "year")
    at = models.DateTimeField()
    gradebook = NarrowForeignKey(
        Gradebook, on_delete=models.PROTECT, db_index=False, related_name="+", db_constraint=False
    )
    student = NarrowForeignKey(
        "students.Student",
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        db_constraint=False,
    )
    by = NarrowForeignKey(
        "accounts.Person",
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        related_name="+",
        db_constraint=False,
    )
    year = models.SmallIntegerField()
    slot = models.SmallIntegerField()
    value = models.SmallIntegerField()
    version = models.SmallIntegerField()
    how = models.SmallIntegerField()

    class Meta:
        db_table = "gradebooks_markversion"

    def __str__(self) -> str:
        return f"version {self.version} of {self.slot} of pupil {self.student_id}"


class SubjectResult(ScopedModel):
    """A pupil's results in a subject: tenths or 1 and 0, nothing while marks are missing."""

    ANCHORS: ClassVar[Anchors] = THROUGH_BOOK

    pk = models.CompositePrimaryKey("gradebook", "student", "year")
    gradebook = NarrowForeignKey(
        Gradebook, on_delete=models.PROTECT, db_index=False, related_name="results"
    )
    student = NarrowForeignKey(
        "students.Student", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    year = models.SmallIntegerField()
    term_1 = models.SmallIntegerField(null=True)
    term_2 = models.SmallIntegerField(null=True)
    annual = models.SmallIntegerField(null=True)
    retest = models.SmallIntegerField(null=True)
    """What the test after the summer gave, which stands in the year result's place."""

    class Meta:
        db_table = "gradebooks_subjectresult"

    def __str__(self) -> str:
        return f"results of pupil {self.student_id} in book {self.gradebook_id}"


@track()
class EntryWindow(ScopedModel):
    """When the marks of a period may be entered at a school, and whether it is locked."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    academic_year = models.ForeignKey(
        "schools.AcademicYear", on_delete=models.PROTECT, related_name="+"
    )
    level = models.CharField(max_length=10)
    period = models.PositiveSmallIntegerField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    """The first day on which nothing is entered any more."""
    make_ups_until = models.DateField(null=True)
    """The first day on which no missed test is made up any more; else the end of the window."""
    locked_at = models.DateTimeField(null=True)
    locked_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("school", "academic_year", "level", "period"), name="entry_window_once"
            ),
            models.CheckConstraint(
                name="entry_window_forward", condition=Q(closes_on__gt=F("opens_on"))
            ),
        )

    def __str__(self) -> str:
        return f"period {self.period} at school {self.school_id}"


class ArrangementKind(models.TextChoices):
    """How a pupil is assessed otherwise than the class."""

    EXEMPT = "EXEMPT", _("Exempt from a subject")
    THEORY = "THEORY", _("Theory in place of practice")
    INDIVIDUAL = "INDIVIDUAL", _("By an individual plan")


@track()
class Arrangement(ScopedModel):
    """A pupil is assessed otherwise than the class, in a subject or in all, for a year."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "person": "person_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    academic_year = models.ForeignKey(
        "schools.AcademicYear", on_delete=models.PROTECT, related_name="+"
    )
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=ArrangementKind.choices)
    subject_name = models.CharField(max_length=60, blank=True)
    """Nothing where it holds for all subjects."""
    reason = models.CharField(max_length=200)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("student", "school", "academic_year", "kind", "subject_name"),
                name="arrangement_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} for pupil {self.student_id}"


class CorrectionState(models.TextChoices):
    """How far a correction has come (ASM-15)."""

    ASKED = "ASKED", _("Waits for the homeroom teacher")
    CONFIRMED = "CONFIRMED", _("Waits for the principal")
    DONE = "DONE", _("Corrected")
    REFUSED = "REFUSED", _("Refused")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


class Confirmation(models.TextChoices):
    """Who stood for the class when a correction was confirmed."""

    HOMEROOM = "HOMEROOM", _("By the homeroom teacher")
    STAND_IN = "STAND_IN", _("By whoever stands in for the homeroom teacher")
    ASKER = "ASKER", _("The homeroom teacher asked for it")
    NOBODY = "NOBODY", _("The class has no homeroom teacher at work: the principal decides alone")


@track()
class Correction(ScopedModel):
    """A change of a mark after it was closed: asked with a reason, confirmed, approved."""

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
    gradebook = models.ForeignKey(Gradebook, on_delete=models.PROTECT, related_name="corrections")
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    slot = models.PositiveSmallIntegerField()
    old_value = models.SmallIntegerField(null=True)
    """Nothing where the cell was empty."""
    new_value = models.SmallIntegerField()
    base = models.PositiveSmallIntegerField()
    """The version of the mark that was to be changed."""
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=9, choices=CorrectionState.choices)
    answer = models.CharField(max_length=300, blank=True)
    """Why it was refused."""
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmation = models.CharField(max_length=8, choices=Confirmation.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("gradebook", "student", "slot"),
                condition=Q(state__in=("ASKED", "CONFIRMED")),
                name="correction_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"correction of {self.slot} of pupil {self.student_id}"
