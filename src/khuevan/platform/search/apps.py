"""The search app."""

from importlib import import_module

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """One search box over many providers."""

    name = "khuevan.platform.search"
    label = "search"

    def ready(self) -> None:
        """Register the box and what search finds by itself."""
        import_module(f"{self.name}.registration")
