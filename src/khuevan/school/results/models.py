"""What a pupil's year came to, one narrow row a pupil and class; and who settled it for a class.

Averages of subjects stand in the gradebooks. Here is what a homeroom teacher and a principal
decide, and the levels that follow, so that counts of a province need no reckoning.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track

HELD: Anchors = {
    "school": "homeroom_class__school_id",
    "class": "homeroom_class_id",
    "person": "student__person_id",
}


class Scheme(models.IntegerChoices):
    """By which rules a row is read: what its levels mean."""

    SECONDARY = 1, "TT 22/2021"
    PRIMARY = 2, "TT 27/2020"
    EARLIER = 3, "TT 58/2011"


class Origin(models.IntegerChoices):
    """Where a row comes from."""

    HERE = 1, _("Reckoned here")
    STORED = 2, _("Taken over as it was stored")


class Becomes(models.IntegerChoices):
    """What becomes of a pupil at the end of the year, as it is stored."""

    NEEDS_DECISION = 1, _("The principal decides")
    RETAINED = 2, _("Repeats the grade")
    PROMOTED = 3, _("Promoted")
    SUMMER_RETEST = 4, _("Sits again in summer")
    SUMMER_TRAINING = 5, _("Trains in summer")
    NEEDS_SUPPORT = 6, _("Is supported and assessed again")


class Honour(models.IntegerChoices):
    """A title or award at the end of a year, as it is stored; 0 says that there is none."""

    NONE = 0, _("No title")
    GOOD_STUDENT = 1, "Học sinh Giỏi"
    EXCELLENT = 2, "Học sinh Xuất sắc"
    EXEMPLARY = 3, "Học sinh Tiêu biểu"
    ADVANCED = 4, "Học sinh Tiên tiến"


class Decided(models.IntegerChoices):
    """What a principal decides on one pupil."""

    PROMOTE = 1, _("Promoted by decision")
    RETAIN = 2, _("Repeats by decision")


class Fact(models.IntegerChoices):
    """What a homeroom teacher states beside levels: bits of `facts`."""

    RECOGNISED = 1, _("The class recognised it")
    OUTSTANDING_SUBJECT = 2, _("Outstanding in a subject")
    CLEAR_PROGRESS = 4, _("Clear progress in a quality or competency")
    TASKS_DONE = 8, _("The tasks of summer are done")
    PARENTS_SIGNED = 16, _("The parents signed the report")


_OVERWRITTEN = """
IF OLD.version = 0 THEN
    RETURN NULL;  -- nobody had decided anything yet
END IF;
INSERT INTO results_yearresultversion (at, homeroom_class_id, student_id, by_id, version,
    conduct_1, conduct_2, conduct_again, study_again, absent_excused, absent_unexcused, again,
    decision, facts)
VALUES (OLD.at, OLD.homeroom_class_id, OLD.student_id, OLD.by_id, OLD.version,
    OLD.conduct_1, OLD.conduct_2, OLD.conduct_again, OLD.study_again, OLD.absent_excused,
    OLD.absent_unexcused, OLD.again, OLD.decision, OLD.facts);
