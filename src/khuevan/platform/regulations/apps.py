"""App configuration; keeps the shipped regulations loaded after every migration."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class RegulationsConfig(AppConfig):
    """Which text governs what, at which time."""

    name = "khuevan.platform.regulations"
    label = "regulations"
    verbose_name = _("Regulations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the page; load missing reference rows after each migration."""
        import_module(f"{self.name}.registration")
        post_migrate.connect(_load, sender=self, dispatch_uid="regulations.load_regulations")


def _load(*, apps: Any = apps, **_kwargs: Any) -> None:
    if {"regulation", "rulesetting", "authorityrule"} <= set(apps.all_models["regulations"]):
        import_string("khuevan.platform.regulations.actions.load_regulations")()
