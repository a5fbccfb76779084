"""The transfers app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TransfersConfig(AppConfig):
    """Transfers of pupils and of staff between schools."""

    name = "khuevan.registry.transfers"
    label = "transfers"
    verbose_name = _("Transfers")

    def ready(self) -> None:
        """Hang this app's pages, tasks and kinds where others look for them."""
        import_module(f"{self.name}.registration")
