"""The dashboard app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardConfig(AppConfig):
    """The first page of everybody, the dashboard, and figures that open."""

    name = "khuevan.insight.dashboard"
    label = "dashboard"
    verbose_name = _("Dashboard")

    def ready(self) -> None:
        """Hang the pages into the shell and the home pages."""
        import_module(f"{self.name}.registration")
