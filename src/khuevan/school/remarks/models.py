"""Comments by year, what they said before, and the phrases they are made of.

Comments and their earlier texts are narrow rows in partitions by year, as marks are (ADR 22, 24);
nothing points at them.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.columns import NarrowForeignKey
from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track

LONGEST_TEXT = 1000
LONGEST_SUBJECT, LONGEST_OVERALL = 300, 500
THROUGH_SHEET: Anchors = {
    "school": "sheet__school_id",
    "class": "sheet__homeroom_class_id",
    "person": "student__person_id",
}


class State(IntEnum):
    """How far a comment is."""

    EMPTY = 0
    """It said something and says nothing now."""
    DRAFT = 1
    APPROVED = 2


class Source(IntEnum):
    """How a text came about."""

    TYPED = 1
    SUGGESTED = 2
    """As it was suggested."""
    EDITED = 3
    """Suggested, then changed by hand."""
    UNDONE = 4


@track()
class RemarkSheet(ScopedModel):
    """The comments on the pupils of a class: in a gradebook's subject, or as a whole."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "class": "homeroom_class_id"}

    id = models.AutoField(primary_key=True)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    academic_year = models.ForeignKey(
        "schools.AcademicYear", on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField()
    """The calendar year in which the school year begins: the partition of its comments."""
    homeroom_class = models.ForeignKey(
        "schools.HomeroomClass", on_delete=models.PROTECT, related_name="+"
    )
    gradebook = models.ForeignKey(
        "gradebooks.Gradebook", on_delete=models.PROTECT, null=True, related_name="+"
    )
    """Nothing where the homeroom teacher comments on the whole."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("homeroom_class", "gradebook"),
                name="remark_sheet_once",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return f"comments of class {self.homeroom_class_id} in book {self.gradebook_id}"


class Remark(ScopedModel):
    """What is said of a pupil in a period, by whom and when; a partition a year."""

    ANCHORS: ClassVar[Anchors] = THROUGH_SHEET

    pk = models.CompositePrimaryKey("sheet", "student", "period", "year")
    at = models.DateTimeField()
    sheet = NarrowForeignKey(
        RemarkSheet, on_delete=models.PROTECT, db_index=False, related_name="remarks"
    )
    student = NarrowForeignKey(
        "students.Student", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    by = NarrowForeignKey(
        "accounts.Person", on_delete=models.PROTECT, db_index=False, null=True, related_name="+"
    )
    year = models.SmallIntegerField()
    period = models.SmallIntegerField()
    version = models.SmallIntegerField(default=1)
    state = models.SmallIntegerField()
    """A `State`."""
    source = models.SmallIntegerField()
    """A `Source`."""
    text = models.CharField(max_length=LONGEST_TEXT, blank=True)

    class Meta:
        db_table = "remarks_remark"

    def __str__(self) -> str:
        return f"comment of period {self.period} on pupil {self.student_id}"


class RemarkVersion(ScopedModel):
    """What a comment said before: written by the database whenever one changes."""

    ANCHORS: ClassVar[Anchors] = THROUGH_SHEET

    pk = models.CompositePrimaryKey("sheet", "student", "period", "version", "year")
    at = models.DateTimeField()
    sheet = NarrowForeignKey(
        RemarkSheet, on_delete=models.PROTECT, db_index=False, related_name="+", db_constraint=False
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
    period = models.SmallIntegerField()
    version = models.SmallIntegerField()
    state = models.SmallIntegerField()
    source = models.SmallIntegerField()
    text = models.CharField(max_length=LONGEST_TEXT, blank=True)

    class Meta:
        db_table = "remarks_remarkversion"

    def __str__(self) -> str:
        return f"version {self.version} of a comment on pupil {self.student_id}"


class Subjects(models.TextChoices):
    """Subjects that are spoken of in the same way."""

    ALL = "ALL", _("All subjects")
    MATH = "MATH", _("Mathematics")
    LITERATURE = "LITERATURE", _("Literature, Vietnamese")
    LANGUAGE = "LANGUAGE", _("Foreign and minority languages")
    NATURE = "NATURE", _("Sciences of nature")
    SOCIETY = "SOCIETY", _("History and geography")
    CIVICS = "CIVICS", _("Civic and moral education, law")
    TECHNOLOGY = "TECHNOLOGY", _("Informatics and technology")
    ARTS = "ARTS", _("Music and art")
    SPORT = "SPORT", _("Physical and defence education")
    ACTIVITY = "ACTIVITY", _("Activities and local education")
    TRAITS = "TRAITS", _("Qualities and competencies")
    WHOLE = "WHOLE", _("The pupil as a whole")


class Part(models.TextChoices):
    """What a phrase says; a comment is one of the first three and one of the last two."""

    STRENGTH = "STRENGTH", _("What the pupil does well")
    RISE = "RISE", _("The pupil has made progress")
    FALL = "FALL", _("Results went down")
    NEXT = "NEXT", _("What to do next")
    MISSING = "MISSING", _("A mark is missing")


class Band(models.TextChoices):
    """For whom a phrase is meant, on the scale of any form of gradebook."""

    ANY = "ANY", _("At any level")
    GOOD = "GOOD", _("From 8,0; T")
    FAIR = "FAIR", _("6,5 to 7,9")
    PASS = "PASS", _("5,0 to 6,4; Đ, H")
    LOW = "LOW", _("Below 5,0; CĐ, C")


@track()
class Phrase(ScopedModel):
    """A sentence for comments: the school's, shared by its teachers, or somebody's own."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "person": "owner_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey(
        "schools.School", on_delete=models.PROTECT, null=True, related_name="+"
    )
    owner = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    subjects = models.CharField(max_length=10, choices=Subjects.choices)
    part = models.CharField(max_length=8, choices=Part.choices)
    band = models.CharField(max_length=4, choices=Band.choices)
    text = models.CharField(max_length=300)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="phrase_has_one_keeper",
                condition=Q(school__isnull=True, owner__isnull=False)
                | Q(school__isnull=False, owner__isnull=True),
            ),
            models.UniqueConstraint(
                fields=("school", "owner", "subjects", "part", "band", "text"),
                name="phrase_once",
                nulls_distinct=False,
            ),
        )
        indexes = (models.Index(fields=("owner",), name="phrase_of_owner"),)

    def __str__(self) -> str:
        return self.text


@track()
class RemarkSetting(ScopedModel):
    """How long a school's comments may be, and which words it refuses besides the common list."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.OneToOneField("schools.School", on_delete=models.PROTECT, related_name="+")
    longest = models.PositiveSmallIntegerField(default=LONGEST_SUBJECT)
    longest_overall = models.PositiveSmallIntegerField(default=LONGEST_OVERALL)
    forbidden = ArrayField(models.CharField(max_length=60), default=list)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="remark_lengths",
                condition=Q(longest__range=(40, LONGEST_TEXT))
                & Q(longest_overall__range=(40, LONGEST_TEXT)),
            ),
        )

    def __str__(self) -> str:
        return f"comments of school {self.school_id}"
