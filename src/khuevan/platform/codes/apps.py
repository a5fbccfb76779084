"""The codes app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CodesConfig(AppConfig):
    """Code lists, read from files; no tables."""

    name = "khuevan.platform.codes"
    label = "codes"
    verbose_name = _("Code lists")

    def ready(self) -> None:
        """Put the pages into the navigation."""
        import_module(f"{self.name}.registration")
