"""App configuration; keeps the shipped days loaded after every migration."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class CalendarConfig(AppConfig):
    """Holidays, swapped days, working days."""

    name = "khuevan.platform.calendar"
    label = "calendar"
    verbose_name = _("Calendar")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load missing reference rows after each migration."""
        post_migrate.connect(_load, sender=self, dispatch_uid="calendar.load_days")


def _load(*, apps: Any = apps, **_kwargs: Any) -> None:
    if {"holiday", "swappedday"} <= set(apps.all_models["calendar"]):
        import_string("khuevan.platform.calendar.actions.load_days")()
