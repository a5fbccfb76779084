"""The access app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Roles, grants, hats, delegation and support sessions."""

    name = "khuevan.platform.access"
    label = "access"
