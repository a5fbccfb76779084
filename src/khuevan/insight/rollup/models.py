"""The stored roll-up: how many pupils shared the same facts over the same days, by school.

A row holds from `starts_on` until before `ends_on`, like the history it is counted from, so the
count of any day is the sum of the rows that hold on it. Nothing here is a source: rows of a school
are written anew from its enrollments, and while a mark says that those changed, they are not read.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from khuevan.kernel.scoping import Anchors, ScopedModel


def _key(to: str, *, null: bool = False) -> models.ForeignKey[models.Model, models.Model]:
    """Return a reference that the writer of cells answers for, not a constraint a row."""
    return models.ForeignKey(
        to, on_delete=models.DO_NOTHING, db_constraint=False, null=null, related_name="+"
    )


class PupilCell(ScopedModel):
    """So many pupils of a school with these facts over these days."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    school = _key("schools.School")
    grade_level = _key("schools.GradeLevel", null=True)
    sex = models.CharField(max_length=6, blank=True)
    ethnicity_code = models.CharField(max_length=2, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    pupils = models.PositiveIntegerField()

    class Meta:
        indexes = (models.Index(fields=("ends_on", "starts_on"), name="pupil_cell_day"),)

    def __str__(self) -> str:
        return f"{self.pupils} of school {self.school_id} from {self.starts_on}"


class ClassCell(ScopedModel):
    """So many pupils of a class, or outside all classes, whose records lack the same things."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    school = _key("schools.School")
    homeroom_class = _key("schools.HomeroomClass", null=True)
    lacks = models.PositiveSmallIntegerField()
    """A bit for each thing, as `cells.FACTS` numbers them."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    pupils = models.PositiveIntegerField()
    girls = models.PositiveIntegerField()

    class Meta:
        indexes = (models.Index(fields=("ends_on", "starts_on"), name="class_cell_day"),)

    def __str__(self) -> str:
        return f"{self.pupils} of class {self.homeroom_class_id} from {self.starts_on}"


class StaleMark(models.Model):
    """What a school's cells are counted from has changed; no school means all of them.

    Triggers write marks in the transaction of the change; a refresh deletes those it read first.
    """

    school = _key("schools.School", null=True)

    def __str__(self) -> str:
        return f"school {self.school_id}"
