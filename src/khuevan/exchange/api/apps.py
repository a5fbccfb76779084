"""The api app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeApiConfig(AppConfig):
    """The REST root, access tokens, answers kept for repeated requests."""

    name = "khuevan.exchange.api"
    label = "exchange_api"
    verbose_name = _("REST interface")

    def ready(self) -> None:
        """Offer the page of access tokens."""
        import_module(f"{self.name}.registration")
