"""The staff app."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Staff, appointments, assignments."""

    name = "khuevan.registry.staff"
    label = "staff"
