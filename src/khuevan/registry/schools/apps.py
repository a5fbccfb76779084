"""The schools app."""

from importlib import import_module

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """Schools, academic years, classes."""

    name = "khuevan.registry.schools"
    label = "schools"

    def ready(self) -> None:
        """Hang this app's pages, figures and names where others look for them."""
        import_module(f"{self.name}.registration")
