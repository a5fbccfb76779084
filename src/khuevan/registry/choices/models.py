"""Combinations of subjects, rounds of choosing, wishes, results, and who has which combination."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.periods import FORWARD, last_day
from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track
from khuevan.platform.organizations.api import DateRange

MOST_PLACES = 2000
MOST_WISHES = 10


@track()
class Combination(ScopedModel):
    """Four chosen subjects and three clusters of study topics that a school offers a grade."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    academic_year = models.ForeignKey(
        "schools.AcademicYear", on_delete=models.PROTECT, related_name="+"
    )
    grade_level = models.ForeignKey(
        "schools.GradeLevel", on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=60)
    options = ArrayField(models.CharField(max_length=60))
    clusters = ArrayField(models.CharField(max_length=60))
    capacity = models.PositiveSmallIntegerField()
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("school", "academic_year", "grade_level", "name"), name="combination_once"
            ),
            models.CheckConstraint(
                name="combination_places", condition=Q(capacity__range=(1, MOST_PLACES))
            ),
        )

    def __str__(self) -> str:
        return self.name


@track()
class CombinationClass(ScopedModel):
    """A class whose pupils learn a combination."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "class": "homeroom_class_id"}

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    combination = models.ForeignKey(Combination, on_delete=models.CASCADE, related_name="classes")
    homeroom_class = models.ForeignKey(
        "schools.HomeroomClass", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("combination", "homeroom_class"), name="combination_class_once"
            ),
        )

    def __str__(self) -> str:
        return f"class {self.homeroom_class_id} of {self.combination_id}"


@track()
class ChoiceRound(ScopedModel):
    """The pupils of a grade rank the combinations offered, between two days.

    Rules stand from the first day on: how many wishes, which score, the seed of the lots. Of the
    seed only its hash is told before the result.
    """

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    academic_year = models.ForeignKey(
        "schools.AcademicYear", on_delete=models.PROTECT, related_name="+"
    )
    grade_level = models.ForeignKey(
        "schools.GradeLevel", on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField()
    most_wishes = models.PositiveSmallIntegerField(default=3)
    score_name = models.CharField(max_length=80, blank=True)
    """What the declared score is; empty where lots alone decide."""
    seed = models.CharField(max_length=64)
    computed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    takes_effect_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("school", "academic_year", "grade_level", "name"), name="choice_round_once"
            ),
            models.CheckConstraint(name="choice_round_forward", condition=FORWARD),
            ExclusionConstraint(
                name="choice_rounds_apart",
                expressions=(
                    ("school", RangeOperators.EQUAL),
                    ("academic_year", RangeOperators.EQUAL),
                    ("grade_level", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
            ),
            models.CheckConstraint(
                name="choice_round_wishes", condition=Q(most_wishes__range=(1, MOST_WISHES))
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> date:
        """Return the last day on which wishes are taken."""
        return last_day(self.ends_on)

    def is_open(self, on: date) -> bool:
        """Return whether wishes are taken on a day."""
        return self.starts_on <= on < self.ends_on and self.published_at is None


@track()
class WishList(ScopedModel):
    """What a pupil wishes in a round, first wish first, and the declared score.

    Written and read as a whole, so the wishes are one column.
    """

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "person": "person_id"}

    round = models.ForeignKey(ChoiceRound, on_delete=models.CASCADE, related_name="wish_lists")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    combination_ids = ArrayField(models.BigIntegerField(), default=list)
    points = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    given_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    given_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("round", "student"), name="wish_list_once"),)

    def __str__(self) -> str:
        return f"wishes of {self.student_id} in {self.round_id}"


@track()
class Allotment(ScopedModel):
    """What a pupil gets in a round and why; families read it once it is published."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "person": "person_id"}

    round = models.ForeignKey(ChoiceRound, on_delete=models.CASCADE, related_name="allotments")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    combination = models.ForeignKey(
        Combination, on_delete=models.PROTECT, null=True, related_name="+"
    )
    wish = models.PositiveSmallIntegerField(null=True)
    position = models.PositiveIntegerField()
    stood = models.PositiveIntegerField()
    full = models.JSONField(default=list)
    """Wishes without a place left: `wish`, `name`, `capacity`, `stood`."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("round", "student"), name="allotment_once"),)

    def __str__(self) -> str:
        return f"result of {self.student_id} in {self.round_id}"


@track()
class PupilCombination(ScopedModel):
    """A pupil learns a combination for a period of time."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "person": "person_id"}

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    combination = models.ForeignKey(Combination, on_delete=models.PROTECT, related_name="pupils")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="pupil_combination_once",
                expressions=(
                    ("student", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
            ),
            models.CheckConstraint(name="pupil_combination_forward", condition=FORWARD),
        )

    def __str__(self) -> str:
        return f"combination {self.combination_id} of {self.student_id}"


class ChangeState(models.TextChoices):
    """How it stands with a change of combination."""

    ASKED = "ASKED", _("Waits for the principal")
    APPROVED = "APPROVED", _("Approved")
    REFUSED = "REFUSED", _("Not approved")


@track()
class CombinationChange(ScopedModel):
    """A pupil is to learn another combination: why, what is caught up and how, who agreed."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "person": "person_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    before = models.ForeignKey(Combination, on_delete=models.PROTECT, null=True, related_name="+")
    after = models.ForeignKey(Combination, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    reason = models.CharField(max_length=300)
    catch_up = models.CharField(max_length=500, blank=True)
    """How what the new subjects taught before is caught up."""
    state = models.CharField(max_length=10, choices=ChangeState.choices, default=ChangeState.ASKED)
    decided_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=300, blank=True)
    over_reason = models.CharField(max_length=300, blank=True)
    """Why it was approved although no place was left; empty where one was."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("student",),
                condition=Q(state=ChangeState.ASKED),
                name="combination_change_one_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"change of {self.student_id} to {self.after_id}"
