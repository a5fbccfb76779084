"""The kinds of days off, as codes with a translated label."""

from __future__ import annotations

from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _


class HolidayKind(TextChoices):
    """Why a day is off: Labour Code 2019, art. 112, and Resolution 28/2026/QH16."""

    NEW_YEAR = "NEW_YEAR", _("New Year")
    LUNAR_NEW_YEAR = "LUNAR_NEW_YEAR", _("Tết, the lunar New Year")
    HUNG_KINGS = "HUNG_KINGS", _("Hùng Kings' Day")
    VICTORY_DAY = "VICTORY_DAY", _("Victory Day, 30 April")
    LABOUR_DAY = "LABOUR_DAY", _("Labour Day, 1 May")
    NATIONAL_DAY = "NATIONAL_DAY", _("National Day")
    CULTURE_DAY = "CULTURE_DAY", _("Vietnam Culture Day")
    MADE_UP = "MADE_UP", _("Day off for a holiday on a weekend")
