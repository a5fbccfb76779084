"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Persons and users."""

    name = "khuevan.platform.accounts"
    label = "accounts"
