"""The papers app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    """PDF documents and QR codes."""

    name = "khuevan.platform.papers"
    label = "papers"
    verbose_name = _("Papers")

    def ready(self) -> None:
        """Register the templates."""
        import_module(f"{self.name}.registration")
