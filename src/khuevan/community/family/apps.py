"""The family app."""

from django.apps import AppConfig


class FamilyConfig(AppConfig):
    """The family's pages."""

    name = "khuevan.community.family"
    label = "family"
