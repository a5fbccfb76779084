"""The jobs app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """Background work with progress, cancel, result and history."""

    name = "khuevan.platform.jobs"
    label = "jobs"
    verbose_name = _("Background work")

    def ready(self) -> None:
        """Register this app's own, and find the jobs of all apps."""
        import_module(f"{self.name}.registration")
        autodiscover_modules("jobs")
