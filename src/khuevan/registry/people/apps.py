"""The people app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Addresses and code lists."""

    name = "khuevan.registry.people"
    label = "people"
    verbose_name = _("Identity and addresses")
