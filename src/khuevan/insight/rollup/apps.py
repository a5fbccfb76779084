"""The roll-up app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RollupConfig(AppConfig):
    """Counts of pupils, classes and staff on any day; census days."""

    name = "khuevan.insight.rollup"
    label = "rollup"
    verbose_name = _("Counts")

    def ready(self) -> None:
        """Hang the pages into the shell and the keeping into the jobs."""
        import_module(f"{self.name}.registration")
