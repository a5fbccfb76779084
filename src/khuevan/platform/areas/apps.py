"""App configuration; keeps the shipped areas loaded after every migration."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class AreasConfig(AppConfig):
    """Provinces and communes."""

    name = "khuevan.platform.areas"
    label = "areas"
    verbose_name = _("Areas")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hang the page into the navigation; load missing reference rows after each migration."""
        import_module(f"{self.name}.registration")
        post_migrate.connect(_load, sender=self, dispatch_uid="areas.load_areas")


def _load(*, apps: Any = apps, **_kwargs: Any) -> None:
    if {"area", "areasuccession"} <= set(apps.all_models["areas"]):
        import_string("khuevan.platform.areas.actions.load_areas")()
