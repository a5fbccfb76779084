"""Days off and swapped working days. Which days count is decided in `rules`."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from khuevan.platform.calendar.kinds import HolidayKind
from khuevan.ui.formats import day


class Holiday(models.Model):
    """One day off for everybody, with the law or notice that says so."""

    on = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=20, choices=HolidayKind)
    name = models.CharField(_("name"), max_length=120)
    source = models.CharField(_("source"), max_length=160)
    decision = models.CharField(_("decision"), max_length=160, blank=True)
    is_verified = models.BooleanField(_("verified"), default=False)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        constraints = (
            models.UniqueConstraint(
                fields=("on", "kind"),
                name="calendar_holiday_once",
                violation_error_message=_("This day is already a holiday of that kind."),
            ),
        )

    def __str__(self) -> str:
        return f"{day(self.on)} {self.name}"


class SwappedDay(models.Model):
    """A weekday off or a weekend day worked, exchanged by decision."""

    on = models.DateField(_("day"), unique=True)
    works = models.BooleanField(_("worked"))
    decision = models.CharField(_("decision"), max_length=160)
    is_verified = models.BooleanField(_("verified"), default=False)

    class Meta:
        verbose_name = _("swapped day")
        verbose_name_plural = _("swapped days")

    def __str__(self) -> str:
        return f"{day(self.on)} {'+' if self.works else '-'}"
