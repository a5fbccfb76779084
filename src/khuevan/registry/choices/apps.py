"""The choices app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChoicesConfig(AppConfig):
    """Combinations that upper secondary schools offer, and how pupils come by them."""

    name = "khuevan.registry.choices"
    label = "choices"
    verbose_name = _("Combinations of subjects")

    def ready(self) -> None:
        """Hang this app's pages where others look for them."""
        import_module(f"{self.name}.registration")
