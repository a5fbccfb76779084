"""The stored roll-up, how many pupils of a school shared facts over days; and census days.

A row holds from `starts_on` until before `ends_on`, like the history it is counted from, so the
count of any day is the sum of the rows that hold on it. Nothing here is a source: rows of a school
are written anew from its enrollments, and while a mark says that those changed, they are not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track


def _key(
    to: str, *, null: bool = False, index: bool = True
) -> models.ForeignKey[models.Model, models.Model]:
    """Return a reference that the writer of cells answers for, not a constraint a row."""
    return models.ForeignKey(
        to,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=index,
        null=null,
        related_name="+",
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


class HomeCell(ScopedModel):
    """So many pupils of a school with these facts who live in an area over these days."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    school = _key("schools.School")
    grade_level = _key("schools.GradeLevel", null=True, index=False)
    sex = models.CharField(max_length=6, blank=True)
    ethnicity_code = models.CharField(max_length=2, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    area = _key("areas.Area", null=True, index=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    pupils = models.PositiveIntegerField()

    class Meta:
        indexes = (models.Index(fields=("ends_on", "starts_on"), name="home_cell_day"),)

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


class CensusState(models.TextChoices):
    """Where a census stands: open until it is frozen, and again once somebody says why."""

    OPEN = "OPEN", pgettext_lazy("census", "Open")
    FROZEN = "FROZEN", _("Frozen")


@track()
class Census(models.Model):
    """A day whose figures are kept, by the department's decision; for one level or for all."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    on = models.DateField()
    level = models.CharField(max_length=4, blank=True)
    decision = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=6, choices=CensusState.choices, default=CensusState.OPEN)
    reason = models.CharField(max_length=300, blank=True)
    """Why it was opened again, while it is."""

    newest_first: Sequence[CensusVersion] = ()
    """Its versions, as `selectors.census` reads them."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("on", "level"),
                name="census_day_once",
                violation_error_message=_("There is a census of that day for this level already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.on} {self.level}".strip()


@track()
class CensusVersion(models.Model):
    """The figures of a census as they were when it was frozen; never changed afterwards."""

    census = models.ForeignKey(Census, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    frozen_at = models.DateTimeField()
    by = models.CharField(max_length=200)
    reason = models.CharField(max_length=300, blank=True)
    """Why the version before was opened again."""
    history_until = models.BigIntegerField()
    """The newest version of any enrollment that was counted: what was known then."""
    placements_until = models.BigIntegerField(default=0, db_default=0)
    """The same of places in classes; 0 for versions frozen before it was kept."""
    keeps_things = models.BooleanField(default=False, db_default=False)
    """Whether classes and staff were frozen too, as rows."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("census", "number"), name="census_version_once"),
        )

    def __str__(self) -> str:
        return f"{self.census_id}/{self.number}"


class CensusFigure(ScopedModel):
    """So many pupils of a school, with the same facts, were counted in a version."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    version = models.ForeignKey(CensusVersion, on_delete=models.PROTECT, related_name="figures")
    school = _key("schools.School")
    grade_level = _key("schools.GradeLevel", null=True)
    sex = models.CharField(max_length=6, blank=True)
    ethnicity_code = models.CharField(max_length=2, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    pupils = models.PositiveIntegerField()

    class Meta:
        indexes = (models.Index(fields=("version", "school"), name="census_figure_school"),)

    def __str__(self) -> str:
        return f"{self.pupils} of school {self.school_id}"


class CensusSchool(ScopedModel):
    """A school that was due in a version, with what its figures lacked."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    version = models.ForeignKey(CensusVersion, on_delete=models.PROTECT, related_name="schools")
    school = _key("schools.School")
    pupils = models.PositiveIntegerField()
    unplaced = models.PositiveIntegerField()
    classes = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("version", "school"), name="census_school_once"),
        )

    def __str__(self) -> str:
        return f"school {self.school_id}"

    @property
    def is_whole(self) -> bool:
        """Return whether the school had pupils and all of them sat in classes."""
        return self.pupils > 0 and not self.unplaced


class CensusClass(ScopedModel):
    """A class that was counted in a version, with its pupils then: a frozen number's very rows."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    version = models.ForeignKey(CensusVersion, on_delete=models.PROTECT, related_name="classes")
    school = _key("schools.School")
    homeroom_class = _key("schools.HomeroomClass")
    grade_level = _key("schools.GradeLevel")
    name = models.CharField(max_length=30)
    pupils = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("version", "school", "homeroom_class"), name="census_class_once"
            ),
        )

    def __str__(self) -> str:
        return f"class {self.homeroom_class_id}"


class CensusStaff(ScopedModel):
    """A main position that was counted in a version: whose is a key without a name."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    version = models.ForeignKey(CensusVersion, on_delete=models.PROTECT, related_name="staff")
    school = _key("schools.School")
    staff_member = _key("staff.StaffMember")
    position = models.CharField(max_length=16)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("version", "school", "staff_member"), name="census_staff_once"
            ),
        )

    def __str__(self) -> str:
        return f"staff member {self.staff_member_id}"
