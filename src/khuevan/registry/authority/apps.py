"""The authority app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuthorityConfig(AppConfig):
    """Who decides a matter for a school on a day."""

    name = "khuevan.registry.authority"
    label = "authority"
    verbose_name = _("Authority by date")

    def ready(self) -> None:
        """Hang this app's pages where others look for them."""
        import_module(f"{self.name}.registration")
