"""The cutover app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CutoverConfig(AppConfig):
    """Schools that move over from another product in the middle of a year."""

    name = "khuevan.registry.cutover"
    label = "cutover"
    verbose_name = _("Move-over from another product")

    def ready(self) -> None:
        """Hang this app's pages where others look for them."""
        import_module(f"{self.name}.registration")
