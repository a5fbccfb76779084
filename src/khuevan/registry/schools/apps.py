"""The schools app."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """Schools, academic years, classes."""

    name = "khuevan.registry.schools"
    label = "schools"
