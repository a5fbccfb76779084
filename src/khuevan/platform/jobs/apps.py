"""The jobs app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Background work with progress, cancel, result and history."""

    name = "khuevan.platform.jobs"
    label = "jobs"
