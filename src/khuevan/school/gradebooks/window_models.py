"""What a school decides beside its windows: more days for one gradebook, reminders, averages
that a pupil brings along."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track

OF_BOOK: Anchors = {"school": "school_id", "class": "gradebook__homeroom_class_id"}


@track()
class WindowExtension(ScopedModel):
    """One gradebook may be entered longer than its period's window, with a reason."""

    ANCHORS: ClassVar[Anchors] = OF_BOOK

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    gradebook = models.ForeignKey(
        "gradebooks.Gradebook", on_delete=models.PROTECT, related_name="extensions"
    )
    period = models.PositiveSmallIntegerField()
    until = models.DateField()
    """The first day on which nothing is entered any more."""
    reason = models.CharField(max_length=200)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("gradebook", "period"), name="window_extension_once"),
        )

    def __str__(self) -> str:
        return f"book {self.gradebook_id} until {self.until}"


class MarksReminder(ScopedModel):
    """The teachers of a school were reminded of missing marks: once a day."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10)
    period = models.PositiveSmallIntegerField()
    sent_on = models.DateField()
    told = models.PositiveSmallIntegerField()
    """How many teachers."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("school", "level", "period", "sent_on"), name="marks_reminder_daily"
            ),
        )

    def __str__(self) -> str:
        return f"school {self.school_id} on {self.sent_on}"


@track()
class BroughtAverage(ScopedModel):
    """The average of term I of a pupil who came later, as the report brought along says.

    It stands in the place of one reckoned from marks, and is never invented.
    """

    ANCHORS: ClassVar[Anchors] = {**OF_BOOK, "person": "person_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    gradebook = models.ForeignKey(
        "gradebooks.Gradebook", on_delete=models.PROTECT, related_name="brought"
    )
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField()
    """Tenths, or 1 and 0 for passed or not."""
    paper = models.CharField(max_length=200)
    """Which report says so, of which school."""
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("gradebook", "student"), name="brought_average_once"),
            models.CheckConstraint(name="brought_average_of_ten", condition=Q(value__lte=100)),
        )

    def __str__(self) -> str:
        return f"term I of pupil {self.student_id} in book {self.gradebook_id}"
