"""A school's move-over: its lists, its own totals, what was explained, and what was signed."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.scoping import Anchors, ScopedModel


class Product(models.TextChoices):
    """What the school worked with before."""

    VNEDU = "VNEDU", _("vnEdu")
    SMAS = "SMAS", _("SMAS")
    OTHER = "OTHER", _("Another product, or spreadsheets")


class CutoverState(models.TextChoices):
    """Where a move-over stands."""

    OPEN = "OPEN", _("In progress")
    SUBMITTED = "SUBMITTED", _("Waiting for the principal's signature")
    SIGNED = "SIGNED", _("Signed")
    ABANDONED = "ABANDONED", _("Given up")


class Part(models.TextChoices):
    """What a line of the reconciliation is about."""

    SCHOOL = "SCHOOL", _("Whole school")
    GRADE = "GRADE", _("Grade")
    CLASS = "CLASS", _("Class")
    STAFF = "STAFF", _("Staff")


LIVE = (CutoverState.OPEN, CutoverState.SUBMITTED)
OF_CUTOVER: Anchors = {"school": "cutover__school_id"}


class Cutover(ScopedModel):
    """One move-over of one school: from which product, from which day, who answers for it.

    `version` rises when the school's own totals change, so that two clerks don't overwrite them.
    """

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="cutovers")
    academic_year = models.ForeignKey("schools.AcademicYear", on_delete=models.PROTECT)
    product = models.CharField(max_length=8, choices=Product.choices)
    on = models.DateField()
    """The day of which the records are compared with the school's own totals."""
    responsible = models.CharField(max_length=180)
    state = models.CharField(max_length=9, choices=CutoverState.choices, default=CutoverState.OPEN)
    version = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=200)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("school",), condition=Q(state__in=LIVE), name="cutover_one_at_a_time"
            ),
        )
        indexes = (models.Index(fields=("school", "-id"), name="cutover_of_school"),)

    def __str__(self) -> str:
        return f"{self.school_id}, {self.on}"

    @property
    def is_live(self) -> bool:
        """Return whether it still goes on."""
        return self.state in LIVE


class CutoverList(ScopedModel):
    """A list of the one import wizard that counts in with a move-over.

    Rows of an import are kept 90 days; name and hash of the file stay here.
    """

    ANCHORS: ClassVar[Anchors] = OF_CUTOVER

    cutover = models.ForeignKey(Cutover, on_delete=models.CASCADE, related_name="lists")
    sheet_import = models.ForeignKey(
        "sheets.SheetImport", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    kind = models.CharField(max_length=60)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("cutover", "sheet_import"), name="cutover_list_once"),
        )

    def __str__(self) -> str:
        return self.file_name


class CutoverTotal(ScopedModel):
    """What the school itself counts of a class, a grade, a position, or in all."""

    ANCHORS: ClassVar[Anchors] = OF_CUTOVER

    cutover = models.ForeignKey(Cutover, on_delete=models.CASCADE, related_name="totals")
    part = models.CharField(max_length=6, choices=Part.choices)
    key = models.CharField(max_length=60)
    """What the line is compared by: a class's match name, a grade's code, a position."""
    name = models.CharField(max_length=60)
    """As the school wrote it."""
    total = models.PositiveIntegerField()
    female = models.PositiveIntegerField(null=True)
    minority = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("cutover", "part", "key"), name="cutover_total_once"),
            models.CheckConstraint(
                name="cutover_parts_within_total",
                condition=(
                    (Q(female__isnull=True) | Q(female__lte=models.F("total")))
                    & (Q(minority__isnull=True) | Q(minority__lte=models.F("total")))
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}: {self.total}"


class CutoverExplanation(ScopedModel):
    """Why a line differs; it holds for the difference that was seen, and no other."""

    ANCHORS: ClassVar[Anchors] = OF_CUTOVER

    cutover = models.ForeignKey(Cutover, on_delete=models.CASCADE, related_name="explanations")
    part = models.CharField(max_length=6, choices=Part.choices)
    key = models.CharField(max_length=60)
    sentence = models.CharField(max_length=300)
    difference = models.JSONField()
    """[total, girls, minority] as they differed; None of what the school gave no figure."""
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("cutover", "part", "key"), name="cutover_explained_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.part} {self.key}"


class CutoverRecord(ScopedModel):
    """What was signed, as it stood: never changed, only withdrawn."""

    ANCHORS: ClassVar[Anchors] = OF_CUTOVER

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    cutover = models.ForeignKey(Cutover, on_delete=models.PROTECT, related_name="records")
    content = models.JSONField()
    """Lines, files and names of that moment; see `shown.content_of`."""
    sha256 = models.CharField(max_length=64)
    number = models.CharField(max_length=40, blank=True)
    signed_at = models.DateTimeField()
    signed_by = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("cutover",),
                condition=Q(withdrawn_at__isnull=True),
                name="cutover_record_in_force",
            ),
        )
        triggers = (
            pgtrigger.ReadOnly(
                name="as_it_was_signed",
                fields=["cutover", "content", "sha256", "number", "signed_at", "signed_by"],
            ),
        )

    def __str__(self) -> str:
        return f"{self.cutover_id}, {self.signed_at:%d/%m/%Y}"


class ClassNameMemory(ScopedModel):
    """How a school's own papers write the names of its classes, as its people confirmed it."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    school = models.OneToOneField("schools.School", on_delete=models.CASCADE, related_name="+")
    matches = models.JSONField(default=dict)
    """The loose key of a name to the match name of a class."""

    def __str__(self) -> str:
        return f"names of {self.school_id}"
