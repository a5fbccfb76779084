"""The duplicates app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DuplicatesConfig(AppConfig):
    """People who seem to stand in the records twice."""

    name = "khuevan.registry.duplicates"
    label = "duplicates"
    verbose_name = _("People recorded twice")

    def ready(self) -> None:
        """Hang this app's pages and tasks where others look for them."""
        import_module(f"{self.name}.registration")