RETURN NULL;
"""


class YearResult(ScopedModel):
    """What a pupil's year in a class came to: what people decided, and what followed.

    Levels are 0 to 3: Chưa đạt to Tốt, in a primary school Chưa hoàn thành to Hoàn thành xuất sắc;
    0 to 4 by the earlier circular. Nothing is what nobody decided or what is incomplete.
    """

    ANCHORS: ClassVar[Anchors] = HELD

    pk = models.CompositePrimaryKey("homeroom_class", "student")
    at = models.DateTimeField()
    """When somebody last decided something; what follows is reckoned without a trace."""
    homeroom_class = models.ForeignKey(
        "schools.HomeroomClass", on_delete=models.PROTECT, db_index=False, related_name="results"
    )
    student = models.ForeignKey(
        "students.Student", on_delete=models.PROTECT, related_name="year_results"
    )
    by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    version = models.SmallIntegerField(default=1)
    """Nought until somebody decides something."""
    scheme = models.SmallIntegerField(choices=Scheme.choices)
    origin = models.SmallIntegerField(choices=Origin.choices, default=Origin.HERE)
    conduct_1 = models.SmallIntegerField(null=True)
    conduct_2 = models.SmallIntegerField(null=True)
    conduct_again = models.SmallIntegerField(null=True)
    """Conduct assessed again after training in summer."""
    study_again = models.SmallIntegerField(null=True)
    """The level of a primary pupil after support."""
    absent_excused = models.SmallIntegerField(null=True)
    absent_unexcused = models.SmallIntegerField(null=True)
    decision = models.SmallIntegerField(choices=Decided.choices, null=True)
    facts = models.SmallIntegerField(default=0)
    again = ArrayField(models.IntegerField(), null=True)
    """The gradebooks of the subjects that are sat again in summer."""
    study_1 = models.SmallIntegerField(null=True)
    study_2 = models.SmallIntegerField(null=True)
    study_annual = models.SmallIntegerField(null=True)
    study_final = models.SmallIntegerField(null=True)
    """With results of the retest in place of the year's, or after support in a primary school."""
    conduct_annual = models.SmallIntegerField(null=True)
    becomes = models.SmallIntegerField(choices=Becomes.choices, null=True)
    title = models.SmallIntegerField(choices=Honour.choices, null=True)

    class Meta:
        triggers = (
            pgtrigger.Trigger(
                name="keep_version",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("version"),  # type: ignore[no-untyped-call]
                func=_OVERWRITTEN,
            ),
        )

    def __str__(self) -> str:
        return f"year of pupil {self.student_id} in class {self.homeroom_class_id}"


class YearResultVersion(ScopedModel):
    """What people had decided on a pupil's year before: written by the database."""

    ANCHORS: ClassVar[Anchors] = HELD

    pk = models.CompositePrimaryKey("homeroom_class", "student", "version")
    at = models.DateTimeField()
    homeroom_class = models.ForeignKey(
        "schools.HomeroomClass",
        on_delete=models.PROTECT,
        db_index=False,
        db_constraint=False,
        related_name="+",
    )
    student = models.ForeignKey(
        "students.Student",
        on_delete=models.PROTECT,
        db_index=False,
        db_constraint=False,
        related_name="+",
    )
    by = models.ForeignKey(
        "accounts.Person",
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        db_constraint=False,
        related_name="+",
    )
    version = models.SmallIntegerField()
    conduct_1 = models.SmallIntegerField(null=True)
    conduct_2 = models.SmallIntegerField(null=True)
    conduct_again = models.SmallIntegerField(null=True)
    study_again = models.SmallIntegerField(null=True)
    """The level of a primary pupil after support."""
    absent_excused = models.SmallIntegerField(null=True)
    absent_unexcused = models.SmallIntegerField(null=True)
    decision = models.SmallIntegerField(null=True)
    facts = models.SmallIntegerField(default=0)
    again = ArrayField(models.IntegerField(), null=True)

    def __str__(self) -> str:
        return f"version {self.version} of the year of pupil {self.student_id}"


class Stage(models.IntegerChoices):
    """What of a year is settled."""

    TERM_1 = 1, _("Term I")
    YEAR = 2, _("Whole year")
    AFTER_SUMMER = 3, _("After the summer")


@track()
class Settlement(ScopedModel):
    """A class's results are settled by the homeroom teacher, and approved by the principal."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "class": "homeroom_class_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    homeroom_class = models.ForeignKey(
        "schools.HomeroomClass", on_delete=models.PROTECT, related_name="settlements"
    )
    stage = models.SmallIntegerField(choices=Stage.choices)
    settled_at = models.DateTimeField(null=True)
    """Nothing where the principal gave it back."""
    settled_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    returned_for = models.CharField(max_length=300, blank=True)
    """Why the principal gave it back."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("homeroom_class", "stage"), name="settlement_once"),
        )

    def __str__(self) -> str:
        return f"stage {self.stage} of class {self.homeroom_class_id}"
