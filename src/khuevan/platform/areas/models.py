"""Administrative units of the state under their codes, by period, and what became of them."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.periods import FORWARD


class AreaKind(models.TextChoices):
    """Two levels since 1 July 2025; districts stood between them until then."""

    PROVINCE = "PROVINCE", _("Province")
    DISTRICT = "DISTRICT", _("District")
    COMMUNE = "COMMUNE", _("Commune")


class Area(models.Model):
    """A province, district or commune as it was called under its code during a period.

    A code may be used again for another area, so the key is (code, starts_on). What kind of
    province or commune it is (tỉnh, thành phố, xã, phường, đặc khu) is data: it changes too.
    """

    code = models.CharField(_("code"), max_length=5)
    kind = models.CharField(_("level"), max_length=8, choices=AreaKind)
    subtype = models.CharField(_("type"), max_length=12)
    name = models.CharField(_("name"), max_length=80)
    full_name = models.CharField(_("full name"), max_length=100)
    search_name = models.CharField(max_length=100)
    sort_key = models.CharField(max_length=240, db_collation="C")
    parent_code = models.CharField(_("code of the area above"), max_length=5, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=160, blank=True)
    listed_since = models.DateField(_("listed since"), null=True, blank=True)
    """The first day of which a list was read: before it the area is taken to have stood so."""

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = (
            models.UniqueConstraint(fields=("code", "starts_on"), name="area_once"),
            models.CheckConstraint(
                name="area_period_forward",
                condition=FORWARD,
                violation_error_message=_("A period ends after it starts."),
            ),
            ExclusionConstraint(
                name="area_one_at_a_time",
                expressions=(
                    (F("code"), RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_on",
                            "ends_on",
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ),
                violation_error_message=_("This code already belongs to an area at that time."),
            ),
        )
        indexes = (models.Index(fields=("parent_code", "sort_key"), name="area_parent"),)

    def __str__(self) -> str:
        return self.full_name


class AreaSuccession(models.Model):
    """A former area went, whole or in part, into another one on a day. Both by their codes.

    A commune or a district into communes, a province into a province.
    """

    former_code = models.CharField(_("former code"), max_length=5)
    code = models.CharField(_("code"), max_length=5)
    on = models.DateField(_("from"))

    class Meta:
        verbose_name = _("succession of areas")
        verbose_name_plural = _("successions of areas")
        constraints = (
            models.UniqueConstraint(fields=("on", "former_code", "code"), name="succession_once"),
        )
        indexes = (models.Index(fields=("on", "code"), name="succession_back"),)

    def __str__(self) -> str:
        return f"{self.former_code} > {self.code}"
