"""A unit has one identity and many dated placements; a closed one has successors."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.periods import FORWARD
from khuevan.platform.audit.api import track


def DateRange(starts_on: F, ends_on: F) -> Func:
    """Return daterange(starts_on, ends_on): half-open, an empty end is open.

    A plain Func, so that migrations import nothing of ours.
    """
    return Func(starts_on, ends_on, function="daterange", output_field=DateRangeField())


class UnitKind(models.TextChoices):
    """What a unit is. Districts and their offices exist until 30/6/2025 only."""

    MINISTRY = "MINISTRY", _("Ministry")
    PROVINCE = "PROVINCE", _("Provincial people's committee")
    DEPARTMENT = "DEPARTMENT", _("Department of education and training")
    DIVISION = "DIVISION", _("Division of the department")
    ATTACHED = "ATTACHED", _("Unit attached to the department")
    DISTRICT = "DISTRICT", _("District people's committee")
    DISTRICT_OFFICE = "DISTRICT_OFFICE", _("District education office")
    COMMUNE = "COMMUNE", _("Commune people's committee")
    COMMUNE_DIVISION = "COMMUNE_DIVISION", _("Commune culture and social affairs division")
    OTHER_OWNER = "OTHER_OWNER", _("Other owner of schools")
    SCHOOL = "SCHOOL", _("School")


@track()
class OrgUnit(models.Model):
    """A unit that decides, manages or teaches. The directory of units is public."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    code = models.CharField(max_length=35, unique=True)
    kind = models.CharField(max_length=16, choices=UnitKind.choices)

    def __str__(self) -> str:
        return self.code


@track()
class OrgUnitVersion(models.Model):
    """How a unit is called, under whom and where, during a period; periods never overlap."""

    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    search_name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400, db_collation="C")
    parent = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, related_name="child_versions"
    )
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, null=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    decision = models.CharField(max_length=120, blank=True, default="")
    """The paper that says so, as "12/QĐ-UBND"; a trigger refuses a circle of parents."""

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="unit_versions_never_overlap",
                expressions=(
                    ("unit", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
                violation_error_message=_("This unit already has a name and parent for that time."),
            ),
            models.CheckConstraint(
                name="unit_version_period_forward",
                condition=FORWARD,
            ),
        )
        indexes = (
            models.Index(fields=("parent", "starts_on"), name="unit_version_parent"),
            GinIndex(
                fields=("search_name",), opclasses=("gin_trgm_ops",), name="unit_version_search"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Handed(models.TextChoices):
    """What of a closed unit went to a successor: two things may go to two places."""

    SCHOOLS = "SCHOOLS", _("The schools it managed")
    REGISTERS = "REGISTERS", _("Diploma registers and archive")
    LICENSES = "LICENSES", _("Licenses and permits")
    DOSSIERS = "DOSSIERS", _("Files still open")


@track()
class UnitSuccession(models.Model):
    """Who took over a part of what a unit did, from the day on which that unit no longer was."""

    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, related_name="inherited_successions"
    )
    handed = models.CharField(max_length=10, choices=Handed.choices)
    starts_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "successor", "handed"), name="unit_succession_once"
            ),
            models.CheckConstraint(
                name="unit_not_its_own_successor",
                condition=~Q(unit=F("successor")),
                violation_error_message=_("A unit can't succeed itself."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} > {self.successor_id}"
