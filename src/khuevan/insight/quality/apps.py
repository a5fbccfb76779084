"""The data quality app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QualityConfig(AppConfig):
    """Rules that records are held against, a score of each school, and the cells to fix."""

    name = "khuevan.insight.quality"
    label = "quality"
    verbose_name = _("Data quality")

    def ready(self) -> None:
        """Hang the pages into the shell and the nightly count into the jobs."""
        import_module(f"{self.name}.registration")
