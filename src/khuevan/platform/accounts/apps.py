"""The accounts app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Persons and users."""

    name = "khuevan.platform.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
