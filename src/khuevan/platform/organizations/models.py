"""A unit has one identity and many dated placements; a closed one has successors."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext
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
class UnitDecision(models.Model):
    """The paper by which units were opened, changed or ended; public as the directory is."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    number = models.CharField(max_length=120)
    signed_on = models.DateField(null=True)
    file = models.UUIDField(null=True)
    """The stored file of its scan: files stand above this app, so it is named, not linked."""

    def __str__(self) -> str:
        return self.number


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
    paper = models.ForeignKey(
        UnitDecision, on_delete=models.PROTECT, null=True, related_name="versions_begun"
    )
    ended_by = models.ForeignKey(
        UnitDecision, on_delete=models.PROTECT, null=True, related_name="versions_ended"
    )
    kind = models.CharField(max_length=16, choices=UnitKind.choices, blank=True, default="")
    """What the unit was in this period, where it is another kind of unit by now."""

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

    @property
    def kind_then(self) -> UnitKind:
        """Return what kind of unit it was in this period."""
        return UnitKind(self.kind or self.unit.kind)

    @property
    def kind_label(self) -> str:
        """Return that for people to read; what is attached may be so to the province itself."""
        kind = self.kind_then
        if kind == UnitKind.ATTACHED and self.parent and self.parent.kind == UnitKind.PROVINCE:
            return gettext("Other unit of the provincial people's committee")
        return str(kind.label)


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


@track()
class UnitAlias(models.Model):
    """A code that another register, or an earlier time, gives a unit; used again after its end."""

    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="aliases")
    code = models.CharField(max_length=35)
    source = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="unit_aliases_never_overlap",
                expressions=(
                    ("code", RangeOperators.EQUAL),
                    ("source", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
                violation_error_message=_("This code belongs to another unit at that time."),
            ),
            models.CheckConstraint(name="unit_alias_period_forward", condition=FORWARD),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.code}"


class LinkKind(models.TextChoices):
    """How a unit answers to another one that does not manage it."""

    REPORTS = "REPORTS", _("Reports to")
    PROFESSIONAL = "PROFESSIONAL", _("Professional direction by")
    LICENSED = "LICENSED", _("Licensed by")
    OWNED = "OWNED", _("Owned by")


@track()
class ReportingLink(models.Model):
    """A second master: a unit answers to another one beside the one that manages it."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="reporting_links")
    master = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="reported_links")
    kind = models.CharField(max_length=12, choices=LinkKind.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    decision = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="reporting_links_never_overlap",
                expressions=(
                    ("unit", RangeOperators.EQUAL),
                    ("master", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
                violation_error_message=_("The units are linked in this way at that time already."),
            ),
            models.CheckConstraint(name="reporting_link_period_forward", condition=FORWARD),
            models.CheckConstraint(name="unit_not_its_own_master", condition=~Q(unit=F("master"))),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind} {self.master_id}"
