"""Where a school teaches: its campuses (điểm trường) and their rooms, by date."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.periods import FORWARD
from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.audit.api import track
from khuevan.platform.organizations.api import DateRange
from khuevan.registry.schools.models.schools import School


@track()
class Campus(ScopedModel):
    """A place where a school teaches during a period: the main site or a satellite."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="campuses")
    name = models.CharField(max_length=120)
    match_name = models.CharField(max_length=120)
    is_main = models.BooleanField(default=False)
    address = models.CharField(max_length=250, blank=True)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, null=True, related_name="+")
    distance_km = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    phone = models.CharField(max_length=20, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="campus_one_main_a_day",
                expressions=(
                    ("school", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
                condition=Q(is_main=True),
                violation_error_message=_("The school has a main campus at that time."),
            ),
            ExclusionConstraint(
                name="campus_name_once",
                expressions=(
                    ("school", RangeOperators.EQUAL),
                    ("match_name", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
                violation_error_message=_("The school already has a campus of this name."),
            ),
            models.CheckConstraint(name="campus_forward", condition=FORWARD),
            models.CheckConstraint(
                name="campus_distance_not_negative",
                condition=Q(distance_km__isnull=True) | Q(distance_km__gte=0),
            ),
        )

    def __str__(self) -> str:
        return self.name


class RoomKind(models.TextChoices):
    """What a room is for (facilities sheet: classrooms, subject rooms, support rooms)."""

    CLASSROOM = "CLASSROOM", _("Classroom")
    SUBJECT = "SUBJECT", _("Subject room")
    COMPUTER = "COMPUTER", _("Computer room")
    LIBRARY = "LIBRARY", _("Library")
    ARTS = "ARTS", _("Music or art room")
    HALL = "HALL", _("Multi-purpose hall")
    EQUIPMENT = "EQUIPMENT", _("Teaching equipment")
    HEALTH = "HEALTH", _("Health room")
    KITCHEN = "KITCHEN", _("Kitchen or dining room")
    DORMITORY = "DORMITORY", _("Dormitory")
    OFFICE = "OFFICE", _("Office")
    OTHER = "OTHER", _("Other room")


@track()
class Room(ScopedModel):
    """A room of a campus during a period."""

    ANCHORS: ClassVar[Anchors] = {"school": "school_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="rooms")
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=60)
    match_name = models.CharField(max_length=60)
    sort_key = models.CharField(max_length=120, db_collation="C")
    kind = models.CharField(max_length=12, choices=RoomKind.choices, default=RoomKind.CLASSROOM)
    subject = models.CharField(max_length=60, blank=True)
    capacity = models.PositiveSmallIntegerField(null=True)
    classes_at_once = models.PositiveSmallIntegerField(null=True)
    """How many classes may have a lesson there at one time, where it is said."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="room_name_once",
                expressions=(
                    ("campus", RangeOperators.EQUAL),
                    ("match_name", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
                violation_error_message=_("This campus already has a room of that name."),
            ),
            models.CheckConstraint(name="room_forward", condition=FORWARD),
        )

    def __str__(self) -> str:
        return self.name
