"""How a school counts overtime, and the months whose statement is closed."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track


class CountingKind(models.TextChoices):
    """What is set off against what."""

    WEEK = "WEEK", _("Week by week: a week below takes nothing off")
    YEAR = "YEAR", _("Over the year: weeks below are set off")


@track()
class OvertimeRule(ScopedModel):
    """How a school counts overtime from a day on, until the next such row."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    counting = models.CharField(max_length=4, choices=CountingKind.choices)
    counts_looking_after = models.BooleanField(default=True)
    """Whether a lesson counts in which the class was only looked after."""
    counts_holidays = models.BooleanField(default=True)
    """Whether a lesson of a public holiday, on which none is owed, counts when it is made up."""
    rate = models.PositiveIntegerField(null=True)
    """Đồng a period, where the school sets one."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("school", "starts_on"), name="overtime_rule_once"),
        )

    def __str__(self) -> str:
        return f"{self.counting} from {self.starts_on}"


@track()
class ClosedMonth(ScopedModel):
    """A month whose statement of overtime the principal closed; later changes are corrections."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    counting = models.CharField(max_length=4, choices=CountingKind.choices)
    rate = models.PositiveIntegerField(null=True)
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("school", "month"), name="closed_month_once"),
            models.CheckConstraint(name="closed_month_first_day", condition=Q(month__day=1)),
        )

    def __str__(self) -> str:
        return f"{self.month:%m/%Y}"

    @property
    def audit_label(self) -> str:
        """Which month it is, for the log."""
        return f"{self.month:%m/%Y}"


@track()
class ClosedHours(ScopedModel):
    """What somebody's line of a closed month said."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id", "person": "person_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    closed_month = models.ForeignKey(ClosedMonth, on_delete=models.CASCADE, related_name="lines")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    staff_member = models.ForeignKey(
        "staff.StaffMember", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    figures = models.JSONField()
    """Exact fractions as texts: what `figures_of` names, and each week."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("closed_month", "staff_member"), name="closed_hours_once"
            ),
        )

    def __str__(self) -> str:
        return f"hours of {self.staff_member_id}"

    @property
    def audit_label(self) -> str:
        """Whose line it is, for the log."""
        return str(self.person)
