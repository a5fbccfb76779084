"""The staff app."""

from importlib import import_module

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Staff, appointments, assignments."""

    name = "khuevan.registry.staff"
    label = "staff"

    def ready(self) -> None:
        """Hang this app's pages and figures where others look for them."""
        import_module(f"{self.name}.registration")
