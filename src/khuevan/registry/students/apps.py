"""The students app."""

from django.apps import AppConfig


class StudentsConfig(AppConfig):
    """Students, enrollments, placements, guardians."""

    name = "khuevan.registry.students"
    label = "students"
