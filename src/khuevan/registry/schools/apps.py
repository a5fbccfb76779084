"""The schools app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchoolsConfig(AppConfig):
    """Schools, academic years, classes."""

    name = "khuevan.registry.schools"
    label = "schools"
    verbose_name = _("Schools and classes")

    def ready(self) -> None:
        """Hang this app's pages, figures and names where others look for them."""
        import_module(f"{self.name}.registration")
