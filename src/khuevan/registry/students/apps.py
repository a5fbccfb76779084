"""The students app."""

from importlib import import_module

from django.apps import AppConfig


class StudentsConfig(AppConfig):
    """Students, enrollments, placements, guardians."""

    name = "khuevan.registry.students"
    label = "students"

    def ready(self) -> None:
        """Hang this app's pages, figures and search where others look for them."""
        import_module(f"{self.name}.registration")
