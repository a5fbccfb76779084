"""What was counted last: teachers needed and present by school, level and post. Names nobody."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from khuevan.kernel.scoping import Anchors, ScopedModel

EXACT = {"max_digits": 16, "decimal_places": 10}


def _school() -> models.ForeignKey[models.Model, models.Model]:
    return models.ForeignKey(
        "schools.School",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )


class PostCount(ScopedModel):
    """A post of a school and level: what is asked of it, who is there, and what that makes."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    school = _school()
    level = models.CharField(max_length=4)
    post = models.CharField(max_length=60)
    """The subject, or the code of a post of several; empty for teachers without a subject."""
    norm = models.PositiveSmallIntegerField()
    annual = models.PositiveIntegerField()
    cuts = models.PositiveIntegerField()
    heads = models.PositiveIntegerField()
    away = models.PositiveIntegerField()
    borrowed = models.PositiveIntegerField()
    lent = models.PositiveIntegerField()
    leaving = models.PositiveIntegerField()
    needed = models.DecimalField(null=True, **EXACT)  # type: ignore[arg-type]
    """What follows from the columns before, to the tenth decimal, so that it can be added up."""
    available = models.DecimalField(**EXACT)  # type: ignore[arg-type]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("school", "level", "post"), name="post_count_once"),
        )

    def __str__(self) -> str:
        return f"{self.post} ({self.level}) of school {self.school_id}"


class LevelCount(ScopedModel):
    """A level of a school: classes, the head-count norm, teachers, and when that was counted."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    school = _school()
    level = models.CharField(max_length=4)
    classes = models.PositiveIntegerField()
    unplanned = models.PositiveIntegerField()
    """Classes without a plan: what they need isn't known."""
    quota = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    """Teachers by the head-count norm; empty where no text gives a rate."""
    heads = models.PositiveIntegerField()
    away = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField()
    """Teachers of whom no subject is recorded."""
    leaving = models.PositiveIntegerField()
    on = models.DateField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("school", "level"), name="level_count_once"),
        )

    def __str__(self) -> str:
        return f"{self.level} of school {self.school_id}"
