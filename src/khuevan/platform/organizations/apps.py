"""The organizations app."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """Org units and their dated placements."""

    name = "khuevan.platform.organizations"
    label = "organizations"
