"""The search app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """One search box over many providers."""

    name = "khuevan.platform.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Register the box and what search finds by itself."""
        import_module(f"{self.name}.registration")
