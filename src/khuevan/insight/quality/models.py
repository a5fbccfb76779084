"""What was counted: faults by school and rule over days, and the score of each day.

Nothing here names a record: which records are at fault is asked anew whenever a list is opened.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from khuevan.kernel.periods import FORWARD
from khuevan.kernel.scoping import Anchors, ScopedModel


def _school() -> models.ForeignKey[models.Model, models.Model]:
    return models.ForeignKey(
        "schools.School",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )


class RuleCount(ScopedModel):
    """So many cells of a school were checked for a rule, and so many wrong, over these days."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    school = _school()
    rule = models.CharField(max_length=24)
    weight = models.PositiveSmallIntegerField()
    checked = models.PositiveIntegerField()
    wrong = models.PositiveIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("school", "rule"),
                condition=Q(ends_on__isnull=True),
                name="rule_count_one_now",
            ),
            models.UniqueConstraint(
                fields=("school", "rule", "starts_on"), name="rule_count_once_a_day"
            ),
            models.CheckConstraint(name="rule_count_forward", condition=FORWARD),
        )

    def __str__(self) -> str:
        return f"{self.rule} of school {self.school_id} from {self.starts_on}"


class SchoolScore(ScopedModel):
    """The points a school lost on a day, of how many there were, and how many cells are wrong."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    school = _school()
    on = models.DateField()
    lost = models.BigIntegerField()
    whole = models.BigIntegerField()
    wrong = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("school", "on"), name="school_score_once_a_day"),
        )
        indexes = (models.Index(fields=("on",), name="school_score_day"),)

    def __str__(self) -> str:
        return f"school {self.school_id} on {self.on}"
