"""The oneroster app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OneRosterConfig(AppConfig):
    """Packages of OneRoster 1.1 and 1.2, made into lists of our own kinds."""

    name = "khuevan.exchange.oneroster"
    label = "oneroster"
    verbose_name = _("OneRoster packages")
