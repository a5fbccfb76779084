"""The people app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Names, codes, contacts and addresses of people."""

    name = "khuevan.registry.people"
    label = "people"
    verbose_name = _("Identity and addresses")

    def ready(self) -> None:
        """Hang the pages where others look for them."""
        import_module(f"{self.name}.registration")
