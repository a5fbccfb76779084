"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Addresses and code lists."""

    name = "khuevan.registry.people"
    label = "people"
